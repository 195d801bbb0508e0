//! Amounts of money read from what people type, into whole fen.

use crate::text::half_width;

/// Largest amount [`parse_amount`] accepts, in fen: 10^13, a hundred thousand million yuan.
pub const MAX_FEN: i64 = 10_000_000_000_000;

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing but spaces and signs was written.
    #[error("金额没有填写，请填写数字，例如 120000 或 12万元")]
    Empty,
    /// A character that belongs in no amount, or in no such place.
    #[error("金额第 {position} 个字符“{found}”无法识别，请只填数字、小数点和单位（元、万元、亿元）")]
    NotANumber {
        /// Place of the character in the text without its surrounding spaces, from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// The thousands separators do not part groups of three digits.
    #[error("金额“{text}”的逗号位置不对，千分位逗号每三位一个；如果想写小数，请用小数点")]
    MisplacedSeparator {
        /// The digits as written, cut to 40 characters.
        text: String,
    },
    /// The amount has a fraction of a fen.
    #[error("金额“{text}”精确到了分以下，最小单位是分（0.01元），请核对小数位数")]
    FinerThanFen {
        /// The digits as written, cut to 40 characters.
        text: String,
    },
    /// The amount is beyond [`MAX_FEN`].
    #[error("金额“{text}”超过上限 1000亿元，请核对位数和单位")]
    TooLarge {
        /// The digits as written, cut to 40 characters.
        text: String,
    },
}

/// Reads an amount into fen: `350000`, `￥350,000.00`, `３５万元`, `1.2亿元`, `人民币 80 元整`, `-12.50`.
///
/// Without a unit it is yuan. No figure is rounded.
///
/// # Errors
/// [`AmountError`] when there is no number, a character is out of place, the separators do not part
/// groups of three, a fraction of a fen is left, or the amount is beyond [`MAX_FEN`] either way.
pub fn parse_amount(text: &str) -> Result<i64, AmountError> {
    let text = half_width(text.trim());
    let (body, offset) = without_prefix(&text);
    let (negative, body, offset) = match body.strip_prefix(['-', '−', '负']) {
        Some(rest) => (true, rest, offset + 1),
        None => (false, body, offset),
    };
    let (bare, more) = without_prefix(body);
    let (number, places) = without_unit(bare.trim_end());
    let fen = digits_to_fen(number, places, offset + more)?;
    Ok(if negative { -fen } else { fen })
}

/// The text after the currency marks, and how many characters they took.
fn without_prefix(text: &str) -> (&str, usize) {
    let mut rest = text;
    for mark in ["人民币", "RMB", "CNY", "¥"] {
        rest = rest.trim_start();
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    rest = rest.trim_start();
    (rest, text.chars().count() - rest.chars().count())
}

/// The number before its unit, and the power of ten of the unit in fen.
fn without_unit(text: &str) -> (&str, u32) {
    let text = text.strip_suffix(['整', '正']).unwrap_or(text).trim_end();
    let text = text.strip_suffix(['元', '圆']).unwrap_or(text).trim_end();
    for (unit, places) in [('万', 6), ('亿', 10)] {
        if let Some(number) = text.strip_suffix(unit) {
            return (number.trim_end(), places);
        }
    }
    (text, 2)
}

fn digits_to_fen(number: &str, places: u32, offset: usize) -> Result<i64, AmountError> {
    let shown = || number.chars().take(40).collect::<String>();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if let Some(error) = misfit(number, offset) {
        return Err(error);
    }
    if whole.contains(',') && !separators_fit(whole) {
        return Err(AmountError::MisplacedSeparator { text: shown() });
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > places as usize {
        return Err(AmountError::FinerThanFen { text: shown() });
    }
    let digits = format!("{}{fraction:0<width$}", whole.replace(',', ""), width = places as usize);
    match digits.trim_start_matches('0') {
        "" => Ok(0),
        digits => digits.parse::<i64>().ok().filter(|fen| *fen <= MAX_FEN).ok_or_else(|| AmountError::TooLarge { text: shown() }),
    }
}

/// The first character that cannot stand where it does: anything but digits, commas before the
/// decimal point, and one point.
fn misfit(number: &str, offset: usize) -> Option<AmountError> {
    if !number.contains(|c: char| c.is_ascii_digit()) && number.chars().all(|c| matches!(c, '.' | ',')) {
        return Some(AmountError::Empty);
    }
    let point = number.find('.').unwrap_or(number.len());
    let fits = |at: usize, c: char| c.is_ascii_digit() || (c == ',' && at < point) || (c == '.' && at == point);
    let (index, (_, found)) = number.char_indices().enumerate().find(|(_, (at, c))| !fits(*at, *c))?;
    Some(AmountError::NotANumber { position: offset + index + 1, found })
}

fn separators_fit(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().len();
    (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
}
