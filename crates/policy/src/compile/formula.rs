//! Formulas to operations: every part typed, every mistake reported at its place.

use super::arithmetic::alike;
use super::{Compiler, Place};
use crate::exact::Exact;
use crate::formula::{Compare, Expr, Node, Unit};
use crate::program::{Op, Reg, Type};
use crate::term::{Form, Term};

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

    pub(super) fn typed(&mut self, expr: &Expr, place: &Place, ty: Type) -> Option<Term> {
        let term = self.term(expr, place, Some(ty))?;
        if term.ty != ty {
            self.report_at(place, expr, format!("类型不符：此处应为{}，实为{}", ty.label(), term.ty.label()));
            return None;
        }
        Some(term)
    }

    pub(super) fn both(&mut self, a: &Expr, b: &Expr, place: &Place) -> Option<(Term, Term)> {
        let (a, b) = (self.yes_no(a, place), self.yes_no(b, place));
        Some((a?, b?))
    }

    pub(super) fn number(&mut self, expr: &Expr, exact: Exact, unit: Unit, place: &Place) -> Option<Term> {
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

    pub(super) fn word(&mut self, expr: &Expr, word: &str, place: &Place, expected: Option<Type>) -> Option<Term> {
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

    pub(super) fn compare(&mut self, expr: &Expr, how: Compare, a: &Expr, b: &Expr, place: &Place) -> Option<Term> {
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
    pub(super) fn pair(&mut self, a: &Expr, b: &Expr, place: &Place) -> Option<(Term, Term)> {
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

    pub(super) fn one_of(&mut self, expr: &Expr, a: &Expr, words: &[Expr], place: &Place) -> Option<Term> {
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

    pub(super) fn one_of_words(&mut self, reg: Reg, choice: u16, at: &[usize], place: &Place) -> Reg {
        let options = self.choices[choice as usize].options.len();
        if options > 64 {
            let gives = (0..options).map(|option| i64::from(at.contains(&option))).collect();
            return self.builder.pick(reg, 0, gives, Type::YesNo, 1);
        }
        let mask = at.iter().fold(0u64, |mask, at| mask | 1 << at);
        self.builder.yes_no(Op::OneOf(reg, mask), place.kind)
    }

    pub(super) fn constant_of(&self, term: &Term) -> i64 {
        self.builder.meta(term.reg).bounds.lo as i64
    }
}
