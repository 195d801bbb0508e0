//! What the pieces of a paper are to each other, for readers that speak or search (tagged PDF).

use std::collections::BTreeMap;

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::writers::{StructElement, StructTreeRoot};
use pdf_writer::{Finish as _, Pdf, Ref, TextStr};

use super::write::Ids;

/// A node of the tree.
pub(super) type NodeId = usize;

/// What a node is.
#[derive(Clone, Debug)]
pub(super) enum Role {
    Document,
    Plain(StructRole),
    /// A cell: a name of a column or row, or a value; columns and rows it takes.
    Cell {
        scope: Option<TableHeaderScope>,
        across: usize,
        down: usize,
    },
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

    /// Writes the tree under its root object.
    pub fn write(&self, pdf: &mut Pdf, ids: &mut Ids, root: Ref, pages: &[Ref]) {
        let refs: Vec<Ref> = self.nodes.iter().map(|_| ids.next()).collect();
        (0..self.nodes.len()).for_each(|node| self.write_node(pdf, node, root, pages, &refs));
        let owners = self.owners(pages.len(), &refs);
        let arrays: Vec<Ref> = pages.iter().map(|_| ids.next()).collect();
        let mut tree = pdf.indirect(root).start::<StructTreeRoot<'_>>();
        tree.child(refs[ROOT]);
        tree.parent_tree_next_key(i32::try_from(pages.len()).unwrap_or(i32::MAX));
        let mut numbers = tree.parent_tree();
        let mut list = numbers.nums();
        (0..).zip(&arrays).for_each(|(page, array)| {
            list.insert(page, *array);
        });
        list.finish();
        numbers.finish();
        tree.finish();
        for (array, owners) in arrays.iter().zip(owners) {
            pdf.indirect(*array).array().items(owners.into_values());
        }
    }

    /// For each page which node each numbered piece of content belongs to.
    fn owners(&self, pages: usize, refs: &[Ref]) -> Vec<BTreeMap<i32, Ref>> {
        let mut owners = vec![BTreeMap::new(); pages];
        for (node, id) in self.nodes.iter().zip(refs) {
            for (page, number) in &node.content {
                owners[*page].insert(*number, *id);
            }
        }
        owners
    }

    fn write_node(&self, pdf: &mut Pdf, id: NodeId, root: Ref, pages: &[Ref], refs: &[Ref]) {
        let node = &self.nodes[id];
        let mut element = pdf.struct_element(refs[id]);
        element.kind(self.tag(id));
        element.parent(if id == ROOT { root } else { refs[node.parent] });
        let mut kids = element.children();
        for child in &node.children {
            kids.struct_element(refs[*child]);
        }
        for (page, number) in &node.content {
            kids.marked_content_ref().page(pages[*page]).marked_content_id(*number);
        }
        kids.finish();
        match &node.role {
            Role::Figure(shows) => {
                element.alt(TextStr(shows));
            }
            Role::Cell { scope, across, down } => write_cell(&mut element, *scope, [*across, *down]),
            Role::Document | Role::Plain(_) => {}
        }
    }
}

fn write_cell(element: &mut StructElement<'_>, scope: Option<TableHeaderScope>, spans: [usize; 2]) {
    let [across, down] = spans.map(|span| i32::try_from(span).unwrap_or(1));
    let mut attributes = element.attributes();
    let mut cell = attributes.push().table();
    cell.col_span(across).row_span(down);
    if let Some(scope) = scope {
        cell.scope(scope);
    }
}
