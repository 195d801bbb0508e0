//! Marks, scenario counts and levels, from the sections as written.

use super::number::{Known, Number, read, scaled, whole};
use super::tables::is_in_range;
use super::{all_of, holds};
use num_traits::Zero;
use policy::explained::Facts;
use policy::files::{self, Entry, Sections};
use policy::load::Loaded;
use policy::pack::Pack;
use policy::spec::{OneOrMany, QuestionKind, QuestionSpec, VariantSpec};
use std::collections::{BTreeMap, HashMap};

/// An indicator set and how a pack uses it.
pub struct Set {
    /// Sections with the indicators.
    sections: Sections,
    /// Each variant: its Chinese name and the weights of dimensions, indicators and questions.
    variants: Vec<(String, HashMap<String, Number>)>,
}

/// The set a pack assesses by, if it assesses.
pub fn read_set(loaded: &Loaded) -> Option<Set> {
    let own = files::read(&loaded.files).0;
    let how = own.assessment.first()?;
    let names = std::iter::once(how.decides.value()).chain(how.beside.iter().map(|name| name.value()));
    let specs: Vec<Option<VariantSpec>> =
        names.map(|name| own.variant.iter().find(|variant| variant.id == *name).map(|entry| entry.spec.value().clone())).collect();
    let used = loaded.used.iter().map(|used| files::read(&used.files).0).find(|sections| !sections.indicator_set.is_empty());
    let sections = used.unwrap_or_else(|| own.clone());
    let title = sections.indicator_set.first()?.label.clone();
    let variants =
        specs.iter().map(|spec| (spec.as_ref().map_or(title.clone(), |spec| spec.label.clone()), weights(&sections, spec.as_ref())));
    Some(Set { variants: variants.collect(), sections })
}

fn percent(text: &str) -> Number {
    read(text, |_| None)
}

fn weights(sections: &Sections, variant: Option<&VariantSpec>) -> HashMap<String, Number> {
    let mut all: HashMap<String, Number> = sections.dimension.iter().map(|entry| (entry.id.clone(), percent(&entry.weight))).collect();
    all.extend(sections.indicator.iter().map(|entry| (entry.id.clone(), percent(&entry.weight))));
    all.extend(sections.question.iter().map(|entry| (entry.id.clone(), percent(&entry.weight))));
    all.extend(variant.into_iter().flat_map(|variant| &variant.weights).map(|(id, weight)| (id.clone(), percent(weight))));
    all
}

fn fact(pack: &Pack, facts: &Facts, path: &str) -> Known {
    let input = pack.input(path).unwrap_or_else(|| panic!("no fact {path}"));
    Some(scaled(facts.kinds[0].inputs[input][0].get()?, pack.inputs[0][input].meta.scale))
}

/// The share of a question's full marks, from figures where it has them, else from the answer.
fn share(pack: &Pack, facts: &Facts, question: &QuestionSpec) -> Known {
    let figure = |name: &str| fact(pack, facts, &format!("figures.{name}"));
    let derived = match question.kind {
        QuestionKind::Ratio => ratio(question, figure),
        QuestionKind::Trend => trend(question, figure),
        QuestionKind::Multi | QuestionKind::Single => None,
    };
    let given = || facts.kinds[0].inputs[pack.input(&format!("answers.{}", question.id)).expect("the answer's fact")][0].get();
    let shares: Vec<Number> = question.options.iter().map(|option| percent(&option.share)).collect();
    match (derived, question.kind) {
        (Some(option), _) => Some(shares[option].clone()),
        (None, QuestionKind::Multi) => {
            given().map(|ticked| shares.iter().enumerate().filter(|(at, _)| ticked >> at & 1 == 1).map(|(_, share)| share).sum())
        }
        (None, _) => given().map(|option| shares[option as usize].clone()),
    }
}

fn ratio(question: &QuestionSpec, figure: impl Fn(&str) -> Known) -> Option<usize> {
    let (part, of) = (figure(question.part.as_ref()?)?, figure(question.whole.as_ref()?)?);
    if of.is_zero() {
        return None;
    }
    let ratio = part / of;
    question.options.iter().position(|option| option.range.as_ref().is_some_and(|range| is_in_range(range, &ratio)))
}

