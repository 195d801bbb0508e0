//! The pages of a file in their order.

use std::collections::HashSet;

use super::file::{File, in_dict};
use super::object::Object;

/// Deepest branch of the tree of pages.
const MAX_DEPTH: usize = 40;
/// Most pages that are counted.
const MAX_PAGES: usize = 20_000;

/// A page and the resources it has or inherits.
pub(super) struct PageAt<'f> {
    pub(super) page: &'f Object,
    pub(super) resources: &'f Object,
}

/// The pages of the tree; of a file without one every page there is.
pub(super) fn pages<'f>(file: &'f File<'_>) -> Vec<PageAt<'f>> {
    let mut walk = Walk { file, seen: HashSet::new(), found: Vec::new() };
    if let Some(root) = file.root().and_then(|number| in_dict(file.by_number(number), "Pages")) {
        walk.branch(root, &Object::Null, 0);
    }
    if walk.found.is_empty() {
        walk.found = file.every_page().into_iter().map(|page| PageAt { page, resources: file.value(page, "Resources") }).collect();
    }
    walk.found
}

struct Walk<'f, 'b> {
    file: &'f File<'b>,
    seen: HashSet<u32>,
    found: Vec<PageAt<'f>>,
}

impl<'f> Walk<'f, '_> {
    fn branch(&mut self, node: &'f Object, inherited: &'f Object, depth: usize) {
        let fresh = !matches!(node, Object::Reference(number) if !self.seen.insert(*number));
        if depth > MAX_DEPTH || self.found.len() >= MAX_PAGES || !fresh {
            return;
        }
        let page = self.file.get(node);
        let own = self.file.value(page, "Resources");
        let resources = if *own == Object::Null { inherited } else { own };
        let children = self.file.value(page, "Kids").array();
        for child in children {
            self.branch(child, resources, depth + 1);
        }
        if children.is_empty() && in_dict(page, "Type").and_then(Object::name) != Some("Pages") && *page != Object::Null {
            self.found.push(PageAt { page, resources });
        }
    }
}
