use proptest::prelude::*;

use super::*;

#[test]
fn words() {
    let check = |fen: i64, expected: &str| assert_eq!(amount_in_words(fen), expected, "{fen}");
    check(0, "零元整");
    check(1_230_000, "壹万贰仟叁佰元整");
    check(35_000_000, "叁拾伍万元整");
    check(100, "壹元整");
    check(1_000, "壹拾元整");
    check(150, "壹元伍角");
    check(105, "壹元零伍分");
    check(5, "伍分");
    check(50, "伍角");
    check(55, "伍角伍分");
    check(-12_300, "负壹佰贰拾叁元整");
    check(140_950, "壹仟肆佰零玖元伍角");
    check(600_714, "陆仟零柒元壹角肆分");
    check(168_032, "壹仟陆佰捌拾元零叁角贰分");
    check(10_700_053, "壹拾万柒仟元零伍角叁分");
    check(1_640_902, "壹万陆仟肆佰零玖元零贰分");
    check(32_504, "叁佰贰拾伍元零肆分");
    check(100_000_100, "壹佰万零壹元整");
    check(1_001_000_000, "壹仟零壹万元整");
    check(10_000_000_000, "壹亿元整");
    check(10_000_000_100, "壹亿零壹元整");
    check(10_001_000_000, "壹亿零壹万元整");
    check(11_000_000_000, "壹亿壹仟万元整");
    check(100_000_000_000_000, "壹万亿元整");
    check(MAX_FEN, "壹仟亿元整");
    check(i64::MAX, "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分");
    assert_eq!(with_currency(&amount_in_words(100)), "人民币壹元整");
}

#[test]
fn figures() {
    let check = |fen: i64, wan: &str, yuan: &str| {
        assert_eq!(amount_in_wan(fen), wan, "{fen}");
        assert_eq!(amount_in_yuan(fen), yuan, "{fen}");
    };
    check(35_000_000, "35万元", "350,000元");
    check(12_345_600, "12.3456万元", "123,456元");
    check(123_450, "0.12345万元", "1,234.50元");
    check(1, "0.000001万元", "0.01元");
    check(0, "0万元", "0元");
    check(-50, "-0.00005万元", "-0.50元");
    check(-123_456_789, "-123.456789万元", "-1,234,567.89元");
    check(99_999, "0.099999万元", "999.99元");
    check(i64::MIN, "-9223372036854.775808万元", "-92,233,720,368,547,758.08元");
}

#[test]
fn amounts_as_papers_say_them() {
    let check = |fen: i64, said: &str, under_wan: &str, total: &str| {
        assert_eq!((money(fen).as_str(), money_under_wan(fen).as_str(), total_in_wan(fen).as_str()), (said, under_wan, total), "{fen}");
        assert_eq!(parse_amount(&money(fen)), Ok(fen), "nothing is lost");
    };
    check(0, "0元", "0", "0");
    check(1, "0.01元", "0.000001", "0");
    check(4_999, "49.99元", "0.004999", "0");
    check(5_000, "50元", "0.005", "0.01");
    check(10_000, "0.01万元", "0.01", "0.01");
    check(500_000, "0.5万元", "0.5", "0.5");
    check(999_900, "9,999元", "0.9999", "1");
    check(1_000_000, "1万元", "1", "1");
    check(27_270_000, "27.27万元", "27.27", "27.27");
    check(27_272_700, "272,727元", "27.2727", "27.27");
    check(27_272_727, "272,727.27元", "27.272727", "27.27");
    check(27_275_000, "272,750元", "27.275", "27.28");
    check(30_000_000, "30万元", "30", "30");
    check(12_345_678_901, "123,456,789.01元", "12345.678901", "12345.68");
    check(10_000_000_000, "10000万元", "10000", "10000");
}

#[test]
fn amounts_below_nought() {
    let check = |fen: i64, said: &str, under_wan: &str, total: &str| {
        assert_eq!((money(fen).as_str(), money_under_wan(fen).as_str(), total_in_wan(fen).as_str()), (said, under_wan, total), "{fen}");
    };
    check(-4_999, "-49.99元", "-0.004999", "0");
    check(-27_275_000, "-272,750元", "-27.275", "-27.28");
    check(-30_000_000, "-30万元", "-30", "-30");
    check(i64::MIN, "-92,233,720,368,547,758.08元", "-9223372036854.775808", "-9223372036854.78");
}

