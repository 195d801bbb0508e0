//! Members that two files have in common, counted from the lists of each member's files.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Compared, thousandths};

/// How many members each pair has in common; pairs without any are left out.
pub(super) fn shared(files: &[Compared]) -> BTreeMap<(usize, usize), usize> {
    let mut of: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, file) in files.iter().enumerate() {
        for member in distinct(file) {
            of.entry(member).or_default().push(at);
        }
    }
    let mut shared = BTreeMap::new();
    for files in of.values() {
        for (place, one) in files.iter().enumerate() {
            for other in &files[place + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    shared
}

/// Members that both have, of all that either has, in thousandths.
pub(super) fn jaccard(files: &[Compared], (one, other): (usize, usize), shared: usize) -> u32 {
    let all = distinct(&files[one]).len() + distinct(&files[other]).len();
    thousandths(shared, all - shared)
}

fn distinct(file: &Compared) -> BTreeSet<&str> {
    file.members.iter().map(String::as_str).collect()
}
