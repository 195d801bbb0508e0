//! The explained path, the batch path and a slow, independent reading of the rules agree on every case of every pack.

mod slow;
mod support;

use policy::check::outputs;
use policy::columns::{self, Columns};
use policy::explained::{Facts, Trace, run};
use policy::kernel::TOO_LARGE;
use policy::load::load;
use policy::pack::Pack;
use policy::program::Reg;
use slow::{Known, Rules, scaled};
use support::dice::Dice;
use support::formulas;
use support::packs;
use support::random::Random;

/// How many random cases, of all packs together; `SHUZHUAN_CASES` asks for more.
fn cases() -> usize {
    std::env::var("SHUZHUAN_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(2_000)
}

fn cases_per_pack() -> usize {
    cases() / packs::all().len()
}

fn random_facts(pack: &Pack, count: usize) -> Vec<Facts> {
    let random = Random::new(pack);
    (0..count).map(|seed| random.facts(&mut Dice::seeded(seed as u64))).collect()
}

/// Every register of every case by both paths.
fn check_paths(pack: &Pack, cases: &[Facts]) {
    let outputs = outputs(pack);
    let columns = Columns::from_facts(&pack.program, cases).unwrap_or_else(|error| panic!("{}: {error}", pack.id));
    let batch = columns::run(&pack.program, &columns, &outputs);
    let mut trace = Trace::default();
    for (case, facts) in cases.iter().enumerate() {
        run(&pack.program, facts, &mut trace);
        for (column, reg) in batch.iter().zip(&outputs) {
            assert_eq!(
                column.at(case),
                trace.case(*reg),
                "{}: case {case}, register {reg}: {:?}",
                pack.id,
                pack.program.steps[*reg as usize]
            );
        }
    }
}

#[test]
fn the_batch_path_equals_the_explained_path() {
    for loaded in packs::all() {
        let pack = &loaded.pack;
        let all = random_facts(pack, cases_per_pack());
        all.chunks(300).for_each(|some| check_paths_mixed(pack, some));
        check_paths(pack, &all);
    }
}

/// Chunks with everything known take other loops than chunks with something missing: both are tried.
fn check_paths_mixed(pack: &Pack, cases: &[Facts]) {
    let (unknown, known): (Vec<Facts>, Vec<Facts>) = cases.iter().cloned().partition(lacks_something);
    check_paths(pack, &unknown);
    check_paths(pack, &known);
}

fn lacks_something(facts: &Facts) -> bool {
    facts.kinds.iter().flat_map(|kind| kind.inputs.iter().flatten()).any(|value| value.get().is_none())
}

#[test]
fn no_cases_and_cases_without_rows_are_no_exception() {
    for loaded in packs::all() {
        check_paths(&loaded.pack, &[]);
        check_paths(&loaded.pack, &[Facts::unknown(&loaded.pack.program)]);
        check_paths(&loaded.pack, &vec![Facts::unknown(&loaded.pack.program); columns::CHUNK + 1]);
    }
}

fn has_too_large(pack: &Pack, facts: &Facts, trace: &Trace) -> bool {
    let registers = pack.program.steps.iter().enumerate();
    registers.flat_map(|(reg, step)| (0..facts.rows(step.kind)).map(move |row| trace.at(reg as Reg, row))).any(|value| value.s == TOO_LARGE)
}

/// Everything the slow reading works out of a case, compared with the register that holds it.
fn check_slow(rules: &Rules, pack: &Pack, facts: &Facts, trace: &Trace) {
    let case = rules.case(facts);
    let same = |what: &str, reg: Reg, row: usize, slow: Known| {
        let fast = trace.at(reg, row).get().map(|value| scaled(value, pack.metas[reg as usize].scale));
        // Where a number does not fit, the engine may leave open what exact numbers of any size decide; never the reverse.
        let open = || fast.is_none() && has_too_large(pack, facts, trace);
        assert!(fast == slow || open(), "{}: {what} row {row}: engine {fast:?}, slow {slow:?}\n{facts:?}", pack.id);
    };
    for (index, value) in pack.values.iter().enumerate() {
        (0..facts.rows(value.kind)).for_each(|row| same(&value.id, value.reg, row, case.value(index, row)));
    }
    for (index, recognition) in pack.recognitions.iter().enumerate() {
        (0..facts.rows(recognition.kind)).for_each(|row| same(&recognition.id, recognition.reg, row, case.recognition(index, row)));
    }
    pack.conditions.iter().for_each(|condition| same(&condition.id, condition.reg, 0, case.condition(condition)));
    for award in &pack.awards {
        same(&award.id, award.eligible, 0, case.eligible(award));
        same(&award.id, award.reg, 0, case.award(award));
    }
    pack.stacks.iter().for_each(|stack| same(&stack.id, stack.reg, 0, case.stack(stack)));
    pack.total.iter().for_each(|total| same("total", *total, 0, case.total()));
    for variant in pack.assessment.iter().flat_map(|assessment| &assessment.variants) {
        same("score", variant.score, 0, case.assessed(&format!("{}得分", variant.label)));
        same("level", variant.level, 0, case.assessed(&format!("{}等级", variant.label)));
    }
}

#[test]
fn a_slow_reading_of_the_rules_comes_to_the_same() {
    for loaded in packs::all() {
        let rules = Rules::new(loaded);
        let mut trace = Trace::default();
        for facts in random_facts(&loaded.pack, cases_per_pack()) {
            run(&loaded.pack.program, &facts, &mut trace);
            check_slow(&rules, &loaded.pack, &facts, &trace);
        }
    }
}

#[test]
fn random_packs_that_use_every_operation_come_to_the_same() {
    let packs = cases() / 10;
    let mut loaded = 0;
    for seed in 0..packs as u64 {
        let files = formulas::pack(&mut Dice::seeded(seed));
        // A product of many shares may be refused as too fine to compute exactly.
        let Ok(pack) = load(files.clone(), None) else { continue };
        loaded += 1;
        let all = random_facts(&pack.pack, 8);
        check_paths_mixed(&pack.pack, &all);
        let rules = Rules::new(&pack);
        let mut trace = Trace::default();
        for facts in all {
            run(&pack.pack.program, &facts, &mut trace);
            check_slow(&rules, &pack.pack, &facts, &trace);
        }
    }
    assert!(loaded * 2 > packs, "only {loaded} of {packs} random packs load");
}
