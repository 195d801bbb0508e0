//! Quotas: their references checked, their formulas compiled.

use super::Compiler;
use crate::files::Entry;
use crate::pack::{Award, Input, Quota};
use crate::program::{Reg, Type};
use crate::spec::QuotaSpec;

impl Compiler<'_> {
    pub(super) fn quotas(&mut self, awards: &[Award]) -> Vec<Quota> {
        let sections = self.sections;
        self.unique("名额", sections.quota.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        sections.quota.iter().filter_map(|entry| self.quota(entry, awards)).collect()
    }

    fn quota(&mut self, entry: &Entry<QuotaSpec>, awards: &[Award]) -> Option<Quota> {
        self.check_quota(entry, awards);
        let clause = entry.clause.joined();
        let when = match &entry.when {
            Some(when) => Some(self.formula(entry.file, when, &clause, 0, Some(Type::YesNo))?),
            None => None,
        };
        let amount = entry.amount.as_ref().and_then(|amount| self.drawn(amount.value(), awards));
        Some(Quota { spec: entry.spec.value().clone(), when, amount })
    }

    /// What a pool's cases draw: a value of the case, or an award.
    pub(super) fn drawn(&self, name: &str, awards: &[Award]) -> Option<Reg> {
        let award = name.strip_prefix("award.").and_then(|id| awards.iter().find(|award| award.id == id));
        award.map(|award| award.reg).or_else(|| self.case_names().into_iter().find(|(known, _)| known == name).map(|(_, reg)| reg))
    }

    fn check_quota(&mut self, entry: &Entry<QuotaSpec>, awards: &[Award]) {
        let clause = self.cited(entry.file, &entry.clause);
        let inputs: Vec<String> = self.inputs[0].iter().map(Input::id).collect();
        for name in entry.per.iter().chain(&entry.counts) {
            if !inputs.contains(name.value()) {
                self.unknown_name(entry.file, name.start(), &clause, "事实", name.value(), &inputs);
            }
        }
        let names: Vec<String> = self.known_names();
        for rank in &entry.rank {
            let (name, order) = rank.rsplit_once(' ').unwrap_or((rank.value(), ""));
            if !matches!(order, "asc" | "desc") {
                self.report(entry.file, rank.start(), &clause, format!("排序“{}”应写明 asc 或 desc", rank.value()));
            } else if !names.iter().any(|known| known == name) {
                self.unknown_name(entry.file, rank.start(), &clause, "名称", name, &names);
            }
        }
        let broken = |name: &str| self.sections.value.iter().any(|value| value.id == name);
        if let Some(amount) = entry.amount.as_ref().filter(|amount| self.drawn(amount.value(), awards).is_none() && !broken(amount)) {
            let all: Vec<String> = names.iter().cloned().chain(awards.iter().map(|award| format!("award.{}", award.id))).collect();
            self.unknown_name(entry.file, amount.start(), &clause, "值", amount.value(), &all);
        }
        if entry.at_most.is_some() == entry.pool.is_some() || entry.pool.is_some() != entry.amount.is_some() {
            self.report(entry.file, entry.spec.start(), &clause, format!("名额“{}”应有 at_most，或 pool 与 amount", entry.id));
        }
        if let Some(pool) = &entry.pool {
            let place = super::Place { file: entry.file, offset: pool.start(), clause, kind: 0 };
            self.cell_value(Type::Money, pool, &place);
        }
    }
}
