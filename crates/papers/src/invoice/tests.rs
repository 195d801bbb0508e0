//! One invoice in every format, invoices that do not fit, and files that are none.

use super::fixtures::*;
use super::*;

fn read_xml(change: &[(&str, &str)]) -> Invoice {
    read(Format::Xml, xml(change).as_bytes()).unwrap()
}

/// What every format has to say of the same invoice, in one line.
fn said(invoice: &Invoice) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (buyer, seller) = (&invoice.buyer, &invoice.seller);
    let lines: Vec<String> =
        invoice.lines.iter().map(|line| format!("{} {:?} {:?}", line.item.replace(' ', ""), line.net_fen, line.tax_fen)).collect();
    format!(
        "{:?} {} {} {}/{} {}/{} {:?} {:?} {:?} {}",
        invoice.kind,
        invoice.number.clone().unwrap(),
        invoice.issued_on.unwrap(),
        text(&buyer.name),
        text(&buyer.code),
        text(&seller.name),
        text(&seller.code),
        invoice.net_fen,
        invoice.tax_fen,
        invoice.total_fen,
        lines.join("; ")
    )
}

const EXPECTED: &str = "Some(Special) 26152000000012345678 2026-01-20 青山乳业有限公司/91000000MA0000010P 云杉软件（内蒙）有限公司/911501000000000004 Some(10000000) Some(1300000) Some(11300000) *软件*生产管理系统 Some(8000000) Some(1040000); *软件*接口&报表 Some(2000000) Some(260000)";

