//! The formulas of a pack's rules, for what reads them again.

use policy::pack::{Effect, Pack, Test};
use policy::term::Term;

/// Every formula of a pack's rules.
pub fn formulas(pack: &Pack) -> Vec<&Term> {
    let mut all: Vec<&Term> = pack.values.iter().map(|value| &value.term).collect();
    for condition in &pack.conditions {
        all.extend(&condition.when);
        all.extend(match &condition.test {
            Test::Formula(term) => Some(term),
            Test::Person(..) => None,
        });
    }
    for recognition in &pack.recognitions {
        all.extend(&recognition.amount);
        for rule in &recognition.rules {
            all.extend(&rule.when);
            all.push(match &rule.effect {
                Effect::Gate(term, ..) | Effect::Ceiling(term, _) => term,
            });
        }
    }
    for award in &pack.awards {
        all.push(&award.amount);
        all.extend(&award.recognised);
        all.extend(award.requires.iter().map(|(term, ..)| term));
    }
    all.extend(pack.stacks.iter().flat_map(|stack| stack.paid.iter().chain(&stack.cap)));
    all
}
