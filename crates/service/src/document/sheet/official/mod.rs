//! Official tables, filled with the rows of a form: the table as printed, a line a row, or the row that a printed line names.
//! Made once, for paper and workbook alike.

mod line;
mod scope;
mod value;

use papers::paper::{Align, Block, Paragraph, Span};
use papers::sheet_out::{Cell, OfficialHead, OfficialTable};
use policy::pack::{Official, OfficialColumn, Pack};
use policy::spec::{At, OfficialPrintSpec};

use super::{Sheet, title};
use line::{listed, named};
use value::{kind_of, typed};

pub(super) use scope::{Scope, scopes};
pub(super) use value::said;

/// Characters of the name of a sheet in a workbook, its number left out.
const NAME_CHARS: usize = 24;

/// A table with what the rows of a file say.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    /// The table.
    pub(crate) table: OfficialTable,
    /// The rows in it, by kind: those of another file go on from there. None: it is as printed.
    pub(crate) rows: usize,
    /// Which of the tables that a form's rows are parted into it is; empty where they are not parted.
    part: String,
    /// Columns that count its lines from 1, since its rows are a part of the file's.
    numbered: Vec<usize>,
    /// Rows of several files stand one after the other, not on a table each.
    goes_on: bool,
}

impl Filled {
    /// As a part of a table of many files: whoever draws that up signs it, not who filed this one.
    pub(crate) fn of_many(mut self, official: &Official) -> Self {
        if self.goes_on {
            self.table.left.clone_from(&official.left);
        }
        self
    }

    /// The same table of another file behind this one, if it goes on there; a title that they say differently stays as printed.
    pub(crate) fn joined(&mut self, other: Filled, official: &Official) -> Option<Filled> {
        let same = self.goes_on && other.goes_on && self.table.name == other.table.name && self.part == other.part;
        if !same {
            return Some(other);
        }
        if self.table.title != other.table.title {
            self.table.title.clone_from(&official.title);
        }
        self.rows += other.rows;
        self.table.lines.extend(other.table.lines);
        self.number();
        None
    }

    /// Counts the lines anew where the rows of the file do not count them.
    fn number(&mut self) {
        for column in self.numbered.iter().filter(|_| self.rows > 0) {
            let own = self.table.lines.iter_mut().filter_map(|line| line.get_mut(*column)?.as_mut());
            own.zip(1_usize..).for_each(|(cell, number)| *cell = Cell::Figure(number.to_string()));
        }
    }
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

/// The tables with the rows of the form.
pub(crate) fn tables(sheet: &Sheet, print: &OfficialPrintSpec) -> Vec<Filled> {
    let Some(table) = sheet.pack.officials.iter().find(|table| table.id == *print.table.value()) else { return Vec::new() };
    scopes(sheet, print).into_iter().map(|scope| filled(sheet, print, table, &scope)).collect()
}

fn filled(sheet: &Sheet, print: &OfficialPrintSpec, table: &Official, scope: &Scope) -> Filled {
    let printed = printed(sheet.pack, table);
    let lines = match &print.by {
        Some(column) => named(sheet, print, table, scope.kind, &scope.rows, column),
        None if scope.rows.is_empty() => printed.lines,
        None => listed(sheet, print, table, scope.kind, &scope.rows),
    };
    let words = |words: &At<String>| title::filled(sheet, words.value(), Some(scope));
    let made = OfficialTable {
        name: print.annex.as_ref().map_or(printed.name, |annex| sheet_name(annex)),
        annex: print.annex.clone().or(printed.annex),
        title: print.title.as_ref().map_or(printed.title, words),
        left: print.left.as_ref().map(words).or(printed.left),
        lines,
        ..printed
    };
    let numbered = |column: &OfficialColumn| print.fill.get(&column.id).is_some_and(|name| kind_of(sheet, name.value()).is_some());
    let numbered = (0..table.columns.len()).filter(|at| print.per.is_some() && numbered(&table.columns[*at])).collect();
    let parted = print.per.as_ref().zip(scope.rows.first()).and_then(|(fact, row)| said(sheet, fact.value(), scope.kind, *row));
    let part = parted.map(|(text, _)| text).unwrap_or_default();
    let mut filled = Filled { table: made, rows: scope.rows.len(), part, numbered, goes_on: print.by.is_none() && print.each.is_none() };
    filled.number();
    filled
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
