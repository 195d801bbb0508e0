//! Sums, counts and tests over the rows below.

use super::{Compiler, Place};
use crate::formula::{Expr, Fold, Node};
use crate::program::{Op, Reg, Type};
use crate::term::{Form, Term};

impl Compiler<'_> {
    pub(super) fn rows(&mut self, expr: &Expr, fold: Fold, of: &str, filter: Option<&Expr>, place: &Place) -> Option<Term> {
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

    pub(super) fn column_term(&mut self, expr: &Expr, name: &str, inner: &Place) -> Option<Term> {
        let column = self.name(&Expr { node: Node::Name(name.to_owned()), span: expr.span.clone() }, name, inner)?;
        if !column.ty.is_number() {
            self.report_at(inner, expr, format!("类型不符：{}不能求和", column.ty.label()));
            return None;
        }
        Some(column)
    }

    pub(super) fn folded(&mut self, fold: Fold, kind: u8, column: Option<&Term>, filter: Option<&Term>, place: &Place) -> (Reg, Type) {
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
    pub(super) fn any(&mut self, test: Reg, zero: Reg, kind: u8) -> Reg {
        let holds = self.builder.holds(test);
        let sure = self.builder.summed(holds, kind);
        let sure = self.builder.yes_no(Op::Below(zero, sure), kind);
        let all = self.builder.summed(test, kind);
        let all = self.builder.yes_no(Op::Below(zero, all), kind);
        self.builder.or(sure, all)
    }
}
