use proptest::prelude::*;

use super::*;

#[test]
fn every_province_has_its_digits() {
    assert_eq!(PROVINCES.len(), 36);
    assert!(PROVINCES.keys().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_digit())));
}

#[test]
fn readings() {
    let check = |input: &str, key: &str, year: i32, province: &str, digital: bool| {
        let number = InvoiceNumber::parse(input).unwrap();
        let found = (number.dedup_key(), number.year(), number.province_name(), number.is_digital());
        assert_eq!(found, (key.to_owned(), year, Some(province), digital), "{input}");
    };
    check("25152000000012345678", "25152000000012345678", 2025, "内蒙古", true);
    check("2515 2000 0000 1234 5678", "25152000000012345678", 2025, "内蒙古", true);
    check("２６６５２０００００００１２３４５６７８", "26652000000012345678", 2026, "新疆", true);
    check("24952000000012345678", "24952000000012345678", 2024, "深圳", true);
    check("1500191130 12345678", "150019113012345678", 2019, "内蒙古", false);
    check("150019113012345678", "150019113012345678", 2019, "内蒙古", false);
    check("015001900111-12345678", "01500190011112345678", 2019, "内蒙古", false);
    check("01500190011112345678", "01500190011112345678", 2019, "内蒙古", false);
}

#[test]
fn refusals() {
    let check = |input: &str, expected: &str| {
        let message = InvoiceNumber::parse(input).unwrap_err().to_string();
        assert!(message.contains(expected), "{input}: {message}");
    };
    check("", "现有0位数字");
    check("12345678", "只填了8位发票号码");
    check("2515200000001234567", "现有19位数字");
    check("2515200000001234567O", "第20位“O”不是数字");
    check("25992000000012345678", "地区代码“99”不存在");
    check("发票", "第1位“发”");
}

#[test]
fn years() {
    let check = |input: &str, issued: &str, expected: bool| {
        let number = InvoiceNumber::parse(input).unwrap();
        assert_eq!(number.year_matches(Date::parse(issued).unwrap()), expected, "{input} {issued}");
    };
    check("25152000000012345678", "2025-12-31", true);
    check("25152000000012345678", "2026-01-01", false);
    check("1500191130 12345678", "2020-03-01", true);
    check("1500191130 12345678", "2018-12-31", false);
}

#[test]
fn two_fields_make_one_number() {
    let number = InvoiceNumber::from_code_and_number("1500191130", "12345678");
    assert_eq!(number, InvoiceNumber::parse("150019113012345678"));
}

proptest! {
    #[test]
    fn what_is_shown_reads_back(digits in "2[1-9]15[0-9]{16}|15[0-9]{16}|015[0-9]{17}") {
        let number = InvoiceNumber::parse(&digits).unwrap();
        prop_assert_eq!(InvoiceNumber::parse(&number.to_string()), Ok(number.clone()));
        prop_assert_eq!(number.dedup_key(), digits);
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,24}|[0-9]{0,24}") {
        let _ = InvoiceNumber::parse(&text);
    }
}
