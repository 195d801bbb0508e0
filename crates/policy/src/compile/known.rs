//! What the platform knows by itself: sources of a closed list, each for facts of its type.

use super::Compiler;
use crate::files::Entry;
use crate::pack::{Known, SettledFact, Source};
use crate::program::{Kind, Type};
use crate::spec::{Grants, KnownSpec, Work};

/// Sources that stand for one thing each, and the type of the facts they fill; a choice is told by its words below.
const SOURCES: [(&str, Source, Type); 9] = [
    ("organisation.name", Source::OrganisationName, Type::Party),
    ("organisation.code", Source::OrganisationCode, Type::Party),
    ("organisation.place", Source::OrganisationPlace, Type::Choice(0)),
    ("organisation.size", Source::OrganisationSize, Type::Choice(0)),
    ("organisation.quality", Source::OrganisationQuality, Type::Choice(0)),
    ("organisation.legal_person", Source::OrganisationLegalPerson, Type::YesNo),
    ("application.submitted_on", Source::SubmittedOn, Type::Date),
    ("batch.deadline_on", Source::BatchDeadlineOn, Type::Date),
    ("batch.number", Source::BatchNumber, Type::Count),
];

/// Options that the choice of a size must have.
const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];
/// Options that the choice of a quality must have.
const QUALITIES: [&str; 4] = ["none", "innovative", "specialised", "giant"];

/// A known fact being read.
struct Fact<'e> {
    entry: &'e Entry<KnownSpec>,
    name: &'e str,
    kind: Kind,
    input: usize,
    clause: String,
}

