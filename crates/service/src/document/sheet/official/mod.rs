//! Official tables, filled with the rows of a form: the table as printed, a line a row, or the row that a printed line names.
//! Made once, for paper and workbook alike.

mod line;
mod value;

use papers::paper::{Align, Block, Paragraph, Span};
use papers::sheet_out::{OfficialHead, OfficialTable};
use policy::pack::{Official, OfficialColumn, Pack};
use policy::program::Kind;
use policy::spec::OfficialPrintSpec;

use super::Sheet;
use line::{listed, named};
use value::{kind_of, said, typed, up};

/// Characters of the name of a sheet in a workbook, its number left out.
const NAME_CHARS: usize = 24;

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
        landscape: on_paper.is_some_and(|(form, _)| form.print.landscape == Some(true)),
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

/// Who draws it up and stamps it.
fn left(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, each: Option<(Kind, usize)>) -> Option<String> {
    let (kind, row) = each.unwrap_or((0, 0));
    let Some(name) = &print.left else { return table.left.clone() };
    let known = said(sheet, name.value(), kind, row).map(|(text, _)| text).filter(|known| !known.is_empty());
    Some(format!("{}{}", table.left.as_deref().unwrap_or_default(), known.unwrap_or_else(|| "　".repeat(8))))
}
