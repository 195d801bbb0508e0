//! The closed operations written like functions.

use super::arithmetic::sum_type;
use super::{Compiler, Place};
use crate::exact::Exact;
use crate::formula::{Expr, Node, Unit};
use crate::kernel::MAX_DAY;
use crate::program::{Bounds, Meta, Op, Reg, Rounding, Type};
use crate::term::{Form, Term};

/// Operations that are written like functions.
const CALLS: [&str; 16] = [
    "min",
    "max",
    "if",
    "known",
    "first_known",
    "round_down",
    "round_up",
    "round_half_up",
    "steps",
    "prorate",
    "add_days",
    "add_months",
    "months_between",
    "days_between",
    "year",
    "marginal",
];

/// A call's arguments, register and type.
type Called = Option<(Vec<Term>, Reg, Type)>;

impl Compiler<'_> {
    pub(super) fn call(&mut self, expr: &Expr, name: &str, args: &[Expr], place: &Place) -> Option<Term> {
        let made = match (name, args) {
            ("min" | "max", [_, _, ..]) => self.extreme(expr, name == "min", args, place),
            ("if", [condition, then, otherwise]) => self.choose(expr, condition, then, otherwise, place),
            ("known", [x]) => {
                let x = self.term(x, place, None)?;
                let reg = self.builder.known(x.reg);
                Some((vec![x], reg, Type::YesNo))
            }
            ("first_known", [_, _, ..]) => self.first_known(expr, args, place),
            ("round_down" | "round_up" | "round_half_up" | "steps", [x, step]) => self.round(expr, name, x, step, place),
            ("prorate", [amount, part, whole]) => self.prorate(expr, amount, part, whole, place),
            ("add_days" | "add_months", [date, n]) => self.shift(name, date, n, place),
            ("months_between" | "days_between", [a, b]) => self.between(name, a, b, place),
            ("year", [date]) => {
                let date = self.typed(date, place, Type::Date)?;
                let meta = Meta { ty: Type::Count, scale: 1, bounds: Bounds::new(1900, 2199) };
                let reg = self.builder.push(Op::Year(date.reg), place.kind, meta);
                Some((vec![date], reg, Type::Count))
            }
            (known, _) if CALLS.contains(&known) => {
                self.report_at(place, expr, format!("{known} 的参数应为{}，此处给了{}个", arguments(known), args.len()));
                None
            }
            _ => self.unknown_call(expr, name, place),
        };
        let (args, reg, ty) = made?;
        Some(Term { form: Form::Call(name.to_owned(), args), reg, ty, kind: place.kind })
    }

    pub(super) fn unknown_call(&mut self, expr: &Expr, name: &str, place: &Place) -> Called {
        let problem = self.report_at(place, expr, format!("没有运算“{name}”")).clone();
        let folds = ["sum", "count", "any", "all"];
        let last = self.problems.len() - 1;
        self.problems[last] = problem.did_you_mean(name, CALLS.into_iter().chain(folds));
        None
    }

    pub(super) fn extreme(&mut self, expr: &Expr, smaller: bool, args: &[Expr], place: &Place) -> Called {
        let terms: Vec<Option<Term>> = args.iter().map(|arg| self.term(arg, place, None)).collect();
        let terms: Vec<Term> = terms.into_iter().collect::<Option<_>>()?;
        let (mut reg, mut ty) = (terms[0].reg, terms[0].ty);
        for other in &terms[1..] {
            let both = if ty == Type::Date && other.ty == Type::Date { Some(ty) } else { sum_type(ty, other.ty) };
            let Some(joined) = both else {
                return self.mismatch(expr, ty, other.ty, "不能比较大小", place);
            };
            let Some((a, b, scale)) = self.builder.aligned(reg, other.reg) else {
                self.too_fine(expr, place);
                return None;
            };
            (reg, ty) = (self.builder.extreme(smaller, a, b, joined, scale), joined);
        }
        Some((terms, reg, ty))
    }

    pub(super) fn choose(&mut self, expr: &Expr, condition: &Expr, then: &Expr, otherwise: &Expr, place: &Place) -> Called {
        let condition = self.yes_no(condition, place);
        let (then, otherwise) = self.pair(then, otherwise, place)?;
        let condition = condition?;
        let (a, b, ty) = self.either(expr, (then.reg, then.ty), (otherwise.reg, otherwise.ty), place)?;
        let reg = self.builder.select(condition.reg, a, b, ty);
        Some((vec![condition, then, otherwise], reg, ty))
    }

    pub(super) fn either(&mut self, expr: &Expr, a: (Reg, Type), b: (Reg, Type), place: &Place) -> Option<(Reg, Reg, Type)> {
        let ty = if a.1 == b.1 { Some(a.1) } else { sum_type(a.1, b.1) };
        let Some(ty) = ty else {
            return self.mismatch(expr, a.1, b.1, "不能二者取一", place);
        };
        match self.builder.aligned(a.0, b.0) {
            Some((x, y, _)) => Some((x, y, ty)),
            None => {
                self.too_fine(expr, place);
                None
            }
        }
    }

    pub(super) fn first_known(&mut self, expr: &Expr, args: &[Expr], place: &Place) -> Called {
        let terms: Vec<Option<Term>> = args.iter().map(|arg| self.term(arg, place, None)).collect();
        let terms: Vec<Term> = terms.into_iter().collect::<Option<_>>()?;
        let (mut reg, mut ty) = (terms[0].reg, terms[0].ty);
        for other in &terms[1..] {
            let (a, b, joined) = self.either(expr, (reg, ty), (other.reg, other.ty), place)?;
            (reg, ty) = (self.builder.first_known(a, b, joined), joined);
        }
        Some((terms, reg, ty))
    }

    pub(super) fn round(&mut self, expr: &Expr, name: &str, x: &Expr, step: &Expr, place: &Place) -> Called {
        let x = self.term(x, place, None)?;
        let step_term = self.term(step, place, None)?;
        if !matches!(step.node, Node::Number(..)) || sum_type(x.ty, step_term.ty).is_none() || self.constant_of(&step_term) <= 0 {
            self.report_at(place, step, format!("类型不符：{name} 的第二个参数应为与前者同类的正数，如 1元"));
            return None;
        }
        let Some((value, by, scale)) = self.builder.aligned(x.reg, step_term.reg) else {
            self.too_fine(expr, place);
            return None;
        };
        let by = self.builder.meta(by).bounds.lo as i64;
        let how = match name {
            "round_up" => Rounding::Up,
            "round_half_up" => Rounding::HalfUp,
            _ => Rounding::Down,
        };
        if name == "steps" {
            let whole = self.builder.quotient(value, by, how, Type::Count);
            return Some((vec![x, step_term], whole, Type::Count));
        }
        let ty = x.ty;
        let rounded = if by == scale {
            // Rounding to the unit the number is kept in needs no step back.
            self.builder.quotient(value, by, how, ty)
        } else {
            let whole = self.builder.quotient(value, by, how, Type::Count);
            self.times_back(whole, by, scale, ty)
        };
        Some((vec![x, step_term], rounded, ty))
    }

    /// `whole × by / scale` in lowest terms: rounding to 1元 gives whole fen whatever the scale before.
    pub(super) fn times_back(&mut self, whole: Reg, by: i64, scale: i64, ty: Type) -> Reg {
        let exact = Exact::new(by.into(), scale.into()).unwrap_or(Exact::ONE);
        let scale = exact.denominator() as i64;
        let by = exact.scaled(scale).unwrap_or(by);
        let bounds = self.builder.meta(whole).bounds;
        let bounds = Bounds::new(bounds.lo * i128::from(by), bounds.hi * i128::from(by));
        self.builder.push(Op::Times(whole, by), self.builder.kind(whole), Meta { ty, scale, bounds })
    }

    pub(super) fn prorate(&mut self, expr: &Expr, amount: &Expr, part: &Expr, whole: &Expr, place: &Place) -> Called {
        let amount = self.typed(amount, place, Type::Money)?;
        let (part, whole) = self.pair(part, whole, place)?;
        if sum_type(part.ty, whole.ty).is_none() {
            self.report_at(place, expr, "类型不符：prorate(金额, 部分, 整体) 的部分与整体须同类");
            return None;
        }
        let Some((p, w, _)) = self.builder.aligned(part.reg, whole.reg) else {
            self.too_fine(expr, place);
            return None;
        };
        let meta = self.builder.meta(amount.reg);
        let meta = Meta { bounds: Bounds { lo: meta.bounds.lo.min(0), hi: meta.bounds.hi.max(0) }, ..meta };
        let reg = self.builder.push(Op::Prorate(amount.reg, p, w), place.kind, meta);
        // Down twice is down once: ⌊⌊n ÷ whole⌋ ÷ scale⌋ = ⌊n ÷ (whole × scale)⌋.
        let reg = if meta.scale == 1 { reg } else { self.builder.quotient(reg, meta.scale, Rounding::Down, Type::Money) };
        Some((vec![amount, part, whole], reg, Type::Money))
    }

    pub(super) fn shift(&mut self, name: &str, date: &Expr, n: &Expr, place: &Place) -> Called {
        let date = self.typed(date, place, Type::Date)?;
        let count = match n.node {
            Node::Number(exact, Unit::Plain) => exact.scaled(1).filter(|n| *n <= 36_500),
            _ => None,
        };
        let Some(count) = count else {
            self.report_at(place, n, format!("{name} 的第二个参数应为不超过36500的整数"));
            return None;
        };
        let meta = self.builder.meta(date.reg);
        let number = self.term(n, place, None)?;
        let reg = if name == "add_months" {
            let bounds = Bounds { hi: i128::from(MAX_DAY), ..meta.bounds };
            self.builder.push(Op::AddMonths(date.reg, count as i32), place.kind, Meta { bounds, ..meta })
        } else {
            let days = self.builder.constant(place.kind, Type::Count, 1, count);
            self.builder.add(date.reg, days, Type::Date, 1)
        };
        Some((vec![date, number], reg, Type::Date))
    }

    pub(super) fn between(&mut self, name: &str, a: &Expr, b: &Expr, place: &Place) -> Called {
        let a = self.typed(a, place, Type::Date);
        let b = self.typed(b, place, Type::Date)?;
        let a = a?;
        let reg = if name == "days_between" {
            self.builder.sub(b.reg, a.reg, Type::Count, 1)
        } else {
            let meta = Meta { ty: Type::Count, scale: 1, bounds: Bounds::new(0, 3_600) };
            self.builder.push(Op::Months(a.reg, b.reg), place.kind, meta)
        };
        Some((vec![a, b], reg, Type::Count))
    }
}

/// How many arguments an operation takes, in words.
fn arguments(call: &str) -> &'static str {
    match call {
        "min" | "max" | "first_known" => "至少2个",
        "if" | "prorate" => "3个",
        "known" | "year" => "1个",
        _ => "2个",
    }
}