fn trend(question: &QuestionSpec, figure: impl Fn(&str) -> Known) -> Option<usize> {
    let side = |names: &OneOrMany| {
        let base = names.0.get(1).map_or(Some(whole(1)), |base| figure(base))?;
        (!base.is_zero()).then(|| figure(&names.0[0]).map(|above| above / base))?
    };
    let (now, before) = (side(question.now.as_ref()?)?, side(question.before.as_ref()?)?);
    let word = match now.cmp(&before) {
        std::cmp::Ordering::Less => "lower",
        std::cmp::Ordering::Equal => "same",
        std::cmp::Ordering::Greater => "higher",
    };
    question.options.iter().position(|option| option.id == word)
}

impl Set {
    fn dimension_of(&self, question: &QuestionSpec) -> (&String, &String) {
        let indicator =
            self.sections.indicator.iter().find(|indicator| indicator.id == *question.indicator.value()).expect("the indicator");
        (&indicator.id, indicator.dimension.value())
    }

    /// Everything assessed, by its Chinese name.
    pub fn assessed(&self, pack: &Pack, facts: &Facts) -> BTreeMap<String, Known> {
        let mut all = BTreeMap::new();
        let shares: Vec<(&Entry<QuestionSpec>, Known)> =
            self.sections.question.iter().map(|entry| (entry, share(pack, facts, entry))).collect();
        for (label, weights) in self.variants.iter().rev() {
            let marks = |question: &QuestionSpec, share: &Known| {
                let (indicator, dimension) = self.dimension_of(question);
                let weight = &weights[dimension] * &weights[indicator] * &weights[&question.id];
                share.as_ref().map(|share| share * weight * whole(100))
            };
            for dimension in &self.sections.dimension {
                let own = shares.iter().filter(|(question, _)| *self.dimension_of(question).1 == dimension.id);
                all.insert(format!("{}得分", dimension.label), own.map(|(question, share)| marks(question, share)).sum());
            }
            let score: Known = shares.iter().map(|(question, share)| marks(question, share)).sum();
            all.insert(format!("{label}等级"), self.level(pack, facts, &score));
            all.insert(format!("{label}得分"), score);
        }
        for line in &self.sections.level {
            all.insert(format!("达到{}及以上的场景数", line.label), self.scenarios(pack, facts, line.level, false));
            all.insert(format!("达到{}及以上的约束性场景数", line.label), self.scenarios(pack, facts, line.level, true));
        }
        all
    }

    fn scenarios(&self, pack: &Pack, facts: &Facts, level: u8, constraint: bool) -> Known {
        let counted = self.sections.scenario.iter().filter(|scenario| scenario.constraint || !constraint);
        let reached =
            counted.map(|scenario| Some(super::yes(fact(pack, facts, &format!("scenarios.{}", scenario.id))? >= whole(level.into()))));
        reached.sum()
    }

    /// Whether enough scenarios are at a level or above: too few even with all that are left open is no.
    fn enough(&self, pack: &Pack, facts: &Facts, level: u8, constraint: bool, needed: u16) -> Known {
        let counted = self.sections.scenario.iter().filter(|scenario| scenario.constraint || !constraint);
        let levels: Vec<Known> = counted.map(|scenario| fact(pack, facts, &format!("scenarios.{}", scenario.id))).collect();
        let reached = levels.iter().flatten().filter(|found| **found >= whole(level.into())).count();
        let open = levels.iter().filter(|found| found.is_none()).count();
        match usize::from(needed) {
            needed if reached >= needed => Some(super::yes(true)),
            needed if reached + open < needed => Some(super::yes(false)),
            _ => None,
        }
    }

    /// The highest level of which every line is reached; a line left open above a lower level leaves the level open.
    fn level(&self, pack: &Pack, facts: &Facts, score: &Known) -> Known {
        let mut lines: Vec<_> = self.sections.level.iter().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.level));
        for line in lines {
            let needed = percent(line.score.trim_end_matches('分'));
            let tests = [
                score.as_ref().map(|score| super::yes(*score >= needed)),
                self.enough(pack, facts, line.level, false, line.scenarios),
                self.enough(pack, facts, line.level, true, line.constraint),
            ];
            let reached = all_of(tests.into_iter());
            if reached.is_none() || holds(&reached) {
                return reached.map(|_| whole(line.level.into()));
            }
        }
        Some(whole(0))
    }
}
