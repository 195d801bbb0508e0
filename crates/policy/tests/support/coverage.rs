//! What the worked cases of a pack leave untried: clauses never cited, table rows never hit, tests never seen to hold
//! or to fail, ceilings never seen to bind.

use policy::case::{self, Document};
use policy::evaluate::{Evaluation, evaluate};
use policy::explained::Facts;
use policy::files::PackFiles;
use policy::load::Loaded;
use policy::pack::{Effect, Pack, Recognition, Test};
use policy::program::Reg;
use policy::term::{Form, Term};
use std::collections::BTreeSet;

/// The facts of every worked case and every variation of it.
pub fn cases(pack: &Pack, files: &PackFiles) -> Vec<Facts> {
    let texts = files.iter().filter(|(path, _)| path.starts_with("cases/"));
    let documents = texts.flat_map(|(path, text)| variations(&case::read(path, text).unwrap_or_else(|problems| panic!("{problems:?}"))));
    documents.map(|document| document.draft(pack).unwrap_or_else(|problems| panic!("{problems:?}")).facts()).collect()
}

fn variations(document: &Document) -> Vec<Document> {
    let varied = document.vary.iter().map(|vary| document.varied(vary).unwrap_or_else(|problems| panic!("{problems:?}")));
    std::iter::once(document.clone()).chain(varied).collect()
}

/// Everything of a pack that should be tried, or was, one line each.
pub type Items = BTreeSet<String>;

/// What none of the pack's worked cases tries.
pub fn untried(loaded: &Loaded) -> Items {
    let pack = &loaded.pack;
    let mut left = wanted(pack);
    for facts in cases(pack, &loaded.files) {
        let evaluation = Evaluation::new(pack, &facts);
        cited(pack, &facts, &mut left);
        rows_hit(&evaluation, &mut left);
        sides_seen(&evaluation, &mut left);
    }
    left
}

fn tried(left: &mut Items, item: &str) {
    left.remove(item);
}

fn wanted(pack: &Pack) -> Items {
    let mut all: Items = rule_clauses(pack).iter().map(|clause| format!("§{clause}")).collect();
    for (at, _) in looked_up(pack) {
        all.extend((0..pack.tables[at].rows.len()).map(|line| row(pack, at, line)));
    }
    for (name, _) in tests(pack) {
        all.extend([format!("{name} holds"), format!("{name} fails")]);
    }
    for (name, ..) in ceilings(pack) {
        all.extend([format!("{name} binds"), format!("{name} leaves")]);
    }
    all
}

fn row(pack: &Pack, table: usize, line: usize) -> String {
    format!("{} row {}: {}", pack.tables[table].id, line + 1, pack.tables[table].rows[line].0.join(", "))
}

/// The clauses that rules cite; a table's own clause only where one of its rows has none.
fn rule_clauses(pack: &Pack) -> BTreeSet<&str> {
    let mut all: Vec<&str> = pack.values.iter().map(|value| value.clause.as_str()).collect();
    all.extend(pack.conditions.iter().map(|condition| condition.clause.as_str()));
    all.extend(pack.conditions.iter().filter_map(|condition| condition.exception.as_ref()).map(|(_, _, clause)| clause.as_str()));
    all.extend(pack.recognitions.iter().flat_map(|recognition| &recognition.rules).map(|rule| rule.clause.as_str()));
    all.extend(pack.awards.iter().map(|award| award.clause.as_str()));
    all.extend(pack.stacks.iter().map(|stack| stack.clause.as_str()));
    for table in &pack.tables {
        all.extend(table.rows.iter().map(|(_, clause)| if clause.is_empty() { table.clause.as_str() } else { clause }));
    }
    if let Some(assessment) = &pack.assessment {
        all.push(&assessment.clause);
        all.extend(assessment.lines.iter().map(|line| line.clause.as_str()));
        all.extend(assessment.questions.iter().map(|question| question.clause.as_str()));
        all.extend(assessment.variants.iter().map(|variant| variant.clause.as_str()));
    }
    all.into_iter().flat_map(|joined| joined.split('、')).filter(|clause| !clause.is_empty()).collect()
}

fn cited(pack: &Pack, facts: &Facts, left: &mut Items) {
    for tree in evaluate(pack, facts).trees() {
        tree.clauses().into_iter().for_each(|clause| tried(left, &format!("§{clause}")));
    }
}

