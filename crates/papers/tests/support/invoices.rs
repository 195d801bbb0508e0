//! Invoices made up for tests: the same one in every format. Parties, numbers and amounts are fictional. Each user takes a part.
#![allow(dead_code)]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const NUMBER: &str = "26152000000012345678";
pub const BUYER: &str = "青山乳业有限公司";
pub const BUYER_CODE: &str = "91000000MA0000010P";
pub const SELLER: &str = "云杉软件（内蒙）有限公司";

/// The invoice as data; `change` alters it.
pub fn xml(change: &[(&str, &str)]) -> String {
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>{NUMBER}</EIid><Version>0.2</Version><InherentLabel><InIssuType><LabelCode>Y</LabelCode></InIssuType>
<GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>911501000000000004</SellerIdNum><SellerName>{SELLER}</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>{BUYER_CODE}</BuyerIdNum><BuyerName>{BUYER}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>100000.00</TotalAmWithoutTax><TotalTaxAm>13000.00</TotalTaxAm>
<TotalTax-includedAmount>113000.00</TotalTax-includedAmount><TotalTax-includedAmountInChinese>壹拾壹万叁仟圆整</TotalTax-includedAmountInChinese></BasicInformation>
<IssuItemInformation><ItemName>*软件*生产管理系统</ItemName><Quantity>1</Quantity><Amount>80000.00</Amount><TaxRate>0.13</TaxRate><ComTaxAm>10400.00</ComTaxAm></IssuItemInformation>
<IssuItemInformation><ItemName>*软件*接口 &amp; 报表</ItemName><Amount>20000.00</Amount><TaxRate>0.13</TaxRate><ComTaxAm>2600.00</ComTaxAm></IssuItemInformation>
<AdditionalInformation><Remark></Remark></AdditionalInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>{NUMBER}</InvoiceNumber><IssueTime>2026-01-20 10:11:12</IssueTime></TaxSupervisionInfo></EInvoice>"#
    );
    change.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// A red-letter invoice over the whole amount.
pub fn red() -> String {
    let remark = format!("<Remark>被红冲蓝字数电发票号码：{NUMBER} 红字发票信息确认单编号：15012601000000000001</Remark>");
    xml(&[
        (NUMBER, "26152000000087654321"),
        ("<Remark></Remark>", &remark),
        ("100000.00", "-100000.00"),
        ("13000.00", "-13000.00"),
        ("1-13000.00", "-113000.00"),
        ("80000.00", "-80000.00"),
        (">20000.00", ">-20000.00"),
        ("10400.00", "-10400.00"),
        ("2600.00", "-2600.00"),
        ("壹拾壹万", "（负数）壹拾壹万"),
    ])
}

/// An archive of these parts.
pub fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const OFD: &str = r#"<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#;

/// The layout that carries the data of the invoice as an attachment.
pub fn ofd_attached(xml: &str) -> Vec<u8> {
    archive(&[
        ("OFD.xml", OFD),
        ("Doc_0/Attachs/Attachments.xml", "<Attachments/>"),
        ("Doc_0/Attachs/invoice.xml", xml),
        ("Doc_0/Pages/Page_0/Content.xml", &page()),
    ])
}

