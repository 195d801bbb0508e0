//! Amounts of money as texts: in Chinese words, in yuan, in ten thousand yuan; and read back.
//!
//! Every amount is a whole number of fen.

pub use crate::amount::{AmountError, MAX_FEN, parse_amount};

/// Fen of ten thousand yuan.
const FEN_OF_WAN: i64 = 1_000_000;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// The amount in Chinese words, `壹万贰仟叁佰元整`.
///
/// Follows 《支付结算办法》附一 (正确填写票据和结算凭证的基本规定): `整` stands after 元 and is left out after
/// 角 and 分; several noughts in a row give one 零; where the rule leaves 零 to choice its first form is
/// taken (`壹仟陆佰捌拾元零叁角贰分`, `壹拾万柒仟元零伍角叁分`). Nothing is `零元整`, a negative amount begins
/// with `负`. A cheque wants [`with_currency`] around it.
pub fn amount_in_words(fen: i64) -> String {
    let sign = if fen < 0 { "负" } else { "" };
    let total = fen.unsigned_abs();
    let (yuan, jiao, cents) = (total / 100, (total / 10 % 10) as usize, (total % 10) as usize);
    if total == 0 {
        return "零元整".to_owned();
    }
    let mut words = sign.to_owned();
    if yuan > 0 {
        words.push_str(&whole(yuan));
        words.push('元');
    }
    push_small_change(&mut words, yuan, jiao, cents);
    words
}

fn push_small_change(words: &mut String, yuan: u64, jiao: usize, cents: usize) {
    if jiao == 0 && cents == 0 {
        words.push('整');
        return;
    }
    if yuan > 0 && (jiao == 0 || yuan.is_multiple_of(10)) {
        words.push('零');
    }
    if jiao > 0 {
        words.extend([DIGITS[jiao], '角']);
    }
    if cents > 0 {
        words.extend([DIGITS[cents], '分']);
    }
}

/// A positive whole number in words, split at 亿, then at 万, then by digits.
fn whole(number: u64) -> String {
    for (unit, name) in [(100_000_000, '亿'), (10_000, '万')] {
        if number >= unit {
            return joined(number / unit, name, number % unit, unit);
        }
    }
    for (unit, name) in [(1000, '仟'), (100, '佰'), (10, '拾')] {
        if number >= unit {
            return joined(number / unit, name, number % unit, unit);
        }
    }
    DIGITS[number as usize % 10].to_string()
}

fn joined(high: u64, name: char, low: u64, unit: u64) -> String {
    let gap = if low > 0 && low < unit / 10 { "零" } else { "" };
    let low = if low > 0 { whole(low) } else { String::new() };
    format!("{}{name}{gap}{low}", whole(high))
}

/// The words with the currency before them as on a cheque, `人民币壹万元整`.
pub fn with_currency(words: &str) -> String {
    format!("人民币{words}")
}

/// The exact amount in ten thousand yuan without trailing noughts: `35万元`, `12.3456万元`.
pub fn amount_in_wan(fen: i64) -> String {
    format!("{}万元", decimal(fen, 6, false))
}

/// The amount in yuan with thousands separators, and with both decimals unless they are nought:
/// `350,000元`, `1,234.50元`.
pub fn amount_in_yuan(fen: i64) -> String {
    let cents = fen.unsigned_abs() % 100;
    let whole = decimal(fen - fen % 100, 2, true);
    let sign = if fen < 0 && fen > -100 { "-" } else { "" };
    match cents {
        0 => format!("{whole}元"),
        _ => format!("{sign}{whole}.{cents:02}元"),
    }
}

/// The amount as official papers say it: in ten thousand yuan where two decimals say all of it, else in yuan with its fen:
/// `35万元`, `27.28万元`, `272,727.27元`. Nothing is lost either way.
pub fn money(fen: i64) -> String {
    if fen != 0 && fen % (FEN_OF_WAN / 100) == 0 { amount_in_wan(fen) } else { amount_in_yuan(fen) }
}

/// The exact amount for a column whose head says 万元: a bare figure with as many decimals as it needs, up to six, for one column has one
/// unit.
pub fn money_under_wan(fen: i64) -> String {
    decimal(fen, 6, false)
}

/// A total of many amounts in ten thousand yuan without its unit, rounded to two decimals, half away from nought. For statistics: an amount
/// that somebody is granted or asked for is never rounded to be shown.
pub fn total_in_wan(fen: i64) -> String {
    let step = FEN_OF_WAN / 100;
    let rounded = (i128::from(fen).abs() + i128::from(step / 2)) / i128::from(step);
    let signed = if fen < 0 { -rounded } else { rounded };
    decimal(i64::try_from(signed).unwrap_or(i64::MAX), 2, false)
}

/// `number` / 10^`places` as exact decimal text without trailing noughts.
fn decimal(number: i64, places: u32, separated: bool) -> String {
    let unit = 10u64.pow(places);
    let (whole, rest) = (number.unsigned_abs() / unit, number.unsigned_abs() % unit);
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    match separated {
        true => text.push_str(&thousands(whole)),
        false => text.push_str(&whole.to_string()),
    }
    if rest > 0 {
        let fraction = format!("{rest:0width$}", width = places as usize);
        text.push('.');
        text.push_str(fraction.trim_end_matches('0'));
    }
    text
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
