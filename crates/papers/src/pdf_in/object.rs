//! Objects of a PDF and the words of its content streams.

/// Deepest array or dictionary.
const MAX_DEPTH: usize = 24;
/// Most words, numbers and brackets of one object.
const MAX_TOKENS: usize = 500_000;

/// Longest name that is kept; the format allows half of it.
const MAX_NAME_BYTES: usize = 256;

/// A dictionary, names without their slash. A list by name and no map: most have a few entries, and a file may have a million of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dict(Vec<(String, Object)>);

impl Dict {
    fn of(mut entries: Vec<(String, Object)>) -> Self {
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        entries.shrink_to_fit();
        Self(entries)
    }

    /// The value of a name; of several the last counts.
    pub(super) fn get(&self, name: &str) -> Option<&Object> {
        let after = self.0.partition_point(|(known, _)| known.as_str() <= name);
        self.0.get(after.checked_sub(1)?).filter(|(known, _)| known == name).map(|(_, value)| value)
    }
}

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// The number of another object.
    Reference(u32),
    /// A word without a sign before it: an operator, `obj`, `stream`, `true`.
    Word(String),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn array(&self) -> &[Object] {
        if let Self::Array(items) = self { items } else { &[] }
    }

    /// A number as a count or a place; none below 0 or with a fraction lost.
    pub(super) fn count(&self) -> Option<usize> {
        self.number().filter(|number| (0.0..4e9).contains(number)).map(|number| number as usize)
    }
}

/// Reads objects one after the other.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
    /// How many objects were read, those within others counted.
    pub(super) tokens: usize,
}

fn is_blank(one: u8) -> bool {
    matches!(one, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_regular(one: u8) -> bool {
    !is_blank(one) && !matches!(one, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at, tokens: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    pub(super) fn skip_blanks(&mut self) {
        while let Some(one) = self.peek(0) {
            if one == b'%' {
                while self.peek(0).is_some_and(|one| one != b'\n' && one != b'\r') {
                    self.at += 1;
                }
            } else if is_blank(one) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn regular(&mut self) -> &'b [u8] {
        let start = self.at;
        while self.peek(0).is_some_and(is_regular) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    /// The next object; none at the end and where nothing can be read. Never stands still.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.tokens = 0;
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.skip_blanks();
        self.tokens += 1;
        if depth > MAX_DEPTH || self.tokens > MAX_TOKENS {
            return None;
        }
        match (self.peek(0)?, self.peek(1)) {
            (b'/', _) => Some(Object::Name(self.name())),
            (b'(', _) => Some(Object::Text(self.literal())),
            (b'<', Some(b'<')) => self.dict(depth),
            (b'<', _) => Some(Object::Text(self.hex())),
            (b'[', _) => self.array(depth),
            (one, _) if is_regular(one) => Some(self.word()),
            _ => {
                self.at += 1;
                None
            }
        }
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let name = self.regular();
        String::from_utf8_lossy(&name[..name.len().min(MAX_NAME_BYTES)]).into_owned()
    }

    /// A number, a reference (`12 0 R`) or a word.
    fn word(&mut self) -> Object {
        let text = self.regular();
        let Some(number) = number(text) else {
            return if text == b"null" { Object::Null } else { Object::Word(String::from_utf8_lossy(text).into_owned()) };
        };
        if text.iter().all(u8::is_ascii_digit) {
            let mut ahead = *self;
            ahead.skip_blanks();
            let generation = ahead.regular();
            ahead.skip_blanks();
            if !generation.is_empty() && generation.iter().all(u8::is_ascii_digit) && ahead.regular() == b"R" {
                self.at = ahead.at;
                return Object::Reference(number as u32);
            }
        }
        Object::Number(number)
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            if self.peek(0)? == b']' {
                self.at += 1;
                items.shrink_to_fit();
                return Some(Object::Array(items));
            }
            items.push(self.nested(depth + 1)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Option<Object> {
        self.at += 2;
        let mut dict = Vec::new();
        loop {
            self.skip_blanks();
            if self.peek(0)? == b'>' {
                self.at += if self.peek(1) == Some(b'>') { 2 } else { 1 };
                return Some(Object::Dict(Dict::of(dict)));
            }
            let Object::Name(name) = self.nested(depth + 1)? else { return None };
            dict.push((name, self.nested(depth + 1)?));
        }
    }

    /// `(text)`, brackets within it in pairs.
    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1);
        while let Some(one) = self.peek(0) {
            self.at += 1;
            match one {
                b'\\' => self.escape(&mut text),
                b'(' => open += 1,
                b')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            if one != b'\\' {
                text.push(one);
            }
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(one) = self.peek(0) else { return };
        self.at += 1;
        match one {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => {
                let mut code = u32::from(one - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek(0) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push((code & 0xff) as u8);
            }
            b'\r' if self.peek(0) == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            other => text.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(one) = self.peek(0) {
            self.at += 1;
            match (one as char).to_digit(16) {
                Some(digit) => digits.push(digit as u8),
                None if one == b'>' => break,
                None => {}
            }
        }
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect()
    }
}

/// `-12.5`, `+3`, `.5`; no exponents, as the format has it.
fn number(text: &[u8]) -> Option<f64> {
    let plain = text.iter().all(|one| one.is_ascii_digit() || matches!(one, b'+' | b'-' | b'.'));
    std::str::from_utf8(text).ok().filter(|_| plain && text.len() < 40)?.parse().ok()
}
