//! Keys of tables in words: `[3,)` of a level is 三级及以上.

use policy::pack::{Effect, Pack, Test};
use policy::program::Type;
use policy::term::{Form, Term};

use crate::words;

/// The types of a table's keys, as far as any formula looks the table up; empty when none does.
pub(crate) fn types(pack: &Pack, table: usize) -> Vec<Type> {
    let lookups = terms(pack).flat_map(Term::walk).filter_map(|term| match &term.form {
        Form::Lookup { table: at, keys, .. } if *at == table => Some(keys.iter().map(|key| key.ty).collect()),
        Form::Marginal { table: at, amount } if *at == table => Some(vec![amount.ty]),
        _ => None,
    });
    lookups.into_iter().next().unwrap_or_default()
}

/// Every formula of a pack.
pub(crate) fn terms(pack: &Pack) -> impl Iterator<Item = &Term> {
    let values = pack.values.iter().map(|value| &value.term);
    let awards = pack.awards.iter().flat_map(|award| {
        let requires = award.requires.iter().map(|(term, ..)| term);
        std::iter::once(&award.amount).chain(&award.recognised).chain(requires)
    });
    let stacks = pack.stacks.iter().flat_map(|stack| stack.paid.iter().chain(&stack.cap));
    values.chain(conditions(pack)).chain(recognitions(pack)).chain(awards).chain(stacks)
}

fn conditions(pack: &Pack) -> impl Iterator<Item = &Term> {
    pack.conditions.iter().flat_map(|condition| {
        let test = match &condition.test {
            Test::Formula(term) => Some(term),
            Test::Person(..) => None,
        };
        condition.when.iter().chain(test)
    })
}

fn recognitions(pack: &Pack) -> impl Iterator<Item = &Term> {
    pack.recognitions.iter().flat_map(|recognition| {
        let rules = recognition.rules.iter().flat_map(|rule| {
            let effect = match &rule.effect {
                Effect::Gate(term, ..) | Effect::Ceiling(term, _) => term,
            };
            rule.when.iter().chain(std::iter::once(effect))
        });
        recognition.amount.iter().chain(rules)
    })
}

/// One key as written, in words.
pub(crate) fn words(pack: &Pack, ty: Type, written: &str) -> String {
    said(written, &|one| name(pack, ty, one))
}

fn name(pack: &Pack, ty: Type, one: &str) -> String {
    let plain = one.trim().trim_matches('\'');
    match ty {
        Type::Level => plain.parse().map_or_else(|_| plain.to_owned(), |level| words::level(pack, level)),
        Type::Choice(of) => {
            let options = pack.choices.get(usize::from(of)).map_or(&[][..], |choice| &choice.options);
            options.iter().find(|word| word.id == plain).map_or(plain, |word| &word.label).to_owned()
        }
        _ => plain.to_owned(),
    }
}

fn said(written: &str, name: &dyn Fn(&str) -> String) -> String {
    let written = written.trim();
    if written == "*" {
        return "不限".to_owned();
    }
    if let Some((low, low_in, high, high_in)) = range(written) {
        return between(low, low_in, high, high_in, name);
    }
    written.split(',').map(name).collect::<Vec<_>>().join("、")
}

/// Both bounds and whether each belongs to the range.
fn range(written: &str) -> Option<(&str, bool, &str, bool)> {
    let inner = written.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    let (low, high) = inner.split_once(',')?;
    Some((low.trim(), written.starts_with('['), high.trim(), written.ends_with(']')))
}

fn between(low: &str, low_in: bool, high: &str, high_in: bool, name: &dyn Fn(&str) -> String) -> String {
    let mark = |inside: bool| if inside { "（含）" } else { "（不含）" };
    match (low, high) {
        ("", "") => "不限".to_owned(),
        (low, "") if low_in => format!("{}及以上", name(low)),
        (low, "") => format!("超过{}", name(low)),
        ("", high) if high_in => format!("{}及以下", name(high)),
        ("", high) => format!("不足{}", name(high)),
        (low, high) => format!("{}{}至{}{}", name(low), mark(low_in), name(high), mark(high_in)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_said_in_words() {
        for (written, expected) in [
            ("2", "2"),
            ("[3,)", "3及以上"),
            ("(50万元,)", "超过50万元"),
            ("(,20%)", "不足20%"),
            ("(,2025-06-30]", "2025-06-30及以下"),
            ("[20%,40%)", "20%（含）至40%（不含）"),
            ("'a','b'", "'a'、'b'"),
            ("*", "不限"),
            ("其他", "其他"),
        ] {
            assert_eq!(super::said(written, &str::to_owned), expected, "{written}");
        }
    }
}