impl Compiler<'_> {
    pub(super) fn known(&mut self) -> Vec<Known> {
        let sections = self.sections;
        self.unique("平台掌握的事实", sections.known.iter().map(|(fact, entry)| (fact.as_str(), entry.file, entry.spec.start())));
        sections.known.iter().filter_map(|(fact, entry)| self.known_fact(fact, entry)).collect()
    }

    fn known_fact(&mut self, name: &str, entry: &Entry<KnownSpec>) -> Option<Known> {
        let (kind, input) = self.declared_fact(entry.file, entry.spec.start(), "", name)?;
        let clause = self.inputs[kind as usize][input].clause.clone();
        let fact = Fact { entry, name, kind, input, clause };
        let (source, wanted) = self.known_source(&fact)?;
        self.known_type(&fact, &source, wanted)?;
        let otherwise = self.known_otherwise(&fact, &source);
        Some(Known { kind, input, source, otherwise })
    }

    fn known_problem(&mut self, fact: &Fact, message: String) {
        self.report(fact.entry.file, fact.entry.spec.start(), &fact.clause, message);
    }

    fn known_source(&mut self, fact: &Fact) -> Option<(Source, Type)> {
        let from = fact.entry.0.from.as_str();
        if let Some((_, source, ty)) = SOURCES.iter().find(|(known, ..)| *known == from) {
            if fact.entry.0.of.is_some() {
                self.known_problem(fact, "“of”只与 standing.…、settled.… 同用".into());
            }
            return Some((source.clone(), *ty));
        }
        if let Some(settled) = from.strip_prefix("settled.") {
            return self.known_settled(fact, settled);
        }
        if let Some(procedure) = from.strip_prefix("granted.") {
            return self.known_granted(fact, procedure);
        }
        let standings = self.standings();
        let Some(procedure) = from.strip_prefix("standing.").filter(|id| standings.iter().any(|known| known == id)) else {
            let standings = standings.iter().map(|id| format!("standing.{id}"));
            let settled = self.settling().into_iter().map(|id| format!("settled.{id}.level"));
            let known: Vec<String> = SOURCES.iter().map(|(known, ..)| (*known).to_owned()).chain(standings).chain(settled).collect();
            self.unknown_name(fact.entry.file, fact.entry.spec.start(), &fact.clause, "来源", from, &known);
            return None;
        };
        let of = match &fact.entry.0.of {
            Some(of) => Some(self.known_holder(fact, of)?),
            None => None,
        };
        Some((Source::Standing { procedure: procedure.to_owned(), of }, Type::YesNo))
    }

    /// Money granted in a procedure that ends in money, to the applicant.
    fn known_granted(&mut self, fact: &Fact, procedure: &str) -> Option<(Source, Type)> {
        let granting = self.sections.procedure.iter().filter(|known| *known.grants.value() == Grants::Award);
        let granting: Vec<String> = granting.map(|known| known.id.clone()).collect();
        if !granting.iter().any(|known| known == procedure) {
            self.unknown_name(fact.entry.file, fact.entry.spec.start(), &fact.clause, "以资金结束的事项", procedure, &granting);
            return None;
        }
        if fact.entry.0.of.is_some() {
            self.known_problem(fact, "“of”只与 standing.…、settled.… 同用".into());
        }
        Some((Source::Granted { procedure: procedure.to_owned() }, Type::Money))
    }

    /// What an assessment of a procedure settled: `<procedure>.<what>`.
    fn known_settled(&mut self, fact: &Fact, settled: &str) -> Option<(Source, Type)> {
        let (procedure, what) = settled.split_once('.').unwrap_or((settled, ""));
        let settling = self.settling();
        let known: Vec<String> =
            settling.iter().flat_map(|id| self.settled_facts().into_iter().map(move |what| format!("{id}.{what}"))).collect();
        if !known.iter().any(|known| known == settled) {
            self.unknown_name(fact.entry.file, fact.entry.spec.start(), &fact.clause, "核定结果", settled, &known);
            return None;
        }
        let (what, ty) = match what {
            "level" => (SettledFact::Level, Type::Level),
            "score" => (SettledFact::Score, Type::Score),
            "on" => (SettledFact::On, Type::Date),
            count => (SettledFact::Count(count.to_owned()), Type::Count),
        };
        let of = match &fact.entry.0.of {
            Some(of) => Some(self.known_holder(fact, of)?),
            None => None,
        };
        Some((Source::Settled { procedure: procedure.to_owned(), what, of }, ty))
    }

    /// Procedures in which something is assessed.
    fn settling(&self) -> Vec<String> {
        let assesses = |id: &str| {
            let of = |stage: &&crate::files::Entry<crate::spec::StageSpec>| stage.of.as_ref().is_some_and(|of| of.as_str() == id);
            self.sections.stage.iter().filter(of).any(|stage| stage.work == Some(Work::Assess))
        };
        self.sections.procedure.iter().map(|procedure| procedure.id.clone()).filter(|id| assesses(id)).collect()
    }

    /// What an assessment settles: level, score, day, and how many scenarios reach each level.
    fn settled_facts(&self) -> Vec<String> {
        let counts = self.assessed.keys().filter_map(|name| name.strip_prefix("assessed."));
        let counts = counts.filter(|name| name.starts_with("scenarios_") || name.starts_with("constraint_"));
        let mut all: Vec<String> = ["level", "score", "on"].into_iter().chain(counts).map(str::to_owned).collect();
        all.sort_unstable();
        all
    }

    /// The holder of a standing is named by a fact of the same kind.
    fn known_holder(&mut self, fact: &Fact, of: &str) -> Option<(Kind, usize)> {
        let (kind, input) = self.declared_fact(fact.entry.file, fact.entry.spec.start(), &fact.clause, of)?;
        if kind != fact.kind || self.inputs[kind as usize][input].meta.ty != Type::Party {
            self.known_problem(fact, format!("“{of}”不是与“{}”同类的名称，不能指明持有资格的单位", fact.name));
            return None;
        }
        Some((kind, input))
    }

    fn known_type(&mut self, fact: &Fact, source: &Source, wanted: Type) -> Option<()> {
        let ty = self.inputs[fact.kind as usize][fact.input].meta.ty;
        let of_row = matches!(source, Source::Standing { of: Some(_), .. } | Source::Settled { of: Some(_), .. });
        if fact.kind != 0 && !of_row {
            self.known_problem(fact, format!("“{}”是各行的事实，只有写明 of 的 standing.…、settled.… 可以填写", fact.name));
            return None;
        }
        match (wanted, ty) {
            (Type::Choice(_), Type::Choice(choice)) => self.known_options(fact, source, choice),
            (wanted, ty) if wanted == ty => {}
            _ => self
                .known_problem(fact, format!("类型不符：“{}”给出{}，“{}”为{}", fact.entry.0.from, wanted.label(), fact.name, ty.label())),
        }
        Some(())
    }

    fn known_options(&mut self, fact: &Fact, source: &Source, choice: u16) {
        let words: &[&str] = match source {
            Source::OrganisationSize => &SIZES,
            Source::OrganisationQuality => &QUALITIES,
            _ => &[],
        };
        let choice = &self.choices[choice as usize];
        let lacking: Vec<&str> = words.iter().copied().filter(|word| !choice.options.iter().any(|option| option.id == *word)).collect();
        if !lacking.is_empty() {
            let message = format!("选项表“{}”缺少“{}”所需的选项：{}", choice.id, fact.entry.0.from, lacking.join("、"));
            self.known_problem(fact, message);
        }
    }

    fn known_otherwise(&mut self, fact: &Fact, source: &Source) -> Option<i64> {
        let otherwise = fact.entry.0.otherwise.as_deref()?;
        let Type::Choice(choice) = self.inputs[fact.kind as usize][fact.input].meta.ty else {
            self.known_problem(fact, "“otherwise”只用于选项".into());
            return None;
        };
        if *source != Source::OrganisationPlace {
            self.known_problem(fact, "“otherwise”只与 organisation.place 同用".into());
            return None;
        }
        let options: Vec<String> = self.choices[choice as usize].options.iter().map(|option| option.id.clone()).collect();
        let found = options.iter().position(|id| id == otherwise);
        if found.is_none() {
            self.unknown_name(fact.entry.file, fact.entry.spec.start(), &fact.clause, "选项", otherwise, &options);
        }
        found.map(|at| at as i64)
    }
}
