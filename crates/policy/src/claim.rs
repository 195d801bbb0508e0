//! What one case asks of a quota of places (名额): under which key it is counted, what is counted, and where it stands in
//! the declared order.

use crate::explained::{Facts, Trace, run};
use crate::kernel::Val;
use crate::pack::{Input, Pack, Quota};
use crate::program::{Meta, Type};
use crate::say::Sayer;

/// A case under a quota. Keys and values are the same text for the same fact in every case and every version of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The facts it is counted by.
    pub key: Vec<String>,
    /// The same in words, joined by 、.
    pub words: String,
    /// Where distinct values are counted: the value and its words.
    pub value: Option<(String, String)>,
    /// What it is ranked by, in words, in the declared order: 盟市推荐顺序1.
    pub order: Vec<String>,
}

/// What a case asks of a quota; `None` where it takes no part.
///
/// # Errors
/// The label of a fact it is counted by that is not known.
pub fn claim(pack: &Pack, quota: &Quota, facts: &Facts) -> Result<Option<Claim>, String> {
    let mut trace = Trace::default();
    run(&pack.program, facts, &mut trace);
    if quota.when.as_ref().is_some_and(|when| trace.case(when.reg).get() != Some(1)) {
        return Ok(None);
    }
    let say = Sayer { pack, facts, trace: &trace };
    let read = |name: &str| read(&say, name);
    let (mut key, mut words) = (Vec::new(), Vec::new());
    for (code, said) in quota.spec.per.iter().filter_map(|name| read(name.value()).transpose()).collect::<Result<Vec<_>, _>>()? {
        key.push(code);
        words.push(said);
    }
    let value = quota.spec.counts.as_ref().and_then(|name| read(name.value()).transpose()).transpose()?;
    let order = quota.spec.rank.iter().filter_map(|rank| ranked(&say, rank.value())).collect();
    Ok(Some(Claim { key, words: words.join("、"), value, order }))
}

/// The names of what a quota ranks by, in order: 盟市推荐顺序, 申请日期.
pub fn order_words(pack: &Pack, quota: &Quota) -> Vec<String> {
    let one = |rank: &str| rank.rsplit_once(' ').map(|(name, order)| format!("{}（{}）", named(pack, name), way(pack, name, order)));
    quota.spec.rank.iter().filter_map(|rank| one(rank.value())).collect()
}

fn way(pack: &Pack, name: &str, order: &str) -> &'static str {
    let is_day = pack.input(name).is_some_and(|index| matches!(pack.inputs[0][index].meta.ty, Type::Date));
    match (is_day, order) {
        (true, "desc") => "从后到先",
        (true, _) => "从先到后",
        (false, "desc") => "从高到低",
        (false, _) => "从小到大",
    }
}

/// A fact as a text that stays the same, and in words.
fn read(say: &Sayer, name: &str) -> Result<Option<(String, String)>, String> {
    let Some((input, value)) = fact(say, name) else { return Ok(None) };
    let known = value.get().ok_or_else(|| input.label.clone())?;
    let said = say.value(input.meta, value);
    let code = match input.meta.ty {
        Type::Party => said.split_whitespace().collect(),
        Type::Choice(choice) => {
            say.pack.choices[choice as usize].options.get(known as usize).map(|word| word.id.clone()).unwrap_or_default()
        }
        _ => known.to_string(),
    };
    let said = if matches!(input.meta.ty, Type::Party | Type::Choice(_)) { said } else { format!("{}{said}", input.label) };
    Ok(Some((code, said)))
}

fn fact<'a>(say: &Sayer<'a>, name: &str) -> Option<(&'a Input, Val)> {
    let index = say.pack.input(name)?;
    Some((&say.pack.inputs[0][index], say.facts.kinds[0].inputs[index][0]))
}

fn ranked(say: &Sayer, rank: &str) -> Option<String> {
    let (name, _) = rank.rsplit_once(' ')?;
    let (meta, value): (Meta, Val) = match fact(say, name) {
        Some((input, value)) => (input.meta, value),
        None => {
            let reg = say.pack.register(name)?;
            (say.pack.metas[reg as usize], say.trace.case(reg))
        }
    };
    let said = if value.get().is_some() { say.value(meta, value) } else { "未定".to_owned() };
    Some(format!("{}{said}", named(say.pack, name)))
}

fn named(pack: &Pack, name: &str) -> String {
    let input = pack.input(name).map(|index| pack.inputs[0][index].label.clone());
    input.or_else(|| pack.value(name).map(|value| value.label.clone())).unwrap_or_else(|| name.to_owned())
}
