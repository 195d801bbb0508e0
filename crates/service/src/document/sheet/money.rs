//! Amounts as bare figures under words that say their unit, with thousands parted in 元.

use policy::kernel::Val;
use policy::pack::{Field, FieldKind};
use policy::program::{Meta, Type};
use records::application::with_unit;
use standards::words::{amount_in_wan, amount_in_yuan};

use super::{Sheet, said};

const YUAN: &str = "元";
const WAN: &str = "万元";

/// The unit of an amount; none where a field holds something else.
pub(super) fn unit(sheet: &Sheet, field: &Field) -> Option<String> {
    let is = match field.kind {
        FieldKind::Money => true,
        FieldKind::Fact { kind, input } => sheet.pack.inputs[kind as usize][input].meta.ty == Type::Money,
        FieldKind::Shown(reg) => sheet.pack.metas[reg as usize].ty == Type::Money,
        _ => false,
    };
    is.then(|| field.print.unit.clone().or_else(|| said::own_unit(sheet, field)).unwrap_or_else(|| WAN.to_owned()))
}

/// The unit that stands in a field's words on paper instead of behind its figure.
pub(super) fn in_label(sheet: &Sheet, field: &Field) -> Option<String> {
    let label = field.print.label.as_ref().unwrap_or(&field.label);
    unit(sheet, field).filter(|unit| field.print.unit.is_some() || label.ends_with(&format!("（{unit}）")))
}

/// Words with the unit behind them.
pub(super) fn headed(label: &str, unit: &str) -> String {
    let unit = format!("（{unit}）");
    if label.ends_with(&unit) { label.to_owned() } else { format!("{label}{unit}") }
}

/// What was typed as a figure in a unit; as it was typed where it is no amount.
pub(super) fn typed(text: &str, own: Option<&str>, unit: &str) -> String {
    standards::words::parse_amount(&with_unit(text, own)).map_or_else(|_| text.to_owned(), |fen| figure(fen, unit))
}

/// What a register holds as a figure in a unit; none for what is not whole fen.
pub(super) fn held(meta: Meta, value: Val, unit: &str) -> Option<String> {
    let fen: i64 = meta.exact(value.get()?).text().parse().ok()?;
    Some(figure(fen, unit))
}

fn figure(fen: i64, unit: &str) -> String {
    let text = if unit == YUAN { amount_in_yuan(fen) } else { amount_in_wan(fen) };
    text.trim_end_matches(unit).to_owned()
}
