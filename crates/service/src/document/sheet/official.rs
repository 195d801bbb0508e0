//! Official tables, filled with the rows of a form: the table as printed, a line a row, or the row that a printed line names.
//! Made once, for paper and workbook alike.

use papers::paper::{Align, Block, Paragraph, Span};
use papers::sheet_out::{Cell, OfficialHead, OfficialTable};
use policy::exact::Exact;
use policy::kernel::Val;
use policy::pack::{FILE, Official, OfficialColumn, Pack};
use policy::program::{Kind, Meta, Reg, Type};
use policy::say::Sayer;
use policy::spec::{At, OfficialPrintSpec};

use super::Sheet;

/// Fen in 1万元.
const FEN_IN_WAN: i64 = 1_000_000;
/// Characters of the name of a sheet in a workbook, its number left out.
const NAME_CHARS: usize = 24;

/// A line: what stands in each column; nothing continues the cell above.
type Line = Vec<Option<Cell>>;

/// A table with what the rows of a file say.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    /// The table.
    pub(crate) table: OfficialTable,
    /// The rows in it, by kind: those of another file go on from there. None: it is as printed.
    pub(crate) rows: usize,
    /// Rows of several files stand one after the other, not on a table each.
    pub(crate) goes_on: bool,
}

/// Where the rows of a file stand among those of others in one table.
#[derive(Clone, Debug)]
pub(crate) struct Among {
    /// The number of the file, from 1.
    pub(crate) file: usize,
    /// Rows of the files before it, by kind.
    pub(crate) before: Vec<usize>,
}

impl Default for Among {
    fn default() -> Self {
        Self { file: 1, before: Vec::new() }
    }
}

/// The table, or one for each row above its rows; the first on a paper goes without a page of its own and the paper's title.
pub(super) fn official(sheet: &Sheet, print: &OfficialPrintSpec, title: Option<&str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, filled) in tables(sheet, print).into_iter().enumerate() {
        if at > 0 || title.is_none_or(|title| title.replace('\n', "") != filled.table.title) {
            blocks.extend(opening(print, &filled.table));
        }
        let under = filled.table.under.iter().map(|under| Block::Paragraph(Paragraph::centred(under.as_str())));
        let head = Block::Paragraph(Paragraph::flush(filled.table.above()));
        blocks.extend(under.chain([head, Block::Table(filled.table.grid())]));
    }
    blocks
}

/// A page of its own, with what stands above the table.
fn opening(print: &OfficialPrintSpec, table: &OfficialTable) -> Vec<Block> {
    let annex = print.annex.as_ref().map(|annex| Block::Paragraph(Paragraph { spans: vec![Span::strong(annex)], ..Paragraph::default() }));
    let title = Block::Paragraph(Paragraph { spans: vec![Span::strong(&table.title)], align: Align::Centre, ..Paragraph::default() });
    [Block::PageBreak].into_iter().chain(annex).chain([title]).collect()
}

/// The table with the rows of the form, or one for each row above its rows.
pub(crate) fn tables(sheet: &Sheet, print: &OfficialPrintSpec) -> Vec<Filled> {
    let Some(table) = sheet.pack.officials.iter().find(|table| table.id == *print.table.value()) else { return Vec::new() };
    let above = print.each.as_ref().and_then(|kind| kind_of(sheet, kind.value()));
    let each: Vec<Option<(Kind, usize)>> = match above {
        Some(kind) if sheet.facts.rows(kind) > 0 => (0..sheet.facts.rows(kind)).map(|row| Some((kind, row))).collect(),
        _ => vec![None],
    };
    each.into_iter().filter_map(|one| filled(sheet, print, table, one)).collect()
}

fn filled(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, each: Option<(Kind, usize)>) -> Option<Filled> {
    let kind = kind_of(sheet, print.rows.value())?;
    let own = |row: &usize| each.is_none_or(|(above, at)| up(sheet, kind, *row, above) == Some(at));
    let rows: Vec<usize> = (0..sheet.facts.rows(kind)).filter(own).collect();
    let printed = printed(sheet.pack, table);
    let lines = match &print.by {
        Some(column) => named(sheet, print, table, kind, &rows, column),
        None if rows.is_empty() => printed.lines,
        None => listed(sheet, print, table, kind, &rows),
    };
    let name = print.annex.as_ref().map_or(printed.name, |annex| sheet_name(annex));
    let annex = print.annex.clone().or(printed.annex);
    let table = OfficialTable { name, annex, left: left(sheet, print, table, each), lines, ..printed };
    Some(Filled { table, rows: rows.len(), goes_on: print.by.is_none() && print.each.is_none() && print.left.is_none() })
}

