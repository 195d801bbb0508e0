//! The objects of a file by their numbers, and its streams unpacked.

use std::collections::HashMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::PdfError;
use super::object::{Dict, Lexer, Object};
use crate::budget::Budget;

/// What a file may cost: of it as it is, of its streams unpacked, and of what is held of both.
const BUDGET_BYTES: u64 = 128 << 20;
/// What is held of a word, a number or a bracket, in bytes.
const TOKEN_COST: u64 = 64;
/// How far references to references are followed.
const MAX_HOPS: usize = 8;
/// Filters that are looked at: what has more than one is not unpacked.
const MAX_FILTERS: usize = 2;
/// How far beyond its length the end of a stream is looked for.
const MAX_BLANKS: usize = 32;
/// Widest row of a predictor, in bytes.
const MAX_ROW_BYTES: usize = 4_096;

/// An object, where in the file it or the stream it is packed in stands, and the packed bytes of its own stream.
struct Entry<'b> {
    at: usize,
    object: Object,
    packed: Option<&'b [u8]>,
}

/// A file whose objects are known.
pub(super) struct File<'b> {
    entries: HashMap<u32, Entry<'b>>,
    /// The last catalogue of pages: where it stands, and its number.
    root: Option<(usize, u32)>,
    pub(super) encrypted: bool,
    pub(super) budget: Budget,
}

