//! Table lookups and marginal bands.

use super::arithmetic::alike;
use super::table::{Axis, Compiled};
use super::{Compiler, Place};
use crate::formula::{Expr, Node};
use crate::program::{Bounds, Op, Reg, Type};
use crate::term::{Form, Term};

impl Compiler<'_> {
    pub(super) fn marginal(&mut self, expr: &Expr, table: &Expr, x: &Expr, place: &Place) -> Option<Term> {
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

    pub(super) fn find_table(&mut self, expr: &Expr, id: &str, place: &Place) -> Option<usize> {
        let found = self.tables.iter().position(|table| table.printed.id == id);
        let broken = self.sections.table.iter().any(|table| table.id == id);
        if found.is_none() && !broken {
            let known: Vec<String> = self.tables.iter().map(|table| table.printed.id.clone()).collect();
            let offset = place.offset + expr.span.start;
            self.unknown_name(place.file, offset, &place.clause.clone(), "表", id, &known);
        }
        found
    }

    pub(super) fn lookup(&mut self, expr: &Expr, table: &str, keys: &[Expr], column: &str, place: &Place) -> Option<Term> {
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
    pub(super) fn grid_index(&mut self, expr: &Expr, table: usize, keys: &[Term], place: &Place) -> Option<Reg> {
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

    pub(super) fn axis_starts(&mut self, axis: &Axis, key: Reg) -> Option<(Reg, Vec<i64>)> {
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
    pub(super) fn direct(&mut self, index: Reg, cells: Vec<i64>, rows: Vec<i64>) -> (Reg, i64, Vec<i64>, Vec<i64>) {
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

/// Which of the intervals that start here a number within bounds can lie in; one that starts where the next does is empty.
fn reached_slots(starts: &[i64], bounds: Bounds) -> Vec<bool> {
    let end = |at: usize| starts.get(at + 1).map_or(i128::from(i64::MAX), |next| i128::from(*next) - 1);
    let reached = |(at, start): (usize, &i64)| end(at) >= i128::from(*start).max(bounds.lo) && i128::from(*start) <= bounds.hi;
    starts.iter().enumerate().map(reached).collect()
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
