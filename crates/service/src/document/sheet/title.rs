//! Titles, and the words above tables: their blanks are filled from what the file says, and keep their printed words without it.

use policy::blanks::{Piece, pieces};
use policy::pack::{FILED_BY, FILED_ON, Form};
use policy::program::Kind;
use policy::spec::OfficialPrintSpec;

use super::Sheet;
use super::official::{self, Scope};

/// The title of a form; where its first table has the same, with the blanks of that table.
pub(super) fn title(sheet: &Sheet, form: &Form) -> String {
    let Some(words) = form.print.title.as_ref().map(|title| title.value()) else { return form.label.clone() };
    let same = |print: &&OfficialPrintSpec| print.title.as_ref().is_some_and(|title| *title.value() == words.replace('\n', ""));
    let first = form.sections.iter().flat_map(|section| &section.print.official).find(same);
    filled(sheet, words, first.and_then(|print| official::scopes(sheet, print).into_iter().next()).as_ref())
}

/// Words with their blanks filled; facts of rows are those of the rows in the scope, each once.
pub(super) fn filled(sheet: &Sheet, words: &str, scope: Option<&Scope>) -> String {
    let piece = |piece: Piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Blank { path, otherwise } => {
            let said = said(sheet, path, scope);
            if said.is_empty() { otherwise.unwrap_or_default().to_owned() } else { said }
        }
    };
    // an industry whose name ends in 业 says already that it is one
    pieces(words).into_iter().map(piece).collect::<String>().replace("业行业", "业")
}

fn said(sheet: &Sheet, path: &str, scope: Option<&Scope>) -> String {
    match path {
        FILED_ON => sheet.signed.map_or(String::new(), |(_, day)| day.chinese()),
        FILED_BY => sheet.signed.map_or("", |(name, _)| name).to_owned(),
        path => match row_kind(sheet, path) {
            Some(kind) => of_rows(sheet, path, kind, scope),
            None => sheet.said_at(path),
        },
    }
}

/// The kind of rows whose fact it is; none of what the case or a form says.
fn row_kind(sheet: &Sheet, path: &str) -> Option<Kind> {
    let kind = sheet.pack.inputs.iter().skip(1).position(|inputs| inputs.iter().any(|input| input.is(path)))? + 1;
    Kind::try_from(kind).ok()
}

fn of_rows(sheet: &Sheet, path: &str, kind: Kind, scope: Option<&Scope>) -> String {
    let mut all: Vec<String> = Vec::new();
    for row in (0..sheet.facts.rows(kind)).filter(|row| scope.is_none_or(|scope| scope.has(sheet, kind, *row))) {
        let text = official::said(sheet, path, kind, row).map_or(String::new(), |(text, _)| text);
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join("、")
}