/// An official table with the lines that are printed on it.
pub fn printed(pack: &Pack, official: &Official) -> OfficialTable {
    let forms =
        pack.forms.iter().flat_map(|form| form.sections.iter().flat_map(|section| &section.print.official).map(move |print| (form, print)));
    let on_paper = forms.into_iter().find(|(_, print)| *print.table.value() == official.id);
    let head =
        |column: &OfficialColumn| OfficialHead { head: column.head.clone(), group: column.group.clone(), width_chars: column.width_chars };
    let cell = |text: &Option<String>| text.as_ref().map(|text| typed(text.clone(), true));
    OfficialTable {
        name: "附表".to_owned(),
        title: official.title.clone(),
        annex: on_paper.and_then(|(_, print)| print.annex.clone()),
        landscape: on_paper.is_some_and(|(form, _)| form.print.landscape),
        under: official.under.clone(),
        left: official.left.clone(),
        right: official.right.clone(),
        heads: official.columns.iter().map(head).collect(),
        lines: official.lines.iter().map(|line| line.iter().map(cell).collect()).collect(),
        notes: official.notes.clone(),
    }
}

/// What a sheet may be called: no sign that addresses of cells are made of.
fn sheet_name(annex: &str) -> String {
    annex.chars().filter(|one| !"[]:*?/\\'".contains(*one)).take(NAME_CHARS).collect()
}

/// Digits that are a number are one; names that look like one stay words.
fn typed(text: String, number: bool) -> Cell {
    match text.as_str() {
        "" => Cell::Empty,
        digits if number && Exact::parse(digits).is_some() => Cell::Figure(text),
        _ => Cell::Text(text),
    }
}

/// Who draws it up and stamps it.
fn left(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, each: Option<(Kind, usize)>) -> Option<String> {
    let (kind, row) = each.unwrap_or((0, 0));
    let Some(name) = &print.left else { return table.left.clone() };
    let known = said(sheet, name.value(), kind, row).map(|(text, _)| text).filter(|known| !known.is_empty());
    Some(format!("{}{}", table.left.as_deref().unwrap_or_default(), known.unwrap_or_else(|| "　".repeat(8))))
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
    let text = |row: usize| name.and_then(|name| said(sheet, name.value(), kind, row)).map(|(text, _)| text);
    let row_of = |line: &[Option<String>]| {
        let words = key.and_then(|key| line.get(key)?.as_deref());
        rows.iter().copied().find(|row| words.is_some() && text(*row).as_deref() == words)
    };
    let fill = |line: &Vec<Option<String>>| -> Line {
        let row = row_of(line);
        let cell = |(printed, column): (&Option<String>, &OfficialColumn)| match (printed, row) {
            (Some(printed), Some(row)) if printed.is_empty() => Some(written(sheet, print, column, kind, row)),
            (printed, _) => printed.clone().map(|printed| typed(printed, true)),
        };
        line.iter().zip(&table.columns).map(cell).collect()
    };
    table.lines.iter().map(fill).collect()
}

fn written(sheet: &Sheet, print: &OfficialPrintSpec, column: &OfficialColumn, kind: Kind, row: usize) -> Cell {
    let said = print.fill.get(&column.id).and_then(|name| said(sheet, name.value(), kind, row));
    said.map_or(Cell::Empty, |(text, number)| typed(text, number))
}

/// What a name says for a row, and whether it is a number: the number of the row or the file, or a fact or value of the row, of
/// one above it or of the case.
fn said(sheet: &Sheet, name: &str, kind: Kind, row: usize) -> Option<(String, bool)> {
    let owner = owner(sheet, name)?;
    let at = up(sheet, kind, row, owner)?;
    if kind_of(sheet, name).is_some() {
        let before = sheet.among.before.get(usize::from(owner)).copied().unwrap_or_default();
        return Some(((before + at + 1).to_string(), true));
    }
    if let Some(input) = sheet.pack.inputs[owner as usize].iter().position(|input| input.id() == name) {
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

fn kind_of(sheet: &Sheet, id: &str) -> Option<Kind> {
    let at = sheet.pack.kinds.iter().skip(1).position(|kind| kind.id == id)? + 1;
    Kind::try_from(at).ok()
}

/// The kind of rows that a name belongs to.
fn owner(sheet: &Sheet, name: &str) -> Option<Kind> {
    let fact = || sheet.pack.inputs.iter().position(|inputs| inputs.iter().any(|input| input.id() == name));
    let known = kind_of(sheet, name).or_else(|| Kind::try_from(fact()?).ok()).or_else(|| Some(register(sheet, name)?.0));
    known.or((name == FILE).then_some(0))
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
