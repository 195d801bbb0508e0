//! Weights of one parent add up to 100%, so a single changed one is refused; one point is moved from one to the next.

use super::Mutant;
use super::change::coarser;
use crate::files::Sections;
use std::collections::BTreeMap;

/// A weight: its path and text.
type Weight = (String, String);

/// A point moved between neighbours, either way.
pub(super) fn moved(sections: &Sections) -> Vec<Mutant> {
    let pairs = groups(sections).into_iter().flat_map(|group| group.windows(2).map(<[Weight]>::to_vec).collect::<Vec<_>>());
    pairs.flat_map(|pair| [moved_from(&pair[0], &pair[1]), moved_from(&pair[1], &pair[0])]).flatten().collect()
}

fn moved_from(from: &Weight, to: &Weight) -> Option<Mutant> {
    let (less, more) = (coarser(&from.1, "0%")?, coarser(&to.1, "100%")?);
    let change = format!("{} → {less}；{} {} → {more}", from.1, to.0, to.1);
    Some(Mutant::new(&from.0, change, vec![(from.0.clone(), less), (to.0.clone(), more)]))
}

/// The weights below each parent, in the pack's order; a variant's in the order of their names.
fn groups(sections: &Sections) -> Vec<Vec<Weight>> {
    let mut all: BTreeMap<String, Vec<Weight>> = BTreeMap::new();
    let mut add = |parent: String, path: String, text: &str| all.entry(parent).or_default().push((path, text.to_owned()));
    for one in &sections.dimension {
        add("dimensions".to_owned(), format!("dimension.{}.weight", one.id), &one.weight);
    }
    for one in &sections.indicator {
        add(format!("dimension.{}", one.dimension.value()), format!("indicator.{}.weight", one.id), &one.weight);
    }
    for one in &sections.question {
        add(format!("indicator.{}", one.indicator.value()), format!("question.{}.weight", one.id), &one.weight);
    }
    for one in &sections.variant {
        one.weights.iter().for_each(|(id, weight)| add(format!("variant.{}", one.id), format!("variant.{}.{id}", one.id), weight));
    }
    all.into_values().collect()
}
