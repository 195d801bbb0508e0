//! A table to fill in: the heads that matter most for a programme, with two made-up rows.

use policy::pack::{Input, Pack};
use policy::program::Type;
use policy::term::{Form, Symbol, Term};

use super::guide;

/// Spreadsheets take a CSV for UTF-8 only when it says so.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The template of a pack whose calculator's values are entered.
pub(super) fn csv(pack: &Pack) -> String {
    let columns = [fixed(), inputs(pack).into_iter().map(|input| input_column(pack, input)).collect(), recognised(pack)].concat();
    let line = |at: usize| {
        let cells: Vec<String> = columns.iter().map(|column| quoted(&column[at])).collect();
        format!("{}\r\n", cells.join(","))
    };
    format!("{BYTE_ORDER_MARK}{}{}{}", line(0), line(1), line(2))
}

/// A head and its cell in both rows.
type Column = [String; 3];

fn fixed() -> Vec<Column> {
    [["编号", "企业1", "企业2"], ["权重", "1", "1"]].map(|column| column.map(str::to_owned)).to_vec()
}

/// Choices, levels, keys of tables and what is entered directly; without a calculator also every amount that is read.
fn inputs(pack: &Pack) -> Vec<&Input> {
    let keys = guide::keys(pack);
    let wanted = |input: &&Input| match input.meta.ty {
        Type::Choice(_) | Type::Level => true,
        Type::Money if pack.calculator.is_none() => true,
        _ => input.group == "given" || pack.input(&input.id()).is_some_and(|at| keys.contains(&at)),
    };
    guide::columns(pack).into_iter().filter(wanted).collect()
}

/// Without a calculator the recognised totals are entered, where they are values of their own.
fn recognised(pack: &Pack) -> Vec<Column> {
    let awards = pack.awards.iter().filter(|_| pack.calculator.is_none());
    let mut totals: Vec<usize> = awards.filter_map(|award| named(award.recognised.as_ref()?)).collect();
    totals.dedup();
    let column = |at: usize| [pack.values[at].label.clone(), example(pack, Type::Money, 1), example(pack, Type::Money, 2)];
    totals.into_iter().map(column).collect()
}

fn named(term: &Term) -> Option<usize> {
    match term.form {
        Form::Name(Symbol::Value(at)) => Some(at),
        _ => None,
    }
}

fn input_column(pack: &Pack, input: &Input) -> Column {
    [guide::head(pack, input), example(pack, input.meta.ty, 1), example(pack, input.meta.ty, 2)]
}

fn example(pack: &Pack, ty: Type, number: usize) -> String {
    let one = |a: &str, b: &str| if number == 1 { a } else { b }.to_owned();
    match ty {
        Type::Choice(of) => option(pack, of, number - 1),
        Type::Level => one("二级", "三级"),
        Type::Money => one("60万元", "480万元"),
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
