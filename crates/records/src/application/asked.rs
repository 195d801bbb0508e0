//! What stages ask for: the paths and the row facts that may be stated in them. What nobody was asked for never enters a case.

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::{Body, Form, Pack, Section, Work};
use policy::spec::StageSpec;

use super::sections_fields;
use crate::answers::{Answers, RowAnswers};

/// What some stages ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    paths: BTreeSet<String>,
    /// Names by row kind.
    rows: BTreeMap<String, BTreeSet<String>>,
    /// Row kinds of which rows may be added.
    adds: BTreeSet<String>,
}

impl Asked {
    /// What one stage asks for, by its forms and facts.
    pub fn of(pack: &Pack, spec: &StageSpec) -> Self {
        let mut asked = Self::default();
        asked.stage(pack, spec);
        asked
    }

    /// What is filled in for a procedure, with what is taken over from those it builds on.
    pub fn filed(pack: &Pack, procedure: &str) -> Self {
        let (mut asked, mut waiting, mut seen) = (Self::default(), vec![procedure], BTreeSet::new());
        while let Some(id) = waiting.pop().filter(|_| seen.len() <= pack.procedures.len()) {
            let Some(procedure) = pack.procedure(id).filter(|procedure| seen.insert(procedure.id.as_str())) else { continue };
            let fills = pack.stages_of(&procedure.id).into_iter().filter(|stage| stage.work == Some(Work::Fill));
            fills.for_each(|stage| asked.stage(pack, stage));
            waiting.extend(procedure.needs.iter().chain(&procedure.prefills).map(String::as_str));
        }
        asked
    }

    fn stage(&mut self, pack: &Pack, spec: &StageSpec) {
        spec.forms.iter().filter_map(|form| pack.form(form)).for_each(|form| self.form(pack, form));
        spec.asks.iter().for_each(|fact| self.fact(pack, fact.value()));
        if spec.work == Some(Work::Assess) {
            self.questions(pack);
            self.scenarios(pack);
        }
    }

    fn fact(&mut self, pack: &Pack, path: &str) {
        match path.split_once('.').filter(|(kind, _)| pack.kind(kind).is_some_and(|kind| kind > 0)) {
            Some((kind, name)) => drop(self.rows.entry(kind.to_owned()).or_default().insert(name.to_owned())),
            None => drop(self.paths.insert(path.to_owned())),
        }
    }

    fn form(&mut self, pack: &Pack, form: &Form) {
        self.paths.extend(form.promises.iter().map(|promise| promise.path.clone()));
        form.sections.iter().for_each(|section| self.section(pack, section));
    }

    fn section(&mut self, pack: &Pack, section: &Section) {
        match &section.body {
            Body::Fields(_) => self.paths.extend(sections_fields(section).iter().map(|field| field.path.clone())),
            Body::Rows { kind, fields } => {
                self.adds.insert(pack.kinds[*kind as usize].id.clone());
                fields.iter().for_each(|field| self.fact(pack, &field.path));
            }
            Body::Questions { .. } => self.questions(pack),
            Body::Scenarios { .. } => self.scenarios(pack),
        }
    }

    fn questions(&mut self, pack: &Pack) {
        for question in pack.assessment.iter().flat_map(|assessment| &assessment.questions) {
            let inputs = question.figures.iter().chain([&question.input]);
            self.paths.extend(inputs.map(|input| pack.inputs[0][*input].id()));
            self.paths.insert(format!("evidence.{}", question.id));
        }
    }

    fn scenarios(&mut self, pack: &Pack) {
        for scenario in pack.assessment.iter().flat_map(|assessment| &assessment.scenarios) {
            self.paths.extend([pack.inputs[0][scenario.input].id(), format!("evidence.{}", scenario.id)]);
        }
    }

    /// Whether what stands under a path is asked for; cells of a table stand below its path.
    pub fn has(&self, path: &str) -> bool {
        let above = path.match_indices('.').map(|(at, _)| &path[..at]);
        self.paths.contains(path) || above.into_iter().any(|above| self.paths.contains(above))
    }

    /// Only what is asked for.
    pub fn keep(&self, answers: &Answers) -> Answers {
        let texts = answers.texts.iter().filter(|(path, _)| self.has(path));
        let rows = answers.rows.iter().filter_map(|(kind, rows)| Some((kind.clone(), self.rows_of(kind, rows)?)));
        Answers { texts: texts.map(|(path, text)| (path.clone(), text.clone())).collect(), rows: rows.collect() }
    }

    fn rows_of(&self, kind: &str, rows: &[RowAnswers]) -> Option<Vec<RowAnswers>> {
        let names = self.rows.get(kind)?;
        let kept = rows.iter().map(|row| {
            let texts = row.texts.iter().filter(|(name, _)| names.contains(*name));
            RowAnswers { texts: texts.map(|(name, text)| (name.clone(), text.clone())).collect(), ..row.clone() }
        });
        Some(kept.filter(|row| self.adds.contains(kind) || !row.texts.is_empty()).collect())
    }

    /// Without rows that `under` does not have, where rows are only asked about and not added: they were removed since.
    pub(super) fn about(&self, stated: &Answers, under: &Answers) -> Answers {
        let mut about = stated.clone();
        for (kind, rows) in &mut about.rows {
            let adds = self.adds.contains(kind);
            rows.retain(|row| adds || under.rows(kind).iter().any(|known| known.id == row.id));
        }
        about
    }
}