#[test]
fn every_format_says_the_same() {
    let gbk = encoding_rs::GB18030.encode(&xml(&[("UTF-8", "GBK")])).0.into_owned();
    let utf_16: Vec<u8> = [0xff, 0xfe].into_iter().chain(xml(&[]).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (name, format, bytes) in [
        ("xml", Format::Xml, xml(&[]).into_bytes()),
        ("xml in GBK", Format::Xml, gbk),
        ("xml in UTF-16", Format::Xml, utf_16),
        ("ofd with its data", Format::Ofd, ofd_attached(&xml(&[]))),
        ("ofd with the older data", Format::Ofd, ofd_tagged(&page())),
        ("ofd of its page", Format::Ofd, ofd_bare()),
        ("pdf", Format::Pdf, pdf(false, "")),
        ("pdf, packed", Format::Pdf, pdf(true, "")),
    ] {
        let invoice = read(format, &bytes).unwrap();
        assert_eq!(said(&invoice), EXPECTED, "{name}");
        assert!(invoice.contradicted.is_empty() && !invoice.is_red(), "{name}: {invoice:?}");
    }
}

/// What is found of an invoice with changes, and part of each sentence.
fn check_findings(change: &[(&str, &str)], against: &Against<'_>, expected: &[&str]) {
    let found: Vec<String> = check(&read_xml(change), against).iter().map(ToString::to_string).collect();
    let all = found.len() == expected.len() && expected.iter().all(|part| found.iter().any(|sentence| sentence.contains(part)));
    assert!(all, "{change:?}: {found:?}, not {expected:?}");
}

#[test]
fn an_invoice_is_held_against_itself() {
    let none = Against::default();
    check_findings(&[], &none, &[]);
    check_findings(&[("<TotalTaxAm>13000.00", "<TotalTaxAm>13000.01")], &none, &["113,000.01元，与价税合计113,000元", "明细的税额"]);
    check_findings(&[("80000.00", "80000.10")], &none, &["明细的不含税金额合计100,000.10元"]);
    check_findings(&[("壹拾壹万叁仟", "壹拾贰万叁仟")], &none, &["大写金额"]);
    check_findings(&[("壹拾壹万叁仟圆整", "人民币壹拾壹万叁仟元正")], &none, &[]);
    check_findings(&[("<EIid>26", "<EIid>25")], &none, &["两处的发票号码不一致", "号码中的年份是2025年"]);
    check_findings(&[("2026-01-20", "2025-12-31")], &none, &["开票日期在2025年"]);
    check_findings(&[("2615", "2678")], &none, &["发票号码无法识别"]);
    check_findings(&[("911501000000000004", "91350100M000100Y43")], &none, &["号码中的地区是"]);
    check_findings(&[("911501000000000004", "911501000000000005")], &none, &["销售方税号："]);
    check_findings(&[("911501000000000004", "")], &none, &["没有读到销售方税号"]);
    check_findings(&[("<TotalTaxAm>13000.00", "<TotalTaxAm>***")], &none, &["税额无法识别"]);
    check_findings(&[("IssueTime", "Time")], &none, &["没有读到开票日期"]);
}

#[test]
fn an_invoice_is_held_against_the_project() {
    let day = |text: &str| Date::parse(text).ok();
    let fits = Against {
        buyer: Some("青山乳业 有限公司"),
        buyer_code: Some(BUYER_CODE),
        seller: Some("云杉软件(内蒙)有限公司"),
        seller_code: None,
        from: day("2026-01-20"),
        until: day("2026-01-20"),
        today: day("2026-01-20"),
    };
    check_findings(&[], &fits, &[]);
    check_findings(&[], &Against { buyer: Some("别家公司"), ..fits.clone() }, &["购买方名称为“青山乳业有限公司”"]);
    check_findings(&[], &Against { seller: Some("别家公司"), ..fits.clone() }, &["销售方名称"]);
    check_findings(&[], &Against { buyer_code: Some("91"), ..fits.clone() }, &["购买方税号"]);
    let nobody = format!("<BuyerIdNum>{BUYER_CODE}</BuyerIdNum>");
    check_findings(&[(&nobody, "")], &fits, &["没有读到购买方税号，不能确认购买方是本申报单位"]);
    check_findings(&[(&nobody, "")], &Against { buyer_code: None, ..fits.clone() }, &[]);
    check_findings(&[], &Against { buyer_code: None, seller_code: Some("911501000000000004"), ..fits.clone() }, &[]);
    check_findings(&[], &Against { seller_code: Some("91"), ..fits.clone() }, &["销售方税号为"]);
    let nobody = "<SellerIdNum>911501000000000004</SellerIdNum>";
    check_findings(
        &[(nobody, "")],
        &Against { seller_code: Some("91"), ..fits.clone() },
        &["没有读到销售方税号，不能确认销售方是本申报单位"],
    );
    check_findings(&[], &Against { from: day("2026-01-21"), ..fits.clone() }, &["不在核算期"]);
    check_findings(&[], &Against { until: day("2026-01-19"), ..fits.clone() }, &["不在核算期"]);
    check_findings(&[], &Against { until: day("2026-01-19"), from: None, ..fits.clone() }, &["晚于核算期结束的2026年1月19日"]);
    check_findings(&[], &Against { today: day("2026-01-19"), ..fits }, &["晚于今天"]);
}

#[test]
fn a_red_letter_invoice_names_what_it_takes_back() {
    let invoice = read(Format::Xml, red().as_bytes()).unwrap();
    assert_eq!(invoice.total_fen, Some(-11_300_000));
    assert_eq!(invoice.red_of, InvoiceNumber::parse(NUMBER).ok());
    let found: Vec<String> = check(&invoice, &Against::default()).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{found:?}");
    let red_mark = format!("备注 被红冲蓝字数电发票号码：{NUMBER}");
    assert_eq!(read(Format::Pdf, &pdf(true, &red_mark)).unwrap().red_of, InvoiceNumber::parse(NUMBER).ok());
    check_findings(&[("<Remark></Remark>", &format!("<Remark>{red_mark}</Remark>"))], &Against::default(), &["但价税合计不是负数"]);
    let bare = red().replace("被红冲蓝字", "");
    let found = check(&read(Format::Xml, bare.as_bytes()).unwrap(), &Against::default());
    assert!(found.contains(&Finding::RedWithoutOriginal), "{found:?}");
}

#[test]
fn a_page_that_says_otherwise_than_its_data_is_noticed() {
    let ofd = ofd_attached(&xml(&[("113000.00", "213000.00")]));
    assert_eq!(read(Format::Ofd, &ofd).unwrap().contradicted, [Field::Total]);
}

#[test]
fn every_figure_people_see_is_held_against_the_data() {
    for (from, to, field) in [
        ("100000.00", "200000.00", Field::Net),
        ("<TotalTaxAm>13000.00", "<TotalTaxAm>23000.00", Field::Tax),
        ("2026-01-20", "2026-01-21", Field::IssuedOn),
        (BUYER_CODE, "91000000MA0000020Y", Field::BuyerCode),
        ("911501000000000004", "911501000000000005", Field::SellerCode),
    ] {
        let invoice = read(Format::Ofd, &ofd_attached(&xml(&[(from, to)]))).unwrap();
        assert_eq!(invoice.contradicted, [field], "{from}");
    }
}

#[test]
fn data_that_says_a_thing_twice_says_it_alike() {
    let total = "<TotalTax-includedAmount>113000.00</TotalTax-includedAmount>";
    let number = |number: &str| format!("<TaxSupervisionInfo><InvoiceNumber>{number}</InvoiceNumber></TaxSupervisionInfo>");
    for (more, expected) in [
        (total.replace("113000.00", "113,000"), None),
        (total.replace("113000.00", "999.00"), Some(Field::Total)),
        (number(NUMBER), None),
        (number("26152000000099999999"), Some(Field::Number)),
    ] {
        let invoice = read_xml(&[("</EInvoice>", &format!("{more}</EInvoice>"))]);
        assert_eq!(invoice.contradicted, Vec::from_iter(expected), "{more}");
    }
}

#[test]
fn a_line_of_labels_is_read_once() {
    let page = format!("<Page><TextObject Boundary='0 0 1 1'><TextCode>{}</TextCode></TextObject></Page>", "名称：".repeat(100_000));
    let bytes = archive(&[("OFD.xml", "<OFD/>"), ("content.xml", &page), ("attach/a.xml", &xml(&[]))]);
    assert!(read(Format::Ofd, &bytes).is_ok());
}

#[test]
fn older_invoices_have_a_code() {
    let old = page().replace(NUMBER, "12345678").replace("电子发票（增值税专用发票）", "发票代码：015002000111");
    let bytes = archive(&[("OFD.xml", "<OFD/>"), ("Doc_0/Pages/Page_0/Content.xml", &old)]);
    let number = read(Format::Ofd, &bytes).unwrap().number;
    assert_eq!(number.map(|number| number.to_string()).as_deref(), Some("015002000111 12345678"));
}

const FORM: &str = "015002500111";
const BOTH: &str = "26152000000012345678（015002500111 87654321）";

/// Data with the code and the number of the form that the invoice is printed on.
fn on_form(code: &str, number: &str) -> String {
    let form = format!("<InvoiceCode>{code}</InvoiceCode><InvoiceNo>{number}</InvoiceNo><AdditionalInformation>");
    xml(&[("<AdditionalInformation>", &form)])
}

#[test]
fn a_digital_invoice_on_paper_has_two_numbers() {
    let foot = |words: &str| pdf(true, words);
    let both = |label: &str| format!("发票代码：{FORM} 发票号码：87654321 {label}：{NUMBER}");
    for (name, format, bytes, expected, contradicted) in [
        ("data", Format::Xml, on_form(FORM, "87654321").into_bytes(), BOTH, false),
        ("data with the digits parted", Format::Xml, on_form(&NUMBER[..12], &NUMBER[12..]).into_bytes(), NUMBER, false),
        ("data with the digits twice", Format::Xml, on_form(NUMBER, NUMBER).into_bytes(), NUMBER, false),
        ("data without the code", Format::Xml, on_form("", "87654321").into_bytes(), NUMBER, true),
        ("data of another invoice", Format::Xml, on_form(FORM, "26152000000099999999").into_bytes(), NUMBER, true),
        ("page", Format::Pdf, foot(&both("数电票号码")), BOTH, false),
        ("page, other words", Format::Pdf, foot(&both("数电发票号码")), BOTH, false),
        ("page that names another invoice's form", Format::Pdf, foot("备注：原发票号码：87654321"), NUMBER, false),
        ("data and page", Format::Ofd, ofd_attached(&on_form(FORM, "87654321")), BOTH, false),
    ] {
        let invoice = read(format, &bytes).unwrap();
        assert_eq!(invoice.number.as_ref().map(ToString::to_string).as_deref(), Some(expected), "{name}");
        assert_eq!(invoice.contradicted, if contradicted { vec![Field::Number] } else { vec![] }, "{name}");
    }
    let red = format!("发票代码：{FORM} 备注 被红冲蓝字数电发票号码：26152000000099999999 发票代码：{FORM} 号码：11111111");
    let invoice = read(Format::Pdf, &foot(&red)).unwrap();
    assert_eq!((invoice.number, invoice.red_of), (InvoiceNumber::parse(NUMBER).ok(), InvoiceNumber::parse("26152000000099999999").ok()));
}

fn check_refused(cases: &[(&str, Format, Vec<u8>, &str)]) {
    for (name, format, bytes, expected) in cases {
        let error = read(*format, bytes).expect_err(name).to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
}

#[test]
fn hostile_and_broken_files_are_refused_with_a_reason() {
    let entity = r#"<!DOCTYPE EInvoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><EInvoice>&x;</EInvoice>"#;
    let deep = format!("{}{}", "<a>".repeat(500), "</a>".repeat(500));
    let many = format!("<a>{}</a>", "<b/>".repeat(150_000));
    let bomb = archive(&[("OFD.xml", "<OFD/>"), ("Doc_0/Attachs/zeros.xml", &" ".repeat(33 << 20))]);
    let names: Vec<String> = (0..600).map(|one| one.to_string()).collect();
    let parts = archive(&names.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>());
    let within = archive(&[("OFD.xml", "<OFD/>"), ("Doc_0/Attachs/invoice.xml", entity)]);
    // One budget for the file: parts that are each as large as an invoice may be are too much together.
    let part = format!("<r>{}</r>", "<a><b/></a>".repeat(25_000));
    let many_nodes = archive(&[("OFD.xml", "<OFD/>"), ("attach/1.xml", &part), ("attach/2.xml", &part), ("attach/3.xml", &part)]);
    let attributes: String = (0..100).map(|one| format!(" a{one}=''")).collect();
    // A long word that is pointed at from many places is not written out for each of them.
    let references = "<t><ObjectRef>1</ObjectRef></t>".repeat(20_000);
    let long = format!("<Page><TextObject ID='1'><TextCode>{}</TextCode></TextObject></Page>", "a".repeat(1 << 20));
    let pointed = archive(&[("OFD.xml", "<OFD/>"), ("tag.xml", &format!("<e>{references}</e>")), ("content.xml", &long)]);
    check_refused(&[
        ("entity from outside", Format::Xml, entity.as_bytes().to_vec(), "DOCTYPE"),
        ("own entity", Format::Xml, b"<EInvoice>&x;</EInvoice>".to_vec(), "自定义实体"),
        ("entity within an OFD", Format::Ofd, within, "DOCTYPE"),
        ("deep", Format::Xml, deep.into_bytes(), "层数"),
        ("many", Format::Xml, many.into_bytes(), "元素过多"),
        ("cut", Format::Xml, xml(&[]).as_bytes()[..600].to_vec(), "XML 不完整"),
        ("crossed", Format::Xml, b"<a><b></a></b>".to_vec(), "XML 不完整"),
        ("two roots", Format::Xml, b"<a/><b/>".to_vec(), "XML 不完整"),
        ("no XML", Format::Xml, b"hello".to_vec(), "XML 不完整"),
        ("no text", Format::Xml, vec![0x81, 0xff, 0xff, 0x00], "编码"),
        ("no invoice", Format::Xml, b"<a>1</a>".to_vec(), "不是电子发票"),
        ("large", Format::Xml, vec![b' '; MAX_FILE_BYTES + 1], "超过10兆字节"),
        ("bomb", Format::Ofd, bomb, "展开后超过32兆字节"),
        ("many elements in many parts", Format::Ofd, many_nodes, "元素过多"),
        ("many attributes", Format::Xml, format!("<a{attributes}/>").into_bytes(), "XML 不完整"),
        ("one word many times", Format::Ofd, pointed, "元素过多"),
        ("many parts", Format::Ofd, parts, "超过500个"),
        ("no archive", Format::Ofd, b"PK\x03\x04".to_vec(), "OFD 已损坏"),
        ("no OFD", Format::Ofd, archive(&[("a.xml", "<a/>")]), "OFD 已损坏"),
        ("no PDF", Format::Pdf, b"%PDF-1.7".to_vec(), "PDF 已损坏"),
        ("a scan", Format::Pdf, pdf_file(&[("/Type /Page", None)], false), "扫描件"),
        ("locked", Format::Pdf, [&pdf(true, "")[..], b"trailer << /Encrypt 9 0 R >>"].concat(), "已加密"),
    ]);
}