/// Every formula of a pack's rules.
pub fn formulas(pack: &Pack) -> Vec<&Term> {
    let mut all: Vec<&Term> = pack.values.iter().map(|value| &value.term).collect();
    for condition in &pack.conditions {
        all.extend(&condition.when);
        all.extend(match &condition.test {
            Test::Formula(term) => Some(term),
            Test::Person(..) => None,
        });
    }
    for recognition in &pack.recognitions {
        all.extend(&recognition.amount);
        for rule in &recognition.rules {
            all.extend(&rule.when);
            all.push(match &rule.effect {
                Effect::Gate(term, ..) | Effect::Ceiling(term, _) => term,
            });
        }
    }
    for award in &pack.awards {
        all.push(&award.amount);
        all.extend(&award.recognised);
        all.extend(award.requires.iter().map(|(term, ..)| term));
    }
    all.extend(pack.stacks.iter().flat_map(|stack| stack.paid.iter().chain(&stack.cap)));
    all
}

/// Each lookup: the table, and the register that says which row.
fn looked_up(pack: &Pack) -> Vec<(usize, Reg)> {
    let parts = formulas(pack).into_iter().flat_map(Term::walk);
    let lookup = |term: &Term| match &term.form {
        Form::Lookup { table, row, .. } => Some((*table, *row)),
        _ => None,
    };
    parts.filter_map(lookup).collect()
}

fn rows_hit(evaluation: &Evaluation, left: &mut Items) {
    for (table, reg) in looked_up(evaluation.pack) {
        let lines = every(evaluation, reg).into_iter().flatten();
        lines.for_each(|line| tried(left, &row(evaluation.pack, table, line as usize)));
    }
}

/// What a register holds in each row of its kind.
fn every(evaluation: &Evaluation, reg: Reg) -> Vec<Option<i64>> {
    let kind = evaluation.pack.program.steps[reg as usize].kind;
    (0..evaluation.facts.rows(kind)).map(|at| evaluation.trace.at(reg, at).get()).collect()
}

/// Each test with its register.
fn tests(pack: &Pack) -> Vec<(String, Reg)> {
    let conditions = pack.conditions.iter().map(|condition| (format!("condition {}", condition.id), condition.reg));
    let gates = pack
        .recognitions
        .iter()
        .flat_map(|recognition| recognition.rules.iter().filter_map(|rule| gate(recognition, &rule.id, &rule.effect)));
    let awards = pack.awards.iter().filter_map(|award| {
        let (term, ..) = award.requires.as_ref()?;
        Some((format!("award {} requires", award.id), term.reg))
    });
    let lines = pack.assessment.iter().flat_map(|assessment| {
        let variants = assessment.variants.iter();
        let reached = variants
            .flat_map(|variant| assessment.lines.iter().zip(&variant.reached).map(|(line, reg)| (&variant.label, line.level, *reg)));
        reached.map(|(label, level, reg)| (format!("{label}: level {level}"), reg))
    });
    conditions.chain(gates).chain(awards).chain(lines).collect()
}

fn gate(recognition: &Recognition, id: &str, effect: &Effect) -> Option<(String, Reg)> {
    match effect {
        Effect::Gate(_, reg, _) => Some((format!("{} gate {id}", recognition.id), *reg)),
        Effect::Ceiling(..) => None,
    }
}

fn sides_seen(evaluation: &Evaluation, left: &mut Items) {
    for (name, reg) in tests(evaluation.pack) {
        for seen in every(evaluation, reg).into_iter().flatten() {
            tried(left, &format!("{name} {}", if seen == 1 { "holds" } else { "fails" }));
        }
    }
    for (name, amount, ceiling, when) in ceilings(evaluation.pack) {
        let applies = |row: usize| when.is_none_or(|when| evaluation.trace.at(when, row).get() == Some(1));
        for row in (0..evaluation.facts.rows(evaluation.pack.program.steps[amount as usize].kind)).filter(|row| applies(*row)) {
            let pair = evaluation.trace.at(amount, row).get().zip(evaluation.trace.at(ceiling, row).get());
            let Some((amount, ceiling)) = pair else { continue };
            tried(left, &format!("{name} {}", if ceiling < amount { "binds" } else { "leaves" }));
        }
    }
}

/// Each ceiling: its name, and the registers of the amount, the ceiling and when it applies.
fn ceilings(pack: &Pack) -> Vec<(String, Reg, Reg, Option<Reg>)> {
    let of = |recognition: &Recognition| {
        let Some(amount) = recognition.amount.as_ref().map(|amount| amount.reg) else { return Vec::new() };
        let ceiling = |rule: &policy::pack::Rule| match &rule.effect {
            Effect::Ceiling(term, _) => {
                let name = format!("{} ceiling {}", recognition.id, rule.id);
                Some((name, amount, term.reg, rule.when.as_ref().map(|when| when.reg)))
            }
            Effect::Gate(..) => None,
        };
        recognition.rules.iter().filter_map(ceiling).collect()
    };
    pack.recognitions.iter().flat_map(of).collect()
}
