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
        let found = (number.keys().join("+"), number.year(), number.province_name(), number.is_digital());
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
    let printed = "01500250011112345678+26152000000012345678";
    check("26152000000012345678（015002500111 12345678）", printed, 2026, "内蒙古", true);
    check("015002500111 12345678 / 26152000000012345678", printed, 2026, "内蒙古", true);
    check("01500250011112345678、26152000000012345678", printed, 2026, "内蒙古", true);
    check("26152000000012345678 015002500111 12345678", printed, 2026, "内蒙古", true);
    check("1500251130 12345678；26152000000012345678", "150025113012345678+26152000000012345678", 2026, "内蒙古", true);
    check("26152000000012345678/26152000000012345678", "26152000000012345678", 2026, "内蒙古", true);
    check("26152000000012345678（261520000000 12345678）", "26152000000012345678", 2026, "内蒙古", true);
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
    check("26152000000012345678/26152000000087654321", "第21位“/”");
    check("2615200000001234567801500250011112345678", "中间用“/”分开");
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
        prop_assert_eq!(number.keys(), [digits]);
    }

    #[test]
    fn any_text_gets_an_answer(text in "\\PC{0,24}|[0-9]{0,24}") {
        let _ = InvoiceNumber::parse(&text);
    }
}

#[test]
fn numbers_of_one_invoice() {
    let check = |one: &str, other: &str, same: bool, together: Option<&str>| {
        let [one, other] = [one, other].map(|text| InvoiceNumber::parse(text).unwrap());
        assert_eq!((one.is_same(&other), other.is_same(&one)), (same, same), "{one} {other}");
        let found = one.with(&other).map(|both| both.to_string());
        assert_eq!(found.as_deref(), together, "{one} {other}");
        assert_eq!(other.with(&one).map(|both| both.to_string()), found, "{other} {one}");
    };
    let (digital, coded, printed) = ("26152000000012345678", "015002500111 12345678", "26152000000012345678（015002500111 12345678）");
    check(digital, digital, true, Some(digital));
    check(digital, coded, false, Some(printed));
    check(digital, printed, true, Some(printed));
    check(printed, coded, true, Some(printed));
    check(printed, printed, true, Some(printed));
    check(digital, "26152000000087654321", false, None);
    check(printed, "015002500111 87654321", false, None);
    check(printed, "26152000000012345678（015002500111 87654321）", true, None);
}
