//! What a name of an official table says for a row.

use papers::sheet_out::Cell;
use policy::exact::Exact;
use policy::kernel::Val;
use policy::pack::FILE;
use policy::program::{Kind, Meta, Reg, Type};
use policy::say::Sayer;

use crate::document::sheet::Sheet;

/// Fen in 1万元.
const FEN_IN_WAN: i64 = 1_000_000;

/// Digits that are a number are one; names that look like one stay words.
pub(super) fn typed(text: String, number: bool) -> Cell {
    match text.as_str() {
        "" => Cell::Empty,
        digits if number && Exact::parse(digits).is_some() => Cell::Figure(text),
        _ => Cell::Text(text),
    }
}

/// What a name says for a row, and whether it is a number: the number of the row or the file, or a fact or value of the row, of
/// one above it or of the case.
pub(in crate::document::sheet) fn said(sheet: &Sheet, name: &str, kind: Kind, row: usize) -> Option<(String, bool)> {
    let owner = owner(sheet, name)?;
    let at = up(sheet, kind, row, owner)?;
    if kind_of(sheet, name).is_some() {
        let before = sheet.among.before.get(usize::from(owner)).copied().unwrap_or_default();
        return Some(((before + at + 1).to_string(), true));
    }
    if let Some(input) = sheet.pack.inputs[owner as usize].iter().position(|input| input.is(name)) {
        let value = *sheet.facts.kinds[owner as usize].inputs.get(input)?.get(at)?;
        return Some(in_words(sheet, sheet.pack.inputs[owner as usize][input].meta, value));
    }
    match register(sheet, name) {
        Some((_, reg)) => Some(in_words(sheet, sheet.pack.metas[reg as usize], sheet.trace.at(reg, at))),
        None => (name == FILE).then(|| (sheet.among.file.to_string(), true)),
    }
}

/// Money stands in 万元 without its unit, since the head of the table says it.
fn in_words(sheet: &Sheet, meta: Meta, value: Val) -> (String, bool) {
    let Some(known) = value.get() else { return (String::new(), false) };
    let text = match meta.ty {
        Type::Money => meta.exact(known).divided(Exact::whole(FEN_IN_WAN)).map_or(String::new(), Exact::text),
        _ => Sayer { pack: sheet.pack, facts: &sheet.facts, trace: &sheet.trace }.value(meta, value),
    };
    (text, meta.ty.is_number())
}

pub(super) fn kind_of(sheet: &Sheet, id: &str) -> Option<Kind> {
    let at = sheet.pack.kinds.iter().skip(1).position(|kind| kind.id == id)? + 1;
    Kind::try_from(at).ok()
}

/// The kind of rows that a name belongs to.
pub(super) fn owner(sheet: &Sheet, name: &str) -> Option<Kind> {
    let fact = || sheet.pack.inputs.iter().position(|inputs| inputs.iter().any(|input| input.is(name)));
    let known = kind_of(sheet, name).or_else(|| Kind::try_from(fact()?).ok()).or_else(|| Some(register(sheet, name)?.0));
    known.or((name == FILE).then_some(0))
}

fn register(sheet: &Sheet, name: &str) -> Option<(Kind, Reg)> {
    let value = sheet.pack.values.iter().find(|value| value.id == name).map(|value| (value.kind, value.reg));
    let recognised = || sheet.pack.recognitions.iter().find(|one| one.id == name).map(|one| (one.kind, one.reg));
    value.or_else(recognised)
}

/// The row of a kind that a row is or stands under.
pub(super) fn up(sheet: &Sheet, kind: Kind, row: usize, above: Kind) -> Option<usize> {
    let (mut kind, mut row) = (kind, row);
    while kind != above {
        if kind == 0 {
            return None;
        }
        row = *sheet.facts.kinds[kind as usize].parent.get(row)? as usize;
        kind = sheet.pack.kinds[kind as usize].parent;
    }
    Some(row)
}
