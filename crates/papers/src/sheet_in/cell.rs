//! One cell, read by the kind of its column.

use standards::credit_code::CreditCode;
use standards::division::{self, Division};
use standards::text::{half_width, suggest, without_spaces};
use standards::words::parse_amount;
use standards::{Date, division::DivisionLevel};

use super::unit::Figures;
use super::{Choices, Kind, Unit, Value, share};
use crate::table::{FORMULA, MERGED};

/// Errors of formulas, as spreadsheet programs show them.
const BROKEN: [&str; 9] = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#DATA!", "#GETTING_DATA"];
/// Options that are named where none was hit; beyond, the template's drop-down has them.
const NAMED_AT_MOST: usize = 8;
/// Serial days that are taken for one that lost its format: 1982 to 2064.
const SERIAL_DAYS: std::ops::Range<i32> = 30_000..60_000;
/// What stands for a price that is agreed on case by case.
pub(super) const NEGOTIABLE: &str = "面议";
/// Parts that the name of one option may fall into at the marks that stand between options.
const PARTS_OF_A_NAME: usize = 6;

/// What is wrong with a cell, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) remedy: String,
}

pub(super) fn wrong<T>(what: impl Into<String>, remedy: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { what: what.into(), remedy: remedy.into() })
}

/// What a cell that is not empty says; `figures` is what its head says of them.
pub(super) fn read(kind: &Kind, figures: Option<Figures>, text: &str) -> Result<Value, Wrong> {
    seen(text)?;
    // Words may begin with it; of anything else it is a formula, as CSV has one.
    if text.starts_with('=') && !matches!(kind, Kind::Text { .. }) {
        return uncomputed();
    }
    let unit = |own: Unit| if let Some(Figures::Money(unit)) = figures { unit } else { own };
    match kind {
        Kind::Text { max_chars } => line(text, *max_chars),
        Kind::CreditCode => code(text),
        Kind::Phone => phone(text),
        Kind::Place => place(text),
        Kind::Money(own) => money(text, unit(*own)),
        Kind::Price(_) if without_spaces(text) == NEGOTIABLE => Ok(Value::Negotiable),
        Kind::Price(own) => money(text, unit(*own)).map_err(|wrong| or_negotiable(&wrong)),
        Kind::Share => share::read(text, figures == Some(Figures::Percent)),
        Kind::Day { until } => day(text, *until),
        Kind::Count { unit, most } => count(text, unit, *most),
        Kind::Choice(choices) => choice(text, choices),
        Kind::Several(choices) => several(text, choices),
    }
}

fn uncomputed<T>() -> Result<T, Wrong> {
    wrong("单元格是公式，文件中没有它的计算结果", "请用表格软件打开并保存后重新上传，或者直接填写内容")
}

/// What a table gives in the place of a value that is not to be had.
fn seen(text: &str) -> Result<(), Wrong> {
    if BROKEN.iter().any(|broken| text.eq_ignore_ascii_case(broken)) {
        return wrong(format!("单元格是公式错误值{text}"), "请修正公式，或者直接填写内容");
    }
    if text.starts_with(FORMULA) {
        return uncomputed();
    }
    if text == MERGED {
        return wrong("单元格与上方合并，数字属于哪一行不清楚", "请取消合并单元格，逐行填写");
    }
    if digits_lost(text) {
        return wrong("该单元格被存成了数字，位数可能已丢失", "请改为文本格式后重新填写");
    }
    Ok(())
}

/// Whether a text is a number as spreadsheet programs show one of too many digits: `2.5152E+19`.
fn digits_lost(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    let parts = text.split_once("E+").or_else(|| text.split_once("e+"));
    let figure = |text: &str| text.split_once('.').map_or(digits(text), |(whole, fraction)| digits(whole) && digits(fraction));
    parts.is_some_and(|(number, power)| figure(number.trim_start_matches('-')) && digits(power))
}

fn line(text: &str, max_chars: usize) -> Result<Value, Wrong> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let chars = line.chars().count();
    if line.chars().any(char::is_control) {
        return wrong("含有看不见的控制字符", "请删除该单元格内容后重新录入");
    }
    if chars > max_chars {
        return wrong(format!("内容有{chars}个字，最多{max_chars}个字"), format!("请缩短到{max_chars}个字以内"));
    }
    Ok(Value::Text(line))
}

fn code(text: &str) -> Result<Value, Wrong> {
    match CreditCode::parse(text) {
        Ok(code) => Ok(Value::Text(code.as_str().to_owned())),
        Err(error) => wrong(format!("{error}"), "请按营业执照核对18位统一社会信用代码"),
    }
}

fn phone(text: &str) -> Result<Value, Wrong> {
    let phone = without_spaces(&half_width(text));
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let plain = phone.chars().all(|c| c.is_ascii_digit() || c == '-');
    let mobile = digits == 11 && phone.len() == 11 && phone.starts_with('1');
    let fixed = phone.starts_with('0') && (10..=12).contains(&digits);
    if plain && (mobile || fixed) {
        return Ok(Value::Text(phone));
    }
    wrong(format!("“{}”不是电话号码", cut(text)), "请填写11位手机号，或者带区号的固定电话，例如 0471-1234567")
}

