//! Cells: what was answered, boxes to tick, words with blanks.

use papers::paper::{Cell, Paragraph, Row, Span, Table, TextSize, ticks, ticks_in_line};
use policy::blanks::{Piece, pieces};
use policy::pack::{Field, FieldKind};
use policy::spec::SectionPrintSpec;

use super::{Sheet, money, said};

/// Boxes of one choice stand one below the other where they take more characters than this.
const IN_LINE_CHARS: usize = 24;
/// Choices of more options are printed by the chosen words alone.
const TICKS_MOST: usize = 24;
/// Characters of an empty place.
const BLANK_CHARS: usize = 6;

/// The cell of a field.
pub(super) fn cell(sheet: &Sheet, field: &Field) -> Cell {
    let text = sheet.text(&field.path);
    if let Some(unit) = money::in_label(sheet, field) {
        return Cell::value(amount(sheet, field, text, &unit));
    }
    if let FieldKind::Shown(reg) = field.kind {
        return Cell::value(sheet.value(reg));
    }
    if field.print.cell && !text.is_empty() {
        return Cell::lines(text.lines().map(Paragraph::from).collect());
    }
    match said::ticks(sheet, field, text).filter(|ticks| ticks.len() <= TICKS_MOST) {
        Some(options) => Cell::lines(boxes(field, &options)),
        None => Cell::value(or_room(field, said::said(sheet, field, text))),
    }
}

/// The bare figure of an amount whose unit stands in its label.
fn amount(sheet: &Sheet, field: &Field, text: &str, unit: &str) -> String {
    match field.kind {
        FieldKind::Shown(reg) if sheet.value(reg).is_empty() => String::new(),
        FieldKind::Shown(reg) => {
            let held = money::held(sheet.pack.metas[reg as usize], sheet.trace.case(reg), unit);
            held.unwrap_or_else(|| sheet.value(reg))
        }
        _ if text.trim().is_empty() => String::new(),
        _ => money::typed(text, said::own_unit(sheet, field).as_deref(), unit),
    }
}

fn or_room(field: &Field, said: String) -> String {
    if said.is_empty() { said::room(field).to_owned() } else { said }
}

fn boxes(field: &Field, options: &[said::Tick]) -> Vec<Paragraph> {
    let several = matches!(field.kind, FieldKind::Choices(_));
    let chars: usize = options.iter().map(|(_, label)| label.chars().count() + 2).sum();
    let options = options.iter().map(|(ticked, label)| (*ticked, label.as_str()));
    if several || chars <= IN_LINE_CHARS { vec![ticks_in_line(options)] } else { ticks(options) }
}

/// A field within words: its label, what was answered on a line, and the unit where nothing was.
pub(super) fn within(sheet: &Sheet, field: &Field) -> Vec<Span> {
    let label = field.print.label.as_ref().unwrap_or(&field.label);
    let said = match (&field.print.unit, said::said(sheet, field, sheet.text(&field.path))) {
        (Some(unit), said) if !said.is_empty() => format!("{}{unit}", amount(sheet, field, &said, unit)),
        (_, said) => said,
    };
    let unit = field.print.unit.clone().or_else(|| said::own_unit(sheet, field)).filter(|_| said.is_empty());
    let colon = if label.is_empty() || field.print.label.is_some() { "" } else { "：" };
    let room = said::room(field);
    let filled = if said.is_empty() && !room.is_empty() { Span::plain(room) } else { Span::filled(&said, BLANK_CHARS) };
    [Some(Span::plain(format!("{label}{colon}"))), Some(filled), unit.map(Span::plain)].into_iter().flatten().collect()
}

/// Words whose blanks the answers fill, on a line.
pub(super) fn filled(sheet: &Sheet, words: &str) -> Vec<Span> {
    let span = |piece: Piece| match piece {
        Piece::Words(words) => Span::plain(words),
        Piece::Blank { path, otherwise } => match (sheet.said_at(path), otherwise) {
            (said, Some(otherwise)) if said.is_empty() => Span::plain(otherwise),
            (said, _) => Span::filled(&said, BLANK_CHARS),
        },
    };
    pieces(words).into_iter().map(span).collect()
}

/// The table of words that a section is printed as.
pub(super) fn worded(sheet: &Sheet, print: &SectionPrintSpec) -> Table {
    let columns = print.table.iter().map(Vec::len).max().unwrap_or_default();
    let row = |(at, words): (usize, &Vec<_>)| -> Row {
        let cells = words.iter().map(|words: &policy::spec::At<String>| word_cell(sheet, at == 0, words.value()));
        let missing = (words.len()..columns).map(|_| Cell::value(""));
        cells.chain(missing).collect::<Vec<_>>().into()
    };
    let rows = print.table.iter().enumerate().map(row).collect();
    let widths = if print.widths.len() == columns { print.widths.clone() } else { vec![1; columns] };
    Table { caption: None, widths, head_rows: 1, rows, size: TextSize::SmallFour }
}

fn word_cell(sheet: &Sheet, head: bool, words: &str) -> Cell {
    if head {
        return Cell::head(words);
    }
    Cell::lines(words.split('\n').map(|line| filled(sheet, line).into()).collect())
}
