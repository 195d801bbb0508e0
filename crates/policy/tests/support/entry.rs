//! What the fuzz targets run: bytes in, nothing out, and no panic whatever the bytes.

use super::dice::Dice;
use super::formulas;
use super::packs;
use super::random::Random;
use policy::case;
use policy::check::disagreement;
use policy::evaluate::evaluate;
use policy::explained::Facts;
use policy::files::PackFiles;
use policy::load::{Loaded, load};
use policy::pack::Pack;
use std::sync::Arc;

/// Bytes to a pack and facts under it: the batch path says what the explained path says, and there is an outcome.
pub fn two_paths(bytes: &[u8]) {
    let mut dice = Dice::of(bytes);
    let all = packs::all();
    match all.get(dice.below(all.len() + 1)) {
        Some(loaded) => both_paths(&loaded.pack, &mut dice),
        None => loads(formulas::pack(&mut dice), Vec::new(), &mut dice),
    }
}

fn both_paths(pack: &Pack, dice: &mut Dice) {
    let facts = Random::new(pack).facts(dice);
    agree(pack, &facts);
}

fn agree(pack: &Pack, facts: &Facts) {
    if let Some(difference) = disagreement(pack, facts) {
        panic!("{}: {difference}\n{facts:?}", pack.id);
    }
    let outcome = evaluate(pack, facts);
    outcome.reasons.plain(&|clauses| pack.cite_all(clauses));
}

/// Bytes to the text of a pack, of a policy text or of a case: it is refused or it works.
pub fn load_text(bytes: &[u8]) {
    let Some((mode, rest)) = bytes.split_first() else { return };
    match mode % 4 {
        0 => small_pack("rules.toml", &String::from_utf8_lossy(rest)),
        1 => small_pack("text/t.md", &String::from_utf8_lossy(rest)),
        2 => a_case(&String::from_utf8_lossy(rest)),
        _ => mutated_pack(&mut Dice::of(rest)),
    }
}

/// A pack with a few facts in which one file is the given text.
pub fn small_pack(file: &str, text: &str) {
    let mut files = formulas::pack(&mut Dice::of(&[]));
    files.insert(file.to_owned(), text.to_owned());
    loads(files, Vec::new(), &mut Dice::of(text.as_bytes()));
}

/// Where a pack loads, cases under it are evaluated.
fn loads(files: PackFiles, used: Vec<Arc<Loaded>>, dice: &mut Dice) {
    match load(files, used) {
        Ok(loaded) => both_paths(&loaded.pack, dice),
        Err(problems) => assert!(!problems.is_empty(), "refused without a problem"),
    }
}

/// A case file under Hohhot's subsidy.
pub fn a_case(text: &str) {
    let pack = packs::hohhot();
    let Ok(document) = case::read("case.toml", text) else { return };
    let varied = document.vary.iter().filter_map(|vary| document.varied(vary).ok());
    for document in std::iter::once(document.clone()).chain(varied) {
        if let Ok(draft) = document.draft(pack) {
            agree(pack, &draft.facts());
        }
    }
}

/// What is put into files to break them.
const PIECES: [&str; 40] = [
    "sum(",
    "count(",
    "any(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'software'",
    "'",
    "\"",
    "1/0",
    "1/3",
    "999999999999999999",
    "0.000000001",
    "-",
    "*",
    "/",
    " 3",
    "%",
    "元",
    "亿元",
    "2024-02-30",
    "2199-12-31",
    "prorate(",
    " where ",
    "known(",
    "if(",
    "first_known(",
    "invoice.amount",
    "level",
    "\n[[value]]\n",
    "\nclause = \"9.9\"\n",
    "\nrows = \"invoice\"\n",
    ",",
    "§",
    "\n",
    "0",
    "not ",
];

/// A real pack with one to four changes in its files, cases among them.
fn mutated_pack(dice: &mut Dice) {
    let all = packs::all();
    let loaded = &all[dice.below(all.len())];
    let mut files = (*loaded.files).clone();
    for _ in 0..=dice.below(4) {
        let names: Vec<String> = files.keys().cloned().collect();
        let name = &names[dice.below(names.len())];
        let text = mutated(&files[name], dice);
        files.insert(name.clone(), text);
    }
    let cases: Vec<String> = files.iter().filter(|(path, _)| path.starts_with("cases/")).map(|(_, text)| text.clone()).collect();
    loads(files, loaded.used.clone(), dice);
    if let Some(text) = cases.get(dice.below(cases.len())) {
        a_case(text);
    }
}

/// A text with a piece put in, taken out, moved or repeated.
pub fn mutated(text: &str, dice: &mut Dice) -> String {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = dice.within(0, ends.len() as i64 - 1) as usize;
    let to = (at + dice.below(40)).min(ends.len() - 1);
    let (before, middle, after) = (&text[..ends[at]], &text[ends[at]..ends[to]], &text[ends[to]..]);
    match dice.below(4) {
        0 => format!("{before}{}{middle}{after}", dice.pick(&PIECES)),
        1 => format!("{before}{after}"),
        2 => format!("{before}{middle}{middle}{after}"),
        _ => format!("{before}{}{after}", dice.pick(&PIECES)),
    }
}
