//! A tree of reasons: what was compared with what, under which clause.

use serde::Serialize;

/// One reason and what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Stable id of the rule or fact in the pack; `invoice.counted#FP-1` for one row of it.
    pub id: String,
    /// A Chinese sentence an official would sign.
    pub text: String,
    /// The clauses it follows, joined by `、`; empty for a plain fact. `miit-2024/Q3` is a clause of another pack.
    pub clause: String,
    /// What it rests on.
    pub children: Vec<Reason>,
}

impl Reason {
    /// A reason without children.
    pub fn new(id: impl Into<String>, text: impl Into<String>, clause: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), clause: clause.into(), children: Vec::new() }
    }

    /// The same reason resting on `children`.
    pub fn with(mut self, children: Vec<Reason>) -> Self {
        self.children = children;
        self
    }

    /// Every reason of the tree, parents first.
    pub fn walk(&self) -> Vec<&Reason> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.walk());
        }
        all
    }

    /// The single clause ids cited anywhere in the tree.
    pub fn clauses(&self) -> Vec<&str> {
        let all = self.walk();
        let cited = all.iter().flat_map(|reason| reason.clause.split('、')).filter(|clause| !clause.is_empty());
        cited.collect()
    }

    /// Plain text, one line a reason, indented by depth; `cite` turns clauses joined by `、` into their printed form.
    pub fn plain(&self, cite: &dyn Fn(&str) -> String) -> String {
        let mut out = String::new();
        self.write_plain(0, cite, &mut out);
        out
    }

    fn write_plain(&self, depth: usize, cite: &dyn Fn(&str) -> String, out: &mut String) {
        out.push_str(&"  ".repeat(depth));
        out.push_str(&self.text);
        if !self.clause.is_empty() {
            out.push_str(&format!("（依据：{}）", cite(&self.clause)));
        }
        out.push('\n');
        for child in &self.children {
            child.write_plain(depth + 1, cite, out);
        }
    }
}
