//! The objects of a file by their numbers, and its streams unpacked.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::PdfError;
use super::object::{Dict, Lexer, Object};

/// Most objects.
const MAX_OBJECTS: usize = 500_000;
/// Most words, numbers and brackets of all objects together.
const MAX_TOKENS: usize = 3_000_000;
/// Most bytes of all streams together, unpacked.
const MAX_UNPACKED_BYTES: u64 = 128 << 20;
/// How far references to references are followed.
const MAX_HOPS: usize = 8;
/// Widest row of a predictor, in bytes.
const MAX_ROW_BYTES: usize = 4_096;

/// An object, and the packed bytes of its stream.
struct Entry<'b> {
    object: Object,
    packed: Option<&'b [u8]>,
}

/// A file whose objects are known.
pub(super) struct File<'b> {
    entries: HashMap<u32, Entry<'b>>,
    /// The last catalogue of pages.
    pub(super) root: Option<u32>,
    pub(super) encrypted: bool,
    left: Cell<u64>,
    tokens: usize,
}

impl<'b> File<'b> {
    /// Finds every object; of several of one number the last counts.
    pub(super) fn read(bytes: &'b [u8]) -> Result<Self, PdfError> {
        let mut file = Self { entries: HashMap::new(), root: None, encrypted: false, left: Cell::new(MAX_UNPACKED_BYTES), tokens: 0 };
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|one| matches!(one, b'o' | b't')).map(|ahead| at + ahead) {
            at = if bytes[found..].starts_with(b"obj") {
                file.object(bytes, found)?
            } else if bytes[found..].starts_with(b"trailer") {
                file.trailer(bytes, found)
            } else {
                found + 1
            };
        }
        file.packed_objects()?;
        Ok(file)
    }

    fn trailer(&mut self, bytes: &[u8], found: usize) -> usize {
        let mut lexer = Lexer::new(bytes, found + "trailer".len());
        if let Some(Object::Dict(dict)) = lexer.object() {
            self.noted(None, &dict);
        }
        lexer.at
    }

    /// What a trailer, a table of places or a catalogue says of the file.
    fn noted(&mut self, number: Option<u32>, dict: &Dict) {
        let kind = dict.get("Type").and_then(Object::name);
        if number.is_none() || kind == Some("XRef") {
            self.encrypted |= dict.contains_key("Encrypt");
        }
        if kind == Some("Catalog") {
            self.root = number.or(self.root);
        }
    }

    fn object(&mut self, bytes: &'b [u8], found: usize) -> Result<usize, PdfError> {
        let Some(number) = number_before(&bytes[..found]) else { return Ok(found + 3) };
        let mut lexer = Lexer::new(bytes, found + 3);
        let read = lexer.object();
        self.count(&lexer)?;
        let Some(object) = read else { return Ok(lexer.at.max(found + 3)) };
        let mut packed = None;
        if let Object::Dict(dict) = &object {
            self.noted(Some(number), dict);
            lexer.skip_blanks();
            if bytes[lexer.at..].starts_with(b"stream") {
                let (stream, end) = stream(bytes, lexer.at + "stream".len(), dict);
                packed = Some(stream);
                lexer.at = end;
            }
        }
        self.entries.insert(number, Entry { object, packed });
        Ok(lexer.at)
    }

    /// A file may name one long object many times over.
    fn count(&mut self, lexer: &Lexer<'_>) -> Result<(), PdfError> {
        self.tokens += lexer.tokens;
        if self.entries.len() >= MAX_OBJECTS || self.tokens > MAX_TOKENS { Err(PdfError::Unpacked) } else { Ok(()) }
    }

    /// Objects that are packed in streams of objects.
    fn packed_objects(&mut self) -> Result<(), PdfError> {
        let is_packed =
            |entry: &Entry| matches!(&entry.object, Object::Dict(dict) if dict.get("Type").and_then(Object::name) == Some("ObjStm"));
        let mut numbers: Vec<u32> = self.entries.iter().filter(|(_, entry)| is_packed(entry)).map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        for number in numbers {
            let unpacked = self.stream(number)?;
            let count = |name: &str| self.entries.get(&number).and_then(|entry| in_dict(&entry.object, name)).and_then(Object::count);
            let (many, first) = (count("N").unwrap_or(0).min(MAX_OBJECTS), count("First").unwrap_or(0));
            self.unpack(&unpacked, many, first)?;
        }
        Ok(())
    }

    fn unpack(&mut self, unpacked: &[u8], many: usize, first: usize) -> Result<(), PdfError> {
        let mut places = Lexer::new(unpacked, 0);
        for _ in 0..many {
            let (Some(Object::Number(number)), Some(offset)) = (places.object(), places.object()) else { return Ok(()) };
            let at = offset.count().unwrap_or(usize::MAX).saturating_add(first);
            if at >= unpacked.len() {
                continue;
            }
            let mut lexer = Lexer::new(unpacked, at);
            let read = lexer.object();
            self.count(&lexer)?;
            let Some(object) = read else { continue };
            if let Object::Dict(dict) = &object {
                self.noted(Some(number as u32), dict);
            }
            self.entries.entry(number as u32).or_insert(Entry { object, packed: None });
        }
        Ok(())
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
        let Some(Entry { object, packed: Some(packed) }) = self.entries.get(&number) else { return Ok(Vec::new()) };
        let filter = self.value(object, "Filter");
        let filters: Vec<&str> = match filter {
            Object::Name(name) => vec![name],
            other => other.array().iter().filter_map(|one| self.get(one).name()).collect(),
        };
        match filters.as_slice() {
            [] => self.take(packed.len() as u64).map(|()| packed.to_vec()),
            ["FlateDecode" | "Fl"] => self.inflated(packed).map(|bytes| self.unpredicted(object, bytes)),
            _ => Ok(Vec::new()),
        }
    }

    fn inflated(&self, packed: &[u8]) -> Result<Vec<u8>, PdfError> {
        let (mut bytes, left) = (Vec::new(), self.left.get());
        // What was unpacked before an error is kept: makers cut the sum at the end off.
        let _ = ZlibDecoder::new(packed).take(left + 1).read_to_end(&mut bytes);
        self.take(bytes.len() as u64)?;
        Ok(bytes)
    }

    fn take(&self, bytes: u64) -> Result<(), PdfError> {
        self.left.set(self.left.get().checked_sub(bytes).ok_or(PdfError::Unpacked)?);
        Ok(())
    }

    /// Rows stored as differences from the row above (PNG predictors).
    fn unpredicted(&self, object: &Object, bytes: Vec<u8>) -> Vec<u8> {
        let parameters = match self.value(object, "DecodeParms") {
            Object::Array(all) => all.first().map_or(&Object::Null, |one| self.get(one)),
            other => other,
        };
        let count = |name: &str, missing: usize| self.value(parameters, name).count().unwrap_or(missing);
        let width = (count("Columns", 1) * count("Colors", 1) * count("BitsPerComponent", 8)).div_ceil(8);
        if count("Predictor", 1) < 10 || width == 0 || width > MAX_ROW_BYTES {
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
        let mut lexer = Lexer::new(bytes, end.min(bytes.len()));
        lexer.skip_blanks();
        if bytes[lexer.at..].starts_with(b"endstream") {
            return (&bytes[start..end.min(bytes.len())], lexer.at);
        }
    }
    let rest = &bytes[start..];
    let length = rest.windows(9).position(|here| here == b"endstream").unwrap_or(rest.len());
    (&rest[..length], start + length)
}
