//! Official tables, filled with the rows of a form: the table as printed, a line a row, or the row that a printed line names.

use papers::paper::{Align, Block, Cell, Paragraph, Row, Span, Table, TextSize};
use policy::exact::Exact;
use policy::kernel::Val;
use policy::pack::{Official, OfficialColumn};
use policy::program::{Kind, Meta, Reg, Type};
use policy::say::Sayer;
use policy::spec::{At, OfficialPrintSpec};

use super::Sheet;

/// Fen in 1万元.
const FEN_IN_WAN: i64 = 1_000_000;

/// A line: what stands in each column; nothing continues the cell above.
type Line = Vec<Option<String>>;

/// The table, or one for each row above its rows; the first on a paper goes without a page of its own and the paper's title.
pub(super) fn official(sheet: &Sheet, print: &OfficialPrintSpec, title: Option<&str>) -> Vec<Block> {
    let Some(table) = sheet.pack.officials.iter().find(|table| table.id == *print.table.value()) else { return Vec::new() };
    let above = print.each.as_ref().and_then(|kind| kind_of(sheet, kind.value()));
    let each: Vec<Option<(Kind, usize)>> = match above {
        Some(kind) if sheet.facts.rows(kind) > 0 => (0..sheet.facts.rows(kind)).map(|row| Some((kind, row))).collect(),
        _ => vec![None],
    };
    let mut blocks = Vec::new();
    for (at, one) in each.into_iter().enumerate() {
        if at > 0 || title.is_none_or(|title| title.replace('\n', "") != table.title) {
            blocks.extend(opening(print, table));
        }
        blocks.extend(filled(sheet, print, table, one));
    }
    blocks
}

/// A page of its own, with what stands above the table.
fn opening(print: &OfficialPrintSpec, table: &Official) -> Vec<Block> {
    let annex = print.annex.as_ref().map(|annex| Block::Paragraph(Paragraph { spans: vec![Span::strong(annex)], ..Paragraph::default() }));
    let title = Block::Paragraph(Paragraph { spans: vec![Span::strong(&table.title)], align: Align::Centre, ..Paragraph::default() });
    [Block::PageBreak].into_iter().chain(annex).chain([title]).collect()
}

fn filled(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, each: Option<(Kind, usize)>) -> Vec<Block> {
    let Some(kind) = kind_of(sheet, print.rows.value()) else { return Vec::new() };
    let own = |row: &usize| each.is_none_or(|(above, at)| up(sheet, kind, *row, above) == Some(at));
    let rows: Vec<usize> = (0..sheet.facts.rows(kind)).filter(own).collect();
    let lines = match &print.by {
        Some(column) => named(sheet, print, table, kind, &rows, column),
        None if rows.is_empty() => table.lines.clone(),
        None => listed(sheet, print, table, kind, &rows),
    };
    let under = table.under.iter().map(|under| Block::Paragraph(Paragraph::centred(under.as_str())));
    let head = Block::Paragraph(Paragraph::flush(above(sheet, print, table, each)));
    under.chain([head, Block::Table(grid(table, &lines))]).collect()
}