#[test]
fn readings() {
    let check = |text: &str, fen: i64| assert_eq!(parse_amount(text), Ok(fen), "{text}");
    check("350000", 35_000_000);
    check("￥350,000.00", 35_000_000);
    check("¥ 350,000", 35_000_000);
    check("３５万元", 35_000_000);
    check("35 万", 35_000_000);
    check("12.3456万元", 12_345_600);
    check("1.2亿元", 12_000_000_000);
    check("人民币 80 元整", 8_000);
    check("人民币-80元", -8_000);
    check("-12.50", -1_250);
    check("- 12.50", -1_250);
    check("-￥12.50", -1_250);
    check("1.500", 150);
    check(".5", 50);
    check("5.", 500);
    check("0.000001万元", 1);
    check("0", 0);
    check("1000亿元", MAX_FEN);
    check("100，000，000，000", MAX_FEN);
}

#[test]
fn refusals() {
    let check = |text: &str, expected: &str| {
        let message = parse_amount(text).unwrap_err().to_string();
        assert!(message.contains(expected), "{text}: {message}");
    };
    check("", "没有填写");
    check("  元", "没有填写");
    check("￥.", "没有填写");
    check("abc", "第 1 个字符“a”");
    check("￥12x", "第 4 个字符“x”");
    check("1.2.3", "第 4 个字符“.”");
    check("1.2,3", "第 4 个字符“,”");
    check("1e9", "第 2 个字符“e”");
    check("12 34", "第 3 个字符“ ”");
    check("三十五万", "第 1 个字符“三”");
    check("350,5", "逗号位置不对");
    check("1,2345", "逗号位置不对");
    check(",123", "逗号位置不对");
    check("1.005", "最小单位是分");
    check("0.0000001万元", "最小单位是分");
    check("1000.00000001亿元", "超过上限");
    check("99999999999999999999999999", "超过上限");
    check("-1001亿元", "超过上限");
}

/// Reads words back by their meaning, independently of how they were made.
fn meaning(words: &str) -> i128 {
    let (mut total, mut section, mut digit) = (0i128, 0i128, 0i128);
    let (sign, words) = words.strip_prefix('负').map_or((1, words), |rest| (-1, rest));
    let mut yi = 0i128;
    for c in words.chars() {
        if let Some(value) = DIGITS.iter().position(|d| *d == c) {
            digit = value as i128;
            continue;
        }
        match c {
            '拾' => section += digit * 10,
            '佰' => section += digit * 100,
            '仟' => section += digit * 1000,
            '万' => yi += (section + digit) * 10_000,
            '亿' => {
                total = (total + yi + section + digit) * 100_000_000;
                yi = 0;
            }
            '元' => total = (total + yi + section + digit) * 100,
            '角' => total += digit * 10,
            '分' => total += digit,
            other => assert_eq!(other, '整'),
        }
        if matches!(c, '万' | '亿' | '元') {
            section = 0;
        }
        digit = 0;
    }
    total * sign
}

proptest! {
    #[test]
    fn words_mean_the_amount(fen in any::<i64>(), shift in 0u32..63) {
        let fen = fen >> shift;
        let words = amount_in_words(fen);
        prop_assert_eq!(meaning(&words), i128::from(fen));
        prop_assert!(!words.contains("零零"));
        prop_assert!(!words.contains("零元") || fen == 0);
    }

    #[test]
    fn figures_read_back(fen in -MAX_FEN..=MAX_FEN, shift in 0u32..43) {
        let fen = fen >> shift;
        prop_assert_eq!(parse_amount(&amount_in_wan(fen)), Ok(fen));
        prop_assert_eq!(parse_amount(&amount_in_yuan(fen)), Ok(fen));
    }

    #[test]
    fn any_text_gets_an_answer(text in "[0-9.,,￥元万亿\\- ]{0,12}|\\PC{0,12}") {
        let _ = parse_amount(&text);
    }
}
