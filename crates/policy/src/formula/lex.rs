//! Words and marks of a formula.

use super::{SyntaxError, Unit};
use crate::exact::Exact;
use standards::date::Date;
use std::ops::Range;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Number(Exact, Unit),
    Date(Date),
    Word(String),
    Name(String),
    Mark(&'static str),
}

pub type Lexeme = (Token, Range<usize>);

const MARKS: [&str; 16] = ["<=", ">=", "!=", "(", ")", "[", "]", ",", "+", "-", "*", "/", "=", "<", ">", "."];
const COUNTERS: [&str; 10] = ["个月", "家", "个", "年", "天", "日", "月", "人", "台", "级"];
const LONGEST: usize = 2_000;
/// Most words and marks: each part of a chain lies one deeper than the next, and readers go down recursively.
const MOST: usize = 300;

/// Splits a formula; full-width punctuation is pointed out, not guessed.
pub fn lex(text: &str) -> Result<Vec<Lexeme>, SyntaxError> {
    if text.len() > LONGEST {
        return Err(SyntaxError::new(0, format!("公式过长，最多{LONGEST}字节")).suggest("请拆成多个 [[value]]"));
    }
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let (token, length) = one(rest).map_err(|mut error| {
            error.offset += at;
            error
        })?;
        if all.len() == MOST {
            return Err(SyntaxError::new(at, format!("公式过长，最多{MOST}个词和符号")).suggest("请拆成多个 [[value]]"));
        }
        all.push((token, at..at + length));
        at += length;
    }
    Ok(all)
}

fn one(rest: &str) -> Result<(Token, usize), SyntaxError> {
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        return number(rest);
    }
    if first == '\'' {
        let end = rest[1..].find('\'').ok_or_else(|| SyntaxError::new(0, "缺少右引号 '"))?;
        return Ok((Token::Word(rest[1..=end].to_owned()), end + 2));
    }
    if first.is_ascii_alphabetic() || first == '_' {
        return Ok(name(rest));
    }
    match MARKS.iter().find(|mark| rest.starts_with(**mark)) {
        Some(mark) => Ok((Token::Mark(mark), mark.len())),
        None => Err(unknown(first)),
    }
}

fn unknown(letter: char) -> SyntaxError {
    let error = SyntaxError::new(0, format!("公式中不能使用“{letter}”"));
    match letter {
        '（' | '）' | '，' | '≥' | '≤' | '＝' | '×' | '“' | '”' | '‘' | '’' => {
            error.suggest("请使用半角符号，如 ( ) , >= <= = * '")
        }
        _ => error,
    }
}

fn name(rest: &str) -> (Token, usize) {
    let inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
    let length = rest.find(|letter| !inside(letter)).unwrap_or(rest.len());
    let length = rest[..length].trim_end_matches('.').len();
    (Token::Name(rest[..length].to_owned()), length)
}

fn number(rest: &str) -> Result<(Token, usize), SyntaxError> {
    if let Some(date) = date_text(rest) {
        let parsed = Date::parse(date).map_err(|_| SyntaxError::new(0, format!("日期 {date} 不存在")).suggest("日期写作 2024-07-01"))?;
        return Ok((Token::Date(parsed), date.len()));
    }
    let length = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    let exact = Exact::parse(&rest[..length]).ok_or_else(|| SyntaxError::new(0, format!("数字 {} 不合规或过大", &rest[..length])))?;
    let (value, unit, unit_length) = with_unit(exact, &rest[length..])?;
    Ok((Token::Number(value, unit), length + unit_length))
}

fn date_text(rest: &str) -> Option<&str> {
    let text = rest.get(..10)?;
    let shape = text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    shape.then_some(text)
}

fn with_unit(exact: Exact, rest: &str) -> Result<(Exact, Unit, usize), SyntaxError> {
    let too_large = || SyntaxError::new(0, "数字过大");
    for (unit, fen) in [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100)] {
        if rest.starts_with(unit) {
            let fen = exact.times(Exact::whole(fen)).ok_or_else(too_large)?;
            if fen.denominator() != 1 {
                return Err(SyntaxError::new(0, "金额不足一分").suggest("金额最小单位为分，即 0.01元"));
            }
            return Ok((fen, Unit::Money, unit.len()));
        }
    }
    if rest.starts_with('%') {
        let hundredth = Exact::new(1, 100).unwrap_or(Exact::ONE);
        return Ok((exact.times(hundredth).ok_or_else(too_large)?, Unit::Share, 1));
    }
    if rest.starts_with('分') {
        return Ok((exact, Unit::Score, '分'.len_utf8()));
    }
    let counter = COUNTERS.iter().find(|counter| rest.starts_with(**counter));
    Ok((exact, Unit::Plain, counter.map_or(0, |counter| counter.len())))
}
