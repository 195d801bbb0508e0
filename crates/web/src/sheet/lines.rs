//! A row in one readable line, to choose it by and to find it again.

use policy::program::{Kind, Type};
use records::answers::RowAnswers;
use records::application::fact_field;

use super::{Sheet, said, text};

/// Texts in a line.
const PARTS: usize = 3;

/// 第1行：某公司，2025年3月1日，60万元
pub(super) fn line(sheet: &Sheet, kind: Kind, at: usize, row: &RowAnswers) -> String {
    format!("{}{}", number(at), said(sheet, kind, row))
}

/// ：某公司，2025年3月1日，60万元; nothing of an empty row.
pub(super) fn said(sheet: &Sheet, kind: Kind, row: &RowAnswers) -> String {
    let said = parts(sheet, kind, row);
    if said.is_empty() { String::new() } else { format!("：{}", said.join("，")) }
}

/// 第1行
pub(super) fn number(at: usize) -> String {
    format!("第{}行", at + 1)
}

/// The names of the facts a line is made of, for the script that keeps it up to date: those that tell rows apart, or all where none does.
pub(super) fn names<'a>(sheet: &Sheet<'a>, kind: Kind) -> Vec<&'a str> {
    let inputs = &sheet.pack.inputs[kind as usize];
    let telling: Vec<&str> = inputs.iter().filter(|input| telling(input.meta.ty)).map(|input| input.name.as_str()).collect();
    if telling.is_empty() { inputs.iter().map(|input| input.name.as_str()).collect() } else { telling }
}

fn telling(ty: Type) -> bool {
    matches!(ty, Type::Party | Type::Money | Type::Date | Type::Choice(_))
}

/// The first texts that tell rows apart: names and amounts before anything else.
fn parts(sheet: &Sheet, kind: Kind, row: &RowAnswers) -> Vec<String> {
    let filled = sheet.pack.inputs[kind as usize].iter().enumerate().filter(|(_, input)| !text(row, &input.name).is_empty());
    let filled: Vec<usize> = filled.map(|(input, _)| input).collect();
    let mut first: Vec<usize> =
        filled.iter().copied().filter(|input| telling(sheet.pack.inputs[kind as usize][*input].meta.ty)).take(PARTS).collect();
    if first.is_empty() {
        first = filled.into_iter().take(PARTS).collect();
    }
    first
        .into_iter()
        .map(|input| said::text(sheet, &fact_field(sheet.pack, kind, input), text(row, &sheet.pack.inputs[kind as usize][input].name)))
        .collect()
}