/// The layout in which tags point at the words of the page.
pub fn ofd_tagged(page: &str) -> Vec<u8> {
    let tag = |name: &str, id: usize| format!(r#"<fp:{name}><fp:ObjectRef PageRef="1">{}</fp:ObjectRef></fp:{name}>"#, 100 + id);
    let goods = |first: usize| {
        format!(
            "<fp:GoodsInfo>{}{}{}{}</fp:GoodsInfo>",
            tag("Item", first),
            tag("Amount", first + 1),
            tag("TaxScheme", first + 2),
            tag("TaxAmount", first + 3)
        )
    };
    let tags = format!(
        r#"<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019">{}{}<fp:Buyer>{}{}</fp:Buyer><fp:Seller>{}{}</fp:Seller>{}{}{}<fp:GoodsInfos>{}{}</fp:GoodsInfos></fp:eInvoice>"#,
        tag("InvoiceNo", 2),
        tag("IssueDate", 4),
        tag("BuyerName", 6),
        tag("BuyerTaxID", 10),
        tag("SellerName", 8),
        tag("SellerTaxID", 12),
        tag("TaxExclusiveTotalAmount", 22),
        tag("TaxTotalAmount", 23),
        tag("TaxInclusiveTotalAmount", 27),
        goods(13),
        goods(17)
    );
    archive(&[("OFD.xml", OFD), ("Doc_0/Tags/CustomTag.xml", &tags), ("Doc_0/Pages/Page_0/Content.xml", page)])
}

/// The layout that has nothing but its page.
pub fn ofd_bare() -> Vec<u8> {
    archive(&[("OFD.xml", OFD), ("Doc_0/Pages/Page_0/Content.xml", &page())])
}

/// What stands on the page, in millimetres from the top.
const WORDS: [(f64, f64, &str); 28] = [
    (80.0, 8.0, "电子发票（增值税专用发票）"),
    (150.0, 8.0, "发票号码："),
    (170.0, 8.0, NUMBER),
    (150.0, 14.0, "开票日期："),
    (170.0, 14.0, "2026年01月20日"),
    (12.0, 30.0, "名称："),
    (24.0, 30.0, BUYER),
    (112.0, 30.0, "名称："),
    (124.0, 30.0, SELLER),
    (12.0, 40.0, "统一社会信用代码/纳税人识别号："),
    (62.0, 40.0, BUYER_CODE),
    (112.0, 40.0, "统一社会信用代码/纳税人识别号："),
    (162.0, 40.0, "911501000000000004"),
    (8.0, 56.0, "*软件*生产管理系统"),
    (130.0, 56.0, "80000.00"),
    (160.0, 56.0, "13%"),
    (180.0, 56.0, "10400.00"),
    (8.0, 61.0, "*软件*接口&报表"),
    (130.0, 61.0, "20000.00"),
    (160.0, 61.0, "13%"),
    (180.0, 61.0, "2600.00"),
    (20.0, 90.0, "合      计"),
    (130.0, 90.0, "¥100000.00"),
    (180.0, 90.0, "¥13000.00"),
    (14.0, 97.0, "价税合计（大写）"),
    (60.0, 97.0, "壹拾壹万叁仟圆整"),
    (140.0, 97.0, "（小写）"),
    (155.0, 97.0, "¥113000.00"),
];

/// The page of an OFD.
pub fn page() -> String {
    let object = |(id, (x, y, text)): (usize, &(f64, f64, &str))| {
        let text = text.replace('&', "&amp;");
        format!(
            r#"<ofd:TextObject ID="{}" Boundary="{x} {y} 60 5" Size="3.2"><ofd:TextCode X="0" Y="3">{text}</ofd:TextCode></ofd:TextObject>"#,
            100 + id
        )
    };
    let objects: String = WORDS.iter().enumerate().map(object).collect();
    format!(r#"<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"#)
}

/// The page as a PDF: a font of glyph numbers with a table of what they mean, packed or not, more words at the foot.
pub fn pdf(packed: bool, foot: &str) -> Vec<u8> {
    pdf_of(packed, &[&WORDS[..], &[(8.0, 110.0, foot)]].concat())
}

fn pdf_of(packed: bool, words: &[(f64, f64, &str)]) -> Vec<u8> {
    let mut known: Vec<char> = words.iter().flat_map(|(_, _, text)| text.chars()).collect();
    known.sort_unstable();
    known.dedup();
    let glyphs = |text: &str| {
        text.chars().fold(String::new(), |mut all, one| {
            let _ = write!(all, "{:04x}", known.binary_search(&one).unwrap() + 1);
            all
        })
    };
    let mut content = "BT /F1 9 Tf\n".to_owned();
    for (x, y, text) in words {
        let _ = writeln!(content, "1 0 0 1 {} {} Tm <{}> Tj", x * 2.834, 400.0 - y * 2.834, glyphs(text));
    }
    content.push_str("ET");
    let mut table = format!("begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {} beginbfchar\n", known.len());
    for (at, one) in known.iter().enumerate() {
        let units: String = one.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04x}")).collect();
        let _ = writeln!(table, "<{:04x}> <{units}>", at + 1);
    }
    table.push_str("endbfchar endcmap");
    pdf_file(
        &[
            ("/Type /Catalog /Pages 2 0 R", None),
            ("/Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R >> >>", None),
            ("/Type /Page /Parent 2 0 R /Contents 4 0 R", None),
            ("", Some(&content)),
            ("/Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R", None),
            ("", Some(&table)),
        ],
        packed,
    )
}

/// A file of objects, numbered from 1, some with a stream.
pub fn pdf_file(objects: &[(&str, Option<&str>)], packed: bool) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (at, (dict, stream)) in objects.iter().enumerate() {
        let _ = writeln!(file, "{} 0 obj", at + 1);
        let Some(stream) = stream else {
            let _ = writeln!(file, "<< {dict} >>\nendobj");
            continue;
        };
        let bytes = if packed { deflated(stream.as_bytes()) } else { stream.as_bytes().to_vec() };
        let filter = if packed { "/Filter /FlateDecode" } else { "" };
        let _ = writeln!(file, "<< {dict} {filter} /Length {} >>\nstream", bytes.len());
        file.extend_from_slice(&bytes);
        file.extend_from_slice(b"\nendstream\nendobj\n");
    }
    file.extend_from_slice(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    file
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The parts of an archive; none of another file.
pub fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut all = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let (name, mut text) = (part.name().ok()?.into_owned(), Vec::new());
        std::io::Read::read_to_end(&mut part, &mut text).ok()?;
        all.push((name, text));
    }
    Some(all)
}

