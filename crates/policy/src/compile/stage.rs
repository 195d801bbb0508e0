//! Stages: what each may name, what each work may do, and their order.

use super::Compiler;
use crate::files::Entry;
use crate::program::Type;
use crate::spec::{Actor, At, LimitSpec, StageSpec, Work};
use std::collections::HashSet;

/// Works in which an official looks at what others filled in.
const LOOKING: [Work; 3] = [Work::Check, Work::Assess, Work::Audit];
/// The work of experts.
const REVIEWING: &[Work] = &[Work::Review];

/// A key of a running stage, if it is written, and the works it is for.
struct Key {
    name: &'static str,
    at: Option<usize>,
    works: &'static [Work],
}

impl Compiler<'_> {
    pub(super) fn stages(&mut self) -> Vec<StageSpec> {
        let sections = self.sections;
        self.unique("环节", sections.stage.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        sections.stage.iter().for_each(|entry| self.stage(entry));
        self.check_stage_order();
        sections.stage.iter().map(|entry| entry.spec.value().clone()).collect()
    }

    fn stage(&mut self, entry: &Entry<StageSpec>) {
        let clause = self.cited(entry.file, &entry.clause);
        let materials: Vec<String> = self.sections.material.iter().map(|material| material.id.clone()).collect();
        self.known_all(entry.file, &entry.materials, "材料", &materials, &clause);
        self.stage_after(entry, &clause);
        self.stage_limits(entry, &clause);
        self.stage_work(entry, &clause);
        self.stage_names(entry, &clause);
        if let Some(settles) = &entry.settles {
            self.settles(entry.file, settles, entry.work, &clause);
        }
    }

    fn stage_after(&mut self, entry: &Entry<StageSpec>, clause: &str) {
        let sections = self.sections;
        let stages: Vec<String> = sections.stage.iter().map(|stage| stage.id.clone()).collect();
        self.known_all(entry.file, &entry.after, "环节", &stages, clause);
        let of = entry.of.as_ref().map(At::value);
        for after in &entry.after {
            let before = sections.stage.iter().find(|stage| stage.id == *after.value());
            if before.is_some_and(|before| before.of.as_ref().map(At::value) != of) {
                self.report(entry.file, after.start(), clause, format!("前置环节“{}”不属于同一事项", after.value()));
            }
        }
    }

    fn stage_limits(&mut self, entry: &Entry<StageSpec>, clause: &str) {
        let limits: Vec<&LimitSpec> = entry.limit.iter().chain(&entry.correction).collect();
        for limit in limits {
            self.cited(entry.file, &limit.clause);
            if limit.days == 0 {
                self.report(entry.file, limit.clause.start(), clause, "时限的天数应大于0");
            }
        }
        if let Some(advance) = &entry.advance {
            let place = super::Place { file: entry.file, offset: advance.start(), clause: clause.to_owned(), kind: 0 };
            self.cell_value(Type::Share, advance, &place);
        }
    }

    /// A stage belongs to a procedure and says its work, or neither; each key fits the work.
    fn stage_work(&mut self, entry: &Entry<StageSpec>, clause: &str) {
        let start = entry.spec.start();
        let written: Vec<Key> = keys(entry).into_iter().filter(|key| key.at.is_some()).collect();
        let (of, work) = match (&entry.of, entry.work) {
            (Some(of), Some(work)) => (of, work),
            (Some(of), None) => {
                self.report(entry.file, of.start(), clause, format!("环节“{}”属于事项，应写明 work", entry.id));
                return;
            }
            (None, Some(_)) => {
                self.report(entry.file, start, clause, format!("环节“{}”写明了 work，应写明所属事项 of", entry.id));
                return;
            }
            (None, None) => {
                for key in written {
                    let message = format!("“{}”只用于属于事项的环节，应写明 of 和 work", key.name);
                    self.report(entry.file, key.at.unwrap_or(start), clause, message);
                }
                return;
            }
        };
        let procedures: Vec<String> = self.sections.procedure.iter().map(|procedure| procedure.id.clone()).collect();
        self.known_all(entry.file, std::slice::from_ref(of), "事项", &procedures, clause);
        for key in written.into_iter().filter(|key| !key.works.contains(&work)) {
            self.report(entry.file, key.at.unwrap_or(start), clause, format!("“{}”不用于{}环节", key.name, work.label()));
        }
        self.stage_actor(entry, work, clause);
    }

    /// Experts score and do nothing else; nobody else scores.
    fn stage_actor(&mut self, entry: &Entry<StageSpec>, work: Work, clause: &str) {
        let message = match (entry.actor, work) {
            (Actor::Expert, Work::Review) => return,
            (Actor::Expert, _) => "“专家”只办理专家评审（work = \"review\"）的环节".to_owned(),
            (_, Work::Review) => "专家评审的环节应由专家办理（actor = \"expert\"）".to_owned(),
            (actor, _) if actor.acts() => return,
            (actor, _) => format!("“{}”不在平台办理，不能是属于事项的环节的办理主体", actor.label()),
        };
        self.report(entry.file, entry.spec.start(), clause, message);
    }

    /// Forms, facts, conditions and values that a stage names.
    fn stage_names(&mut self, entry: &Entry<StageSpec>, clause: &str) {
        let sections = self.sections;
        let forms: Vec<String> = sections.form.iter().map(|form| form.id.value().clone()).collect();
        self.known_all(entry.file, &entry.forms, "表单", &forms, clause);
        for fact in &entry.asks {
            let found = self.declared_fact(entry.file, fact.start(), clause, fact);
            if found.is_some() && sections.known.iter().any(|(known, _)| known == fact.value()) {
                self.report(entry.file, fact.start(), clause, format!("事实“{}”由平台掌握，不由办理人员填写", fact.value()));
            }
        }
        let judged = |name: &&At<String>| sections.condition.iter().any(|known| known.id == *name.value() && known.person.is_none());
        for name in entry.judges.iter().filter(judged) {
            self.report(entry.file, name.start(), clause, format!("条件“{}”由公式核对，不由人员判断", name.value()));
        }
        let conditions: Vec<String> = sections.condition.iter().map(|condition| condition.id.clone()).collect();
        self.known_all(entry.file, &entry.judges, "条件", &conditions, clause);
        self.known_all(entry.file, &entry.checks, "条件", &conditions, clause);
        self.stage_quotas(entry, clause);
        let fixed = |name: &&At<String>| sections.value.iter().any(|known| known.id == *name.value() && !known.may_lower);
        for name in entry.lowers.iter().filter(fixed) {
            self.report(entry.file, name.start(), clause, format!("值“{}”没有写明 may_lower，不能核低", name.value()));
        }
        let values: Vec<String> = sections.value.iter().filter(|value| value.rows.is_none()).map(|value| value.id.clone()).collect();
        self.known_all(entry.file, &entry.lowers, "值", &values, clause);
    }

    /// A quota in which a stage takes places counts places, and no money.
    fn stage_quotas(&mut self, entry: &Entry<StageSpec>, clause: &str) {
        let sections = self.sections;
        let quotas: Vec<String> = sections.quota.iter().map(|quota| quota.id.clone()).collect();
        self.known_all(entry.file, &entry.quotas, "名额", &quotas, clause);
        let pool = |name: &&At<String>| sections.quota.iter().any(|quota| quota.id == *name.value() && quota.at_most.is_none());
        for name in entry.quotas.iter().filter(pool) {
            self.report(entry.file, name.start(), clause, format!("“{}”是资金池，没有可以占用的名额", name.value()));
        }
    }

    /// What an assessment settles is a level of the case, what experts settle its score.
    fn settles(&mut self, file: usize, settles: &At<String>, work: Option<Work>, clause: &str) {
        let Some((kind, input)) = self.declared_fact(file, settles.start(), clause, settles) else { return };
        if work == Some(Work::Review) {
            if kind != 0 || self.inputs[kind as usize][input].meta.ty != Type::Score {
                self.report(file, settles.start(), clause, format!("“{}”不是申报件的分数，不能由专家评审核定", settles.value()));
            }
            return;
        }
        if kind != 0 || self.inputs[kind as usize][input].meta.ty != Type::Level {
            self.report(file, settles.start(), clause, format!("“{}”不是申报件的等级，不能由评测核定", settles.value()));
        }
        if self.sections.assessment.is_empty() {
            self.report(file, settles.start(), clause, "本政策包没有 [assessment]，不能由评测核定等级");
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

/// The keys only running stages have, each with where it stands.
fn keys(stage: &Entry<StageSpec>) -> [Key; 16] {
    let start = |names: &[At<String>]| names.first().map(At::start);
    [
        Key { name: "forms", at: start(&stage.forms), works: &[Work::Fill, Work::Join, Work::Check, Work::Assess, Work::Audit] },
        Key {
            name: "requires",
            at: stage.requires.as_ref().map(At::start),
            works: &[Work::Fill, Work::Check, Work::Assess, Work::Audit, Work::Pay],
        },
        Key { name: "asks", at: start(&stage.asks), works: &LOOKING },
        Key { name: "judges", at: start(&stage.judges), works: &LOOKING },
        Key { name: "settles", at: stage.settles.as_ref().map(At::start), works: &[Work::Assess, Work::Review] },
        Key { name: "lowers", at: start(&stage.lowers), works: &[Work::Audit] },
        Key { name: "reviewers", at: stage.reviewers.as_ref().map(At::start), works: REVIEWING },
        Key { name: "sheet", at: stage.sheet.as_ref().map(At::start), works: REVIEWING },
        Key { name: "apart", at: stage.apart.as_ref().map(At::start), works: REVIEWING },
        Key { name: "blind", at: stage.blind.as_ref().map(At::start), works: REVIEWING },
        Key { name: "elsewhere", at: stage.elsewhere.as_ref().map(At::start), works: REVIEWING },
        Key { name: "field", at: stage.field.as_ref().map(At::start), works: REVIEWING },
        Key { name: "quotas", at: start(&stage.quotas), works: &[Work::Check] },
        Key { name: "checks", at: start(&stage.checks), works: &[Work::Check] },
        Key { name: "paper_code", at: stage.paper_code.then(|| stage.spec.start()), works: &[Work::Check] },
        Key {
            name: "optional",
            at: stage.optional.then(|| stage.spec.start()),
            works: &[Work::Fill, Work::Check, Work::Assess, Work::Audit, Work::Review, Work::Publicise],
        },
    ]
}
