//! Formulas to operations: every part typed, every mistake reported at its place.

use super::table::{Axis, Compiled};
use super::{Compiler, Place};
use crate::exact::Exact;
use crate::formula::{Arithmetic, Compare, Expr, Fold, Node, Unit};
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

impl Compiler<'_> {
    /// Compiles a formula; `None` after its problems were reported.
    pub(super) fn term(&mut self, expr: &Expr, place: &Place, expected: Option<Type>) -> Option<Term> {
        let kind = place.kind;
        let term = |form: Form, reg: Reg, ty: Type| Some(Term { form, reg, ty, kind });
        match &expr.node {
            Node::Number(exact, unit) => self.number(expr, *exact, *unit, place),
            Node::Date(date) => {
                let reg = self.builder.constant(kind, Type::Date, 1, date.days().into());
                term(Form::Literal(Exact::whole(date.days().into())), reg, Type::Date)
            }
            Node::YesNo(yes) => {
                let reg = self.builder.constant(kind, Type::YesNo, 1, i64::from(*yes));
                term(Form::Literal(Exact::whole(i64::from(*yes))), reg, Type::YesNo)
            }
            Node::Word(word) => self.word(expr, word, place, expected),
            Node::Name(name) => self.name(expr, name, place),
            Node::Not(inner) => {
                let inner = self.yes_no(inner, place)?;
                let reg = self.builder.not(inner.reg);
                term(Form::Not(Box::new(inner)), reg, Type::YesNo)
            }
            Node::And(a, b) => {
                let (a, b) = self.both(a, b, place)?;
                let reg = self.builder.and(a.reg, b.reg);
                term(Form::And(Box::new(a), Box::new(b)), reg, Type::YesNo)
            }
            Node::Or(a, b) => {
                let (a, b) = self.both(a, b, place)?;
                let reg = self.builder.or(a.reg, b.reg);
                term(Form::Or(Box::new(a), Box::new(b)), reg, Type::YesNo)
            }
            Node::Compare(how, a, b) => self.compare(expr, *how, a, b, place),
            Node::Arithmetic(how, a, b) => self.arithmetic(expr, *how, a, b, place),
            Node::In(a, words) => self.one_of(expr, a, words, place),
            Node::Call(name, args) => match (name.as_str(), args.as_slice()) {
                ("marginal", [table, amount]) => self.marginal(expr, table, amount, place),
                _ => self.call(expr, name, args, place),
            },
            Node::Rows { fold, of, filter } => self.rows(expr, *fold, of, filter.as_deref(), place),
            Node::Lookup { table, keys, column } => self.lookup(expr, table, keys, column, place),
        }
    }

    /// A formula that must be yes or no.
    pub(super) fn yes_no(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        self.typed(expr, place, Type::YesNo)
    }

    fn typed(&mut self, expr: &Expr, place: &Place, ty: Type) -> Option<Term> {
        let term = self.term(expr, place, Some(ty))?;
        if term.ty != ty {
            self.report_at(place, expr, format!("类型不符：此处应为{}，实为{}", ty.label(), term.ty.label()));
            return None;
        }
        Some(term)
    }

    fn both(&mut self, a: &Expr, b: &Expr, place: &Place) -> Option<(Term, Term)> {
        let (a, b) = (self.yes_no(a, place), self.yes_no(b, place));
        Some((a?, b?))
    }

    fn number(&mut self, expr: &Expr, exact: Exact, unit: Unit, place: &Place) -> Option<Term> {
        let whole = exact.denominator() == 1;
        let ty = match unit {
            Unit::Money => Type::Money,
            Unit::Share => Type::Share,
            Unit::Score => Type::Score,
            Unit::Plain if whole => Type::Count,
            Unit::Plain => Type::Decimal,
        };
        match self.builder.exact(place.kind, ty, exact) {
            Some(reg) => Some(Term { form: Form::Literal(exact), reg, ty, kind: place.kind }),
            None => {
                self.report_at(place, expr, "数字过大或精度过高");
                None
            }
        }
    }

    fn word(&mut self, expr: &Expr, word: &str, place: &Place, expected: Option<Type>) -> Option<Term> {
        let Some(ty @ Type::Choice(id)) = expected else {
            self.report_at(place, expr, format!("类型不符：此处不应为选项'{word}'"));
            return None;
        };
        let choice = &self.choices[id as usize];
        let Some(at) = choice.options.iter().position(|option| option.id == word) else {
            let ids: Vec<String> = choice.options.iter().map(|option| option.id.clone()).collect();
            let message = format!("选项表“{}”没有选项“{word}”", choice.id);
            let problem = self.report_at(place, expr, message).clone();
            let last = self.problems.len() - 1;
            self.problems[last] = problem.did_you_mean(word, ids.iter().map(String::as_str));
            return None;
        };
        let reg = self.builder.constant(place.kind, ty, 1, at as i64);
        Some(Term { form: Form::Literal(Exact::whole(at as i64)), reg, ty, kind: place.kind })
    }

    fn compare(&mut self, expr: &Expr, how: Compare, a: &Expr, b: &Expr, place: &Place) -> Option<Term> {
        let (a, b) = self.pair(a, b, place)?;
        let equality = matches!(how, Compare::Equal | Compare::Differs);
        let ordered = |ty: Type| ty.is_number() || ty == Type::Date;
        let comparable = if ordered(a.ty) { alike(a.ty, b.ty) } else { equality && a.ty == b.ty };
        if !comparable {
            return self.mismatch(expr, a.ty, b.ty, "不能这样比较", place);
        }
        let Some((x, y, _)) = self.builder.aligned(a.reg, b.reg) else { return self.too_fine(expr, place) };
        let kind = place.kind;
        let reg = match how {
            Compare::Equal => self.builder.yes_no(Op::Equal(x, y), kind),
            Compare::Differs => {
                let equal = self.builder.yes_no(Op::Equal(x, y), kind);
                self.builder.not(equal)
            }
            Compare::Below => self.builder.yes_no(Op::Below(x, y), kind),
            Compare::AtMost => self.builder.yes_no(Op::AtMost(x, y), kind),
            Compare::Above => self.builder.yes_no(Op::Below(y, x), kind),
            Compare::AtLeast => self.builder.yes_no(Op::AtMost(y, x), kind),
        };
        Some(Term { form: Form::Compare(how, Box::new(a), Box::new(b)), reg, ty: Type::YesNo, kind })
    }

    /// Two operands of which either may be a word of the other's choice.
    fn pair(&mut self, a: &Expr, b: &Expr, place: &Place) -> Option<(Term, Term)> {
        if matches!(a.node, Node::Word(_)) {
            let b = self.term(b, place, None)?;
            return Some((self.term(a, place, Some(b.ty))?, b));
        }
        let a = self.term(a, place, None);
        let expected = a.as_ref().map(|a| a.ty);
        if a.is_none() && matches!(b.node, Node::Word(_)) {
            return None;
        }
        let b = self.term(b, place, expected);
        Some((a?, b?))
    }

    fn too_fine(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        let problem = self.report_at(place, expr, "精度过高：分母超出系统可精确计算的范围");
        problem.suggestion = Some("请先用 round_down 等取整，或简化比例".into());
        None
    }

    fn arithmetic(&mut self, expr: &Expr, how: Arithmetic, a: &Expr, b: &Expr, place: &Place) -> Option<Term> {
        if how == Arithmetic::Divide {
            return self.divide(expr, a, b, place);
        }
        let (x, y) = self.pair(a, b, place)?;
        let reg = match how {
            Arithmetic::Multiply => {
                let ty = product_type(x.ty, y.ty);
                let Some(ty) = ty else { return self.no_arithmetic(expr, &x, &y, place) };
                let Some(reg) = self.builder.mul(x.reg, y.reg, ty) else { return self.too_fine(expr, place) };
                (reg, ty)
            }
            _ => {
                let Some(ty) = sum_type(x.ty, y.ty) else { return self.no_arithmetic(expr, &x, &y, place) };
                let Some((p, q, scale)) = self.builder.aligned(x.reg, y.reg) else { return self.too_fine(expr, place) };
                let add = how == Arithmetic::Add;
                (if add { self.builder.add(p, q, ty, scale) } else { self.builder.sub(p, q, ty, scale) }, ty)
            }
        };
        Some(Term { form: Form::Arithmetic(how, Box::new(x), Box::new(y)), reg: reg.0, ty: reg.1, kind: place.kind })
    }

    fn no_arithmetic(&mut self, expr: &Expr, a: &Term, b: &Term, place: &Place) -> Option<Term> {
        self.mismatch(expr, a.ty, b.ty, "不能这样计算", place)
    }

    fn mismatch<T>(&mut self, expr: &Expr, a: Type, b: Type, what: &str, place: &Place) -> Option<T> {
        let problem = self.report_at(place, expr, format!("类型不符：{}与{}{what}", a.label(), b.label()));
        let bare = |ty: Type| matches!(ty, Type::Count | Type::Decimal);
        if (a == Type::Money && bare(b)) || (bare(a) && b == Type::Money) {
            problem.suggestion = Some("金额须写明单位，如 0元、35万元".into());
        }
        None
    }

    fn divide(&mut self, expr: &Expr, a: &Expr, b: &Expr, place: &Place) -> Option<Term> {
        let Node::Number(by, Unit::Plain) = b.node else {
            let problem = self.report_at(place, b, "只能除以一个数字");
            problem.suggestion = Some("除以其他金额或数量请用 prorate(金额, 部分, 整体)，或改写成乘法比较".into());
            return None;
        };
        let Some(inverse) = Exact::ONE.divided(by) else {
            self.report_at(place, b, "不能除以零");
            return None;
        };
        let x = self.term(a, place, None)?;
        if !x.ty.is_number() {
            self.report_at(place, a, format!("类型不符：{}不能相除", x.ty.label()));
            return None;
        }
        let share = self.builder.exact(place.kind, Type::Share, inverse);
        let ty = if matches!(x.ty, Type::Count | Type::Level) { Type::Decimal } else { x.ty };
        let Some(reg) = share.and_then(|share| self.builder.mul(x.reg, share, ty)) else { return self.too_fine(expr, place) };
        let by = self.term(b, place, None)?;
        Some(Term { form: Form::Arithmetic(Arithmetic::Divide, Box::new(x), Box::new(by)), reg, ty, kind: place.kind })
    }

    fn one_of(&mut self, expr: &Expr, a: &Expr, words: &[Expr], place: &Place) -> Option<Term> {
        let a = self.term(a, place, None)?;
        if let Type::Choice(id) = a.ty {
            let terms: Vec<Option<Term>> = words.iter().map(|word| self.term(word, place, Some(a.ty))).collect();
            let terms: Vec<Term> = terms.into_iter().collect::<Option<_>>()?;
            let at: Vec<usize> = terms.iter().map(|term| self.constant_of(term) as usize).collect();
            let labels = at.iter().map(|at| self.choices[id as usize].options[*at].label.clone()).collect();
            let reg = self.one_of_words(a.reg, id, &at, place);
            return Some(Term { form: Form::In(Box::new(a), labels), reg, ty: Type::YesNo, kind: place.kind });
        }
        self.report_at(place, expr, format!("类型不符：in 只能用于选项，此处为{}", a.ty.label()));
        None
    }

    fn one_of_words(&mut self, reg: Reg, choice: u16, at: &[usize], place: &Place) -> Reg {
        let options = self.choices[choice as usize].options.len();
        if options > 64 {
            let gives = (0..options).map(|option| i64::from(at.contains(&option))).collect();
            return self.builder.pick(reg, 0, gives, Type::YesNo, 1);
        }
        let mask = at.iter().fold(0u64, |mask, at| mask | 1 << at);
        self.builder.yes_no(Op::OneOf(reg, mask), place.kind)
    }

    fn constant_of(&self, term: &Term) -> i64 {
        self.builder.meta(term.reg).bounds.lo as i64
    }

    fn call(&mut self, expr: &Expr, name: &str, args: &[Expr], place: &Place) -> Option<Term> {
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

    fn unknown_call(&mut self, expr: &Expr, name: &str, place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
        let problem = self.report_at(place, expr, format!("没有运算“{name}”")).clone();
        let folds = ["sum", "count", "any", "all"];
        let last = self.problems.len() - 1;
        self.problems[last] = problem.did_you_mean(name, CALLS.into_iter().chain(folds));
        None
    }

    fn extreme(&mut self, expr: &Expr, smaller: bool, args: &[Expr], place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
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

    fn choose(&mut self, expr: &Expr, condition: &Expr, then: &Expr, otherwise: &Expr, place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
        let condition = self.yes_no(condition, place);
        let (then, otherwise) = self.pair(then, otherwise, place)?;
        let condition = condition?;
        let (a, b, ty) = self.either(expr, (then.reg, then.ty), (otherwise.reg, otherwise.ty), place)?;
        let reg = self.builder.select(condition.reg, a, b, ty);
        Some((vec![condition, then, otherwise], reg, ty))
    }

    fn either(&mut self, expr: &Expr, a: (Reg, Type), b: (Reg, Type), place: &Place) -> Option<(Reg, Reg, Type)> {
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

    fn first_known(&mut self, expr: &Expr, args: &[Expr], place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
        let terms: Vec<Option<Term>> = args.iter().map(|arg| self.term(arg, place, None)).collect();
        let terms: Vec<Term> = terms.into_iter().collect::<Option<_>>()?;
        let (mut reg, mut ty) = (terms[0].reg, terms[0].ty);
        for other in &terms[1..] {
            let (a, b, joined) = self.either(expr, (reg, ty), (other.reg, other.ty), place)?;
            (reg, ty) = (self.builder.first_known(a, b, joined), joined);
        }
        Some((terms, reg, ty))
    }

    fn round(&mut self, expr: &Expr, name: &str, x: &Expr, step: &Expr, place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
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
    fn times_back(&mut self, whole: Reg, by: i64, scale: i64, ty: Type) -> Reg {
        let exact = Exact::new(by.into(), scale.into()).unwrap_or(Exact::ONE);
        let scale = exact.denominator() as i64;
        let by = exact.scaled(scale).unwrap_or(by);
        let bounds = self.builder.meta(whole).bounds;
        let bounds = Bounds::new(bounds.lo * i128::from(by), bounds.hi * i128::from(by));
        self.builder.push(Op::Times(whole, by), self.builder.kind(whole), Meta { ty, scale, bounds })
    }

    fn prorate(&mut self, expr: &Expr, amount: &Expr, part: &Expr, whole: &Expr, place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
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

    fn shift(&mut self, name: &str, date: &Expr, n: &Expr, place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
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

    fn between(&mut self, name: &str, a: &Expr, b: &Expr, place: &Place) -> Option<(Vec<Term>, Reg, Type)> {
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

    fn marginal(&mut self, expr: &Expr, table: &Expr, x: &Expr, place: &Place) -> Option<Term> {
        let Node::Name(id) = &table.node else {
            self.report_at(place, table, "marginal 的第一个参数应为表的 id");
            return None;
        };
        let table = self.find_table(table, id, place)?;
        let x = self.term(x, place, None)?;
        let bands = marginal_bands(&self.tables[table], self.builder.meta(x.reg).scale).filter(|_| x.ty == self.tables[table].axes[0].ty);
        let Some((bands, scale)) = bands else {
            let problem = self.report_at(place, expr, "该表不能分段累进计算");
            problem.suggestion = Some("须只有一个与此处同类的键，各段从小到大相连，且有 share 列".into());
            return None;
        };
        let Some(reg) = self.builder.marginal(x.reg, bands, x.ty, scale) else {
            return self.too_fine(expr, place);
        };
        let ty = x.ty;
        Some(Term { form: Form::Marginal { table, amount: Box::new(x) }, reg, ty, kind: place.kind })
    }

    fn find_table(&mut self, expr: &Expr, id: &str, place: &Place) -> Option<usize> {
        let found = self.tables.iter().position(|table| table.printed.id == id);
        let broken = self.sections.table.iter().any(|table| table.id == id);
        if found.is_none() && !broken {
            let known: Vec<String> = self.tables.iter().map(|table| table.printed.id.clone()).collect();
            let offset = place.offset + expr.span.start;
            self.unknown_name(place.file, offset, &place.clause.clone(), "表", id, &known);
        }
        found
    }

    fn rows(&mut self, expr: &Expr, fold: Fold, of: &str, filter: Option<&Expr>, place: &Place) -> Option<Term> {
        let (rows, column) = of.split_once('.').map_or((of, None), |(rows, _)| (rows, Some(of)));
        let Some(kind) = self.kinds.iter().position(|kind| kind.id == rows).filter(|kind| *kind > 0) else {
            let known: Vec<String> = self.kinds.iter().skip(1).map(|kind| kind.id.clone()).collect();
            let offset = place.offset + expr.span.start;
            self.unknown_name(place.file, offset, &place.clause.clone(), "行类别", rows, &known);
            return None;
        };
        let kind = kind as u8;
        if !self.builder.is_below(kind, place.kind) || kind == place.kind {
            self.report_at(place, expr, format!("“{rows}”的行不在此处之下，不能汇总"));
            return None;
        }
        let inner = Place { kind, ..place.clone() };
        let column = match (fold, column) {
            (Fold::Sum, Some(name)) => Some(self.column_term(expr, name, &inner)?),
            (Fold::Sum, None) | (_, Some(_)) => {
                let problem = self.report_at(place, expr, "汇总写法不合规");
                problem.suggestion = Some("应为 sum(行.列 where …)、count(行 where …)、any(行 where …) 或 all(行 where …)".into());
                return None;
            }
            _ => None,
        };
        let filter = match filter {
            Some(filter) => Some(self.yes_no(filter, &inner)?),
            None => None,
        };
        let (reg, ty) = self.folded(fold, kind, column.as_ref(), filter.as_ref(), place);
        Some(Term { form: Form::Rows(fold, kind, column.map(Box::new), filter.map(Box::new)), reg, ty, kind: place.kind })
    }

    fn column_term(&mut self, expr: &Expr, name: &str, inner: &Place) -> Option<Term> {
        let column = self.name(&Expr { node: Node::Name(name.to_owned()), span: expr.span.clone() }, name, inner)?;
        if !column.ty.is_number() {
            self.report_at(inner, expr, format!("类型不符：{}不能求和", column.ty.label()));
            return None;
        }
        Some(column)
    }

    fn folded(&mut self, fold: Fold, kind: u8, column: Option<&Term>, filter: Option<&Term>, place: &Place) -> (Reg, Type) {
        let one = self.builder.constant(kind, Type::YesNo, 1, 1);
        let test = filter.map_or(one, |filter| filter.reg);
        let zero = self.builder.constant(place.kind, Type::Count, 1, 0);
        match fold {
            Fold::Sum => {
                let (reg, ty) = column.map_or((one, Type::Count), |column| (column.reg, column.ty));
                let scale = self.builder.meta(reg).scale;
                let nothing = self.builder.constant(kind, ty, scale, 0);
                let counted = if filter.is_some() { self.builder.select(test, reg, nothing, ty) } else { reg };
                (self.builder.summed(counted, place.kind), ty)
            }
            Fold::Count => (self.builder.summed(test, place.kind), Type::Count),
            Fold::Any => (self.any(test, zero, place.kind), Type::YesNo),
            Fold::All => {
                let failing = self.builder.not(test);
                let any = self.any(failing, zero, place.kind);
                (self.builder.not(any), Type::YesNo)
            }
        }
    }

    /// Whether any row holds: one that does decides, whatever is not known of the others.
    fn any(&mut self, test: Reg, zero: Reg, kind: u8) -> Reg {
        let holds = self.builder.holds(test);
        let sure = self.builder.summed(holds, kind);
        let sure = self.builder.yes_no(Op::Below(zero, sure), kind);
        let all = self.builder.summed(test, kind);
        let all = self.builder.yes_no(Op::Below(zero, all), kind);
        self.builder.or(sure, all)
    }

    fn lookup(&mut self, expr: &Expr, table: &str, keys: &[Expr], column: &str, place: &Place) -> Option<Term> {
        let table = self.find_table(expr, table, place)?;
        let types: Vec<Type> = self.tables[table].axes.iter().map(|axis| axis.ty).collect();
        if types.len() != keys.len() {
            self.report_at(
                place,
                expr,
                format!("表“{}”有{}个键，此处给了{}个", self.tables[table].printed.id.clone(), types.len(), keys.len()),
            );
            return None;
        }
        let Some(at) = self.tables[table].columns.iter().position(|known| known.id == column) else {
            let known: Vec<String> = self.tables[table].columns.iter().map(|known| known.id.clone()).collect();
            let offset = place.offset + expr.span.start;
            self.unknown_name(place.file, offset, &place.clause.clone(), "列", column, &known);
            return None;
        };
        let mut terms = Vec::new();
        for (key, ty) in keys.iter().zip(&types) {
            let term = self.term(key, place, Some(*ty))?;
            if !alike(term.ty, *ty) {
                self.report_at(place, key, format!("类型不符：表的键应为{}，实为{}", ty.label(), term.ty.label()));
                return None;
            }
            terms.push(term);
        }
        let index = self.grid_index(expr, table, &terms, place)?;
        let compiled = &self.tables[table];
        let given = &compiled.columns[at];
        let (label, ty, scale) = (given.label.clone(), given.ty, given.scale);
        let cells: Vec<i64> = compiled.grid.iter().map(|row| row.map_or(0, |row| given.cells[row])).collect();
        let rows: Vec<i64> = compiled.grid.iter().map(|row| row.unwrap_or(0) as i64).collect();
        let (index, lo, cells, rows) = self.direct(index, cells, rows);
        let reg = self.builder.pick(index, lo, cells, ty, scale);
        let row = self.builder.pick(index, lo, rows, Type::Count, 1);
        let form = Form::Lookup { table, keys: terms, column: column.to_owned(), label, row };
        Some(Term { form, reg, ty, kind: place.kind })
    }

    /// The index into a table's grid for these keys.
    fn grid_index(&mut self, expr: &Expr, table: usize, keys: &[Term], place: &Place) -> Option<Reg> {
        let axes = self.tables[table].axes.clone();
        let mut index: Option<Reg> = None;
        let mut reached = Vec::new();
        for (axis, key) in axes.iter().zip(keys) {
            let Some((reg, starts)) = self.axis_starts(axis, key.reg) else {
                self.too_fine(expr, place);
                return None;
            };
            reached.push(reached_slots(&starts, self.builder.meta(reg).bounds));
            let slot = self.builder.slot(reg, starts);
            index = Some(match index {
                None => slot,
                Some(index) => {
                    let size = self.builder.constant(place.kind, Type::Count, 1, axis.edges.len() as i64 + 1);
                    let shifted = self.builder.mul(index, size, Type::Count)?;
                    self.builder.add(shifted, slot, Type::Count, 1)
                }
            });
        }
        if let Some(at) = Self::unruled(&self.tables[table], &reached) {
            let shown = self.shown(&axes, &at);
            let message = format!("表“{}”有空档：{shown} 没有对应的行，而此处可能取到", self.tables[table].printed.id);
            let problem = self.report_at(place, expr, message);
            problem.suggestion = Some("请用 otherwise 写明此时如何处理，或先限定取值，如 max(0元, …)".into());
            return None;
        }
        index
    }

    fn axis_starts(&mut self, axis: &Axis, key: Reg) -> Option<(Reg, Vec<i64>)> {
        let scale = self.builder.meta(key).scale;
        let edges = axis.edges.iter().map(|edge| edge.value);
        let fine = crate::exact::common_denominator(edges, crate::program::MAX_SCALE)?;
        let scale = super::builder::common_scale(scale, fine)?;
        let reg = self.builder.rescaled(key, scale);
        let start = |edge: &super::table::Edge| Some(edge.value.scaled(scale)? + i64::from(edge.after));
        let starts: Option<Vec<i64>> = axis.edges.iter().map(start).collect();
        Some((reg, [vec![i64::MIN], starts?].concat()))
    }

    /// A lookup by one key with few values needs no interval search: the values are unfolded.
    fn direct(&mut self, index: Reg, cells: Vec<i64>, rows: Vec<i64>) -> (Reg, i64, Vec<i64>, Vec<i64>) {
        let Op::Slot(key, axis) = self.builder.program.steps[index as usize].op else { return (index, 0, cells, rows) };
        let Bounds { lo, hi } = self.builder.meta(key).bounds;
        if hi - lo >= 64 {
            return (index, 0, cells, rows);
        }
        let starts = &self.builder.program.tables.axes[axis as usize];
        let slots: Vec<usize> = (lo as i64..=hi as i64).map(|value| crate::kernel::slot(starts, value) as usize).collect();
        let unfold = |all: Vec<i64>| slots.iter().map(|slot| all[*slot]).collect();
        (key, lo as i64, unfold(cells), unfold(rows))
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

/// Which of the intervals that start here a number within bounds can lie in; one that starts where the next does is empty.
fn reached_slots(starts: &[i64], bounds: Bounds) -> Vec<bool> {
    let end = |at: usize| starts.get(at + 1).map_or(i128::from(i64::MAX), |next| i128::from(*next) - 1);
    let reached = |(at, start): (usize, &i64)| end(at) >= i128::from(*start).max(bounds.lo) && i128::from(*start) <= bounds.hi;
    starts.iter().enumerate().map(reached).collect()
}

/// Whether two types may be compared or looked up by each other.
pub(super) fn alike(a: Type, b: Type) -> bool {
    a == b || sum_type(a, b).is_some()
}

/// The type of a sum; `None` where there is none. A bare number goes with anything but money.
fn sum_type(a: Type, b: Type) -> Option<Type> {
    if !a.is_number() || !b.is_number() || (a == Type::Money) != (b == Type::Money) {
        return None;
    }
    let both_levels = a == Type::Level && b == Type::Level;
    let rank =
        |ty: Type| [Type::Level, Type::Count, Type::Share, Type::Decimal, Type::Score, Type::Money].iter().position(|known| *known == ty);
    let wider = if rank(a) >= rank(b) { a } else { b };
    Some(if both_levels { Type::Level } else { wider })
}

/// The type of a product; money times money has none.
fn product_type(a: Type, b: Type) -> Option<Type> {
    match (a, b) {
        (a, b) if !a.is_number() || !b.is_number() => None,
        (Type::Money, Type::Money) => None,
        (Type::Money, _) | (_, Type::Money) => Some(Type::Money),
        (Type::Score, _) | (_, Type::Score) => Some(Type::Score),
        (Type::Share, Type::Share) => Some(Type::Share),
        (Type::Count | Type::Level, Type::Count | Type::Level) => Some(Type::Count),
        _ => Some(Type::Decimal),
    }
}

/// Band starts and shares of a one-key table, at the scale of the number it is applied to.
fn marginal_bands(table: &Compiled, scale: i64) -> Option<(Vec<(i64, i64)>, i64)> {
    let [axis] = table.axes.as_slice() else { return None };
    let share = table.columns.iter().find(|column| column.id == "share" && column.ty == Type::Share)?;
    let mut bands = Vec::new();
    for (slot, edge) in axis.edges.iter().enumerate() {
        let start = edge.value.scaled(scale)?;
        // An interval that starts just after a value replaces the one that only holds the value itself.
        bands.retain(|(before, _)| *before != start);
        bands.push((start, share.cells[table.grid[slot + 1]?]));
    }
    Some((bands, share.scale))
}
