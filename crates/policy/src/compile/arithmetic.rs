//! Sums, products and quotients: what may be computed with what, at which scale.

use super::{Compiler, Place};
use crate::exact::Exact;
use crate::formula::{Arithmetic, Expr, Node, Unit};
use crate::program::Type;
use crate::term::{Form, Term};

impl Compiler<'_> {
    pub(super) fn arithmetic(&mut self, expr: &Expr, how: Arithmetic, a: &Expr, b: &Expr, place: &Place) -> Option<Term> {
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

    pub(super) fn no_arithmetic(&mut self, expr: &Expr, a: &Term, b: &Term, place: &Place) -> Option<Term> {
        self.mismatch(expr, a.ty, b.ty, "不能这样计算", place)
    }

    pub(super) fn mismatch<T>(&mut self, expr: &Expr, a: Type, b: Type, what: &str, place: &Place) -> Option<T> {
        let problem = self.report_at(place, expr, format!("类型不符：{}与{}{what}", a.label(), b.label()));
        let bare = |ty: Type| matches!(ty, Type::Count | Type::Decimal);
        if (a == Type::Money && bare(b)) || (bare(a) && b == Type::Money) {
            problem.suggestion = Some("金额须写明单位，如 0元、12万元".into());
        }
        None
    }

    pub(super) fn divide(&mut self, expr: &Expr, a: &Expr, b: &Expr, place: &Place) -> Option<Term> {
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

    pub(super) fn too_fine(&mut self, expr: &Expr, place: &Place) -> Option<Term> {
        let problem = self.report_at(place, expr, "精度过高：分母超出系统可精确计算的范围");
        problem.suggestion = Some("请先用 round_down 等取整，或简化比例".into());
        None
    }
}

/// Whether two types may be compared or looked up by each other.
pub(super) fn alike(a: Type, b: Type) -> bool {
    a == b || sum_type(a, b).is_some()
}

/// The type of a sum; `None` where there is none. A bare number goes with anything but money.
pub(super) fn sum_type(a: Type, b: Type) -> Option<Type> {
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
pub(super) fn product_type(a: Type, b: Type) -> Option<Type> {
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
