//! Canonical text of facts and policy texts: what digests are made of.
//!
//! A digest is the SM3 of UTF-8 text, in lower-case hexadecimal. The text has one record a line, each ended by a line
//! feed; a record's fields are parted by tabs; in a field `\` is written `\\`, a tab `\t`, a line feed `\n`.

use crate::clauses::Part;
use crate::explained::{Facts, KindFacts};
use crate::pack::{Input, Pack, Word};
use crate::program::{Kind, Type};
use standards::date::Date;

/// The canonical text of a case's facts.
///
/// The records, in this order:
///
/// - `fact`, `group.name`, value: every known fact of the case, sorted by `group.name`. What is not known has no
///   record, so «not known» differs from 0 and from no.
/// - for each row, sorted by kind and then by id: `row`, kind, id, parent's id (empty: the case); after it the row's
///   known facts as `cell`, name, value, sorted by name.
/// - `note`, `group.name`, text: what a person wrote beside a judgement, sorted by `group.name`.
///
/// Values are written: yes/no as `yes` and `no`; a choice as the option's id; options ticked as their ids in the
/// form's order, joined by `,`; a date as `2025-03-01`; money in fen; any other number as exact decimal text; a party
/// as its name without spaces.
///
/// The order in which facts and rows were written does not matter, nor by which name (id or Chinese label) or in
/// which unit; no operation of a pack depends on the order of rows. The id of a row does matter: papers are cited by it.
pub fn facts_text(pack: &Pack, facts: &Facts) -> String {
    let mut out = String::new();
    let case = known(pack, facts, 0, 0).into_iter().map(|(input, value)| (input.id(), value));
    sorted(case.collect()).iter().for_each(|(id, value)| record(&mut out, &["fact", id, value]));
    for (kind, held) in kinds_by_id(pack, facts) {
        rows_text(pack, facts, kind, held, &mut out);
    }
    facts.notes.iter().for_each(|(path, text)| record(&mut out, &["note", path, text]));
    out
}

fn kinds_by_id<'a>(pack: &'a Pack, facts: &'a Facts) -> Vec<(Kind, &'a KindFacts)> {
    let mut all: Vec<(Kind, &KindFacts)> = (0..).zip(&facts.kinds).skip(1).collect();
    all.sort_by_key(|(kind, _)| &pack.kinds[*kind as usize].id);
    all
}

fn rows_text(pack: &Pack, facts: &Facts, kind: Kind, held: &KindFacts, out: &mut String) {
    let declared = &pack.kinds[kind as usize];
    let mut order: Vec<usize> = (0..held.ids.len()).collect();
    order.sort_by_key(|row| &held.ids[*row]);
    for row in order {
        let parent = match declared.parent {
            0 => "",
            above => &facts.kinds[above as usize].ids[held.parent[row] as usize],
        };
        record(out, &["row", &declared.id, &held.ids[row], parent]);
        let cells = known(pack, facts, kind, row).into_iter().map(|(input, value)| (input.name.clone(), value));
        sorted(cells.collect()).iter().for_each(|(name, value)| record(out, &["cell", name, value]));
    }
}

fn sorted(mut all: Vec<(String, String)>) -> Vec<(String, String)> {
    all.sort();
    all
}

/// The known facts of one row with their values as text.
fn known<'a>(pack: &'a Pack, facts: &Facts, kind: Kind, row: usize) -> Vec<(&'a Input, String)> {
    let columns = pack.inputs[kind as usize].iter().zip(&facts.kinds[kind as usize].inputs).enumerate();
    let one = |(at, (input, values)): (usize, (&'a Input, &Vec<crate::kernel::Val>))| {
        Some((input, written(pack, facts, input, (kind, at), values[row].get()?)))
    };
    columns.filter_map(one).collect()
}

fn written(pack: &Pack, facts: &Facts, input: &Input, place: (Kind, usize), value: i64) -> String {
    match input.meta.ty {
        Type::YesNo => if value == 0 { "no" } else { "yes" }.to_owned(),
        Type::Party => facts.parties.get(value as usize).cloned().unwrap_or_default(),
        Type::Date => Date::from_days(value as i32).map_or(value.to_string(), |date| date.to_string()),
        Type::Choice(id) => word(words(pack, place, Some(id)), value),
        Type::Options => {
            let all = words(pack, place, None);
            let ticked = (0..64).filter(|at| value >> at & 1 == 1).map(|at| word(all.clone(), at));
            ticked.collect::<Vec<_>>().join(",")
        }
        _ => input.meta.exact(value).text(),
    }
}

fn word(words: Vec<&Word>, at: i64) -> String {
    words.get(at as usize).map_or(at.to_string(), |word| word.id.clone())
}

/// What an answer is one of: the options of the question it answers, else the words of its choice.
fn words(pack: &Pack, (kind, input): (Kind, usize), choice: Option<u16>) -> Vec<&Word> {
    let questions = pack.assessment.iter().flat_map(|assessment| &assessment.questions);
    match questions.into_iter().find(|question| kind == 0 && question.input == input) {
        Some(question) => question.options.iter().map(|(word, _)| word).collect(),
        None => choice.and_then(|id| pack.choices.get(id as usize)).map_or(Vec::new(), |choice| choice.options.iter().collect()),
    }
}

/// The canonical text of a pack's policy texts.
///
/// The records, in the order of the pack: `text`, id, title, short title; for each part `heading`,
/// depth, text, or `paragraph`, text, or `clause`, number, text. The texts of used packs follow, each pack after a
/// record `pack`, id, version.
pub fn text_text(pack: &Pack) -> String {
    let mut out = String::new();
    documents_text(pack, &mut out);
    for used in &pack.used {
        record(&mut out, &["pack", &used.id, &used.version]);
        documents_text(used, &mut out);
    }
    out
}

fn documents_text(pack: &Pack, out: &mut String) {
    for document in &pack.documents {
        record(out, &["text", &document.id, &document.title, &document.short]);
        for part in &document.parts {
            match part {
                Part::Heading(depth, text) => record(out, &["heading", &depth.to_string(), text]),
                Part::Paragraph(text) => record(out, &["paragraph", text]),
                Part::Clause(clause) => record(out, &["clause", &clause.id, &clause.text]),
            }
        }
    }
}

fn record(out: &mut String, fields: &[&str]) {
    let escaped = |field: &&str| field.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n");
    out.push_str(&fields.iter().map(escaped).collect::<Vec<_>>().join("\t"));
    out.push('\n');
}
