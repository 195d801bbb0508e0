//! What the fuzz targets run, on bytes drawn from fixed seeds and on texts that once were or might be trouble.

mod support;

use support::dice::Dice;
use support::{entry, packs};

/// Bytes of random length from a seed.
fn noise(seed: u64, most: usize) -> Vec<u8> {
    let mut dice = Dice::seeded(seed);
    (0..dice.below(most)).map(|_| dice.below(256) as u8).collect()
}

#[test]
fn random_bytes_make_cases_on_which_both_paths_agree() {
    (0..300).for_each(|seed| entry::two_paths(&noise(seed, 2_000)));
    entry::two_paths(&[]);
}

#[test]
fn random_bytes_as_text_are_refused_or_work() {
    for seed in 0..1_000 {
        let mut bytes = noise(seed, 200);
        // The last mode, which changes a whole pack, has a test of its own.
        bytes.first_mut().into_iter().for_each(|mode| *mode %= 3);
        entry::load_text(&bytes);
    }
}

#[test]
fn changed_packs_are_refused_or_work() {
    for seed in 0..12 {
        entry::load_text(&[vec![3], noise(seed, 200)].concat());
    }
}

#[test]
fn changed_cases_are_refused_or_work() {
    let files = &packs::named("hohhot-subsidy").files;
    let cases: Vec<&String> = files.iter().filter(|(path, _)| path.starts_with("cases/")).map(|(_, text)| text).collect();
    for seed in 0..150 {
        let mut dice = Dice::seeded(seed);
        let case = cases[dice.below(cases.len())];
        entry::a_case(&entry::mutated(case, &mut dice));
    }
}

/// A value with this formula in a small pack, and a case with this number: refused or working.
fn check(text: &str) {
    entry::small_pack("rules.toml", &format!("{}\n[[value]]\nid = \"v\"\nlabel = \"值\"\nexpr = \"{text}\"\n", declared()));
    entry::a_case(&format!(
        "[enterprise]\nname = \"{text}\"\n[summary]\nbasics_words = \"{text}\"\n[[contract]]\nid = \"{text}\"\nsigned_on = \"{text}\"\n"
    ));
    entry::a_case(&format!("[figures]\ndevices = \"{text}\"\nrevenue_last = \"{text}\"\n[answers]\nnetwork = \"{text}\"\n"));
}

fn declared() -> String {
    let files = support::formulas::pack(&mut Dice::of(&[]));
    let rules = &files["rules.toml"];
    rules[..rules.find("[[value]]").unwrap_or(rules.len())].to_owned()
}

#[test]
fn texts_that_might_be_trouble_are_refused_or_work() {
    for text in ["", "1/0", "1/", "/1", "--1", "0.0", ".", "9", "-9223372036854775808", "９９", "1e9", "f.m1 / 0.000000001", "answers.q1"]
    {
        check(text);
    }
    for piece in ["1+", "(", "not ", "1/", "-1-", "f.y1 and ", "f.m1 * 1% + ", "if(f.y1,", "min(f.m1,", "[", "{", "万", "'"] {
        for count in [10, 100, 490, 5_000] {
            let text = piece.repeat(count);
            check(&text);
            check(&format!("{text}1"));
        }
    }
    check(&format!("f.y1{}", " or f.y1".repeat(230)));
    check(&format!("1{}", "+1".repeat(990)));
    check(&format!("f.m1{}", "*70%".repeat(400)));
    for depth in [100, 10_000] {
        entry::a_case(&format!("a = {}{}", "[".repeat(depth), "]".repeat(depth)));
        entry::a_case(&format!("[{}a]", "a.".repeat(depth)));
        entry::small_pack("rules.toml", &format!("value = {}{}", "[".repeat(depth), "]".repeat(depth)));
    }
}
