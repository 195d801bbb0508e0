//! Formulas as they were written beside what they resolved to, so that a part can be named by its own text.

use crate::formula::{Expr, Node, parse};
use crate::load::Loaded;
use crate::pack::{Award, Condition, Effect, Pack, Recognition, Test};
use crate::program::{Kind, Reg, Type};
use crate::term::{Form, Term};
use std::collections::HashMap;

/// A formula of a pack.
pub struct Written<'p> {
    /// Its place as [`crate::edit`] names it.
    pub path: String,
    /// The Chinese name of its rule.
    pub label: &'p str,
    /// The clauses its rule follows.
    pub clause: &'p str,
    /// The formula's text.
    pub text: String,
    /// What it resolved to.
    pub term: &'p Term,
    expr: Expr,
}

/// A part of a formula.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// The part's own text.
    pub text: &'a str,
    /// As parsed.
    pub expr: &'a Expr,
    /// As resolved.
    pub term: &'a Term,
}

/// Every formula of a pack's own rules with its text.
pub fn formulas(loaded: &Loaded) -> Vec<Written<'_>> {
    let texts: HashMap<String, String> = loaded.places().into_iter().map(|place| (place.path, place.text)).collect();
    rules(&loaded.pack).into_iter().filter_map(|rule| written(rule, &texts)).collect()
}

fn written<'p>((path, label, clause, term): Rule<'p>, texts: &HashMap<String, String>) -> Option<Written<'p>> {
    let text = texts.get(&path)?.clone();
    let expr = parse(&text).ok()?;
    Some(Written { path, label, clause, text, term, expr })
}

/// Path, Chinese name, clauses, formula.
pub(crate) type Rule<'p> = (String, &'p str, &'p str, &'p Term);

/// Every formula of a pack with its place.
pub(crate) fn rules(pack: &Pack) -> Vec<Rule<'_>> {
    let values =
        pack.values.iter().map(|value| (format!("value.{}.expr", value.id), value.label.as_str(), value.clause.as_str(), &value.term));
    let conditions = pack.conditions.iter().flat_map(of_condition);
    let recognitions = pack.recognitions.iter().flat_map(of_recognition);
    let awards = pack.awards.iter().flat_map(of_award);
    let stacks = pack.stacks.iter().flat_map(|stack| {
        let of = |what: &str, term| (format!("stack.{}.{what}", stack.id), stack.label.as_str(), stack.clause.as_str(), term);
        stack.paid.iter().map(move |paid| of("paid", paid)).chain(stack.cap.iter().map(move |cap| of("cap", cap)))
    });
    values.chain(conditions).chain(recognitions).chain(awards).chain(stacks).collect()
}

fn of_condition(condition: &Condition) -> Vec<Rule<'_>> {
    let of = |what: &str, term| (format!("condition.{}.{what}", condition.id), condition.label.as_str(), condition.clause.as_str(), term);
    let met = match &condition.test {
        Test::Formula(term) => Some(of("met", term)),
        Test::Person(..) => None,
    };
    met.into_iter().chain(condition.when.iter().map(|when| of("when", when))).collect()
}

fn of_recognition(recognition: &Recognition) -> Vec<Rule<'_>> {
    let amount =
        recognition.amount.iter().map(|amount| (format!("recognise.{}.amount", recognition.id), recognition.label.as_str(), "", amount));
    let rules = recognition.rules.iter().flat_map(|rule| {
        let of = |what: &str, term| {
            (format!("recognise.{}.{}.{what}", recognition.id, rule.id), rule.label.as_str(), rule.clause.as_str(), term)
        };
        let effect = match &rule.effect {
            Effect::Gate(term, ..) => of("requires", term),
            Effect::Ceiling(term, _) => of("at_most", term),
        };
        rule.when.iter().map(move |when| of("when", when)).chain([effect])
    });
    amount.chain(rules).collect()
}

fn of_award(award: &Award) -> Vec<Rule<'_>> {
    let of = |what: &str, term| (format!("award.{}.{what}", award.id), award.label.as_str(), award.clause.as_str(), term);
    let requires = award.requires.as_ref().map(|(term, ..)| of("requires", term));
    [of("amount", &award.amount)].into_iter().chain(requires).collect()
}

impl Written<'_> {
    /// The whole formula as a part of itself.
    pub fn whole(&self) -> Part<'_> {
        Part { text: &self.text, expr: &self.expr, term: self.term }
    }

    /// Every part, outermost first.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut all = vec![self.whole()];
        let mut at = 0;
        while let Some(part) = all.get(at).copied() {
            all.extend(self.below(part));
            at += 1;
        }
        all
    }

    fn part<'a>(&'a self, (expr, term): (&'a Expr, &'a Term)) -> Part<'a> {
        Part { text: self.text.get(expr.span.clone()).unwrap_or("").trim(), expr, term }
    }

    /// The parts directly below a part.
    pub fn below<'a>(&'a self, part: Part<'a>) -> Vec<Part<'a>> {
        paired(part.expr, part.term).into_iter().map(|pair| self.part(pair)).collect()
    }

    /// The single tests a yes/no part is made of by `and`, `or` and `not`.
    pub fn tests<'a>(&'a self, part: Part<'a>) -> Vec<Part<'a>> {
        match part.term.form {
            Form::And(..) | Form::Or(..) | Form::Not(_) => self.below(part).into_iter().flat_map(|part| self.tests(part)).collect(),
            Form::Literal(_) => Vec::new(),
            _ => vec![part],
        }
    }

    /// Everything that decides something here: the formula itself if it is yes or no, conditions of `if`, filters of rows.
    pub fn deciding(&self) -> Vec<Part<'_>> {
        let whole = Some(self.whole()).filter(|whole| whole.term.ty == Type::YesNo);
        let inner = self.parts().into_iter().filter_map(|part| match (&part.expr.node, &part.term.form) {
            (Node::Call(name, _), _) if name == "if" => self.below(part).first().copied(),
            (_, Form::Rows(_, _, _, Some(_))) => self.below(part).first().copied(),
            _ => None,
        });
        whole.into_iter().chain(inner).collect()
    }
}

/// The parts of a formula as written with what each resolved to.
fn paired<'a>(expr: &'a Expr, term: &'a Term) -> Vec<(&'a Expr, &'a Term)> {
    match (&expr.node, &term.form) {
        (Node::Not(a), Form::Not(x)) | (Node::In(a, _), Form::In(x, _)) => vec![(a, x)],
        (Node::And(a, b), Form::And(x, y)) | (Node::Or(a, b), Form::Or(x, y)) => vec![(a, x), (b, y)],
        (Node::Compare(_, a, b), Form::Compare(_, x, y)) => vec![(a, x), (b, y)],
        (Node::Arithmetic(_, a, b), Form::Arithmetic(_, x, y)) => vec![(a, x), (b, y)],
        (Node::Call(_, args), Form::Call(_, terms)) => args.iter().zip(terms).collect(),
        (Node::Call(_, args), Form::Marginal { amount, .. }) => args.last().map(|arg| (arg, amount.as_ref())).into_iter().collect(),
        (Node::Rows { filter: Some(filter), .. }, Form::Rows(_, _, _, Some(test))) => vec![(filter, test)],
        (Node::Lookup { keys, .. }, Form::Lookup { keys: terms, .. }) => keys.iter().zip(terms).collect(),
        _ => Vec::new(),
    }
}

/// The row kind a register belongs to.
pub(crate) fn kind_of(pack: &Pack, reg: Reg) -> Kind {
    pack.program.steps[reg as usize].kind
}
