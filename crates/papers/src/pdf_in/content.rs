//! The text operators of a page's content.

use std::collections::HashMap;
use std::rc::Rc;

use super::file::{File, in_dict};
use super::font::Font;
use super::object::{Lexer, Object};
use super::pages::PageAt;
use super::{PdfError, Run};

/// Most operators of a file.
const MAX_OPERATORS: usize = 2_000_000;
/// Most runs of text, and most characters of one.
const MAX_RUNS: usize = 50_000;
const MAX_RUN_BYTES: usize = 8_192;
/// Deepest form within a form, and deepest saved state.
const MAX_FORMS: usize = 6;
const MAX_SAVED: usize = 64;
/// Most operands before an operator.
const MAX_OPERANDS: usize = 64;

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
    fonts: HashMap<u32, Rc<Font>>,
    operators: usize,
    pub(super) runs: Vec<Run>,
}

/// Where the next text goes.
#[derive(Clone)]
struct State {
    around: Matrix,
    font: Rc<Font>,
    size: f64,
    leading: f64,
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
        Self { file, fonts: HashMap::new(), operators: 0, runs: Vec::new() }
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
        let state = State { around: IDENTITY, font: Rc::new(Font::Unknown), size: 1.0, leading: 0.0 };
        self.draw(&bytes, number, at.resources, state, 0)
    }

    fn draw(&mut self, bytes: &[u8], page: usize, resources: &'f Object, state: State, depth: usize) -> Result<(), PdfError> {
        let mut drawing = Drawing { page, resources, state, saved: Vec::new(), line: IDENTITY, goes_on: false };
        let (mut lexer, mut operands) = (Lexer::new(bytes, 0), Vec::new());
        while lexer.at < bytes.len() && self.runs.len() < MAX_RUNS {
            match lexer.object() {
                Some(Object::Word(word)) => {
                    self.operators += 1;
                    if self.operators > MAX_OPERATORS {
                        return Err(PdfError::Unpacked);
                    }
                    match word.as_str() {
                        "BI" => skip_picture(&mut lexer),
                        "Do" => self.form(&operands, &drawing, depth)?,
                        "Tf" => self.font(&operands, &mut drawing)?,
                        operator => self.operator(operator, &operands, &mut drawing),
                    }
                    operands.clear();
                }
                Some(operand) if operands.len() < MAX_OPERANDS => operands.push(operand),
                _ => {}
            }
        }
        Ok(())
    }

    fn operator(&mut self, operator: &str, operands: &[Object], drawing: &mut Drawing<'_>) {
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
            "T*" => drawing.moved_by(0.0, -drawing.state.leading),
            "'" | "\"" => {
                drawing.moved_by(0.0, -drawing.state.leading);
                self.show(operands.last(), drawing);
            }
            "Tj" | "TJ" => self.show(operands.last(), drawing),
            _ => {}
        }
    }

    fn show(&mut self, shown: Option<&Object>, drawing: &mut Drawing<'_>) {
        let font = &drawing.state.font;
        let text: String = match shown {
            Some(Object::Text(bytes)) => font.text(bytes),
            Some(Object::Array(pieces)) => {
                pieces.iter().map(|piece| if let Object::Text(bytes) = piece { font.text(bytes) } else { String::new() }).collect()
            }
            _ => return,
        };
        let last = self.runs.last_mut().filter(|last| drawing.goes_on && last.text.len() + text.len() < MAX_RUN_BYTES);
        drawing.goes_on = true;
        if let Some(last) = last {
            last.text.push_str(&text);
            return;
        }
        let [_, _, c, d, x, y] = times(drawing.line, drawing.state.around);
        let size = drawing.state.size * c.hypot(d);
        self.runs.push(Run { page: drawing.page, x, y, size, text: text.chars().take(MAX_RUN_BYTES).collect() });
    }

    fn font(&mut self, operands: &[Object], drawing: &mut Drawing<'f>) -> Result<(), PdfError> {
        let [Object::Name(name), size] = operands else { return Ok(()) };
        drawing.state.size = size.number().unwrap_or(1.0);
        let font = in_dict(self.file.value(drawing.resources, "Font"), name).unwrap_or(&Object::Null);
        drawing.state.font = match font {
            Object::Reference(number) => match self.fonts.get(number) {
                Some(known) => known.clone(),
                None => {
                    let read = Rc::new(Font::of(self.file, font)?);
                    self.fonts.insert(*number, read.clone());
                    read
                }
            },
            own => Rc::new(Font::of(self.file, own)?),
        };
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
        let bytes = self.file.stream(*number)?;
        self.draw(&bytes, drawing.page, resources, state, depth + 1)
    }
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
