//! Sentences with `{places}`: each place is a name, a formula, or `table.column` of a lookup the rule makes.

use super::{Compiler, Place};
use crate::formula::{Expr, Node, parse};
use crate::spec::At;
use crate::term::{Form, Piece, Template, Term};

impl Compiler<'_> {
    pub(super) fn template(&mut self, text: &At<String>, place: &Place, rule: &[&Term]) -> Template {
        let mut pieces = Vec::new();
        let mut rest = text.value().as_str();
        let place = Place { offset: text.start(), ..place.clone() };
        while let Some((before, after)) = rest.split_once('{') {
            pieces.push(Piece::Text(before.to_owned()));
            let Some((inside, after)) = after.split_once('}') else {
                self.report(place.file, place.offset, &place.clause.clone(), "“{”没有对应的“}”");
                return Template { pieces };
            };
            pieces.extend(self.hole(inside, &place, rule).map(Piece::Value));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Template { pieces }
    }

    fn hole(&mut self, inside: &str, place: &Place, rule: &[&Term]) -> Option<Term> {
        let looked_up = rule.iter().flat_map(|term| term.walk()).find(|term| self.is_lookup(term, inside)).cloned();
        if looked_up.is_some() {
            return looked_up;
        }
        match parse(inside) {
            Ok(expr) => self.term(&Expr { span: 0..0, ..flattened(expr) }, place, None),
            Err(error) => {
                self.report(place.file, place.offset, &place.clause.clone(), format!("“{{{inside}}}”：{}", error.message));
                None
            }
        }
    }

    fn is_lookup(&self, term: &Term, name: &str) -> bool {
        let Form::Lookup { table, column, .. } = &term.form else { return false };
        name.split_once('.').is_some_and(|(id, asked)| id == self.tables[*table].printed.id && asked == column)
    }
}

/// Problems in a sentence point at the sentence.
fn flattened(expr: Expr) -> Expr {
    let flat = |inner: Box<Expr>| Box::new(flattened(*inner));
    let node = match expr.node {
        Node::Not(a) => Node::Not(flat(a)),
        Node::And(a, b) => Node::And(flat(a), flat(b)),
        Node::Or(a, b) => Node::Or(flat(a), flat(b)),
        Node::Compare(how, a, b) => Node::Compare(how, flat(a), flat(b)),
        Node::Arithmetic(how, a, b) => Node::Arithmetic(how, flat(a), flat(b)),
        other => other,
    };
    Expr { node, span: 0..0 }
}
