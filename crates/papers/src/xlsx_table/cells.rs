//! The cells of a sheet one after the other, each as the text a person sees.

use quick_xml::events::{BytesStart, Event};

use super::look::{Look, Looks};
use super::package::{Part, broken};
use super::place::{nowhere, place, row};
use super::strings::{Strings, Words};
use crate::budget::Budget;
use crate::table::{FORMULA, MAX_CELL_BYTES, TableError, column_name};
use crate::xml_in::{attributes, local, push_text};

/// Characters that are shown of a formula without a value.
const FORMULA_CHARS: usize = 100;

/// What the whole workbook says of its cells.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    pub(super) strings: Strings,
    pub(super) looks: Looks,
    pub(super) from_1904: bool,
}

/// A cell: its row from 1, its column from 0, its text.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) text: String,
}

/// Reads cells.
pub(super) struct Cells<'p, 'b> {
    xml: Part<'p, 'b>,
    meanings: &'p Meanings,
    budget: &'p Budget,
    next: Next,
}

/// The row and the column that come next where a cell does not say.
#[derive(Debug)]
struct Next {
    row: usize,
    column: usize,
}

impl Next {
    /// Begins a row.
    fn row(&mut self, start: &BytesStart<'_>) -> Result<(), TableError> {
        let [number] = attributes(start, ["r"]).map_err(|_| broken())?;
        self.row = number.map_or(Some(self.row), |number| row(&number)).ok_or_else(nowhere)?;
        self.column = 0;
        Ok(())
    }

    /// Begins a cell.
    fn cell(&mut self, start: &BytesStart<'_>, looks: &Looks) -> Result<Kind, TableError> {
        let [at, kind, style] = attributes(start, ["r", "t", "s"]).map_err(|_| broken())?;
        if let Some(at) = at {
            (self.row, self.column) = place(&at).ok_or_else(nowhere)?;
        }
        Ok(Kind::of(kind.as_deref(), style.as_deref(), looks))
    }
}

/// How the text of a cell is written.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Shared,
    Inline,
    Formula,
    YesNo,
    Plain,
    Number(Look),
}

/// What stands within a cell.
#[derive(Debug, Default)]
struct Within {
    value: Option<String>,
    formula: Option<String>,
    inline: String,
    words: Words,
}

impl<'p, 'b> Cells<'p, 'b> {
    pub(super) fn new(xml: Part<'p, 'b>, meanings: &'p Meanings, budget: &'p Budget) -> Self {
        Self { xml, meanings, budget, next: Next { row: 1, column: 0 } }
    }

    /// The next cell; none at the end of the sheet.
    pub(super) fn cell(&mut self) -> Result<Option<Cell>, TableError> {
        let kind = loop {
            match self.xml.event().map_err(|_| broken())? {
                Event::Start(start) => match local(start.name().as_ref()) {
                    "row" => self.next.row(&start)?,
                    "c" => break self.next.cell(&start, &self.meanings.looks)?,
                    _ => {}
                },
                Event::End(end) => match local(end.name().as_ref()) {
                    "row" => self.next.row += 1,
                    "sheetData" => return Ok(None),
                    _ => {}
                },
                Event::Eof => return Err(broken()),
                _ => {}
            }
        };
        self.text(kind).map(Some)
    }

    fn text(&mut self, kind: Kind) -> Result<Cell, TableError> {
        let text = kind.text(self.within()?, self.meanings)?;
        let text = unescaped(text.trim()).trim().to_owned();
        let Next { row, column } = self.next;
        self.next.column += 1;
        if text.len() > MAX_CELL_BYTES {
            return Err(TableError::LongCell { row, column: column_name(column) });
        }
        // A long string may be named by many cells.
        self.budget.charge(text.len() as u64).map_err(|_| broken())?;
        Ok(Cell { row, column, text })
    }

    /// Reads up to the end of a cell.
    fn within(&mut self) -> Result<Within, TableError> {
        let (mut within, mut open) = (Within::default(), None);
        loop {
            let event = self.xml.event().map_err(|_| broken())?;
            match &event {
                Event::Start(start) => open = within.opened(start).or(open),
                Event::End(end) if local(end.name().as_ref()) == "c" => return Ok(within),
                Event::Eof => return Err(broken()),
                _ => {}
            }
            match (open, &event) {
                (_, Event::End(end)) if matches!(local(end.name().as_ref()), "v" | "f" | "is") => open = None,
                (Some('v'), event) => push_text(event, within.value.get_or_insert_default()).map_err(|_| broken())?,
                (Some('f'), event) => push_text(event, within.formula.get_or_insert_default()).map_err(|_| broken())?,
                (Some(_), event) => within.words.take(event, &mut within.inline).map_err(|_| broken())?,
                _ => {}
            }
        }
    }
}

impl Within {
    /// What the text that follows belongs to.
    fn opened(&mut self, start: &BytesStart<'_>) -> Option<char> {
        match local(start.name().as_ref()) {
            "v" => {
                self.value.get_or_insert_default();
                Some('v')
            }
            "f" => {
                self.formula.get_or_insert_default();
                Some('f')
            }
            "is" => Some('i'),
            _ => None,
        }
    }
}

impl Kind {
    fn of(kind: Option<&str>, style: Option<&str>, looks: &Looks) -> Self {
        match kind {
            Some("s") => Self::Shared,
            Some("inlineStr") => Self::Inline,
            Some("str") => Self::Formula,
            Some("b") => Self::YesNo,
            None | Some("n") => Self::Number(looks.get(style)),
            Some(_) => Self::Plain,
        }
    }

    fn text(self, within: Within, meanings: &Meanings) -> Result<String, TableError> {
        let value = within.value.as_deref().map(str::trim);
        // A formula that comes to an empty text has a value, an empty one.
        let computed = value.is_some_and(|value| !value.is_empty() || matches!(self, Self::Formula));
        if let Some(formula) = within.formula.filter(|_| !computed) {
            return Ok(format!("{FORMULA}{}", formula.chars().take(FORMULA_CHARS).collect::<String>()));
        }
        let value = value.unwrap_or_default();
        Ok(match self {
            Self::Inline => within.inline,
            Self::Shared if value.is_empty() => String::new(),
            Self::Shared => value.parse().ok().and_then(|number| meanings.strings.get(number)).ok_or_else(broken)?.to_owned(),
            Self::YesNo if value.is_empty() => String::new(),
            Self::YesNo => if value == "0" || value == "false" { "否" } else { "是" }.to_owned(),
            Self::Formula | Self::Plain => value.to_owned(),
            Self::Number(look) => match value.parse::<f64>() {
                Ok(number) if number.is_finite() => look.shown(number, meanings.from_1904),
                _ => value.to_owned(),
            },
        })
    }
}

/// Characters that XML cannot hold are written `_x0007_`, and an underscore that would begin such a word `_x005F_`.
fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("_x") {
        let code = after.get(..5).and_then(|code| code.strip_suffix('_')).filter(|code| code.bytes().all(|one| one.is_ascii_hexdigit()));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        plain.push_str(before);
        match letter {
            Some(letter) => plain.push(letter),
            None => plain.push_str("_x"),
        }
        rest = if letter.is_some() { &after[5..] } else { after };
    }
    plain + rest
}
