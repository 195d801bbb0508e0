//! The text operators of a page's content.

use std::collections::HashMap;
use std::rc::Rc;

use super::file::{File, in_dict};
use super::font::{Font, Tables};
use super::object::{Lexer, Object};
use super::pages::PageAt;
use super::{PdfError, Run};

/// What an operator costs, in bytes: the state it saves, the text it begins.
const OPERATOR_COST: u64 = 64;
/// Most runs of text, and most bytes of one.
const MAX_RUNS: usize = 50_000;
const MAX_RUN_BYTES: usize = 8_192;
/// Deepest form within a form, and deepest saved state.
const MAX_FORMS: usize = 6;
const MAX_SAVED: usize = 64;
/// Most operands before an operator.
const MAX_OPERANDS: usize = 64;
/// The rendering modes that show nothing: neither filled nor stroked, and a path for cutting.
const UNSEEN: [f64; 2] = [3.0, 7.0];

/// A matrix `a b c d e f`: a point goes to `(a x + c y + e, b x + d y + f)`.
type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `one`, then `other`.
fn times(one: Matrix, other: Matrix) -> Matrix {
    let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (one, other);
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

/// Collects the words of pages.
pub(super) struct Reader<'f, 'b> {
    file: &'f File<'b>,
    tables: Tables,
    /// Forms that were drawn, unpacked, by number.
    forms: HashMap<u32, Rc<Vec<u8>>>,
    pub(super) runs: Vec<Run>,
}

/// Where the next text goes.
#[derive(Clone)]
struct State {
    around: Matrix,
    font: Font,
    size: f64,
    leading: f64,
    /// Text is set where nobody sees it: behind a picture of other text, as often as not.
    unseen: bool,
}

/// What is being drawn.
struct Drawing<'o> {
    page: usize,
    resources: &'o Object,
    state: State,
    saved: Vec<State>,
    line: Matrix,
    /// Nothing moved since the last text: what comes goes on with it.
    goes_on: bool,
}

impl<'f, 'b> Reader<'f, 'b> {
    pub(super) fn new(file: &'f File<'b>) -> Self {
        Self { file, tables: Tables::new(), forms: HashMap::new(), runs: Vec::new() }
    }

    /// Adds the words of a page.
    pub(super) fn page(&mut self, number: usize, at: &PageAt<'f>) -> Result<(), PdfError> {
        let content = in_dict(at.page, "Contents").unwrap_or(&Object::Null);
        let parts = match content {
            Object::Reference(_) if self.file.get(content).array().is_empty() => std::slice::from_ref(content),
            other => self.file.get(other).array(),
        };
        let mut bytes = Vec::new();
        for part in parts {
            if let Object::Reference(number) = part {
                bytes.extend(self.file.stream(*number)?);
                bytes.push(b'\n');
            }
        }
        let state = State { around: IDENTITY, font: Font::Unknown, size: 1.0, leading: 0.0, unseen: false };
        self.draw(&bytes, number, at.resources, state, 0)
    }

    fn draw(&mut self, bytes: &[u8], page: usize, resources: &'f Object, state: State, depth: usize) -> Result<(), PdfError> {
        self.file.budget.charge(bytes.len() as u64)?;
        let mut drawing = Drawing { page, resources, state, saved: Vec::new(), line: IDENTITY, goes_on: false };
        let (mut lexer, mut operands) = (Lexer::new(bytes, 0), Vec::new());
        while lexer.at < bytes.len() && self.runs.len() < MAX_RUNS {
            match lexer.object() {
                Some(Object::Word(word)) => {
                    self.file.budget.charge(OPERATOR_COST)?;
                    match word.as_str() {
                        "BI" => skip_picture(&mut lexer),
                        "Do" => self.form(&operands, &drawing, depth)?,
                        "Tf" => self.font(&operands, &mut drawing)?,
                        operator => self.operator(operator, &operands, &mut drawing)?,
                    }
                    operands.clear();
                }
                Some(operand) if operands.len() < MAX_OPERANDS => operands.push(operand),
                _ => {}
            }
        }
        Ok(())
    }