/// Who draws it up and stamps it, and its unit.
fn above(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, each: Option<(Kind, usize)>) -> String {
    let (kind, row) = each.unwrap_or((0, 0));
    let known = print.left.as_ref().and_then(|name| text(sheet, name.value(), kind, row));
    let known = known.filter(|known| !known.is_empty()).unwrap_or_else(|| "　".repeat(8));
    let left = table.left.as_deref().unwrap_or_default();
    let left = if print.left.is_some() { format!("{left}{known}") } else { left.to_owned() };
    [left, table.right.clone().unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　　")
}

/// The rows, one a line; what belongs to a row above them stands once before all of its lines.
fn listed(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, kind: Kind, rows: &[usize]) -> Vec<Line> {
    let shares = |column: &OfficialColumn, at: usize| {
        let above = print.fill.get(&column.id).and_then(|name| owner(sheet, name.value())).filter(|above| *above != kind);
        above.is_some_and(|above| at > 0 && up(sheet, kind, rows[at - 1], above) == up(sheet, kind, rows[at], above))
    };
    let cell = |column: &OfficialColumn, at: usize| (!shares(column, at)).then(|| written(sheet, print, column, kind, rows[at]));
    (0..rows.len()).map(|at| table.columns.iter().map(|column| cell(column, at)).collect()).collect()
}

/// The printed lines, each with the row that its words name.
fn named(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, kind: Kind, rows: &[usize], by: &At<String>) -> Vec<Line> {
    let key = table.columns.iter().position(|column| column.id == *by.value());
    let name = print.fill.get(by.value());
    let row_of = |line: &Line| {
        let words = key.and_then(|key| line.get(key)?.as_deref());
        rows.iter().copied().find(|row| words.is_some() && name.and_then(|name| text(sheet, name.value(), kind, *row)).as_deref() == words)
    };
    let fill = |line: &Line| -> Line {
        let row = row_of(line);
        let cell = |(printed, column): (&Option<String>, &OfficialColumn)| match (printed, row) {
            (Some(printed), Some(row)) if printed.is_empty() => Some(written(sheet, print, column, kind, row)),
            (printed, _) => printed.clone(),
        };
        line.iter().zip(&table.columns).map(cell).collect()
    };
    table.lines.iter().map(fill).collect()
}

fn written(sheet: &Sheet, print: &OfficialPrintSpec, column: &OfficialColumn, kind: Kind, row: usize) -> String {
    print.fill.get(&column.id).and_then(|name| text(sheet, name.value(), kind, row)).unwrap_or_default()
}

/// What a name says for a row: its number, or a fact or value of it, of one above it or of the case.
fn text(sheet: &Sheet, name: &str, kind: Kind, row: usize) -> Option<String> {
    let owner = owner(sheet, name)?;
    let at = up(sheet, kind, row, owner)?;
    if kind_of(sheet, name).is_some() {
        return Some((at + 1).to_string());
    }
    if let Some(input) = sheet.pack.inputs[owner as usize].iter().position(|input| input.id() == name) {
        let value = *sheet.facts.kinds[owner as usize].inputs.get(input)?.get(at)?;
        return Some(said(sheet, sheet.pack.inputs[owner as usize][input].meta, value));
    }
    let reg = register(sheet, name)?.1;
    Some(said(sheet, sheet.pack.metas[reg as usize], sheet.trace.at(reg, at)))
}

/// Money stands in 万元 without its unit, since the head of the table says it.
fn said(sheet: &Sheet, meta: Meta, value: Val) -> String {
    let Some(known) = value.get() else { return String::new() };
    match meta.ty {
        Type::Money => meta.exact(known).divided(Exact::whole(FEN_IN_WAN)).map_or(String::new(), Exact::text),
        _ => Sayer { pack: sheet.pack, facts: &sheet.facts, trace: &sheet.trace }.value(meta, value),
    }
}

fn kind_of(sheet: &Sheet, id: &str) -> Option<Kind> {
    let at = sheet.pack.kinds.iter().skip(1).position(|kind| kind.id == id)? + 1;
    Kind::try_from(at).ok()
}

/// The kind of rows that a name belongs to.
fn owner(sheet: &Sheet, name: &str) -> Option<Kind> {
    let fact = || sheet.pack.inputs.iter().position(|inputs| inputs.iter().any(|input| input.id() == name));
    kind_of(sheet, name).or_else(|| Kind::try_from(fact()?).ok()).or_else(|| Some(register(sheet, name)?.0))
}

fn register(sheet: &Sheet, name: &str) -> Option<(Kind, Reg)> {
    let value = sheet.pack.values.iter().find(|value| value.id == name).map(|value| (value.kind, value.reg));
    let recognised = || sheet.pack.recognitions.iter().find(|one| one.id == name).map(|one| (one.kind, one.reg));
    value.or_else(recognised)
}

/// The row of a kind that a row is or stands under.
fn up(sheet: &Sheet, kind: Kind, row: usize, above: Kind) -> Option<usize> {
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

fn grid(table: &Official, lines: &[Line]) -> Table {
    let mut rows = heads(table);
    let head_rows = rows.len();
    for (at, line) in lines.iter().enumerate() {
        let more = |column: usize| lines[at + 1..].iter().take_while(|below| matches!(below.get(column), Some(None))).count();
        let cells = line.iter().enumerate().filter_map(|(column, text)| Some(cell(text.as_deref()?).down(1 + more(column))));
        rows.push(Row { cells: cells.collect(), min_lines: 1 });
    }
    // in the table, so that a page's table and its note stay together in its small type
    rows.extend(table.notes.iter().map(|note| Row::from(vec![Cell::value(note).across(table.columns.len())])));
    let widths = table.columns.iter().map(|column| column.width_chars).collect();
    Table { caption: None, widths, head_rows, rows, size: TextSize::Five }
}

fn cell(text: &str) -> Cell {
    if Exact::parse(text).is_some() { Cell::middle(text) } else { Cell::value(text) }
}

/// One row of heads, or two where some stand under a common one.
fn heads(table: &Official) -> Vec<Row> {
    let grouped = table.columns.iter().any(|column| column.group.is_some());
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (at, column) in table.columns.iter().enumerate() {
        let Some(group) = &column.group else {
            first.push(Cell::head(&column.head).down(if grouped { 2 } else { 1 }));
            continue;
        };
        let same = |other: &&OfficialColumn| other.group.as_ref() == Some(group);
        if at == 0 || !same(&&table.columns[at - 1]) {
            first.push(Cell::head(group).across(table.columns[at..].iter().take_while(same).count()));
        }
        second.push(Cell::head(&column.head));
    }
    [first, second].into_iter().filter(|cells| !cells.is_empty()).map(Row::from).collect()
}
