//! Which columns a table may have, and how their cells are written.

use std::collections::BTreeSet;

use maud::{Markup, html};
use policy::pack::{Input, Pack};
use policy::program::Type;
use policy::term::{Form, Symbol, Term};

use crate::components::layout;
use crate::pages::programme::key;

/// Groups with a column for every question of an assessment or every decision of a person.
const LONG_GROUPS: [&str; 6] = ["answers", "figures", "scenarios", "confirmed", "exception", "settled"];
/// Options listed for one column.
const OPTIONS_MAX: usize = 16;

/// A column's head: its Chinese name, or its id where two have that name.
pub(super) fn head(pack: &Pack, input: &Input) -> String {
    let same = pack.inputs[0].iter().filter(|other| other.label == input.label).count();
    if same > 1 { input.id() } else { input.label.clone() }
}

/// The facts that rules read and a table of cases can hold, in the pack's order.
pub(super) fn columns(pack: &Pack) -> Vec<&Input> {
    let read: BTreeSet<usize> = key::terms(pack).flat_map(Term::walk).filter_map(case_input).collect();
    let short = |input: &&Input| !LONG_GROUPS.contains(&input.group.as_str()) && input.meta.ty != Type::Options;
    let given = |(at, input): &(usize, &Input)| read.contains(at) || input.group == "given";
    pack.inputs[0].iter().enumerate().filter(given).map(|(_, input)| input).filter(short).collect()
}

/// The ids of the inputs that tables are looked up by.
pub(super) fn keys(pack: &Pack) -> BTreeSet<usize> {
    let lookups = key::terms(pack).flat_map(Term::walk).filter_map(|term| match &term.form {
        Form::Lookup { keys, .. } => Some(keys),
        _ => None,
    });
    lookups.flatten().filter_map(case_input).collect()
}

fn case_input(term: &Term) -> Option<usize> {
    match term.form {
        Form::Name(Symbol::Input(0, at)) => Some(at),
        _ => None,
    }
}

/// All columns with how to write them, folded away.
pub(super) fn guide(pack: &Pack) -> Markup {
    let table = html! {
        table.close {
            caption { "可以使用的列名" }
            thead { tr { th scope="col" { "列名" } th scope="col" { "写法" } } }
            tbody {
                tr { th scope="row" { "编号" } td { "任意文字，如企业1；不写的按行号" } }
                tr { th scope="row" { "权重" } td { "抽样时一件代表多少件，如12.5；全部申报件都在表中的，不要这一列" } }
                @for input in columns(pack) { tr { th scope="row" { (head(pack, input)) } td { (written(pack, input)) } } }
            }
        }
    };
    html! {
        details.checks {
            summary { "可以使用的列名和写法" }
            p.hint { "只需要与调整有关的列。没有的列和空着的单元格按“不清楚”处理，不按0或“否”处理；没有投入的请写0元。" }
            (layout::wide("可以使用的列名", &table))
            @let values = values(pack);
            @if !values.is_empty() { p { "由规则计算的下列金额也可以作列名直接填写，填写后按填写的数：" (values.join("、")) "。" } }
        }
    }
}

/// Amounts that rules compute for a case and a table may give instead.
fn values(pack: &Pack) -> Vec<&str> {
    pack.values.iter().filter(|value| value.kind == 0 && value.term.ty == Type::Money).map(|value| value.label.as_str()).collect()
}

fn written(pack: &Pack, input: &Input) -> String {
    match input.meta.ty {
        Type::YesNo => "是、否".to_owned(),
        Type::Choice(of) => options(pack, of),
        Type::Party => "名称".to_owned(),
        Type::Date => "日期，如2025-06-30".to_owned(),
        Type::Level => "未定级、一级、二级、三级、四级".to_owned(),
        Type::Share => "比例，如70%".to_owned(),
        Type::Money => "金额，如60万元或600000元".to_owned(),
        _ => format!("数字{}", input.unit.as_ref().map_or(String::new(), |unit| format!("（{unit}）"))),
    }
}

fn options(pack: &Pack, of: u16) -> String {
    let options = pack.choices.get(usize::from(of)).map_or(&[][..], |choice| &choice.options);
    let labels: Vec<&str> = options.iter().take(OPTIONS_MAX).map(|word| word.label.as_str()).collect();
    let more = if options.len() > OPTIONS_MAX { "等" } else { "" };
    format!("{}{more}", labels.join("、"))
}