    fn operator(&mut self, operator: &str, operands: &[Object], drawing: &mut Drawing<'_>) -> Result<(), PdfError> {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        match operator {
            "q" if drawing.saved.len() < MAX_SAVED => drawing.saved.push(drawing.state.clone()),
            "Q" => drawing.state = drawing.saved.pop().unwrap_or_else(|| drawing.state.clone()),
            "cm" => drawing.state.around = times(matrix(operands), drawing.state.around),
            "BT" => drawing.moved_to(IDENTITY),
            "Tm" => drawing.moved_to(matrix(operands)),
            "Td" => drawing.moved_by(number(0), number(1)),
            "TD" => {
                drawing.state.leading = -number(1);
                drawing.moved_by(number(0), number(1));
            }
            "TL" => drawing.state.leading = number(0),
            "Tr" => drawing.state.unseen = UNSEEN.contains(&number(0)),
            "T*" => drawing.moved_by(0.0, -drawing.state.leading),
            "'" | "\"" => {
                drawing.moved_by(0.0, -drawing.state.leading);
                self.show(operands.last(), drawing)?;
            }
            "Tj" | "TJ" => self.show(operands.last(), drawing)?,
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, shown: Option<&Object>, drawing: &mut Drawing<'_>) -> Result<(), PdfError> {
        let pieces = match shown {
            _ if drawing.state.unseen => return Ok(()),
            Some(one @ Object::Text(_)) => std::slice::from_ref(one),
            Some(Object::Array(pieces)) => pieces,
            _ => return Ok(()),
        };
        let text = said(&drawing.state.font, pieces);
        self.file.budget.charge(text.len() as u64)?;
        let last = self.runs.last_mut().filter(|last| drawing.goes_on && last.text.len() + text.len() < MAX_RUN_BYTES);
        drawing.goes_on = true;
        if let Some(last) = last {
            last.text.push_str(&text);
            return Ok(());
        }
        let [_, _, c, d, x, y] = times(drawing.line, drawing.state.around);
        let size = drawing.state.size * c.hypot(d);
        self.runs.push(Run { page: drawing.page, x, y, size, text });
        Ok(())
    }

    fn font(&mut self, operands: &[Object], drawing: &mut Drawing<'f>) -> Result<(), PdfError> {
        let [Object::Name(name), size] = operands else { return Ok(()) };
        drawing.state.size = size.number().unwrap_or(1.0);
        let font = in_dict(self.file.value(drawing.resources, "Font"), name).unwrap_or(&Object::Null);
        drawing.state.font = Font::of(self.file, font, &mut self.tables)?;
        Ok(())
    }

    /// A form: content of its own, drawn in the place where it is named.
    fn form(&mut self, operands: &[Object], drawing: &Drawing<'f>, depth: usize) -> Result<(), PdfError> {
        let [Object::Name(name)] = operands else { return Ok(()) };
        let named = in_dict(self.file.value(drawing.resources, "XObject"), name);
        let Some(reference @ Object::Reference(number)) = named.filter(|_| depth < MAX_FORMS) else { return Ok(()) };
        if self.file.value(reference, "Subtype").name() != Some("Form") {
            return Ok(());
        }
        let own = self.file.value(reference, "Resources");
        let resources = if *own == Object::Null { drawing.resources } else { own };
        let place = self.file.value(reference, "Matrix").array();
        let mut state = drawing.state.clone();
        state.around = if place.is_empty() { state.around } else { times(matrix(place), state.around) };
        let bytes = match self.forms.get(number) {
            Some(known) => known.clone(),
            None => {
                let read = Rc::new(self.file.stream(*number)?);
                self.forms.insert(*number, read.clone());
                read
            }
        };
        self.draw(&bytes, drawing.page, resources, state, depth + 1)
    }
}

/// What pieces of a text say, as far as one run goes.
fn said(font: &Font, pieces: &[Object]) -> String {
    let mut text = String::new();
    for piece in pieces {
        if let Object::Text(bytes) = piece
            && text.len() < MAX_RUN_BYTES
        {
            text.push_str(&font.text(&bytes[..bytes.len().min(MAX_RUN_BYTES)]));
        }
    }
    text.truncate(text.floor_char_boundary(MAX_RUN_BYTES));
    text
}

impl Drawing<'_> {
    fn moved_to(&mut self, line: Matrix) {
        self.line = line;
        self.goes_on = false;
    }

    fn moved_by(&mut self, x: f64, y: f64) {
        self.moved_to(times([1.0, 0.0, 0.0, 1.0, x, y], self.line));
    }
}

fn matrix(operands: &[Object]) -> Matrix {
    let mut all = IDENTITY;
    for (place, operand) in all.iter_mut().zip(operands) {
        *place = operand.number().unwrap_or(*place);
    }
    all
}

/// A picture within the content: its bytes are no operators.
fn skip_picture(lexer: &mut Lexer<'_>) {
    let rest = &lexer.bytes[lexer.at..];
    let end = rest.windows(3).position(|here| here[0].is_ascii_whitespace() && &here[1..] == b"EI");
    lexer.at += end.map_or(rest.len(), |end| end + 3);
}
