//! What is packed in a PNG, and its colours parted from what shines through.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::paper::PaperError;

/// The pieces of a PNG that a PDF needs.
pub(super) struct Png {
    /// Bits of a component.
    pub bits: u8,
    /// Kind of colour as PNG numbers them.
    kind: u8,
    pub palette: Vec<u8>,
    /// All packed rows.
    pub packed: Vec<u8>,
}

impl Png {
    /// The pieces; nothing for a damaged or an interlaced one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.get(8..)?;
        let mut png = Self { bits: 0, kind: 0, palette: Vec::new(), packed: Vec::new() };
        loop {
            let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
            let (name, data) = (rest.get(4..8)?, rest.get(8..)?.get(..length)?);
            match name {
                b"IHDR" => [png.bits, png.kind] = head(data)?,
                b"PLTE" => png.palette = data.to_vec(),
                b"IDAT" => png.packed.extend_from_slice(data),
                b"IEND" => return png.sound(),
                _ => {}
            }
            rest = rest.get(12 + length..)?;
        }
    }

    /// Itself with a palette if its points are numbers in one, and without what only suggests colours.
    fn sound(mut self) -> Option<Self> {
        const MOST_BYTES: usize = 3 * 256;
        if self.kind != 3 {
            self.palette.clear();
        } else if !(3..=MOST_BYTES).contains(&self.palette.len()) || !self.palette.len().is_multiple_of(3) {
            return None;
        }
        (!self.packed.is_empty()).then_some(self)
    }

    /// Components of a point, what shines through among them.
    pub fn components(&self) -> u8 {
        match self.kind {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }

    /// Fails unless as many points are packed as the picture says; nothing is held of what is unpacked.
    pub fn whole(&self, [width, height]: [u32; 2]) -> Result<(), PaperError> {
        let row = (u64::from(width) * u64::from(self.components()) * u64::from(self.bits)).div_ceil(8) + 1;
        let bytes = row * u64::from(height);
        let unpacked = std::io::copy(&mut ZlibDecoder::new(self.packed.as_slice()).take(bytes), &mut std::io::sink());
        if unpacked.is_ok_and(|unpacked| unpacked == bytes) { Ok(()) } else { Err(PaperError::Picture) }
    }

    /// Something shines through.
    pub fn has_alpha(&self) -> bool {
        matches!(self.kind, 4 | 6)
    }
}

/// Bits and kind of colour of a PNG that is not interlaced.
fn head(data: &[u8]) -> Option<[u8; 2]> {
    let [bits, kind, 0, 0, 0] = *data.get(8..13)? else { return None };
    let fits = match kind {
        0 => [1, 2, 4, 8, 16].contains(&bits),
        3 => [1, 2, 4, 8].contains(&bits),
        2 | 4 | 6 => [8, 16].contains(&bits),
        _ => false,
    };
    fits.then_some([bits, kind])
}

/// Unpacks the rows one by one, parts colours from what shines through and packs each again. No more is unpacked than the
/// picture has points, and no more than two rows are held.
pub(super) fn split(png: &Png, [width, height]: [u32; 2]) -> Result<[Vec<u8>; 2], PaperError> {
    let bytes = usize::from(png.bits / 8);
    let point = usize::from(png.components()) * bytes;
    let row = width as usize * point;
    let mut rows = ZlibDecoder::new(png.packed.as_slice());
    let [mut colour, mut alpha] = [(); 2].map(|()| ZlibEncoder::new(Vec::new(), Compression::default()));
    let (mut line, mut above) = (vec![0; row + 1], vec![0; row]);
    for _ in 0..height {
        rows.read_exact(&mut line).map_err(|_| PaperError::Picture)?;
        above = unfiltered(&line, &above, point).ok_or(PaperError::Picture)?;
        for point in above.chunks_exact(point) {
            let (colours, through) = point.split_at(point.len() - bytes);
            colour.write_all(colours)?;
            alpha.write_all(through)?;
        }
    }
    Ok([colour.finish()?, alpha.finish()?])
}

/// A row as it was before its filter (PNG, section 9).
fn unfiltered(line: &[u8], above: &[u8], point: usize) -> Option<Vec<u8>> {
    let (filter, line) = line.split_first()?;
    let mut row: Vec<u8> = Vec::with_capacity(line.len());
    for (place, byte) in line.iter().enumerate() {
        let left = place.checked_sub(point).map_or(0, |left| row[left]);
        let corner = place.checked_sub(point).map_or(0, |left| above[left]);
        let guess = match filter {
            0 => 0,
            1 => left,
            2 => above[place],
            3 => u8::midpoint(left, above[place]),
            4 => paeth(left, above[place], corner),
            _ => return None,
        };
        row.push(byte.wrapping_add(guess));
    }
    Some(row)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let [to_left, to_above, to_corner] = [a, b, c].map(|one| (a + b - c - one).abs());
    if to_left <= to_above && to_left <= to_corner {
        left
    } else if to_above <= to_corner {
        above
    } else {
        corner
    }
}
