//! What must hold of every case, whatever the numbers: principles of the law, over Hohhot's subsidy.
#![allow(clippy::unwrap_used)]

mod support;

use policy::evaluate::{Evaluation, evaluate};
use policy::explained::{Facts, KindFacts};
use policy::kernel::Val;
use policy::outcome::AwardStatus;
use policy::pack::{Effect, Pack};
use policy::program::{Reg, Type};
use policy::spec::QuestionKind;
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::dice::Dice;
use support::packs::hohhot;
use support::random::Random;
use support::realistic::{WINDOW_FROM, day, hohhot_case};

/// Bytes that a case is drawn from; shorter ones, to which a failing test shrinks, make smaller cases.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..900)
}

fn realistic(bytes: &[u8]) -> Facts {
    hohhot_case(hohhot(), &mut Dice::of(bytes))
}

fn any_facts(bytes: &[u8]) -> Facts {
    Random::new(hohhot()).facts(&mut Dice::of(bytes))
}

fn number(evaluation: &Evaluation, name: &str) -> Option<i64> {
    evaluation.get(evaluation.pack.register(name).unwrap_or_else(|| panic!("no value {name}")))
}

/// A fact of a row.
fn fact(facts: &Facts, pack: &Pack, kind: usize, name: &str, row: usize) -> Option<i64> {
    let input = pack.inputs[kind].iter().position(|input| input.id() == name).unwrap_or_else(|| panic!("no fact {name}"));
    facts.kinds[kind].inputs[input][row].get()
}

fn kind(pack: &Pack, id: &str) -> usize {
    pack.kind(id).unwrap_or_else(|| panic!("no rows {id}")).into()
}

/// What a recognition gives for each row, by the row's id.
fn recognised(evaluation: &Evaluation, id: &str) -> BTreeMap<String, Option<i64>> {
    let recognition = evaluation.pack.recognitions.iter().find(|recognition| recognition.id == id).unwrap_or_else(|| panic!("no {id}"));
    let ids = &evaluation.facts.kinds[recognition.kind as usize].ids;
    ids.iter().enumerate().map(|(row, id)| (id.clone(), evaluation.trace.at(recognition.reg, row).get())).collect()
}

/// The same case with its rows in another order.
fn shuffled(pack: &Pack, facts: &Facts, dice: &mut Dice) -> Facts {
    let mut places: Vec<Vec<usize>> = Vec::new();
    let mut kinds = Vec::new();
    for (kind, rows) in facts.kinds.iter().enumerate() {
        let above = |row: usize| if kind == 0 { 0 } else { places[pack.kinds[kind].parent as usize][rows.parent[row] as usize] };
        let mut order: Vec<(usize, usize, usize)> = (0..rows.ids.len()).map(|row| (above(row), dice.below(200), row)).collect();
        order.sort_unstable();
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, (_, _, row))| place[*row] = at);
        kinds.push(reordered(rows, &order));
        places.push(place);
    }
    Facts { kinds, ..facts.clone() }
}

fn reordered(rows: &KindFacts, order: &[(usize, usize, usize)]) -> KindFacts {
    KindFacts {
        ids: order.iter().map(|(_, _, row)| rows.ids[*row].clone()).collect(),
        parent: order.iter().map(|(parent, ..)| *parent as u32).collect(),
        inputs: rows.inputs.iter().map(|column| order.iter().map(|(_, _, row)| column[*row]).collect()).collect(),
    }
}

/// The same case with one of its facts no longer known.
fn one_less(facts: &Facts, dice: &mut Dice) -> Facts {
    let mut facts = facts.clone();
    let known = |(kind, rows): (usize, &KindFacts)| {
        let own = rows.inputs.iter().enumerate().flat_map(|(input, column)| (0..column.len()).map(move |row| (input, row)));
        own.filter(|(input, row)| rows.inputs[*input][*row].get().is_some()).map(|(input, row)| (kind, input, row)).collect::<Vec<_>>()
    };
    let all: Vec<(usize, usize, usize)> = facts.kinds.iter().enumerate().flat_map(known).collect();
    if let Some((kind, input, row)) = all.get(dice.within(0, all.len() as i64 - 1).max(0) as usize) {
        facts.kinds[*kind].inputs[*input][*row] = Val::UNKNOWN;
    }
    facts
}

