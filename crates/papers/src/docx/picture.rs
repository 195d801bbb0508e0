//! Pictures in the line.

use crate::markup::escaped;
use crate::paper::{Picture, PictureKind};

/// Ending of its file.
pub(super) fn ending(picture: &Picture) -> &'static str {
    match picture.kind() {
        PictureKind::Png => "png",
        PictureKind::Jpeg => "jpeg",
    }
}

/// Its file's name.
pub(super) fn name(number: usize, picture: &Picture) -> String {
    format!("picture{number}.{}", ending(picture))
}

/// Where it is packed.
pub(super) fn path(number: usize, picture: &Picture) -> String {
    format!("word/media/{}", name(number, picture))
}

/// The run that shows the picture of that number.
pub(super) fn run(number: usize, picture: &Picture, most_um: [i32; 2]) -> String {
    // 360 to a micrometre ×100: 36,000 to a millimetre
    let [width, height] = picture.size_um(most_um).map(|um| i64::from(um) * 36);
    let description = escaped(&picture.description);
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006";
    format!(
        "<w:r><w:drawing><wp:inline xmlns:wp=\"{drawing}/wordprocessingDrawing\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:docPr id=\"{number}\" name=\"picture{number}\" descr=\"{description}\"/>\
         <a:graphic xmlns:a=\"{drawing}/main\"><a:graphicData uri=\"{drawing}/picture\">\
         <pic:pic xmlns:pic=\"{drawing}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"picture{number}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rPicture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}