/// The archive of such parts.
pub fn archived(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(text).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A small workbook: a hidden sheet before the one that is shown, strings whose count is a lie, days of 1904, merged cells.
pub fn workbook() -> Vec<u8> {
    let relations = |all: &[(&str, &str)]| {
        let one = |(at, (kind, target)): (usize, &(&str, &str))| {
            let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
            format!(r#"<Relationship Id="r{}" Type="{kind}" Target="{target}"/>"#, at + 1)
        };
        format!("<Relationships>{}</Relationships>", all.iter().enumerate().map(one).collect::<String>())
    };
    archive(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        ("_rels/.rels", &relations(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="旧" sheetId="1" state="hidden" r:id="r2"/><sheet name="甲" sheetId="2" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "/xl/styles.xml"),
            ]),
        ),
        (
            "xl/sharedStrings.xml",
            r#"<sst uniqueCount="1000000000000"><si><t>编号</t></si><si><r><t>甲</t></r><rPh><t>jia</t></rPh></si></sst>"#,
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet><numFmts><numFmt numFmtId="180" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="10"/></cellXfs></styleSheet>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>2.5152000000012345678E19</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c><c r="C3" t="d"><v>2026-01-20</v></c></row><row r="4"><c r="A4" s="1"><v>44580</v></c><c s="2"><v>1.5</v></c><c s="3"><v>0.0435</v></c><c t="inlineStr"><is><t>乙</t></is></c><c><f>SUM(A1:B1)</f></c></row><row r="5"><c r="B5"><v>1</v></c></row></sheetData><mergeCells count="2"><mergeCell ref="A4:A9"/><mergeCell ref="C3:D4"/></mergeCells></worksheet>"#,
        ),
    ])
}

/// A page whose words stand in a form, under a font of ranges, and in a packed object; some are not seen.
pub fn pdf_form() -> Vec<u8> {
    let packed = "5 0 << /Subtype /Type0 /ToUnicode 6 0 R >> ";
    let dict = "/Type /ObjStm /N 1 /First 4";
    let table = "1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfrange <0000> <ffff> <0041> <0100> <0102> [<0061> <0062>] endbfrange";
    pdf_file(
        &[
            ("/Type /Catalog /Pages 2 0 R", None),
            ("/Type /Pages /Kids [3 0 R]", None),
            (
                "/Type /Page /Contents [4 0 R 4 0 R] /Resources << /XObject << /X 7 0 R >> /Font << /F 5 0 R /G << /Subtype /Type0 /ToUnicode 6 0 R >> >> >>",
                None,
            ),
            ("", Some("q /X Do Q BT /G 9 Tf 3 Tr <0001> Tj 0 Tr [<0002> -300 <0100>] TJ ET /X Do")),
            ("/Subtype /Type1", None),
            ("", Some(table)),
            (
                "/Subtype /Form /Matrix [1 0 0 1 9 9] /DecodeParms << /Predictor 1 /Columns 9 >>",
                Some("BT /F 9 Tf <0003> Tj T* (ab) ' ET /X Do"),
            ),
            (dict, Some(packed)),
        ],
        true,
    )
}