impl<'b> File<'b> {
    /// Finds every object; of several of one number the last counts.
    pub(super) fn read(bytes: &'b [u8]) -> Result<Self, PdfError> {
        let mut file = Self { entries: HashMap::new(), root: None, encrypted: false, budget: Budget::new(BUDGET_BYTES) };
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|one| matches!(one, b'o' | b't')).map(|ahead| at + ahead) {
            at = if bytes[found..].starts_with(b"obj") {
                file.object(bytes, found)?
            } else if bytes[found..].starts_with(b"trailer") {
                file.trailer(bytes, found)?
            } else {
                found + 1
            };
        }
        file.packed_objects()?;
        Ok(file)
    }

    fn trailer(&mut self, bytes: &[u8], found: usize) -> Result<usize, PdfError> {
        let mut lexer = Lexer::new(bytes, found + "trailer".len());
        if let Some(Object::Dict(dict)) = self.held(&mut lexer)? {
            self.noted(found, None, &dict);
        }
        Ok(lexer.at)
    }

    /// The next object, charged: a file may name one long object many times over.
    fn held(&self, lexer: &mut Lexer<'_>) -> Result<Option<Object>, PdfError> {
        let from = lexer.at;
        let read = lexer.object();
        self.budget.charge((lexer.at - from) as u64 + TOKEN_COST * (1 + lexer.tokens as u64))?;
        Ok(read)
    }

    /// What a trailer, a table of places or a catalogue says of the file.
    fn noted(&mut self, at: usize, number: Option<u32>, dict: &Dict) {
        let kind = dict.get("Type").and_then(Object::name);
        if number.is_none() || kind == Some("XRef") {
            self.encrypted |= dict.get("Encrypt").is_some();
        }
        if kind == Some("Catalog") {
            self.root = self.root.max(number.map(|number| (at, number)));
        }
    }

    fn object(&mut self, bytes: &'b [u8], found: usize) -> Result<usize, PdfError> {
        let Some(number) = number_before(&bytes[..found]) else { return Ok(found + 3) };
        let mut lexer = Lexer::new(bytes, found + 3);
        let Some(object) = self.held(&mut lexer)? else { return Ok(lexer.at.max(found + 3)) };
        let mut packed = None;
        if let Object::Dict(dict) = &object {
            self.noted(found, Some(number), dict);
            lexer.skip_blanks();
            if bytes[lexer.at..].starts_with(b"stream") {
                let (stream, end) = stream(bytes, lexer.at + "stream".len(), dict);
                packed = Some(stream);
                lexer.at = end;
            }
        }
        self.entries.insert(number, Entry { at: found, object, packed });
        Ok(lexer.at)
    }

    /// Objects that are packed in streams of objects. They stand where their stream stands: an edition that was added at the end has
    /// the last word, packed or not.
    fn packed_objects(&mut self) -> Result<(), PdfError> {
        let is_packed = |entry: &Entry| in_dict(&entry.object, "Type").and_then(Object::name) == Some("ObjStm");
        let streams = self.entries.iter().filter(|(_, entry)| is_packed(entry));
        let mut streams: Vec<(usize, u32)> = streams.map(|(number, entry)| (entry.at, *number)).collect();
        streams.sort_unstable();
        for (at, number) in streams {
            let unpacked = self.stream(number)?;
            let count = |name: &str| in_dict(self.by_number(number), name).and_then(Object::count);
            let (many, first) = (count("N").unwrap_or(0), count("First").unwrap_or(0));
            self.unpack(at, &unpacked, many, first)?;
        }
        Ok(())
    }

    fn unpack(&mut self, stands: usize, unpacked: &[u8], many: usize, first: usize) -> Result<(), PdfError> {
        let mut places = Lexer::new(unpacked, 0);
        for _ in 0..many {
            let (Some(Object::Number(number)), Some(offset)) = (self.held(&mut places)?, self.held(&mut places)?) else { return Ok(()) };
            let at = offset.count().unwrap_or(usize::MAX).saturating_add(first);
            if at >= unpacked.len() {
                continue;
            }
            let Some(object) = self.held(&mut Lexer::new(unpacked, at))? else { continue };
            if let Object::Dict(dict) = &object {
                self.noted(stands, Some(number as u32), dict);
            }
            if self.entries.get(&(number as u32)).is_none_or(|known| known.at <= stands) {
                self.entries.insert(number as u32, Entry { at: stands, object, packed: None });
            }
        }
        Ok(())
    }

    /// The number of the last catalogue of pages.
    pub(super) fn root(&self) -> Option<u32> {
        self.root.map(|(_, number)| number)
    }

    /// An object, references followed.
    pub(super) fn get<'f>(&'f self, mut object: &'f Object) -> &'f Object {
        for _ in 0..MAX_HOPS {
            let Object::Reference(number) = object else { return object };
            match self.entries.get(number) {
                Some(entry) => object = &entry.object,
                None => return &Object::Null,
            }
        }
        &Object::Null
    }

    /// A value of a dictionary, references followed.
    pub(super) fn value<'f>(&'f self, object: &'f Object, name: &str) -> &'f Object {
        in_dict(self.get(object), name).map_or(&Object::Null, |value| self.get(value))
    }

    /// Every object that is a page, by number.
    pub(super) fn every_page(&self) -> Vec<&Object> {
        let mut all: Vec<(&u32, &Object)> = self.entries.iter().map(|(number, entry)| (number, &entry.object)).collect();
        all.retain(|(_, object)| in_dict(object, "Type").and_then(Object::name) == Some("Page"));
        all.sort_by_key(|(number, _)| **number);
        all.into_iter().map(|(_, object)| object).collect()
    }

    pub(super) fn by_number(&self, number: u32) -> &Object {
        self.entries.get(&number).map_or(&Object::Null, |entry| &entry.object)
    }

    /// The unpacked bytes of a stream; nothing of one that is packed otherwise than with deflate, or not to be unpacked.
    pub(super) fn stream(&self, number: u32) -> Result<Vec<u8>, PdfError> {
        let Some(Entry { object, packed: Some(packed), .. }) = self.entries.get(&number) else { return Ok(Vec::new()) };
        let filter = self.value(object, "Filter");
        let filters: Vec<&str> = match filter {
            Object::Name(name) => vec![name],
            other => other.array().iter().take(MAX_FILTERS).filter_map(|one| self.get(one).name()).collect(),
        };
        match filters.as_slice() {
            [] => self.budget.charge(packed.len() as u64).map(|()| packed.to_vec()).map_err(PdfError::from),
            ["FlateDecode" | "Fl"] => self.inflated(packed).map(|bytes| self.unpredicted(object, bytes)),
            _ => Ok(Vec::new()),
        }
    }

    /// Charged with what is read too: blocks of nothing are read as well.
    fn inflated(&self, packed: &[u8]) -> Result<Vec<u8>, PdfError> {
        self.budget.charge(packed.len() as u64)?;
        let mut bytes = Vec::new();
        // What was unpacked before an error is kept: makers cut the sum at the end off.
        let _ = self.budget.reader(ZlibDecoder::new(packed)).read_to_end(&mut bytes);
        if self.budget.is_spent() { Err(PdfError::Unpacked) } else { Ok(bytes) }
    }

    /// Rows stored as differences from the row above (PNG predictors).
    fn unpredicted(&self, object: &Object, bytes: Vec<u8>) -> Vec<u8> {
        let parameters = match self.value(object, "DecodeParms") {
            Object::Array(all) => all.first().map_or(&Object::Null, |one| self.get(one)),
            other => other,
        };
        let count = |name: &str, missing: usize| self.value(parameters, name).count().unwrap_or(missing);
        let bits = count("Columns", 1).checked_mul(count("Colors", 1)).and_then(|all| all.checked_mul(count("BitsPerComponent", 8)));
        let Some(width) = bits.map(|bits| bits.div_ceil(8)).filter(|width| (1..=MAX_ROW_BYTES).contains(width)) else { return bytes };
        if count("Predictor", 1) < 10 {
            return bytes;
        }
        let (mut out, mut above) = (Vec::with_capacity(bytes.len()), vec![0u8; width]);
        for row in bytes.chunks(width + 1) {
            let mut line = row[1..].to_vec();
            line.resize(width, 0);
            undo(row[0], &mut line, &above);
            out.extend_from_slice(&line);
            above = line;
        }
        out
    }
}

