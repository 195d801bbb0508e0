//! Places of a pack that a person may try other values in: table cells, formulas, lines, weights, quotas.
//!
//! Simulation sets them (`--set standard.1.cap=40万元`), the mutation run changes them one at a time. The pack's own
//! files are never touched: an edited pack is compiled anew and lives as long as the question.

use crate::files::{Entry, Sections};
use crate::problem::nearest;
use crate::spec::{At, Cell};

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A cell of a table, or a weight, share or limit written as one value.
    Value,
    /// A formula.
    Formula,
}

/// A place and what is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its path, e.g. `standard.1.cap` or `value.award.expr`.
    pub path: String,
    /// What is written there.
    pub text: String,
    /// What kind of text that is.
    pub kind: Kind,
}

/// Every place of a pack's sections, in the order of the files.
pub fn places(sections: &Sections) -> Vec<Place> {
    let mut all = Vec::new();
    visit(&mut sections.clone(), &mut |path, kind, text| all.push(Place { path, text: text.clone(), kind }));
    all
}

/// Writes other text at places.
///
/// # Errors
/// A path that names no place, with the nearest that does; a count that is no whole number.
pub fn apply(sections: &mut Sections, edits: &[(String, String)]) -> Result<(), String> {
    for (wanted, new) in edits {
        let mut found = false;
        let mut known = Vec::new();
        visit(sections, &mut |path, _, text| {
            if path == *wanted {
                found = true;
                text.clone_from(new);
            }
            known.push(path);
        });
        if !found {
            let near = nearest(wanted, known.iter().map(String::as_str)).map_or(String::new(), |near| format!("，是否应为“{near}”？"));
            return Err(format!("没有可修改的位置“{wanted}”{near}"));
        }
        // A count that cannot hold the new text kept its old one.
        if !places(sections).iter().any(|place| place.path == *wanted && place.text == *new) {
            return Err(format!("“{wanted}”应为整数，现为“{new}”"));
        }
    }
    Ok(())
}

type Visitor<'v> = &'v mut dyn FnMut(String, Kind, &mut String);

fn visit(sections: &mut Sections, see: Visitor) {
    tables(sections, see);
    rules(sections, see);
    assessment(sections, see);
    for quota in each(&mut sections.quota) {
        number(&mut quota.at_most, format!("quota.{}.at_most", quota.id), see);
        cell(&mut quota.pool, format!("quota.{}.pool", quota.id), see);
    }
}

fn each<T>(entries: &mut [Entry<T>]) -> impl Iterator<Item = &mut T> {
    entries.iter_mut().map(|entry| entry.spec.value_mut())
}

fn tables(sections: &mut Sections, see: Visitor) {
    for table in each(&mut sections.table) {
        let id = table.id.clone();
        let rows = table.rows.iter_mut().enumerate().map(|(at, row)| ((at + 1).to_string(), row));
        for (row, cells) in rows.chain(table.otherwise.iter_mut().map(|row| ("otherwise".to_owned(), row))) {
            for (column, cell) in cells.value_mut().iter_mut().filter(|(column, _)| *column != "clause") {
                if let [text] = cell.value_mut().0.as_mut_slice() {
                    see(format!("{id}.{row}.{column}"), Kind::Value, text);
                }
            }
        }
    }
}

fn rules(sections: &mut Sections, see: Visitor) {
    for value in each(&mut sections.value) {
        let rows = value.rows.as_ref().map_or(String::new(), |rows| format!("{rows}."));
        formula(Some(&mut value.expr), format!("value.{rows}{}.expr", value.id), see);
    }
    for condition in each(&mut sections.condition) {
        formula(condition.met.as_mut(), format!("condition.{}.met", condition.id), see);
        formula(condition.when.as_mut(), format!("condition.{}.when", condition.id), see);
    }
    for recognise in each(&mut sections.recognise) {
        let of = format!("recognise.{}.{}", recognise.rows.value(), recognise.gives);
        formula(recognise.amount.as_mut(), format!("{of}.amount"), see);
        for rule in recognise.rule.iter_mut().map(At::value_mut) {
            formula(rule.when.as_mut(), format!("{of}.{}.when", rule.id), see);
            formula(rule.requires.as_mut(), format!("{of}.{}.requires", rule.id), see);
            formula(rule.at_most.as_mut(), format!("{of}.{}.at_most", rule.id), see);
        }
    }
    for award in each(&mut sections.award) {
        formula(Some(&mut award.amount), format!("award.{}.amount", award.id), see);
        formula(award.requires.as_mut(), format!("award.{}.requires", award.id), see);
    }
    for stack in each(&mut sections.stack) {
        formula(stack.paid.as_mut(), format!("stack.{}.paid", stack.id), see);
        formula(stack.cap.as_mut(), format!("stack.{}.cap", stack.id), see);
    }
}

fn assessment(sections: &mut Sections, see: Visitor) {
    for dimension in each(&mut sections.dimension) {
        see(format!("dimension.{}.weight", dimension.id), Kind::Value, &mut dimension.weight.value_mut().0);
    }
    for indicator in each(&mut sections.indicator) {
        see(format!("indicator.{}.weight", indicator.id), Kind::Value, &mut indicator.weight.value_mut().0);
    }
    for question in each(&mut sections.question) {
        see(format!("question.{}.weight", question.id), Kind::Value, &mut question.weight.value_mut().0);
        for option in question.options.iter_mut().map(At::value_mut) {
            see(format!("question.{}.{}.share", question.id, option.id), Kind::Value, &mut option.share.value_mut().0);
            if let Some(range) = &mut option.range {
                see(format!("question.{}.{}.range", question.id, option.id), Kind::Value, range.value_mut());
            }
        }
    }
    for level in each(&mut sections.level) {
        let of = format!("level.{}", level.level);
        see(format!("{of}.score"), Kind::Value, &mut level.score.value_mut().0);
        whole(&mut level.scenarios, format!("{of}.scenarios"), see);
        whole(&mut level.constraint, format!("{of}.constraint"), see);
    }
    for variant in each(&mut sections.variant) {
        for (id, weight) in &mut variant.weights {
            see(format!("variant.{}.{id}", variant.id), Kind::Value, &mut weight.value_mut().0);
        }
    }
}

fn formula(text: Option<&mut At<String>>, path: String, see: Visitor) {
    if let Some(text) = text {
        see(path, Kind::Formula, text.value_mut());
    }
}

fn cell(text: &mut Option<At<Cell>>, path: String, see: Visitor) {
    if let Some(text) = text {
        see(path, Kind::Value, &mut text.value_mut().0);
    }
}

fn number(value: &mut Option<u32>, path: String, see: Visitor) {
    if let Some(number) = value {
        let mut text = number.to_string();
        see(path, Kind::Value, &mut text);
        *number = text.parse().unwrap_or(*number);
    }
}

fn whole(number: &mut u16, path: String, see: Visitor) {
    if *number > 0 {
        let mut text = number.to_string();
        see(path, Kind::Value, &mut text);
        *number = text.parse().unwrap_or(*number);
    }
}
