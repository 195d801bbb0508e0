//! A table to fill in: the heads that matter most for a programme, with two made-up rows.

use policy::pack::{Input, Pack};
use policy::program::Type;

use super::guide;

/// Spreadsheets take a CSV for UTF-8 only when it says so.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The template of a pack whose calculator's values are entered.
pub(super) fn csv(pack: &Pack) -> String {
    let inputs = inputs(pack);
    let fixed = |number: usize| if number == 0 { ["编号".to_owned(), "权重".to_owned()] } else { [format!("企业{number}"), "1".to_owned()] };
    let line = |number: usize| {
        let cell = |input: &&Input| if number == 0 { guide::head(pack, input) } else { example(pack, input, number) };
        let cells: Vec<String> = fixed(number).into_iter().chain(inputs.iter().map(cell)).map(|text| quoted(&text)).collect();
        format!("{}\r\n", cells.join(","))
    };
    format!("{BYTE_ORDER_MARK}{}{}{}", line(0), line(1), line(2))
}

/// Choices, levels, keys of tables and what is entered directly; without a calculator also every amount that is read.
fn inputs(pack: &Pack) -> Vec<&Input> {
    let keys = guide::keys(pack);
    let amounts = pack.calculator.is_none();
    let wanted = |input: &&Input| match input.meta.ty {
        Type::Choice(_) | Type::Level => true,
        Type::Money if amounts => true,
        _ => input.group == "given" || pack.input(&input.id()).is_some_and(|at| keys.contains(&at)),
    };
    guide::columns(pack).into_iter().filter(wanted).collect()
}

fn example(pack: &Pack, input: &Input, number: usize) -> String {
    let first = number == 1;
    let one = |a: &str, b: &str| if first { a } else { b }.to_owned();
    match input.meta.ty {
        Type::Choice(of) => option(pack, of, number - 1),
        Type::Level => one("二级", "三级"),
        Type::Money => one("60万元", "300万元"),
        Type::Share => one("50%", "80%"),
        Type::YesNo => "是".to_owned(),
        Type::Date => one("2025-03-31", "2025-06-30"),
        Type::Party => format!("企业{number}"),
        _ => one("2", "3"),
    }
}

fn option(pack: &Pack, of: u16, at: usize) -> String {
    let options = pack.choices.get(usize::from(of)).map_or(&[][..], |choice| &choice.options);
    options.get(at.min(options.len().saturating_sub(1))).map_or(String::new(), |word| word.label.clone())
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(super::quoted("投入"), "投入");
        assert_eq!(super::quoted("甲,\"乙\""), "\"甲,\"\"乙\"\"\"");
    }
}
