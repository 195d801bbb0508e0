//! Pictures in the file: JPEG as it is, PNG without unpacking where nothing shines through.

use pdf_writer::writers::ImageXObject;
use pdf_writer::{Dict, Filter, Finish as _, Name, Pdf, Ref, Str};

use super::pixels::{Png, split};
use super::write::Ids;
use crate::paper::{PaperError, Picture, PictureKind, frame};

/// How pages call a picture.
pub(super) fn name(number: usize) -> String {
    format!("P{number}")
}

/// Names the pictures in the resources of pages.
pub(super) fn list(resources: &mut Dict<'_>, pictures: &[Ref]) {
    for (number, id) in pictures.iter().enumerate() {
        resources.pair(Name(name(number).as_bytes()), *id);
    }
}

/// Writes a picture.
pub(super) fn write(pdf: &mut Pdf, ids: &mut Ids, picture: &Picture) -> Result<Ref, PaperError> {
    let id = ids.next();
    match picture.kind() {
        PictureKind::Jpeg => write_jpeg(pdf, id, picture)?,
        PictureKind::Png => {
            let png = Png::read(picture.bytes()).ok_or(PaperError::PictureForm)?;
            if png.has_alpha() { write_split(pdf, id, ids.next(), picture, &png)? } else { write_png(pdf, id, picture, &png) }
        }
    }
    Ok(id)
}

/// Fails for a picture that no PDF could hold, or whose points are not all there.
pub(crate) fn proven(picture: &Picture) -> Result<(), PaperError> {
    match picture.kind() {
        PictureKind::Jpeg => components(picture).map(drop),
        PictureKind::Png => Png::read(picture.bytes()).ok_or(PaperError::PictureForm)?.whole(picture.size_px()),
    }
}

/// 1 grey, 3 colour, 4 for printing presses.
fn components(picture: &Picture) -> Result<u8, PaperError> {
    let components = frame(picture.bytes()).ok_or(PaperError::Picture)?.components;
    if [1, 3, 4].contains(&components) { Ok(components) } else { Err(PaperError::PictureForm) }
}

fn size(image: &mut ImageXObject<'_>, picture: &Picture, bits: u8) {
    let [width, height] = picture.size_px().map(|px| i32::try_from(px).unwrap_or(i32::MAX));
    image.width(width).height(height).bits_per_component(i32::from(bits));
}

fn colours(image: &mut ImageXObject<'_>, components: u8) {
    match components {
        1 => image.color_space().device_gray(),
        3 => image.color_space().device_rgb(),
        _ => image.color_space().device_cmyk(),
    }
}

fn write_jpeg(pdf: &mut Pdf, id: Ref, picture: &Picture) -> Result<(), PaperError> {
    let components = components(picture)?;
    let mut image = pdf.image_xobject(id, picture.bytes());
    image.filter(Filter::DctDecode);
    size(&mut image, picture, 8);
    colours(&mut image, components);
    if components == 4 {
        // programs that write these write them inverted
        image.decode([1.0, 0.0].repeat(4));
    }
    Ok(())
}

/// The packed rows of a PNG are what PDF's own filter reads.
fn write_png(pdf: &mut Pdf, id: Ref, picture: &Picture, png: &Png) {
    let mut image = pdf.image_xobject(id, &png.packed);
    image.filter(Filter::FlateDecode);
    size(&mut image, picture, png.bits);
    let [width, _] = picture.size_px().map(|px| i32::try_from(px).unwrap_or(i32::MAX));
    let mut how = image.decode_parms();
    how.colors(i32::from(png.components())).bits_per_component(i32::from(png.bits)).columns(width);
    how.predictor(pdf_writer::types::Predictor::PngOptimum);
    how.finish();
    if png.palette.is_empty() {
        colours(&mut image, png.components());
    } else {
        let last = i32::try_from(png.palette.len() / 3).unwrap_or(1) - 1;
        let mut indexed = image.insert(Name(b"ColorSpace")).array();
        indexed.item(Name(b"Indexed")).item(Name(b"DeviceRGB")).item(last).item(Str(&png.palette));
    }
}

/// What shines through goes into a picture of its own.
fn write_split(pdf: &mut Pdf, id: Ref, mask: Ref, picture: &Picture, png: &Png) -> Result<(), PaperError> {
    let [colour, alpha] = split(png, picture.size_px())?;
    let mut image = pdf.image_xobject(id, &colour);
    image.filter(Filter::FlateDecode).pair(Name(b"SMask"), mask);
    size(&mut image, picture, png.bits);
    colours(&mut image, png.components() - 1);
    image.finish();
    let mut image = pdf.image_xobject(mask, &alpha);
    image.filter(Filter::FlateDecode);
    size(&mut image, picture, png.bits);
    colours(&mut image, 1);
    Ok(())
}