/// The tests that a missing fact must not help: conditions, what an award asks, gates. A blank term of a subscription
/// is not a missing fact: it says that the purchase is not a subscription.
fn tests(pack: &Pack) -> Vec<(String, Reg)> {
    let conditions = pack.conditions.iter().map(|condition| (condition.id.clone(), condition.reg));
    let awards = pack.awards.iter().map(|award| (award.id.clone(), award.eligible));
    let rules = pack.recognitions.iter().flat_map(|recognition| &recognition.rules).filter(|rule| rule.id != "subscription-dated");
    let gates = rules.filter_map(|rule| match &rule.effect {
        Effect::Gate(_, reg, _) => Some((rule.id.clone(), *reg)),
        Effect::Ceiling(..) => None,
    });
    conditions.chain(awards).chain(gates).collect()
}

fn check_missing(facts: &Facts, less: &Facts) -> Result<(), TestCaseError> {
    let pack = hohhot();
    let (full, lacking) = (Evaluation::new(pack, facts), Evaluation::new(pack, less));
    for (name, reg) in tests(pack) {
        for row in 0..facts.rows(pack.program.steps[reg as usize].kind) {
            let (before, after) = (full.trace.at(reg, row), lacking.trace.at(reg, row));
            prop_assert!(after != Val::known(1) || before == Val::known(1), "{name}, row {row}: {before:?} became yes");
        }
    }
    Ok(())
}

