//! Rows of one kind as a table: contracts, invoices, participants.

use papers::paper::{Block, Cell, Row, Table, TextSize};
use policy::pack::Field;
use policy::program::Kind;
use records::answers::RowAnswers;

use super::{Sheet, money, said};

/// Rows left empty to write in where nothing is on file.
const EMPTY_ROWS: usize = 3;
/// Tables of more columns are wide.
const WIDE_COLUMNS: usize = 8;

/// A line for each row, its number first.
pub(super) fn rows(sheet: &Sheet, heading: &str, kind: Kind, fields: &[Field]) -> Block {
    let declared = &sheet.pack.kinds[kind as usize];
    let answered = sheet.answers.rows(&declared.id);
    let above = (declared.parent > 0).then(|| &sheet.pack.kinds[declared.parent as usize]);
    let mut heads = vec![Cell::head("序号")];
    heads.extend(above.map(|above| Cell::head(format!("所属{}", above.label))));
    heads.extend(fields.iter().map(|field| Cell::head(head(sheet, field))));
    let columns = heads.len();
    let mut rows: Vec<Row> = vec![heads.into()];
    for (row, number) in answered.iter().zip(1_usize..) {
        let parent = above.map(|above| Cell::middle(parent(sheet, &above.id, row)));
        let values = fields.iter().map(|field| value(sheet, &declared.id, row, field));
        rows.push([Cell::middle(number.to_string())].into_iter().chain(parent).chain(values).collect::<Vec<_>>().into());
    }
    if answered.is_empty() {
        rows.extend((0..EMPTY_ROWS).map(|_| Row::from(vec![Cell::value(""); columns])));
    }
    let widths = std::iter::once(5).chain(std::iter::repeat_n(12, columns - 1)).collect();
    // no name twice, one below the other
    let caption = (!heading.contains(&declared.label)).then(|| declared.label.clone());
    Block::Table(Table { caption, widths, head_rows: 1, rows, size: size(columns) })
}

/// The name of a column, an amount's with its unit.
fn head(sheet: &Sheet, field: &Field) -> String {
    let words = field.print.label.as_ref().unwrap_or(&field.label);
    money::unit(sheet, field).map_or_else(|| words.clone(), |unit| money::headed(words, &unit))
}

/// Whether rows have more columns than an upright sheet has room for.
pub(super) fn is_wide(sheet: &Sheet, kind: Kind, fields: &[Field]) -> bool {
    let below = sheet.pack.kinds[kind as usize].parent > 0;
    1 + usize::from(below) + fields.len() > WIDE_COLUMNS
}

fn size(columns: usize) -> TextSize {
    if columns > WIDE_COLUMNS { TextSize::SmallFive } else { TextSize::Five }
}

fn value(sheet: &Sheet, kind: &str, row: &RowAnswers, field: &Field) -> Cell {
    let name = field.path.split_once('.').map_or("", |(_, name)| name);
    let case = sheet.case.inputs.rows(kind).iter().find(|known| known.id == row.id);
    let typed = row.texts.get(name).or_else(|| case.and_then(|known| known.texts.get(name)));
    let typed = typed.map_or("", String::as_str);
    if let Some(unit) = money::unit(sheet, field).filter(|_| !typed.trim().is_empty()) {
        return Cell::figure(money::typed(typed, said::own_unit(sheet, field).as_deref(), &unit));
    }
    let said = said::said(sheet, field, typed);
    if said::is_figure(sheet, field) { Cell::figure(said) } else { Cell::value(said) }
}

/// The number of the row above.
fn parent(sheet: &Sheet, above: &str, row: &RowAnswers) -> String {
    let at = sheet.answers.rows(above).iter().position(|known| Some(&known.id) == row.parent.as_ref());
    at.map_or_else(String::new, |at| (at + 1).to_string())
}
