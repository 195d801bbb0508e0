//! Procedures and materials: their references checked.

use super::Compiler;
use crate::files::Entry;
use crate::pack::{Gathers, Material, Procedure};
use crate::program::{Kind, Type};
use crate::spec::{At, GatherSpec, Grants, ProcedureSpec, StageSpec, Work};

/// Most procedures of a pack.
const MAX_PROCEDURES: usize = 32;
/// Most stages of a procedure.
const MAX_STAGES: usize = 40;

impl Compiler<'_> {
    pub(super) fn materials(&mut self) -> Vec<Material> {
        let sections = self.sections;
        self.unique("材料", sections.material.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        let materials = sections.material.iter().filter_map(|entry| {
            let clause = self.cited(entry.file, &entry.clause);
            let when = match &entry.when {
                Some(when) => Some(self.formula(entry.file, when, &clause, 0, Some(Type::YesNo))?),
                None => None,
            };
            Some(Material { spec: entry.spec.value().clone(), when })
        });
        materials.collect()
    }

    pub(super) fn procedures(&mut self) -> Vec<Procedure> {
        let sections = self.sections;
        self.unique("事项", sections.procedure.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        if let Some(extra) = sections.procedure.get(MAX_PROCEDURES) {
            self.report(extra.file, extra.spec.start(), "", format!("事项过多，最多{MAX_PROCEDURES}个"));
        }
        let procedures = sections.procedure.iter().map(|entry| self.procedure(entry)).collect();
        self.in_order_of_need(procedures)
    }

    fn procedure(&mut self, entry: &Entry<ProcedureSpec>) -> Procedure {
        let clause = self.cited(entry.file, &entry.clause);
        self.procedure_id(entry, &clause);
        let needs = entry.needs.iter().map(|needs| self.standing(entry.file, needs, &clause)).collect();
        let others: Vec<String> = self.sections.procedure.iter().map(|other| other.id.clone()).filter(|other| *other != entry.id).collect();
        self.known_all(entry.file, &entry.prefills, "事项", &others, &clause);
        let awards: Vec<String> = self.sections.award.iter().map(|award| award.id.clone()).collect();
        self.known_all(entry.file, &entry.awards, "奖补", &awards, &clause);
        self.procedure_stages(entry, &clause);
        let gathers = entry.gathers.as_ref().map(|gathers| self.gathers(entry, gathers, &others, &clause));
        let (facts, rows) = (self.fixed_facts(entry, &clause), self.fixed_rows(entry, &clause));
        Procedure {
            id: entry.id.clone(),
            label: entry.label.clone(),
            clause,
            reading: entry.reading.clone(),
            applicant: *entry.applicant.value(),
            grants: *entry.grants.value(),
            listed: entry.listed.as_ref().is_some_and(|listed| *listed.value()),
            needs,
            prefills: entry.prefills.iter().map(|one| one.value().clone()).collect(),
            several: entry.several,
            gathers,
            awards: entry.awards.iter().map(|one| one.value().clone()).collect(),
            facts,
            rows,
            decision: entry.decision.clone(),
        }
    }

    /// What a file begins with: rows, told apart by a fact of theirs.
    fn gathers(&mut self, entry: &Entry<ProcedureSpec>, gathers: &At<GatherSpec>, others: &[String], clause: &str) -> Gathers {
        self.known_all(entry.file, std::slice::from_ref(&gathers.from), "事项", others, clause);
        let named_by = gathers.named_by.iter().filter_map(|fact| self.naming(entry.file, fact, clause)).collect();
        Gathers { from: gathers.from.value().clone(), named_by }
    }

    fn naming(&mut self, file: usize, fact: &At<String>, clause: &str) -> Option<(Kind, usize)> {
        let (kind, input) = self.declared_fact(file, fact.start(), clause, fact)?;
        if kind == 0 {
            self.report(file, fact.start(), clause, format!("“{}”不是各行的事实，不能用来汇总", fact.value()));
            return None;
        }
        Some((kind, input))
    }

    fn procedure_id(&mut self, entry: &Entry<ProcedureSpec>, clause: &str) {
        self.plain_id(entry.file, entry.spec.start(), clause, &entry.id);
        if !entry.applicant.acts() {
            let message = format!("“{}”不在平台办理，不能是申报主体", entry.applicant.label());
            self.report(entry.file, entry.applicant.start(), clause, message);
        }
        if *entry.grants.value() == Grants::Award && self.sections.award.is_empty() {
            self.report(entry.file, entry.grants.start(), clause, "本政策包没有 [[award]]，事项不能以资金结束");
        }
        if let Some(listed) = entry.listed.as_ref().filter(|_| *entry.grants.value() != Grants::Standing) {
            self.report(entry.file, listed.start(), clause, "只有取得资格（grants = \"standing\"）的事项才能从名单登记（listed）");
        }
    }

    /// The id of a procedure that grants a standing.
    pub(super) fn standing(&mut self, file: usize, name: &At<String>, clause: &str) -> String {
        let sections = self.sections;
        let found = sections.procedure.iter().find(|procedure| procedure.id == *name.value());
        match found.map(|found| *found.grants.value()) {
            Some(Grants::Standing) => {}
            Some(Grants::Award) => {
                self.report(file, name.start(), clause, format!("事项“{}”不授予资格", name.value()));
            }
            None => {
                let standings = self.standings();
                self.unknown_name(file, name.start(), clause, "资格", name.value(), &standings);
            }
        }
        name.value().clone()
    }

    pub(super) fn standings(&self) -> Vec<String> {
        let granting = self.sections.procedure.iter().filter(|procedure| *procedure.grants.value() == Grants::Standing);
        granting.map(|procedure| procedure.id.clone()).collect()
    }

    /// A procedure can be begun, is opened once at most, and pays only where it ends in money.
    fn procedure_stages(&mut self, entry: &Entry<ProcedureSpec>, clause: &str) {
        let sections = self.sections;
        let of = |stage: &&Entry<StageSpec>| stage.of.as_ref().is_some_and(|of| *of.value() == entry.id);
        let stages: Vec<&Entry<StageSpec>> = sections.stage.iter().filter(of).collect();
        let with = |work: Work| stages.iter().filter(move |stage| stage.work == Some(work));
        if !with(Work::Fill).any(|stage| stage.actor == *entry.applicant.value()) {
            let message = format!("事项“{}”没有由{}填报（work = \"fill\"）的环节", entry.id, entry.applicant.label());
            self.report(entry.file, entry.spec.start(), clause, message);
        }
        if let Some(extra) = with(Work::Open).nth(1) {
            self.report(extra.file, extra.spec.start(), clause, format!("事项“{}”有两个开展（work = \"open\"）的环节", entry.id));
        }
        for late in with(Work::Open).filter(|stage| !stage.after.is_empty()) {
            self.report(late.file, late.after[0].start(), clause, "开展环节在申报件之前，不能有前置环节");
        }
        if *entry.grants.value() != Grants::Award {
            for pays in with(Work::Pay) {
                self.report(pays.file, pays.spec.start(), clause, format!("事项“{}”不以资金结束，不能有拨付环节", entry.id));
            }
        }
        self.join_stages(&entry.id, &stages, clause);
        self.invoice_sides(entry, &stages, clause);
        if let Some(extra) = stages.get(MAX_STAGES) {
            self.report(extra.file, extra.spec.start(), clause, format!("事项“{}”的环节过多，最多{MAX_STAGES}个", entry.id));
        }
    }

    /// Each procedure after those whose standing it needs; they must not need one another in a circle.
    fn in_order_of_need(&mut self, mut waiting: Vec<Procedure>) -> Vec<Procedure> {
        let mut ordered = Vec::with_capacity(waiting.len());
        let ready = |one: &Procedure, waiting: &[Procedure]| !waiting.iter().any(|other| one.needs.contains(&other.id));
        while let Some(at) = waiting.iter().position(|one| ready(one, &waiting)) {
            ordered.push(waiting.remove(at));
        }
        let sections = self.sections;
        for entry in sections.procedure.iter().filter(|entry| waiting.iter().any(|one| one.id == entry.id)) {
            let offset = entry.needs.first().map_or(entry.spec.start(), At::start);
            self.report(entry.file, offset, "", format!("事项“{}”所需的资格循环", entry.id));
        }
        ordered
    }

    pub(super) fn known_all(&mut self, file: usize, names: &[At<String>], what: &str, known: &[String], clause: &str) {
        for name in names.iter().filter(|name| !known.contains(name.value())) {
            self.unknown_name(file, name.start(), clause, what, name.value(), known);
        }
    }
}
