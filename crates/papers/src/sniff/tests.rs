//! Files as they come, honest and hostile, each with what becomes of it.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An office file whose content types name one kind, with more parts.
fn office(kind: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = format!(r#"<Types><Override PartName="/main.xml" ContentType="{kind}"/></Types>"#);
    let own: [(&str, &[u8]); 2] = [("[Content_Types].xml", types.as_bytes()), ("main.xml", b"<main/>")];
    archive(&[&own[..], more].concat())
}

/// A compound file that holds a word in UTF-16.
fn compound(word: &str) -> Vec<u8> {
    let word = word.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 600]).chain(word).collect()
}

fn utf_16(text: &str) -> Vec<u8> {
    b"\xff\xfe".iter().copied().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn found(name: &str, bytes: &[u8]) -> Result<FileType, String> {
    sniff(name, &mut Cursor::new(bytes)).map_err(|refused| refused.to_string())
}

fn check(cases: &[(&str, &[u8], Result<FileType, &str>)]) {
    for (name, bytes, expected) in cases {
        match (found(name, bytes), expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, *expected, "{name}"),
            (Err(sentence), Err(part)) => assert!(sentence.contains(part), "{name}: {sentence}"),
            (found, expected) => panic!("{name}: {found:?}, not {expected:?}"),
        }
    }
}

#[test]
fn what_is_taken() {
    let invoice = r#"<?xml version="1.0" encoding="UTF-8"?><!-- 数电票 --><EInvoice><Header/></EInvoice>"#;
    check(&[
        ("合同.pdf", PDF, Ok(FileType::Pdf)),
        ("合同.PDF", &[b"\xef\xbb\xbf\r\n", PDF].concat(), Ok(FileType::Pdf)),
        ("没有结尾", PDF, Ok(FileType::Pdf)),
        ("截图.png", PNG, Ok(FileType::Png)),
        ("照片.jpg", JPEG, Ok(FileType::Jpeg)),
        ("照片.png", JPEG, Ok(FileType::Jpeg)),
        ("方案.docx", &office(WORD, &[]), Ok(FileType::Docx)),
        ("清单.xlsx", &office(EXCEL, &[]), Ok(FileType::Xlsx)),
        ("发票.ofd", &archive(&[("OFD.xml", b"<OFD/>"), ("Doc_0/Document.xml", b"<Document/>")]), Ok(FileType::Ofd)),
        ("发票.xml", invoice.as_bytes(), Ok(FileType::Xml)),
        ("发票.xml", &utf_16(invoice), Ok(FileType::Xml)),
    ]);
}

#[test]
fn an_external_entity_is_refused() {
    let hostile = r#"<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>"#;
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    let doctype = "（DOCTYPE）";
    check(&[
        ("a.xml", hostile.as_bytes(), Err(doctype)),
        ("a.xml", &utf_16(hostile), Err(doctype)),
        ("b.xml", bomb.as_bytes(), Err(doctype)),
        ("a.xml", b"<!DOCTYPE Invoice SYSTEM 'http://a/x.dtd'><Invoice/>", Err(doctype)),
        ("a.xml", b"<a>&x;</a>", Err(doctype)),
        ("a.xml", b"<a><!DOCTYPE b></a>", Err("")),
        ("a.xlsx", &office(EXCEL, &[("xl/sharedStrings.xml", hostile.as_bytes())]), Err(doctype)),
        ("a.xlsx", &office(EXCEL, &[("xl/sharedStrings.xml", &utf_16(hostile))]), Err(doctype)),
        ("a.xlsx", &office(EXCEL, &[("xl/other", hostile.as_bytes())]), Err(doctype)),
        ("a.docx", &office(WORD, &[("word/_rels/document.xml.rels", bomb.as_bytes())]), Err(doctype)),
        ("a.docx", &office(WORD, &[("word/afchunk.htm", b"<!DOCTYPE html><html/>")]), Ok(FileType::Docx)),
        ("a.docx", &office(WORD, &[("word/media/a.svg", b"<!DOCTYPE svg PUBLIC 'a' 'b'><svg/>")]), Ok(FileType::Docx)),
        ("a.docx", &office(WORD, &[("word/media/a.svg", bomb.as_bytes())]), Err(doctype)),
        ("a.docx", &office(WORD, &[("word/media/a.bin", b"<\x01\x02"), ("docProps/empty.xml", b"")]), Ok(FileType::Docx)),
        ("a.docx", &office(WORD, &[("word/document.xml", format!("<!--{}--><a/>", " ".repeat(1 << 17)).as_bytes())]), Err("已损坏")),
        ("a.ofd", &archive(&[("OFD.xml", hostile.as_bytes())]), Err(doctype)),
        ("a.ofd", &archive(&[("OFD.xml", b"<OFD/>"), ("Doc_0/Document.xml", hostile.as_bytes())]), Err(doctype)),
    ]);
}

