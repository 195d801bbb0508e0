//! What there is to try of a pack's rules: both sides of every test, every row, every cap and every rounding.

use super::seen::Seen;
use super::{Gap, Want};
use crate::cells::ranges;
use crate::load::Loaded;
use crate::pack::{Award, Condition, Effect, Pack, Recognition, Rule, Stack, Table, Test};
use crate::program::Reg;
use crate::spec::StackMode;
use crate::term::{Form, Term};
use crate::written::{Part, Written, formulas};

/// Everything to try of the rules, in the pack's order.
pub(super) fn wants(loaded: &Loaded) -> Vec<Want> {
    let pack = loaded.pack.as_ref();
    let mut all: Vec<Want> = pack.conditions.iter().flat_map(condition).collect();
    all.extend(pack.recognitions.iter().flat_map(recognition));
    all.extend(pack.awards.iter().flat_map(award));
    all.extend(pack.stacks.iter().flat_map(|one| stack(pack, one)));
    all.extend(lines(pack));
    all.extend(pack.values.iter().filter_map(|value| {
        let says = format!("没有案例由人工核定“{}”", value.label);
        Some(want(format!("value.{}.settled", value.id), says, &value.clause, Seen::Given(value.settled?)))
    }));
    formulas(loaded).iter().for_each(|written| all.extend(formula(pack, written)));
    all
}

fn want(what: String, says: String, clause: &str, seen: Seen) -> Want {
    Want { gap: Gap { what, says, clause: clause.to_owned() }, seen }
}

/// A yes/no register from both sides.
fn sides(what: &str, says: &str, clause: &str, reg: Reg) -> Vec<Want> {
    let side = |(value, id, word): (i64, &str, &str)| {
        want(format!("{what} → {id}"), format!("没有案例使{says}{word}"), clause, Seen::Held(reg, value))
    };
    [(1, "yes", "成立"), (0, "no", "不成立")].map(side).into()
}

fn binding(what: &str, says: &str, clause: &str, seen: impl Fn(bool) -> Seen) -> Vec<Want> {
    let side = |(binds, id, word): (bool, &str, &str)| want(format!("{what} → {id}"), format!("没有案例{word}{says}"), clause, seen(binds));
    [(true, "binds", "超出"), (false, "leaves", "不超出")].map(side).into()
}

fn condition(condition: &Condition) -> Vec<Want> {
    let what = format!("condition.{}", condition.id);
    let mut all = sides(&what, &format!("条件“{}”", condition.label), &condition.clause, condition.reg);
    all.extend(condition.when.iter().flat_map(|when| {
        let says = format!("条件“{}”的适用前提", condition.label);
        sides(&format!("{what}.when"), &says, &condition.clause, when.reg)
    }));
    if let Some((input, label, clause)) = &condition.exception {
        let test = match &condition.test {
            Test::Formula(term) => Some(term.reg),
            Test::Person(..) => None,
        };
        let says = format!("没有案例由“{label}”使条件“{}”视为符合", condition.label);
        all.push(want(format!("{what}.exception"), says, clause, Seen::Opened(*input, test)));
    }
    all
}

fn recognition(recognition: &Recognition) -> Vec<Want> {
    recognition.rules.iter().flat_map(|rule| recognition_rule(recognition, rule)).collect()
}

fn recognition_rule(recognition: &Recognition, rule: &Rule) -> Vec<Want> {
    let what = format!("recognise.{}.{}", recognition.id, rule.id);
    let mut all: Vec<Want> = match (&rule.effect, &recognition.amount) {
        (Effect::Gate(_, reg, _), _) => sides(&what, &format!("规则“{}”", rule.label), &rule.clause, *reg),
        (Effect::Ceiling(ceiling, _), Some(amount)) => {
            let when = rule.when.as_ref().map(|when| when.reg);
            let seen = |binds| Seen::Binds { binds, amount: amount.reg, ceiling: ceiling.reg, when };
            binding(&what, &format!("上限“{}”", rule.label), &rule.clause, seen)
        }
        _ => Vec::new(),
    };
    let says = format!("规则“{}”的适用前提", rule.label);
    all.extend(rule.when.iter().flat_map(|when| sides(&format!("{what}.when"), &says, &rule.clause, when.reg)));
    all
}

fn award(award: &Award) -> Vec<Want> {
    let Some((term, ..)) = &award.requires else { return Vec::new() };
    sides(&format!("award.{}.requires", award.id), &format!("奖补“{}”的要求", award.label), &award.clause, term.reg)
}

fn stack(pack: &Pack, stack: &Stack) -> Vec<Want> {
    let Some(cap) = stack.cap.as_ref().filter(|_| stack.mode != StackMode::Exclude) else { return Vec::new() };
    let amounts: Vec<Reg> = stack.awards.iter().map(|at| pack.awards[*at].reg).collect();
    let best = stack.mode != StackMode::Sum;
    let seen = |binds| Seen::Capped { binds, amounts: amounts.clone(), best, cap: cap.reg };
    binding(&format!("stack.{}.cap", stack.id), &format!("“{}”的累计限额", stack.label), &stack.clause, seen)
}

