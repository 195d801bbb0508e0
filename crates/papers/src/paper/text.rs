//! Words: paragraphs, marked passages, boxes to tick.

use serde::{Deserialize, Serialize};

use super::Face;

/// Where the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// Left edge straight.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// Right edge straight.
    Right,
    /// Both edges straight, the last line left.
    Both,
}

/// A passage in one face.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The words; a line break in them is kept.
    pub text: String,
    /// A face other than that of its surroundings.
    pub face: Option<Face>,
    /// A line under it.
    pub underlined: bool,
    /// On one line if it fits on one, where the rendering can do that.
    pub whole: bool,
}

impl Span {
    /// In the face of its surroundings.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Set off, in 黑体.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { face: Some(Face::Hei), ..Self::plain(text) }
    }

    /// What was filled in on a line; nothing leaves a line of that many characters to write on.
    #[must_use]
    pub fn filled(text: &str, empty_chars: usize) -> Self {
        let text = if text.is_empty() { "\u{3000}".repeat(empty_chars) } else { text.to_owned() };
        Self { underlined: true, ..Self::plain(text) }
    }
}

/// A paragraph. Indents are counted in characters of its size.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its passages.
    pub spans: Vec<Span>,
    /// Where its lines stand.
    pub align: Align,
    /// Indent of the first line.
    pub first_chars: u8,
    /// Indent of every line at the left.
    pub left_chars: u8,
    /// Indent of every line at the right.
    pub right_chars: u8,
}

impl Paragraph {
    /// Running text: two characters in, both edges straight.
    #[must_use]
    pub fn body(text: impl Into<String>) -> Self {
        Self { spans: vec![Span::plain(text)], align: Align::Both, first_chars: 2, ..Self::default() }
    }

    /// From the left edge (顶格).
    #[must_use]
    pub fn flush(text: impl Into<String>) -> Self {
        Self { spans: vec![Span::plain(text)], ..Self::default() }
    }

    /// In the middle.
    #[must_use]
    pub fn centred(text: impl Into<String>) -> Self {
        Self { align: Align::Centre, ..Self::flush(text) }
    }

    /// At the right edge, that many characters in: a day stands four in.
    #[must_use]
    pub fn right(text: impl Into<String>, right_chars: u8) -> Self {
        Self { align: Align::Right, right_chars, ..Self::flush(text) }
    }

    /// Its words alone.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

impl From<&str> for Paragraph {
    fn from(text: &str) -> Self {
        Self::flush(text)
    }
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Self::flush(text)
    }
}

impl From<Vec<Span>> for Paragraph {
    fn from(spans: Vec<Span>) -> Self {
        Self { spans, ..Self::default() }
    }
}

/// The characters of a text that a paper can hold: line breaks of one kind, no controls, none that XML forbids.
pub(crate) fn printable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter_map(|character| match character {
        '\t' => Some(' '),
        '\n' => Some('\n'),
        '\u{fffe}' | '\u{ffff}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    })
}

fn tick(ticked: bool, label: &str) -> String {
    format!("{}{label}", if ticked { '☑' } else { '□' })
}

/// Boxes to tick, one below the other.
#[must_use]
pub fn ticks<'a>(options: impl IntoIterator<Item = (bool, &'a str)>) -> Vec<Paragraph> {
    options.into_iter().map(|(ticked, label)| tick(ticked, label).into()).collect()
}

/// Boxes to tick, one after the other, each with its words.
#[must_use]
pub fn ticks_in_line<'a>(options: impl IntoIterator<Item = (bool, &'a str)>) -> Paragraph {
    let mut spans = Vec::new();
    for (ticked, label) in options {
        if !spans.is_empty() {
            spans.push(Span::plain("  "));
        }
        spans.push(Span { whole: true, ..Span::plain(tick(ticked, label)) });
    }
    spans.into()
}
