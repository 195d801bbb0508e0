//! The fields of an invoice among the words of its page, found by the words printed before them.
//!
//! Buyer and seller stand beside each other on a 数电票 and one above the other on older invoices; in both the buyer comes first.

use super::Field;
use super::raw::{Raw, RawLine};
use crate::pdf_in::Run;

/// Most runs of text that are laid out.
const MAX_RUNS: usize = 20_000;
/// Most bytes of text that are laid out, and most places of one label on a line: a line has two parties.
const MAX_BYTES: usize = 1 << 20;
const MAX_FOUND: usize = 8;
/// Between words that stand apart on a line.
const GAP: char = '\t';
/// How far apart, in sizes of the text, characters of one word can stand.
const WORD_GAP: f64 = 0.8;
/// How far apart, in sizes of the text, the feet of one line can lie.
const LINE_STEP: f64 = 0.4;

/// Words printed before a field that stands once.
const LABELS: [(Field, &str); 3] = [(Field::Code, "发票代码"), (Field::IssuedOn, "开票日期"), (Field::TotalWords, "(大写)")];
/// Words printed before a number; a 数电纸票 has both, where the longer name has the shorter one within it.
const NUMBERS: [&str; 2] = ["发票号码", "数电票号码"];
/// Digits of a number that came with the form an invoice is printed on.
const FORM_DIGITS: usize = 8;
/// Words that end a value wherever they stand.
const ENDS: [&str; 11] = [
    "名称:",
    "纳税人识别号",
    "统一社会信用代码",
    "发票号码",
    "数电票号码",
    "数电发票号码",
    "发票代码",
    "开票日期",
    "校验码",
    "(小写)",
    "机器编号",
];
/// Words before the codes of the parties; the longer one first.
const CODES: [&str; 2] = ["纳税人识别号:", "统一社会信用代码:"];
/// Lines that the remark on an invoice taken back may take.
const REMARK_LINES: usize = 2;
/// What may stand in the place of a rate.
const RATES: [&str; 4] = ["免税", "不征税", "***", "出口零税率"];

/// What the words of some pages say.
pub(super) fn fields(runs: &[Run]) -> Raw {
    let lines = lines(runs);
    let mut raw = Raw::default();
    for (field, label) in LABELS {
        let found = lines.iter().find_map(|line| after(line, label).into_iter().next());
        raw.put(field, &found.unwrap_or_default().replace(GAP, ""));
    }
    numbers(&lines, &mut raw);
    parties(&lines, &mut raw);
    totals(&lines, &mut raw);
    for title in ["专用发票", "普通发票"] {
        if lines.iter().any(|line| bare(line).contains(title)) && !raw.has(Field::Kind) {
            raw.put(Field::Kind, title);
        }
    }
    raw.lines = lines.iter().filter_map(|line| goods(line)).collect();
    raw.remark = remark(&lines);
    raw
}

/// The first number; and of an invoice with a code the first of the other kind, beside what is remarked of other invoices.
fn numbers(lines: &[String], raw: &mut Raw) {
    let remarked = remarked(lines).map_or(usize::MAX..usize::MAX, |at| at..at + REMARK_LINES);
    let lines = lines.iter().enumerate().filter(|(at, _)| !remarked.contains(at));
    let of_line = |line: &String| NUMBERS.iter().flat_map(|label| after(line, label)).collect::<Vec<_>>();
    let all: Vec<String> = lines.flat_map(|(_, line)| of_line(line)).map(|text| text.replace([GAP, ' '], "")).collect();
    let of_form = |text: &String| text.len() == FORM_DIGITS;
    let Some(first) = all.first().filter(|text| !text.is_empty()) else { return };
    raw.put(Field::Number, first);
    let other = all.iter().find(|text| !text.is_empty() && of_form(text) != of_form(first));
    raw.put(Field::Number, other.filter(|_| raw.has(Field::Code)).map_or("", String::as_str));
}

fn parties(lines: &[String], raw: &mut Raw) {
    let names: Vec<String> = lines.iter().flat_map(|line| after(line, "名称:")).collect();
    let codes: Vec<String> = lines.iter().flat_map(|line| codes(line)).collect();
    for (fields, texts) in [([Field::BuyerName, Field::SellerName], names), ([Field::BuyerCode, Field::SellerCode], codes)] {
        for (field, text) in fields.into_iter().zip(texts) {
            raw.put(field, &named(text.trim_matches(GAP).split(GAP).next().unwrap_or_default()));
        }
    }
}

/// A name as it is written: brackets are as wide as the characters around them.
fn named(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.replace('(', "（").replace(')', "）") }
}

