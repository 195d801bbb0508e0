//! Pictures: what a PNG or JPEG says of itself in its first bytes.

use serde::{Deserialize, Serialize};

use super::PaperError;

/// Most points of a picture, in millions: a sheet of A4 at 600 dots an inch.
const MOST_MEGAPIXELS: u32 = 40;

/// What a picture's file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// A picture in a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    bytes: Vec<u8>,
    kind: PictureKind,
    width_px: u32,
    height_px: u32,
    /// What it shows: read to those who cannot see it, printed below it.
    pub description: String,
    /// How wide it is printed; none: as wide as the line, or as its points at 150 an inch if that is less.
    pub width_mm: Option<u16>,
    /// Where a page finds it; none: it travels in the page.
    pub address: Option<String>,
}

impl Picture {
    /// A picture from a file.
    ///
    /// # Errors
    /// [`PaperError::Picture`] or [`PaperError::LargePicture`] with what to do.
    pub fn read(bytes: Vec<u8>, description: impl Into<String>) -> Result<Self, PaperError> {
        let (kind, [width_px, height_px]) = png_size(&bytes)
            .map(|size| (PictureKind::Png, size))
            .or_else(|| Some((PictureKind::Jpeg, frame(&bytes)?.size_px)))
            .filter(|(_, size)| !size.contains(&0))
            .ok_or(PaperError::Picture)?;
        if u64::from(width_px) * u64::from(height_px) > u64::from(MOST_MEGAPIXELS) * 1_000_000 {
            return Err(PaperError::LargePicture { most_megapixels: MOST_MEGAPIXELS });
        }
        Ok(Self { bytes, kind, width_px, height_px, description: description.into(), width_mm: None, address: None })
    }

    /// The same, unpacked once to see that no rendering will fail at it.
    ///
    /// # Errors
    /// [`PaperError::Picture`], [`PaperError::PictureForm`] or [`PaperError::LargePicture`].
    pub fn proven(bytes: Vec<u8>, description: impl Into<String>) -> Result<Self, PaperError> {
        let picture = Self::read(bytes, description)?;
        crate::pdf::proven(&picture)?;
        Ok(picture)
    }

    /// Its file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What its file is.
    #[must_use]
    pub fn kind(&self) -> PictureKind {
        self.kind
    }

    /// Width and height in points of the picture.
    #[must_use]
    pub fn size_px(&self) -> [u32; 2] {
        [self.width_px, self.height_px]
    }

    /// Width and height on paper within the room there is, in micrometres.
    #[must_use]
    pub fn size_um(&self, most_um: [i32; 2]) -> [i32; 2] {
        const UM_AN_INCH: i64 = 25_400;
        const PX_AN_INCH: i64 = 150;
        let [width_px, height_px] = self.size_px().map(i64::from);
        let [most_width, most_height] = most_um.map(i64::from);
        let wanted = self.width_mm.map_or(width_px * UM_AN_INCH / PX_AN_INCH, |mm| i64::from(mm) * 1_000);
        let width = wanted.min(most_width).min(most_height * width_px / height_px).max(1);
        [width, (width * height_px / width_px).max(1)].map(|um| i32::try_from(um).unwrap_or(i32::MAX))
    }

    /// How it is called in a DOCX and in a page.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.kind {
            PictureKind::Png => "image/png",
            PictureKind::Jpeg => "image/jpeg",
        }
    }
}

fn png_size(bytes: &[u8]) -> Option<[u32; 2]> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let number = |at: usize| rest.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    Some([number(0)?, number(4)?])
}

/// What the frame of a JPEG says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub size_px: [u32; 2],
    /// 1 grey, 3 colour, 4 for printing presses.
    pub components: u8,
}

/// Walks the segments of a JPEG to its frame.
pub(crate) fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        if marker == 0xff {
            rest = &rest[1..];
            continue;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        // all frames but the tables numbered among them
        if (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker) {
            let two = |at: usize| Some(u32::from(u16::from_be_bytes([*rest.get(at)?, *rest.get(at + 1)?])));
            return Some(Frame { size_px: [two(7)?, two(5)?], components: *rest.get(9)? });
        }
        rest = rest.get(2 + length.max(2)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x96\x08\x02\0\0\0";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc2\0\x0b\x08\0\x96\x01\x2c\x03";

    #[test]
    fn a_picture_tells_its_size() {
        for (bytes, kind) in [(PNG, PictureKind::Png), (JPEG, PictureKind::Jpeg)] {
            let picture = Picture::read(bytes.to_vec(), "图").unwrap();
            assert_eq!((picture.kind(), picture.size_px()), (kind, [300, 150]));
            assert_eq!(picture.size_um([156_000, 225_000]), [50_800, 25_400]);
            assert_eq!(picture.size_um([156_000, 5_000]), [10_000, 5_000]);
            let wide = Picture { width_mm: Some(200), ..picture };
            assert_eq!(wide.size_um([156_000, 225_000]), [156_000, 78_000]);
        }
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        let huge = [&PNG[..16], b"\0\x01\0\0\0\x01\0\0"].concat();
        assert!(matches!(Picture::read(huge, ""), Err(PaperError::LargePicture { .. })));
        for bytes in [&b""[..], b"GIF89a", &PNG[..20], &JPEG[..14], b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"] {
            assert!(matches!(Picture::read(bytes.to_vec(), ""), Err(PaperError::Picture)), "{bytes:?}");
        }
    }
}
