//! Fields of a section: short ones in a grid, long texts and tables below one another.

use papers::paper::{Block, Cell, Level, Pairs, Paragraph, Row, Span, Table};
use policy::pack::{Field, FieldKind};

use super::{Sheet, cell, effects, money};

/// The fields of a section in their order.
pub(super) fn fields(sheet: &Sheet, section: &str, fields: &[Field]) -> Vec<Block> {
    let mut blocks = Vec::new();
    // one text alone needs no name of its own below a heading that says it
    let section = if fields.len() == 1 { section } else { "" };
    let mut rest = fields;
    while let Some(field) = rest.first() {
        match &field.kind {
            FieldKind::LongText { .. } if !field.print.cell => blocks.extend(long(sheet, section, field)),
            FieldKind::Table { columns, lines } => blocks.push(Block::Table(effects::table(sheet, field, columns, lines))),
            _ => {
                let short = rest.iter().take_while(|field| is_short(field)).count();
                blocks.push(Block::Table(grid(sheet, &rest[..short])));
                rest = &rest[short..];
                continue;
            }
        }
        rest = &rest[1..];
    }
    blocks
}

fn is_short(field: &Field) -> bool {
    field.print.cell || !matches!(field.kind, FieldKind::LongText { .. } | FieldKind::Table { .. })
}

/// A long text under its name, unless the section's heading says the same.
fn long(sheet: &Sheet, section: &str, field: &Field) -> Vec<Block> {
    let text = sheet.text(&field.path);
    let said = field.label.is_empty() || section.ends_with(&field.label);
    let name = (!said).then(|| Block::Heading { level: Level::Three, text: field.label.clone() });
    let mut body = Block::typed(text);
    if let Some(Block::Paragraph(last)) = body.last_mut() {
        last.spans.push(counted(text));
    }
    let empty = body.is_empty().then_some(Block::Space { lines: 3 });
    name.into_iter().chain(body).chain(empty).collect()
}

/// How many characters a long text has, behind it.
fn counted(text: &str) -> Span {
    Span { whole: true, ..Span::plain(format!("（共{}字）", policy::text_chars(text))) }
}

/// Labels beside values, two on a line where the form says so, several under one label where they share it.
fn grid(sheet: &Sheet, fields: &[Field]) -> Table {
    let mut table = Pairs::default().table();
    let mut rest = fields;
    while let Some(field) = rest.first() {
        let (taken, rows) = match (&field.print.group, rest.get(1).filter(|next| next.print.beside && next.print.group.is_none())) {
            (Some(group), _) => grouped(sheet, group, rest),
            (None, Some(beside)) => (2, vec![halves(sheet, field, beside)]),
            (None, None) => (1, vec![vec![label(sheet, field), cell::cell(sheet, field).across(3)].into()]),
        };
        table.rows.extend(rows);
        rest = &rest[taken..];
    }
    table
}

fn label(sheet: &Sheet, field: &Field) -> Cell {
    let words = field.print.label.as_ref().unwrap_or(&field.label);
    Cell::label(money::in_label(sheet, field).map_or_else(|| words.clone(), |unit| money::headed(words, &unit)))
}

fn halves(sheet: &Sheet, left: &Field, right: &Field) -> Row {
    vec![label(sheet, left), cell::cell(sheet, left), label(sheet, right), cell::cell(sheet, right)].into()
}

/// The fields that share a label: each on a line of its own, or on that of the one before.
fn grouped(sheet: &Sheet, group: &str, fields: &[Field]) -> (usize, Vec<Row>) {
    let taken = fields.iter().take_while(|field| field.print.group.as_deref() == Some(group)).count();
    let mut lines: Vec<Vec<Span>> = Vec::new();
    for field in &fields[..taken] {
        let spans = cell::within(sheet, field);
        match lines.last_mut().filter(|_| field.print.beside) {
            Some(line) => line.extend(spans),
            None => lines.push(spans),
        }
    }
    let down = lines.len();
    let row = |(at, spans): (usize, Vec<Span>)| {
        let head = (at == 0).then(|| Cell::label(group).down(down));
        let value = Cell::lines(vec![Paragraph::from(spans)]).across(3);
        head.into_iter().chain([value]).collect::<Vec<_>>().into()
    };
    (taken, lines.into_iter().enumerate().map(row).collect())
}