fn codes(line: &str) -> Vec<String> {
    CODES.iter().map(|label| after(line, label)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// 合计 has the amount without tax and the tax; 价税合计 the total in figures after 小写.
fn totals(lines: &[String], raw: &mut Raw) {
    for line in lines {
        let plain = bare(line);
        if plain.contains("价税合计") {
            let small = after(line, "(小写)").into_iter().next();
            let figures = small.map_or_else(|| figures(line), |text| figures(&text));
            raw.put(Field::Total, figures.last().map_or("", String::as_str));
        } else if plain.starts_with("合计") {
            let figures = figures(line);
            raw.put(Field::Net, figures.first().map_or("", String::as_str));
            raw.put(Field::Tax, figures.get(1).map_or("", String::as_str));
        }
    }
}

/// The amounts on a line, without the sign of the currency.
fn figures(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    for word in line.split([GAP, ' ', '¥']) {
        let plain = word.trim();
        let figure = plain.strip_prefix('-').unwrap_or(plain);
        let digits = figure.chars().all(|one| one.is_ascii_digit() || matches!(one, '.' | ',')) && figure.contains('.');
        if digits && figure.len() <= 20 {
            all.push(plain.to_owned());
        }
    }
    all
}

/// A line of goods begins with its class between stars and has the rate between amount and tax.
fn goods(line: &str) -> Option<RawLine> {
    let words: Vec<&str> = line.split([GAP, ' ']).filter(|word| !word.is_empty()).collect();
    let item = words.first().filter(|word| word.starts_with('*') && word.matches('*').count() >= 2)?;
    let rate = words.iter().rposition(|word| word.ends_with('%') || RATES.contains(word)).filter(|at| *at > 0)?;
    let text = |at: usize| words.get(at).copied().unwrap_or_default().to_owned();
    Some(RawLine { item: (*item).to_owned(), net: text(rate - 1), rate: text(rate), tax: text(rate + 1) })
}

/// From the line that names an invoice taken back; what else is remarked is not needed.
fn remark(lines: &[String]) -> String {
    let of = |at: usize| lines.iter().skip(at).take(REMARK_LINES).map(|line| bare(line)).collect::<Vec<_>>().join(" ");
    remarked(lines).map(of).unwrap_or_default()
}

/// Where it begins.
fn remarked(lines: &[String]) -> Option<usize> {
    lines.iter().position(|line| bare(line).contains("蓝字") || bare(line).contains("对应正数"))
}

/// What stands after each place of a label on a line, whatever blanks lie within the label.
fn after(line: &str, label: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((_, end)) = find(&line[from..], label).filter(|_| found.len() < MAX_FOUND) {
        let rest = line[from + end..].trim_start_matches([GAP, ' ', ':']);
        let until = ENDS.iter().filter_map(|word| find(rest, word)).map(|(start, _)| start).min().unwrap_or(rest.len());
        found.push(rest[..until].trim().to_owned());
        from += end;
    }
    found
}

/// Where a label begins and ends, blanks not counted.
fn find(line: &str, label: &str) -> Option<(usize, usize)> {
    let first = label.chars().next()?;
    line.char_indices().filter(|(_, one)| *one == first).find_map(|(start, _)| {
        let mut wanted = label.chars().peekable();
        for (at, one) in line[start..].char_indices() {
            match wanted.peek() {
                None => return Some((start, start + at)),
                Some(next) if *next == one => drop(wanted.next()),
                Some(_) if one == GAP || one == ' ' => {}
                Some(_) => return None,
            }
        }
        wanted.peek().is_none().then_some((start, line.len()))
    })
}

fn bare(line: &str) -> String {
    line.chars().filter(|one| *one != GAP && *one != ' ').collect()
}

/// Lines from top to bottom: words from left to right, a [`GAP`] between those that stand apart, signs in half width.
fn lines(runs: &[Run]) -> Vec<String> {
    let mut sorted: Vec<&Run> = runs.iter().filter(|run| !run.text.trim().is_empty() && run.x.is_finite() && run.y.is_finite()).collect();
    let mut left = MAX_BYTES;
    let fits = |run: &&Run| {
        left = left.saturating_sub(run.text.len());
        left > 0
    };
    sorted = sorted.into_iter().take(MAX_RUNS).take_while(fits).collect();
    sorted.sort_by(|a, b| a.page.cmp(&b.page).then(b.y.total_cmp(&a.y)).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<&Run>> = Vec::new();
    for run in sorted {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| same_line(last, run)) => line.push(run),
            _ => lines.push(vec![run]),
        }
    }
    lines.into_iter().map(joined).collect()
}

fn same_line(one: &Run, other: &Run) -> bool {
    one.page == other.page && (one.y - other.y).abs() <= LINE_STEP * one.size.abs().max(other.size.abs())
}

fn joined(mut line: Vec<&Run>) -> String {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let (mut text, mut end) = (String::new(), f64::NEG_INFINITY);
    for run in line {
        if !text.is_empty() && run.x - end > WORD_GAP * run.size.abs() {
            text.push(GAP);
        }
        text.push_str(&standards::text::half_width(&run.text));
        end = run.x + width(&run.text) * run.size.abs();
    }
    text
}

/// About how wide a text is, in sizes: Chinese characters are square, others half of it.
fn width(text: &str) -> f64 {
    text.chars().map(|one| if one.is_ascii() { 0.5 } else { 1.0 }).sum()
}