/// Share in percent and cap in fen.
fn standard(level: i64) -> (i64, i64) {
    match level {
        2 => (70, 35_000_000),
        3 => (50, 150_000_000),
        4 => (40, 300_000_000),
        _ => (0, 0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_award_is_never_above_its_cap_nor_its_share_of_the_recognised_cost(bytes in bytes()) {
        let facts = realistic(&bytes);
        let evaluation = Evaluation::new(hohhot(), &facts);
        let (award, cost, level) = (number(&evaluation, "award"), number(&evaluation, "recognised"), number(&evaluation, "level"));
        let (award, cost, level) = (award.unwrap(), cost.unwrap(), level.unwrap());
        let (share, cap) = standard(level);
        prop_assert!(award <= cap, "{award} of {cap}");
        prop_assert!(award * 100 <= cost * share, "{award} of {share}% of {cost}");
        prop_assert!(award == cap || (award + 1) * 100 > cost * share, "{award} leaves a fen of {share}% of {cost}");
    }

    #[test]
    fn an_award_never_falls_as_the_recognised_cost_rises(bytes in bytes(), others in bytes(), level in 0i64..=4) {
        let award = |mut facts: Facts| {
            let pack = hohhot();
            facts.kinds[0].inputs[pack.input("project.settled_level").unwrap()][0] = Val::known(level);
            let evaluation = Evaluation::new(pack, &facts);
            (number(&evaluation, "recognised").unwrap(), number(&evaluation, "award").unwrap())
        };
        let ((cost, award), (other_cost, other_award)) = (award(realistic(&bytes)), award(realistic(&others)));
        prop_assert!((cost <= other_cost) <= (award <= other_award), "{cost}: {award}, {other_cost}: {other_award}");
    }

    #[test]
    fn no_more_is_recognised_than_was_paid(bytes in bytes()) {
        let facts = any_facts(&bytes);
        let pack = hohhot();
        let evaluation = Evaluation::new(pack, &facts);
        let payment = kind(pack, "payment");
        let paid: i64 = (0..facts.rows(payment as u8)).filter_map(|row| fact(&facts, pack, payment, "payment.amount", row)).sum();
        let counted = recognised(&evaluation, "invoice.counted");
        prop_assert!(number(&evaluation, "recognised").is_none_or(|cost| (0..=paid).contains(&cost)));
        prop_assert!(counted.values().flatten().all(|counted| *counted >= 0));
        for (row, (id, counted)) in facts.kinds[kind(pack, "invoice")].ids.iter().map(|id| (id, counted[id])).enumerate() {
            let invoiced = fact(&facts, pack, kind(pack, "invoice"), "invoice.amount", row);
            prop_assert!(counted.zip(invoiced).is_none_or(|(counted, invoiced)| counted <= invoiced), "{id}");
        }
    }

    #[test]
    fn the_order_of_papers_does_not_matter(bytes in bytes(), order in bytes()) {
        let pack = hohhot();
        for facts in [realistic(&bytes), any_facts(&bytes)] {
            let other = shuffled(pack, &facts, &mut Dice::of(&order));
            let (one, two) = (Evaluation::new(pack, &facts), Evaluation::new(pack, &other));
            for reg in policy::check::outputs(pack) {
                prop_assert_eq!(one.trace.case(reg), two.trace.case(reg), "register {}", reg);
            }
            prop_assert_eq!(recognised(&one, "invoice.counted"), recognised(&two, "invoice.counted"));
        }
    }

    #[test]
    fn no_more_service_counts_than_software(bytes in bytes()) {
        for facts in [realistic(&bytes), any_facts(&bytes)] {
            let evaluation = Evaluation::new(hohhot(), &facts);
            let (service, software) = (number(&evaluation, "service_counted"), number(&evaluation, "software"));
            prop_assert!(service.zip(software).is_none_or(|(service, software)| service <= software));
        }
    }

    #[test]
    fn nothing_outside_its_window_counts(bytes in bytes()) {
        let facts = realistic(&bytes);
        let pack = hohhot();
        let evaluation = Evaluation::new(pack, &facts);
        let (contract, invoice, payment) = (kind(pack, "contract"), kind(pack, "invoice"), kind(pack, "payment"));
        let window = day(WINDOW_FROM)..=fact(&facts, pack, 0, "project.deadline_on", 0).unwrap();
        let within = |kind: usize, name: &str, row: usize| fact(&facts, pack, kind, name, row).is_some_and(|day| window.contains(&day));
        for (row, (id, counted)) in recognised(&evaluation, "payment.counted").into_iter().enumerate() {
            let row_of_id = facts.kinds[payment].ids.iter().position(|own| *own == id).unwrap_or(row);
            let dated = within(payment, "payment.paid_on", row_of_id) || within(payment, "payment.bill_received_on", row_of_id);
            prop_assert!(counted == Some(0) || dated, "payment {id}: {counted:?}");
        }
        for (id, counted) in recognised(&evaluation, "invoice.counted") {
            let row = facts.kinds[invoice].ids.iter().position(|own| *own == id).unwrap();
            let above = facts.kinds[invoice].parent[row] as usize;
            let dated = within(invoice, "invoice.issued_on", row) && within(contract, "contract.signed_on", above);
            prop_assert!(counted == Some(0) || dated, "invoice {id}: {counted:?}");
        }
    }

    #[test]
    fn what_is_missing_is_never_a_yes(bytes in bytes(), which in bytes()) {
        for facts in [realistic(&bytes), any_facts(&bytes)] {
            let less = one_less(&facts, &mut Dice::of(&which));
            check_missing(&facts, &less)?;
        }
    }

    #[test]
    fn more_answers_never_lower_the_score(bytes in bytes()) {
        let pack = hohhot();
        let mut facts = any_facts(&bytes);
        let assessment = pack.assessment.as_ref().unwrap();
        answer_everything(pack, &mut facts);
        for question in assessment.questions.iter().filter(|question| question.kind == QuestionKind::Multi) {
            for bit in (0..question.options.len()).filter(|bit| !question.options[*bit].1) {
                let before = scores(pack, &facts);
                let ticked = &mut facts.kinds[0].inputs[question.input][0];
                *ticked = Val::known(ticked.v | 1 << bit);
                let after = scores(pack, &facts);
                prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{}, option {bit}", question.id);
            }
        }
    }
}

/// Every answer given: what was not known is the first option, or nothing ticked.
fn answer_everything(pack: &Pack, facts: &mut Facts) {
    for (input, column) in pack.inputs[0].iter().zip(&mut facts.kinds[0].inputs) {
        let is_answer = input.group == "answers" && matches!(input.meta.ty, Type::Options | Type::Choice(_));
        if is_answer && column[0].get().is_none() {
            column[0] = Val::known(0);
        }
    }
}

fn scores(pack: &Pack, facts: &Facts) -> Vec<i64> {
    let evaluation = Evaluation::new(pack, facts);
    let variants = &pack.assessment.as_ref().unwrap().variants;
    variants.iter().map(|variant| evaluation.get(variant.score).unwrap()).collect()
}

/// The principles above say something only if the cases are not all refused, and not all granted.
#[test]
fn realistic_cases_come_out_every_way() {
    let pack = hohhot();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..200 {
        let outcome = evaluate(pack, &hohhot_case(pack, &mut Dice::seeded(seed)));
        let at_cap = [35_000_000, 150_000_000, 300_000_000].contains(&outcome.award_fen.unwrap_or(0));
        *seen.entry(if outcome.status == AwardStatus::Granted { "granted" } else { "refused" }).or_default() += 1;
        *seen.entry("with cost").or_default() += usize::from(outcome.recognised_fen.unwrap_or(0) > 0);
        *seen.entry("at a cap").or_default() += usize::from(at_cap);
        *seen.entry("with service left out").or_default() += usize::from(outcome.deductions.iter().any(|deduction| deduction.fen > 0));
    }
    assert!(seen.values().all(|count| *count >= 5), "{seen:?}");
}
