//! What the pieces of a paper are to each other, for readers that speak or search (tagged PDF).

use std::collections::BTreeMap;

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::{Finish as _, Pdf, Ref, TextStr};

/// A node of the tree.
pub(super) type NodeId = usize;

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Plain(StructRole),
    /// A cell: a name of a column or row, or a value; columns and rows it takes.
    Cell { scope: Option<TableHeaderScope>, across: usize, down: usize },
    /// A picture and what it shows.
    Figure(String),
}

#[derive(Debug)]
struct Node {
    role: Role,
    parent: NodeId,
    children: Vec<NodeId>,
    /// Page and number of each piece of content on it.
    content: Vec<(usize, i32)>,
}

/// The tree; its root is the document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// The root.
pub(super) const ROOT: NodeId = 0;

impl Tree {
    pub fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: ROOT, children: Vec::new(), content: Vec::new() }] }
    }

    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { role, parent, children: Vec::new(), content: Vec::new() });
        self.nodes[parent].children.push(id);
        id
    }

    pub fn add_plain(&mut self, parent: NodeId, role: StructRole) -> NodeId {
        self.add(parent, Role::Plain(role))
    }

    /// The tag that content of a node is marked with.
    pub fn tag(&self, node: NodeId) -> StructRole {
        match &self.nodes[node].role {
            Role::Document => StructRole::Document,
            Role::Plain(role) => *role,
            Role::Cell { scope: Some(_), .. } => StructRole::TH,
            Role::Cell { .. } => StructRole::TD,
            Role::Figure(_) => StructRole::Figure,
        }
    }

    /// Content with that number on a page belongs to a node.
    pub fn holds(&mut self, node: NodeId, page: usize, number: i32) {
        self.nodes[node].content.push((page, number));
    }

    /// Writes the tree; objects are numbered from `first` on, two more than nodes.
    pub fn write(&self, pdf: &mut Pdf, root: Ref, pages: &[Ref], refs: &[Ref]) {
        let mut content: BTreeMap<(usize, i32), Ref> = BTreeMap::new();
        for (node, id) in self.nodes.iter().zip(refs) {
            content.extend(node.content.iter().map(|place| (*place, *id)));
            self.write_node(pdf, node, *id, root, pages, refs);
        }
        let mut tree = pdf.indirect(root).start::<pdf_writer::writers::StructTreeRoot<'_>>();
        tree.child(refs[ROOT]);
        tree.parent_tree_next_key(i32::try_from(pages.len()).unwrap_or(i32::MAX));
        let arrays = root.get() + 1;
        let array = |page: usize| Ref::new(arrays + i32::try_from(page).unwrap_or_default());
        let mut numbers = tree.parent_tree();
        let mut list = numbers.nums();
        (0..pages.len()).zip(0..).for_each(|(page, key)| list.insert(key, array(page)));
        list.finish();
        numbers.finish();
        tree.finish();
        for page in 0..pages.len() {
            let owners = content.range((page, 0)..(page + 1, 0)).map(|(_, owner)| *owner);
            pdf.indirect(array(page)).array().items(owners);
        }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    fn write_node(&self, pdf: &mut Pdf, node: &Node, id: Ref, root: Ref, pages: &[Ref], refs: &[Ref]) {
        let mut element = pdf.struct_element(id);
        element.kind(self.tag(refs.iter().position(|one| *one == id).unwrap_or(ROOT)));
        element.parent(if node.role == Role::Document { root } else { refs[node.parent] });
        let mut kids = element.children();
        node.children.iter().for_each(|child| {
            kids.struct_element(refs[*child]);
        });
        for (page, number) in &node.content {
            kids.marked_content_ref().page(pages[*page]).marked_content_id(*number);
        }
        kids.finish();
        match &node.role {
            Role::Figure(shows) => {
                element.alt(TextStr(shows));
            }
            Role::Cell { scope, across, down } => {
                let mut attributes = element.attributes();
                let mut cell = attributes.push().table();
                let number = |n: usize| i32::try_from(n).unwrap_or(1);
                cell.col_span(number(*across)).row_span(number(*down));
                scope.iter().for_each(|scope| {
                    cell.scope(*scope);
                });
            }
            _ => {}
        }
    }
}
