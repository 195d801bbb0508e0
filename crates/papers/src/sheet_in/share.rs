//! A share in a cell. What is formatted as a percentage arrives with its sign; a figure without one may be a part of one or of a hundred,
//! and that is asked about, not guessed.

use standards::text::{half_width, without_spaces};

use super::Value;
use super::cell::{Wrong, cut, wrong};

/// What to do about a share that cannot be told.
const REMEDY: &str = "请写成百分数，例如 4.35%";

/// What a cell says; `in_hundredths` where the head of its column names the sign.
pub(super) fn read(text: &str, in_hundredths: bool) -> Result<Value, Wrong> {
    let plain = without_spaces(&half_width(text));
    let (signed, figure) = match plain.strip_suffix('%') {
        Some(figure) => (true, figure),
        None => (in_hundredths, plain.as_str()),
    };
    match digits(figure) {
        None => wrong(format!("“{}”不是比例", cut(text)), REMEDY),
        Some(figure) if signed || figure == "0" => Ok(Value::Share(figure)),
        Some(_) => wrong(format!("“{}”没有百分号，不清楚是百分之多少", cut(text)), REMEDY),
    }
}

/// The digits of a figure as they are compared: none before the first but one before the point, none that say nothing at the end.
fn digits(figure: &str) -> Option<String> {
    let (sign, figure) = figure.strip_prefix('-').map_or(("", figure), |figure| ("-", figure));
    let (whole, part) = figure.split_once('.').unwrap_or((figure, ""));
    let all = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
    if !all(whole) || !all(part) || (whole.is_empty() && part.is_empty()) || figure.ends_with('.') {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let sign = if whole == "0" && part.is_empty() { "" } else { sign };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_with_their_sign() {
        for (text, in_hundredths, expected) in [
            ("4.35%", false, Ok("4.35")),
            ("4.350 ％", false, Ok("4.35")),
            ("０.5%", false, Ok("0.5")),
            ("100%", false, Ok("100")),
            ("-3.5%", false, Ok("-3.5")),
            ("0", false, Ok("0")),
            ("-0.0", false, Ok("0")),
            ("4.35", true, Ok("4.35")),
            ("0.0435", true, Ok("0.0435")),
            ("4.35%", true, Ok("4.35")),
            ("0.0435", false, Err("“0.0435”没有百分号")),
            ("4.35", false, Err("“4.35”没有百分号")),
            ("1", false, Err("“1”没有百分号")),
            ("三成", false, Err("“三成”不是比例")),
            ("1.", true, Err("不是比例")),
            ("%", false, Err("不是比例")),
            ("1.2.3%", false, Err("不是比例")),
        ] {
            let found = read(text, in_hundredths);
            match (&found, expected) {
                (Ok(Value::Share(figure)), Ok(expected)) => assert_eq!(figure, expected, "{text}"),
                (Err(wrong), Err(part)) => assert!(wrong.what.contains(part) && wrong.remedy == REMEDY, "{text}: {wrong:?}"),
                _ => panic!("{text}: {found:?}"),
            }
        }
    }
}
