//! The parts around the document: types, relations, properties, settings, fonts.

use std::fmt::Write as _;

use super::{foot, picture, styles};
use crate::markup::escaped;
use crate::paper::{Face, Paper, Picture};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Parts of the document besides its body and pictures: name, type, relation.
const SIDE: [(&str, &str, &str); 6] = [
    ("styles", "styles", "rStyles"),
    ("settings", "settings", "rSettings"),
    ("fontTable", "fontTable", "rFonts"),
    ("footerOdd", "footer", foot::ODD),
    ("footerEven", "footer", foot::EVEN),
    ("footerFirst", "footer", foot::FIRST),
];

/// Name and text of every part that is text, in the order they are packed.
pub(super) fn parts(paper: &Paper, document: &str, pictures: &[&Picture]) -> [(&'static str, String); 11] {
    [
        ("[Content_Types].xml", types(pictures)),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core(paper)),
        ("word/document.xml", format!("{HEAD}{document}")),
        ("word/_rels/document.xml.rels", relations(pictures)),
        ("word/styles.xml", format!("{HEAD}{}", styles::styles())),
        ("word/settings.xml", format!("{HEAD}{}", settings())),
        ("word/fontTable.xml", format!("{HEAD}{}", fonts())),
        ("word/footerOdd.xml", format!("{HEAD}{}", foot::foot(paper, Some("right")))),
        ("word/footerEven.xml", format!("{HEAD}{}", foot::foot(paper, Some("left")))),
        ("word/footerFirst.xml", format!("{HEAD}{}", foot::foot(paper, None))),
    ]
}

fn types(pictures: &[&Picture]) -> String {
    let mut out = format!("{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">");
    out.push_str("<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>");
    for ending in ["png", "jpeg"] {
        if pictures.iter().any(|picture| picture::ending(picture) == ending) {
            let _ = write!(out, "<Default Extension=\"{ending}\" ContentType=\"image/{ending}\"/>");
        }
    }
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    let _ = write!(out, "<Override PartName=\"/docProps/core.xml\" ContentType=\"{core}\"/>");
    let _ = write!(out, "<Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>");
    for (name, kind, _) in SIDE {
        let _ = write!(out, "<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>");
    }
    out.push_str("</Types>");
    out
}

fn package_relations() -> String {
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">\
         <Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"r2\" Type=\"{core}\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn relations(pictures: &[&Picture]) -> String {
    let mut out = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (name, kind, id) in SIDE {
        let _ = write!(out, "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}.xml\"/>");
    }
    for (number, picture) in (1..).zip(pictures) {
        let target = picture::name(number, picture);
        let _ = write!(out, "<Relationship Id=\"rPicture{number}\" Type=\"{OFFICE}/image\" Target=\"media/{target}\"/>");
    }
    out.push_str("</Relationships>");
    out
}

fn core(paper: &Paper) -> String {
    let title = escaped(&paper.title.replace('\n', ""));
    let check = paper.check.as_ref().map(|check| escaped(&check.code)).unwrap_or_default();
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{title}</dc:title><dc:identifier>{check}</dc:identifier><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
}

fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{}\"><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:ulTrailSpace/><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>",
        super::run::NAMESPACE
    )
}

/// Which family stands in where the named one is not installed.
fn fonts() -> String {
    let mut out = format!("<w:fonts xmlns:w=\"{}\">", super::run::NAMESPACE);
    for face in Face::ALL {
        let (family, other) = (face.office_family(), face.office_other());
        let _ = write!(out, "<w:font w:name=\"{family}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/></w:font>");
    }
    out.push_str("</w:fonts>");
    out
}
