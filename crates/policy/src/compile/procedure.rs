//! Quotas, materials and stages: their references checked, their formulas compiled.

use super::Compiler;
use crate::files::Entry;
use crate::pack::{Award, Input, Material, Quota};
use crate::program::{Reg, Type};
use crate::spec::{At, LimitSpec, QuotaSpec, StageSpec};
use std::collections::HashSet;

impl Compiler<'_> {
    pub(super) fn procedure(&mut self, awards: &[Award]) -> (Vec<Quota>, Vec<Material>, Vec<StageSpec>) {
        let sections = self.sections;
        self.unique("名额", sections.quota.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        self.unique("材料", sections.material.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        self.unique("环节", sections.stage.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        let quotas = sections.quota.iter().filter_map(|entry| self.quota(entry, awards)).collect();
        let materials = sections.material.iter().filter_map(|entry| {
            let clause = self.cited(entry.file, &entry.clause);
            let when = match &entry.when {
                Some(when) => Some(self.formula(entry.file, when, &clause, 0, Some(Type::YesNo))?),
                None => None,
            };
            Some(Material { spec: entry.spec.value().clone(), when })
        });
        let materials = materials.collect();
        sections.stage.iter().for_each(|entry| self.stage(entry));
        self.check_stage_order();
        let copy = |entry: &Entry<StageSpec>| entry.spec.value().clone();
        (quotas, materials, sections.stage.iter().map(copy).collect())
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
    fn drawn(&self, name: &str, awards: &[Award]) -> Option<Reg> {
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

    fn stage(&mut self, entry: &Entry<StageSpec>) {
        let clause = self.cited(entry.file, &entry.clause);
        let materials: Vec<String> = self.sections.material.iter().map(|material| material.id.clone()).collect();
        self.known_all(entry.file, &entry.materials, "材料", &materials, &clause);
        let stages: Vec<String> = self.sections.stage.iter().map(|stage| stage.id.clone()).collect();
        self.known_all(entry.file, &entry.after, "环节", &stages, &clause);
        let limits: Vec<&LimitSpec> = entry.limit.iter().chain(&entry.correction).collect();
        for limit in limits {
            self.cited(entry.file, &limit.clause);
            if limit.days == 0 {
                self.report(entry.file, limit.clause.start(), &clause, "时限的天数应大于0");
            }
        }
        if let Some(advance) = &entry.advance {
            let place = super::Place { file: entry.file, offset: advance.start(), clause, kind: 0 };
            self.cell_value(Type::Share, advance, &place);
        }
    }

    fn known_all(&mut self, file: usize, names: &[At<String>], what: &str, known: &[String], clause: &str) {
        for name in names.iter().filter(|name| !known.contains(name.value())) {
            self.unknown_name(file, name.start(), clause, what, name.value(), known);
        }
    }

    /// Stages must not wait for one another in a circle.
    fn check_stage_order(&mut self) {
        let sections = self.sections;
        let mut done: HashSet<&str> = HashSet::new();
        let mut waiting: Vec<&Entry<StageSpec>> = sections.stage.iter().collect();
        let known: HashSet<&str> = sections.stage.iter().map(|stage| stage.id.as_str()).collect();
        let ready = |entry: &Entry<StageSpec>, done: &HashSet<&str>| {
            entry.after.iter().all(|after| done.contains(after.as_str()) || !known.contains(after.as_str()))
        };
        while let Some(at) = waiting.iter().position(|entry| ready(entry, &done)) {
            done.insert(waiting.remove(at).id.as_str());
        }
        for entry in waiting {
            let offset = entry.after.first().map_or(entry.spec.start(), At::start);
            self.report(entry.file, offset, "", format!("环节“{}”的先后顺序循环", entry.id));
        }
    }
}
