//! Workbooks as programs write them, and as nobody should.

use crate::{Limits, read_within};
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const SHEETS: &str = r#"<sheets><sheet name="甲" sheetId="1" r:id="r1"/></sheets>"#;
/// Styles 1 to 4: a day, a share, hours beyond a day, and a day as somebody wrote it.
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="180" formatCode="[h]:mm"/><numFmt numFmtId="181" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="180"/><xf numFmtId="181"/></cellXfs></styleSheet>"#;

fn relations(all: &[(&str, &str)]) -> String {
    let one = |(at, (kind, target)): (usize, &(&str, &str))| {
        format!(r#"<Relationship Id="r{}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#, at + 1)
    };
    format!("<Relationships>{}</Relationships>", all.iter().enumerate().map(one).collect::<String>())
}

/// A workbook of these sheets, with what else stands in its parts.
fn whole(workbook: &str, sheets: &[&str], strings: &str) -> Vec<u8> {
    let names: Vec<String> = (1..=sheets.len()).map(|number| format!("worksheets/sheet{number}.xml")).collect();
    let mut related: Vec<(&str, &str)> = names.iter().map(|name| ("worksheet", name.as_str())).collect();
    related.extend([("sharedStrings", "sharedStrings.xml"), ("styles", "/xl/styles.xml")]);
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), TYPES.to_owned()),
        ("_rels/.rels".to_owned(), relations(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml".to_owned(), format!(r#"<workbook xmlns:r="{RELATIONS}">{workbook}</workbook>"#)),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(&related)),
        ("xl/SharedStrings.xml".to_owned(), strings.to_owned()),
        ("xl/styles.xml".to_owned(), STYLES.to_owned()),
    ];
    parts.extend(names.iter().zip(sheets).map(|(name, sheet)| (format!("xl/{name}"), format!("<worksheet>{sheet}</worksheet>"))));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows of XML.
fn book(rows: &str) -> Vec<u8> {
    whole(SHEETS, &[&format!("<sheetData>{rows}</sheetData>")], "<sst/>")
}

fn rows(bytes: &[u8], limits: Limits) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    read_within("a.xlsx", bytes, limits, &mut |number, cells| all.push(format!("{number}:{}", cells.join("|"))))
        .map_err(|error| error.to_string())?;
    Ok(all)
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_sheet_is_read_row_by_row() {
    let head = format!(r#"<row r="1">{}{}</row>"#, cell("A1", "编号"), cell("C1", "金额"));
    let body = format!(r#"<row r="3">{}<c r="C3"><v>1.5</v></c></row>"#, cell("A3", " 甲 "));
    let read = rows(&book(&format!("{head}{body}")), Limits::MOST).unwrap();
    assert_eq!(read, ["1:编号||金额", "3:甲||1.5"]);
}

#[test]
fn a_sheet_from_corner_to_corner_is_refused_and_not_laid_out() {
    let far = format!(r#"<row r="1">{}</row><row r="1048576">{}</row>"#, cell("A1", "甲"), cell("XFD1048576", "乙"));
    assert!(rows(&book(&far), Limits::MOST).unwrap_err().contains("列数超过256"));
}

#[test]
fn what_unpacks_to_much_is_refused() {
    let wide = format!(r#"<row r="1">{}</row>{}"#, cell("A1", "甲"), " ".repeat(3 << 20));
    let limits = Limits { unpacked_bytes: 2 << 20, ..Limits::MOST };
    assert!(rows(&book(&wide), limits).unwrap_err().contains("展开后超过2兆字节"));
    assert!(rows(&book(&wide), Limits { unpacked_bytes: 4 << 20, ..Limits::MOST }).is_ok());
}

/// What is read of one row of cells.
fn check(cells: &str, expected: &str) {
    let read = rows(&book(&format!(r#"<row r="1">{cells}</row>"#)), Limits::MOST);
    assert_eq!(read.map_or_else(|error| error, |rows| rows.join("/")), expected, "{cells}");
}

#[test]
fn a_cell_is_the_text_a_person_sees() {
    check(r#"<c r="A1"><v>0.30000000000000004</v></c><c><v>-2</v></c><c t="b"><v>1</v></c>"#, "1:0.3|-2|是");
    check(r#"<c r="A1" s="1"><v>46042.5</v></c><c s="4"><v>46042</v></c>"#, "1:2026-01-20|2026-01-20");
    check(r#"<c r="A1" s="2"><v>0.0435</v></c><c s="3"><v>1.5</v></c>"#, "1:4.35%|36:00");
    check(r#"<c r="A1" t="str"><f>A2&amp;B2</f><v>甲&amp;乙</v></c><c t="e"><v>#REF!</v></c>"#, "1:甲&乙|#REF!");
    check(r#"<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t> 乙&#10;</t></r><rPh><t>yi</t></rPh></is></c>"#, "1:甲 乙");
    check(r#"<c r="A1" t="d"><v>2026-01-20</v></c><c s="99"><v>x</v></c><c/>"#, "1:2026-01-20|x|");
    check(r#"<c r="A1" t="str"><v>_x0041_x_x00_x005F_x0041_甲_x000D_</v></c>"#, "1:Ax_x00_x0041_甲");
    check(r#"<c r="A1" t="s"><v>0</v></c>"#, "无法打开表格：文件已损坏、不完整或设有密码，请用表格软件打开后另存为 .xlsx");
    check(r#"<c r="A99999999999"/>"#, "无法打开表格：单元格的位置不合规");
    check(r#"</row><row r="3"><c><v>3</v></c></row><row r="2"><c r="B2"><v>1</v></c>"#, "无法打开表格：第2行排在第3行之后");
}

#[test]
fn a_formula_that_was_never_computed_is_shown_as_one() {
    check(r#"<c r="A1"><f>SUM(B1:C1)</f></c><c><f>1+1</f><v></v></c><c><f>1+1</f><v>2</v></c>"#, "1:公式 =SUM(B1:C1)|公式 =1+1|2");
    check(r#"<c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c><c><v>1</v></c>"#, "1:|1");
}

#[test]
fn digits_that_a_number_does_not_keep_are_not_made_up() {
    check(r#"<c r="A1"><v>2.5152000000012345678E19</v></c>"#, "1:2.51520000000123E+19");
    check(r#"<c r="A1"><v>6222020200112233445</v></c><c><v>999999999999999</v></c>"#, "1:6.22202020011223E+18|999999999999999");
}

#[test]
fn workbooks_of_1904_count_from_there() {
    let sheet = r#"<sheetData><row r="1"><c r="A1" s="1"><v>44580</v></c></row></sheetData>"#;
    let read = |flag: &str| rows(&whole(&format!("<workbookPr{flag}/>{SHEETS}"), &[sheet], "<sst/>"), Limits::MOST).unwrap();
    assert_eq!(read(r#" date1904="1""#), ["1:2026-01-20"]);
    assert_eq!(read(r#" date1904="true""#), ["1:2026-01-20"]);
    assert_eq!(read(""), ["1:2022-01-19"]);
}

#[test]
fn the_first_sheet_is_the_first_that_is_shown() {
    let sheet = |text: &str| format!(r#"<sheetData><row r="1">{}</row></sheetData>"#, cell("A1", text));
    let (old, new) = (sheet("旧"), sheet("新"));
    let read = |first: &str, second: &str| {
        let sheets = format!(
            r#"<sheets><sheet name="旧" sheetId="1" {first} r:id="r1"/><sheet name="新" sheetId="2" {second} r:id="r2"/></sheets>"#
        );
        rows(&whole(&sheets, &[&old, &new], "<sst/>"), Limits::MOST)
    };
    assert_eq!(read("", "").unwrap(), ["1:旧"]);
    assert_eq!(read(r#"state="hidden""#, "").unwrap(), ["1:新"]);
    assert_eq!(read(r#"state="veryHidden""#, r#"state="visible""#).unwrap(), ["1:新"]);
    assert!(read(r#"state="hidden""#, r#"state="hidden""#).unwrap_err().contains("没有可见的工作表"));
}

#[test]
fn what_is_merged_over_rows_stands_in_each_of_them() {
    let line = |row: usize, name: &str, more: &str| format!(r#"<row r="{row}">{}{more}</row>"#, cell(&format!("A{row}"), name));
    let first = format!(r#"{}<c r="C2"><v>12.5</v></c><c r="D2" s="1"><v>46042</v></c>"#, cell("B2", "第一批"));
    let rows_of = [line(1, "单位", &cell("B1", "批次")), line(2, "甲", &first), line(3, "乙", ""), line(5, "丙", ""), line(6, "丁", "")];
    let merged = ["A1:D1", "B2:B5", "C2:C3", "D2:E5", "B8:B9"].map(|range| format!(r#"<mergeCell ref="{range}"/>"#)).concat();
    let sheet = format!("<sheetData>{}</sheetData><mergeCells>{merged}</mergeCells>", rows_of.concat());
    let read = rows(&whole(SHEETS, &[&sheet], "<sst/>"), Limits::MOST).unwrap();
    assert_eq!(
        read,
        ["1:单位|批次", "2:甲|第一批|12.5|2026-01-20", "3:乙|第一批|（与上方单元格合并）|2026-01-20", "5:丙|第一批||2026-01-20", "6:丁",]
    );
}

/// What a workbook costs is refused or read, whatever it says of its own counts.
fn check_strings(strings: &str, unpacked_bytes: u64, expected: Result<&str, &str>) {
    let sheet = r#"<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row></sheetData>"#;
    let read = rows(&whole(SHEETS, &[sheet], strings), Limits { unpacked_bytes, ..Limits::MOST });
    match (read, expected) {
        (Ok(rows), Ok(expected)) => assert_eq!(rows, [format!("1:{expected}")]),
        (Err(error), Err(part)) => assert!(error.contains(part), "{error}"),
        (read, _) => panic!("{read:?}, not {expected:?}"),
    }
}

#[test]
fn counts_of_strings_are_not_believed_and_strings_cost_what_they_take() {
    let two = "<si><t>甲</t></si><si><t>乙</t><rPh><t>yi</t></rPh></si>";
    check_strings(&format!(r#"<sst uniqueCount="1000000000000" count="99999999999999999999">{two}</sst>"#), 1 << 20, Ok("乙"));
    // Four bytes of XML for each; a string of its own for each would take ten times that.
    check_strings(&format!("<sst>{}</sst>", "<si/>".repeat(400_000)), 2 << 20, Err("展开后超过2兆字节"));
    check_strings("<sst><si><t>a</t></si></sst>", 1 << 20, Err("文件已损坏"));
    check_strings("<sst><si><t>&b;</t></si></sst>", 1 << 20, Err("文件已损坏"));
}

#[test]
fn a_long_string_that_many_cells_name_costs_as_much_as_they_do() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(4_000));
    let sheet = format!("<sheetData>{}</sheetData>", r#"<row><c t="s"><v>0</v></c></row>"#.repeat(2_000));
    let bytes = whole(SHEETS, &[&sheet], &strings);
    assert!(rows(&bytes, Limits { unpacked_bytes: 1 << 20, ..Limits::MOST }).unwrap_err().contains("展开后超过1兆字节"));
    assert_eq!(rows(&bytes, Limits::MOST).unwrap().len(), 2_000);
    let long = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(5_000));
    assert!(rows(&whole(SHEETS, &[&sheet], &long), Limits::MOST).unwrap_err().contains("A1单元格的内容超过4千字节"));
}
