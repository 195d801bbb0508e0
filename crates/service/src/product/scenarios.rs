//! The business scenarios a product may serve: those of the indicator sets that are loaded, each once.

use policy::library::Library;
use standards::text::squash;

/// A business scenario (应用场景).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its id in the packs.
    pub id: String,
    /// Its Chinese name.
    pub label: String,
    /// Its group.
    pub group: String,
}

/// Every scenario of the newest packs. Programmes of one indicator set have theirs in common; where two sets have another id or
/// another name for the same one, the first stands for both, so that no name means two.
pub fn scenarios(library: &Library) -> Vec<Scenario> {
    let sets = library.now().packs().filter_map(|pack| pack.assessment.as_ref());
    let mut all: Vec<Scenario> = Vec::new();
    for scenario in sets.flat_map(|set| &set.scenarios) {
        if all.iter().all(|known| known.id != scenario.id && squash(&known.label) != squash(&scenario.label)) {
            all.push(Scenario { id: scenario.id.clone(), label: scenario.label.clone(), group: scenario.group.clone() });
        }
    }
    all
}