#[test]
fn xml_that_is_not_well_formed_is_refused() {
    let broken = "不完整或不合规";
    let gbk = encoding_rs::GB18030.encode("<?xml version='1.0' encoding='GBK'?><甲 乙='丙'>丁&amp;&#25968;</甲>").0;
    check(&[
        ("a.xml", &gbk, Ok(FileType::Xml)),
        ("a.xml", b"\xef\xbb\xbf<a><b/><![CDATA[<c>]]></a>\r\n<!-- x -->", Ok(FileType::Xml)),
        ("a.xml", b"<EInvoice><Header>", Err(broken)),
        ("a.xml", b"<EInvoice><Header></EInvoice>", Err(broken)),
        ("a.xml", b"<a></a></a>", Err(broken)),
        ("a.xml", b"<a/><b/>", Err(broken)),
        ("a.xml", b"<a/>text", Err(broken)),
        ("a.xml", b"<a b='1' b='2'/>", Err(broken)),
        ("a.xml", b"<a b=1/>", Err(broken)),
        ("a.xml", b"<a b='&x;'/>", Err(broken)),
        ("a.xml", b"<a>1 & 2</a>", Err(broken)),
        ("a.xml", b"<a>\xff\xff</a>", Err(broken)),
    ]);
    let long = format!("<a>{}</a>", " ".repeat(2 << 20));
    let within = sniff_within("a.xml", &mut Cursor::new(&long), &Limits { xml_bytes: 1 << 20, ..Limits::MATERIAL });
    assert!(matches!(within, Err(Refused::LargeXml(1))));
}

