//! Which rows of a form one official table has.

use policy::program::Kind;
use policy::spec::OfficialPrintSpec;

use super::value::{kind_of, said, up};
use crate::document::sheet::Sheet;

/// The rows that one table has.
#[derive(Clone, Debug)]
pub(in crate::document::sheet) struct Scope {
    /// Their kind.
    pub(super) kind: Kind,
    /// The rows.
    pub(super) rows: Vec<usize>,
    /// The row above them whose table it is.
    each: Option<(Kind, usize)>,
}

impl Scope {
    /// Whether a row of any kind is one of its rows, or stands under the row whose table it is.
    pub(in crate::document::sheet) fn has(&self, sheet: &Sheet, kind: Kind, row: usize) -> bool {
        let own = kind == self.kind && self.rows.contains(&row);
        own || (kind != self.kind && self.each.is_none_or(|(above, at)| up(sheet, kind, row, above).is_none_or(|known| known == at)))
    }
}

/// The tables that a form is printed as, by their rows: one, or one for each row above its rows, or one for each value of a fact.
pub(in crate::document::sheet) fn scopes(sheet: &Sheet, print: &OfficialPrintSpec) -> Vec<Scope> {
    let Some(kind) = kind_of(sheet, print.rows.value()) else { return Vec::new() };
    let above = print.each.as_ref().and_then(|kind| kind_of(sheet, kind.value()));
    let each: Vec<Option<(Kind, usize)>> = match above {
        Some(kind) if sheet.facts.rows(kind) > 0 => (0..sheet.facts.rows(kind)).map(|row| Some((kind, row))).collect(),
        _ => vec![None],
    };
    let own = |each: Option<(Kind, usize)>, row: usize| each.is_none_or(|(above, at)| up(sheet, kind, row, above) == Some(at));
    let rows = |each| (0..sheet.facts.rows(kind)).filter(|row| own(each, *row)).collect();
    let whole = each.into_iter().map(|each| Scope { kind, rows: rows(each), each });
    match &print.per {
        Some(fact) => whole.flat_map(|scope| parted(sheet, fact.value(), scope)).collect(),
        None => whole.collect(),
    }
}

/// A scope for each value of a fact, in the order in which the values come; none is lost where nobody said it.
fn parted(sheet: &Sheet, fact: &str, scope: Scope) -> Vec<Scope> {
    let mut parts: Vec<(String, Scope)> = Vec::new();
    for row in &scope.rows {
        let value = said(sheet, fact, scope.kind, *row).map_or(String::new(), |(text, _)| text);
        match parts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, part)) => part.rows.push(*row),
            None => parts.push((value, Scope { rows: vec![*row], ..scope.clone() })),
        }
    }
    if parts.is_empty() { vec![scope] } else { parts.into_iter().map(|(_, part)| part).collect() }
}