fn lines(pack: &Pack) -> Vec<Want> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let of = |variant: &crate::pack::Variant| {
        let id = if variant.id.is_empty() { "own" } else { &variant.id };
        let reached = assessment.lines.iter().zip(&variant.reached);
        let line = |(line, reg): (&crate::pack::Line, &Reg)| {
            let says = format!("“{}”的{}线", variant.label, line.label);
            sides(&format!("variant.{id}.level.{}", line.level), &says, &line.clause, *reg)
        };
        reached.flat_map(line).collect::<Vec<Want>>()
    };
    assessment.variants.iter().flat_map(of).collect()
}

fn formula(pack: &Pack, written: &Written) -> Vec<Want> {
    let whole = written.term.reg;
    let mut all = Vec::new();
    for part in written.deciding() {
        let tests = written.tests(part);
        // A formula that is one test is what its rule already asks for.
        let own = tests.iter().filter(|test| test.term.reg != whole);
        all.extend(own.flat_map(|test| sides(&named(written, test.text), &of(written, test.text), written.clause, test.term.reg)));
    }
    written.parts().into_iter().for_each(|part| all.extend(operation(pack, written, part)));
    all.extend(written.term.walk().into_iter().flat_map(|term| looked_up(pack, term)));
    all
}

fn named(written: &Written, text: &str) -> String {
    format!("{}: {text}", written.path)
}

fn of(written: &Written, text: &str) -> String {
    format!("“{}”中的 {text} ", written.label)
}

fn operation(pack: &Pack, written: &Written, part: Part) -> Vec<Want> {
    let Form::Call(name, args) = &part.term.form else { return Vec::new() };
    let (what, says) = (named(written, part.text), of(written, part.text));
    let rest = |seen| vec![want(format!("{what} → rest"), format!("没有案例使{says}有尾数"), written.clause, seen)];
    match (name.as_str(), args.as_slice()) {
        ("min" | "max", args) => extreme(pack, written, part, args),
        ("round_down" | "round_up" | "round_half_up" | "steps", [x, step]) => rest(Seen::Rest(x.reg, step.reg)),
        ("prorate", [amount, part, whole]) => rest(Seen::Part(amount.reg, part.reg, whole.reg)),
        _ => Vec::new(),
    }
}

fn extreme(pack: &Pack, written: &Written, part: Part, args: &[Term]) -> Vec<Want> {
    let regs: Vec<Reg> = args.iter().map(|arg| arg.reg).collect();
    let result = part.term.reg;
    let deciding = |(at, arg): (usize, Part)| {
        let says = format!("没有案例由 {} 决定“{}”中的 {}", arg.text, written.label, part.text);
        want(
            format!("{} → {}", named(written, part.text), arg.text),
            says,
            written.clause,
            Seen::Decides { at, args: regs.clone(), result },
        )
    };
    let constant = regs.iter().all(|reg| pack.metas[*reg as usize].bounds.lo == pack.metas[*reg as usize].bounds.hi);
    written.below(part).into_iter().enumerate().filter(|_| !constant).map(deciding).collect()
}

/// Every row of a table that a part looks up.
fn looked_up(pack: &Pack, term: &Term) -> Vec<Want> {
    match &term.form {
        Form::Lookup { table, row, .. } => table_rows(&pack.tables[*table], |line| Seen::Held(*row, line as i64)),
        Form::Marginal { table, amount } => {
            let table = &pack.tables[*table];
            table_rows(table, |line| band(table, line, amount))
        }
        _ => Vec::new(),
    }
}

fn table_rows(table: &Table, seen: impl Fn(usize) -> Seen) -> Vec<Want> {
    let row = |(line, (cells, clause)): (usize, &(Vec<String>, String))| {
        let clause = if clause.is_empty() { &table.clause } else { clause };
        let says = format!("没有案例用到表“{}”第{}行（{}）", table.label, line + 1, cells.join("，"));
        want(row_id(table, line), says, clause, seen(line))
    };
    table.rows.iter().enumerate().map(row).collect()
}

/// The amount lies in a row's band; for `otherwise`, in none.
fn band(table: &Table, line: usize, amount: &Term) -> Seen {
    let of = |line: usize| ranges(&table.rows[line].0[0], amount.ty, &[]);
    match is_otherwise(table, line) {
        true => Seen::Within(amount.reg, (0..table.rows.len()).flat_map(of).collect(), false),
        false => Seen::Within(amount.reg, of(line), true),
    }
}

fn is_otherwise(table: &Table, line: usize) -> bool {
    table.rows[line].0.first().is_some_and(|cell| cell == "其他")
}

fn row_id(table: &Table, line: usize) -> String {
    if is_otherwise(table, line) { format!("{}.otherwise", table.id) } else { format!("{}.{}", table.id, line + 1) }
}