fn place(text: &str) -> Result<Value, Wrong> {
    let Some(found) = division::find_by_name(text) else {
        let near = suggest(text, seats().map(|seat| seat.name.as_str()));
        let near = near.map_or(String::new(), |near| format!("是否应为“{near}”？"));
        return wrong(format!("没有“{}”这个地区", cut(text)), format!("{near}请从模板的下拉列表中选择旗县区"));
    };
    if is_seat(found) {
        return Ok(Value::Option(found.id.clone()));
    }
    wrong(format!("“{}”不是最小的地区", cut(text)), "请填写所在的旗县区，从模板的下拉列表中选择")
}

/// The places an organisation may lie in: those without a smaller one.
pub(super) fn seats() -> impl Iterator<Item = &'static Division> {
    division::divisions().iter().filter(|place| place.level != DivisionLevel::Prefecture && is_seat(place))
}

fn is_seat(place: &Division) -> bool {
    division::children(&place.id).next().is_none()
}

fn money(text: &str, unit: Unit) -> Result<Value, Wrong> {
    let bare = !text.contains(['元', '万', '亿']);
    match if bare { unit.fen(text) } else { parse_amount(text) } {
        Ok(fen) if fen < 0 => wrong("金额小于0", "请填写不小于0的金额"),
        Ok(fen) => Ok(Value::Fen(fen)),
        Err(error) => wrong(format!("{error}"), format!("请只填数字（单位：{}），或者在数字后写明单位，例如 12.5万元", unit.label())),
    }
}

fn or_negotiable(wrong: &Wrong) -> Wrong {
    Wrong { what: wrong.what.clone(), remedy: format!("{}；不定价的填“{NEGOTIABLE}”", wrong.remedy) }
}

fn day(text: &str, until: Date) -> Result<Value, Wrong> {
    match Date::parse(without_midnight(text)) {
        Ok(day) if day > until => wrong(format!("{}晚于{}", day.chinese(), until.chinese()), "请核对年份和月份"),
        Ok(day) => Ok(Value::Day(day)),
        Err(error) => wrong(format!("{error}"), serial(text).unwrap_or_else(|| "请写成 2026-01-20 的样式".to_owned())),
    }
}

/// A day as a database writes it, `2015-3-2 00:00:00`.
fn without_midnight(text: &str) -> &str {
    text.split_once([' ', 'T'])
        .filter(|(_, hour)| ["00:00:00", "0:00:00", "00:00", "0:00"].contains(&hour.trim()))
        .map_or(text, |(day, _)| day)
}

/// What to do about a number that may be a day: it is said, not guessed.
fn serial(text: &str) -> Option<String> {
    let number = text.parse::<i32>().ok().filter(|number| SERIAL_DAYS.contains(number))?;
    let day = Date::from_days(number - 25_569)?;
    Some(format!("该单元格可能是丢失了格式的日期{day}；如果是，请改写为{day}，或者把该列设为日期格式"))
}

fn count(text: &str, unit: &str, most: u64) -> Result<Value, Wrong> {
    let plain = without_spaces(&half_width(text)).replace(',', "");
    let digits = if unit.is_empty() { plain.as_str() } else { plain.trim_end_matches(unit) };
    match digits.parse::<u64>() {
        Ok(number) if number > most => wrong(format!("{number}超过{most}"), "请核对位数"),
        Ok(number) if !digits.starts_with('+') => Ok(Value::Count(number)),
        _ => wrong(format!("“{}”不是0或者正整数", cut(text)), "请只填整数，例如 120"),
    }
}

fn choice(text: &str, choices: &Choices) -> Result<Value, Wrong> {
    match choices.find(text) {
        Some(found) => Ok(Value::Option(found.id.clone())),
        None => none_of(text, choices),
    }
}

fn none_of(text: &str, choices: &Choices) -> Result<Value, Wrong> {
    let remedy = match suggest(text, choices.labels()) {
        Some(near) => format!("是否应为“{near}”？请从模板的下拉列表中选择"),
        None if choices.labels().count() <= NAMED_AT_MOST => format!("请填写其中一项：{}", choices.labels().collect::<Vec<_>>().join("、")),
        None => "请从模板的下拉列表中选择".to_owned(),
    };
    wrong(format!("没有“{}”这个选项", cut(text)), remedy)
}

/// Options with marks between them. A name may have such marks in itself (`泵、阀门、压缩机`), so the longest run of parts that
/// is a name is taken for one.
fn several(text: &str, choices: &Choices) -> Result<Value, Wrong> {
    let parts: Vec<&str> =
        text.split(|sign: char| sign.is_whitespace() || "、，,；;/|".contains(sign)).filter(|part| !part.is_empty()).collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < parts.len() {
        let ends = (at + 1..=parts.len().min(at + PARTS_OF_A_NAME)).rev();
        let longest = ends.filter_map(|end| Some((choices.find(&parts[at..end].concat())?, end))).next();
        let Some((choice, end)) = longest else { return none_of(parts[at], choices) };
        if !found.contains(&choice.id) {
            found.push(choice.id.clone());
        }
        at = end;
    }
    if found.is_empty() { none_of(text, choices) } else { Ok(Value::Options(found)) }
}

/// The beginning of a text, for a sentence.
pub(super) fn cut(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(30).collect()
}
