//! A row in one readable line, to choose it by and to find it again.

use policy::program::{Kind, Type};
use records::answers::RowAnswers;
use records::application::fact_field;

use super::{Sheet, said, text};

/// Texts in a line.
const PARTS: usize = 3;

/// 第1行：某公司，2025年3月1日，60万元
pub(super) fn line(sheet: &Sheet, kind: Kind, at: usize, row: &RowAnswers) -> String {
    let said = parts(sheet, kind, row);
    let number = number(at);
    if said.is_empty() { number } else { format!("{number}：{}", said.join("，")) }
}

/// 第1行
pub(super) fn number(at: usize) -> String {
    format!("第{}行", at + 1)
}

/// The first texts that tell rows apart: names and amounts before anything else.
fn parts(sheet: &Sheet, kind: Kind, row: &RowAnswers) -> Vec<String> {
    let telling = |ty: Type| matches!(ty, Type::Party | Type::Money | Type::Date | Type::Choice(_));
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