fn undo(kind: u8, line: &mut [u8], above: &[u8]) {
    for at in 0..line.len() {
        let left = if at == 0 { 0 } else { line[at - 1] };
        let corner = if at == 0 { 0 } else { above[at - 1] };
        let up = above[at];
        let more = match kind {
            1 => left,
            2 => up,
            3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
            4 => paeth(left, up, corner),
            _ => 0,
        };
        line[at] = line[at].wrapping_add(more);
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |one: u8| (guess - i16::from(one)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

pub(super) fn in_dict<'o>(object: &'o Object, name: &str) -> Option<&'o Object> {
    if let Object::Dict(dict) = object { dict.get(name) } else { None }
}

/// The number of an object, from what stands before `obj`: `12 0 `.
fn number_before(bytes: &[u8]) -> Option<u32> {
    let before = &bytes[bytes.len().saturating_sub(24)..];
    let text = std::str::from_utf8(&before[before.iter().rposition(|one| !one.is_ascii()).map_or(0, |at| at + 1)..]).ok()?;
    let mut words = text.rsplit(|one: char| one.is_ascii_whitespace()).filter(|word| !word.is_empty());
    let (generation, number) = (words.next()?, words.next()?);
    generation.parse::<u32>().ok()?;
    let digits = number.rfind(|one: char| !one.is_ascii_digit()).map_or(0, |at| at + 1);
    number[digits..].parse().ok()
}

/// The bytes of a stream, and where the file goes on. Its length is believed where the stream ends there.
fn stream<'b>(bytes: &'b [u8], after: usize, dict: &Dict) -> (&'b [u8], usize) {
    let start = match bytes.get(after..) {
        Some([b'\r', b'\n', ..]) => after + 2,
        Some([b'\r' | b'\n', ..]) => after + 1,
        _ => after.min(bytes.len()),
    };
    if let Some(end) = dict.get("Length").and_then(Object::count).and_then(|length| start.checked_add(length)) {
        let end = end.min(bytes.len());
        let after = &bytes[end..bytes.len().min(end + MAX_BLANKS)];
        if after.trim_ascii_start().starts_with(b"endstream") {
            return (&bytes[start..end], end);
        }
    }
    let rest = &bytes[start..];
    let length = rest.windows(9).position(|here| here == b"endstream").unwrap_or(rest.len());
    (&rest[..length], start + length)
}