#[test]
fn programs_and_pages_are_refused_whatever_they_are_called() {
    let program = "程序或脚本";
    check(&[
        ("发票.pdf", b"MZ\x90\0\x03\0", Err(program)),
        ("发票.exe", b"MZ\x90\0\x03\0", Err(program)),
        ("a.png", b"\x7fELF\x02\x01", Err(program)),
        ("a.xml", b"#!/bin/sh\n", Err(program)),
        ("a.docx", b"\xca\xfe\xba\xbe\0\0", Err(program)),
        ("a.zip", &archive(&[("META-INF/MANIFEST.MF", b"")]), Err(program)),
        ("a.msi", &compound(""), Err(program)),
        ("a.html", b"<!DOCTYPE html><title>x</title>", Err("网页")),
        ("a.xml", b"<?xml version='1.0'?><h:html xmlns:h='http://www.w3.org/1999/xhtml'/>", Err("网页")),
        ("a.xml", b"<!-- x --><SCRIPT>alert(1)</SCRIPT>", Err("网页")),
        ("a.xml", &utf_16("<html>"), Err("网页")),
        ("a.svg", b"<?xml version='1.0'?><svg onload='x'/>", Err("SVG")),
        ("a.xml", b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg/>", Err("SVG")),
    ]);
}

#[test]
fn what_reviewers_cannot_open_says_what_to_do() {
    check(&[
        ("a.pdf", b"", Err("空的")),
        ("a.doc", &compound("WordDocument"), Err("另存为")),
        ("a.docx", &compound("EncryptedPackage"), Err("取消密码")),
        ("a.bin", &compound(""), Err("无法识别")),
        ("a.zip", &archive(&[("合同.pdf", PDF)]), Err("解压")),
        ("a.rar", b"Rar!\x1a\x07\x01\0", Err("解压")),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", Err("解压")),
        ("a.heic", b"\0\0\0\x18ftypheic", Err("兼容性最佳")),
        ("a.jpg", b"RIFF\x10\0\0\0WEBPVP8 ", Err("WebP")),
        ("a.gif", b"GIF89a", Err("GIF")),
        ("a.pptx", &office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", &[]), Err("演示文稿")),
        ("a.xml", b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", Err("旧版")),
        ("a.txt", "说明".as_bytes(), Err("无法识别")),
        ("a.xml", b"< not a name", Err("无法识别")),
    ]);
}

#[test]
fn the_name_and_the_content_agree() {
    check(&[
        ("a.pdf", PNG, Err("文件名以“.pdf”结尾，但内容是PNG 图片")),
        ("a.png", PDF, Err("改为“.pdf”")),
        ("发票.pdf.exe", PDF, Err("文件名以“.exe”结尾")),
        ("a.docx", &office(EXCEL, &[]), Err("内容是Excel 表格")),
        ("a.html", b"<EInvoice/>", Err("改为“.xml”")),
        ("a.docx", &archive(&[("OFD.xml", b"")]), Err("内容是OFD")),
    ]);
}

#[test]
fn macros_are_found_by_part_and_by_content_type() {
    check(&[
        ("a.docx", &office(WORD, &[("word/vbaProject.bin", b"x")]), Err("含有宏")),
        ("a.xlsx", &office(EXCEL, &[("xl/VBAPROJECT.BIN", b"x")]), Err("含有宏")),
        ("a.docm", &office("application/vnd.ms-word.document.macroEnabled.main+xml", &[]), Err("含有宏")),
        ("a.xlsx", &office("application/vnd.ms-excel.macrosheet+xml", &[]), Err("含有宏")),
        ("a.docx", &office("application/vnd.ms-office.vbaProject", &[]), Err("含有宏")),
    ]);
}

/// Types are compared as an office program reads them, not as they are written.
#[test]
fn content_types_are_read_as_xml() {
    let (before, after) = ("application/vnd.ms-", "application/vnd.ms-excel.sheet.macroEnabled.main+xml");
    let remark = format!(r#"<Types><!-- {EXCEL} --><Default ContentType="{before}excel"/></Types>"#);
    let far = format!(r#"<Types>{}<Override ContentType="{EXCEL}"/><Override ContentType="{after}"/></Types>"#, " ".repeat(1 << 20));
    let own =
        format!(r#"<!DOCTYPE Types [<!ENTITY m "macro">]><Types><Override ContentType="{EXCEL}"/><Override ContentType="&m;"/></Types>"#);
    let list = |types: &str| archive(&[("[Content_Types].xml", types.as_bytes())]);
    check(&[
        ("a.xlsx", &office("application/vnd.ms-excel.sheet.macro&#69;nabled.main+xml", &[]), Err("含有宏")),
        ("a.xlsx", &office(EXCEL, &[("[content_types].XML", b"<Types/>")]), Err("已损坏")),
        ("a.xlsx", &office(&EXCEL.to_uppercase(), &[]), Ok(FileType::Xlsx)),
        ("a.xlsx", &office(&format!("{EXCEL}x"), &[]), Err("无法识别")),
        ("a.xlsx", &list(&remark), Err("无法识别")),
        ("a.xlsx", &list(&far), Err("已损坏")),
        ("a.xlsx", &list(&own), Err("已损坏")),
        ("a.xlsx", &list(&format!(r#"<Types><Override ContentType="{EXCEL}"/>"#)[..60]), Err("已损坏")),
    ]);
}

/// Many entries of the directory name the same packed bytes: each would be unpacked for itself.
#[test]
fn entries_that_share_bytes_are_refused() {
    let whole = office(EXCEL, &[("a", b"x"), ("b", b"x")]);
    let places: Vec<usize> = (0..whole.len() - 4).filter(|at| whole[*at..].starts_with(b"PK\x01\x02")).collect();
    let offset = |entry: usize| places[entry] + 42..places[entry] + 46;
    let mut shared = whole.clone();
    shared.copy_within(offset(2), offset(3).start);
    let name = whole.windows(31).rposition(|here| here.starts_with(b"PK\x03\x04") && here[30] == b'b').unwrap() + 30;
    shared[name] = b'a';
    check(&[("a.xlsx", &whole, Ok(FileType::Xlsx)), ("a.xlsx", &shared, Err("已损坏"))]);
}

#[test]
fn broken_archives_are_refused() {
    let whole = office(WORD, &[]);
    let mut changed = whole.clone();
    let at = changed.windows(7).position(|here| here == b"Types].").unwrap() + 20;
    changed[at] ^= 0xff;
    check(&[
        ("a.docx", &whole[..whole.len() / 2], Err("已损坏")),
        ("a.docx", b"PK\x03\x04 and nothing more", Err("已损坏")),
        ("a.docx", &changed, Err("已损坏")),
        ("a.xlsx", &archive(&[("甲", b"x")]), Err("已损坏")),
    ]);
}

/// Encrypted parts have the lowest bit of their flags set, in the part's head and in the directory.
#[test]
fn an_archive_with_a_password_is_refused() {
    let mut bytes = office(WORD, &[]);
    for (word, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(word)).collect();
        places.into_iter().for_each(|at| bytes[at + flags] |= 1);
    }
    check(&[("a.docx", &bytes, Err("取消密码"))]);
}

#[test]
fn a_bomb_is_not_unpacked_to_its_end() {
    let bomb = office(WORD, &[("zeros", &vec![0; 3 << 20])]);
    assert!(bomb.len() < 10_000);
    let within =
        |unpacked_bytes, parts| sniff_within("a.docx", &mut Cursor::new(&bomb), &Limits { parts, unpacked_bytes, ..Limits::MATERIAL });
    assert_eq!(within(4 << 20, 3).unwrap(), FileType::Docx);
    assert!(matches!(within(2 << 20, 3), Err(Refused::Unpacked(2))));
    assert!(matches!(within(4 << 20, 2), Err(Refused::Parts(2))));
}

#[test]
fn ten_thousand_parts_are_not_even_listed() {
    let names: Vec<String> = (0..=Limits::MATERIAL.parts).map(|number| number.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    check(&[("a.docx", &office(WORD, &parts), Err("超过10000个"))]);
}

#[test]
fn names_are_made_harmless() {
    for (name, of, expected) in [
        ("合同.pdf", FileType::Pdf, "合同.pdf"),
        ("C:\\资料\\合同 .PDF", FileType::Pdf, "合同.PDF"),
        ("../../etc/passwd", FileType::Pdf, "passwd.pdf"),
        ("照片.png", FileType::Jpeg, "照片.jpg"),
        ("发\u{202e}fdp.票\r\n.pdf", FileType::Pdf, "发fdp.票.pdf"),
        ("a:b*c?\".ofd", FileType::Ofd, "a_b_c__.ofd"),
        ("v1.2", FileType::Pdf, "v1.2.pdf"),
        (".pdf", FileType::Pdf, "pdf.pdf"),
        ("  ", FileType::Xml, "未命名.xml"),
    ] {
        assert_eq!(plain(name, of), expected, "{name:?}");
    }
    let long = plain(&format!("{}.pdf", "长".repeat(300)), FileType::Pdf);
    assert_eq!(long.chars().count(), NAME_MAX_CHARS);
    assert!(long.ends_with("长.pdf"));
}

#[test]
fn media_types_are_read_back() {
    for one in FileType::ALL {
        assert_eq!(FileType::of_media_type(one.media_type()), Some(one));
    }
    assert_eq!(FileType::of_media_type("text/html"), None);
}
