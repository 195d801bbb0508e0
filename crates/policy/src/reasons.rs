//! Reason trees: a sentence per value, what it rests on below it, each with its clauses.

use crate::formula::Fold;
use crate::pack::{Effect, Recognition, Rule};
use crate::program::Kind;
use crate::reason::Reason;
use crate::say::{Sayer, quoted};
use crate::term::{Form, Symbol, Term};
use std::collections::HashSet;

/// Rows listed one by one under a sum; beyond that only the total is said.
const LISTED_ROWS: usize = 200;

/// Builds trees for one case; what was explained once is only named again.
pub struct Explainer<'a> {
    /// What sentences are made from.
    pub say: Sayer<'a>,
    told: HashSet<String>,
}

impl<'a> Explainer<'a> {
    /// Starts a tree.
    pub fn new(say: Sayer<'a>) -> Self {
        Self { say, told: HashSet::new() }
    }

    /// Why a value is what it is.
    pub fn value(&mut self, index: usize, row: usize) -> Reason {
        let value = &self.say.pack.values[index];
        let row = if value.kind == 0 { 0 } else { row };
        let id = self.id(&value.id, value.kind, row);
        let text = match &value.says {
            Some(says) => self.say.template(says, row),
            None => self.computed(&value.label, &value.term, row),
        };
        let text = self.settled(value.settled, text);
        let mut children = Vec::new();
        if self.told.insert(id.clone()) {
            children = self.parts(&value.term, row);
            children.extend(reading(&id, &value.reading));
        }
        Reason::new(id, text, value.clause.clone()).with(children)
    }

    fn settled(&self, input: Option<usize>, text: String) -> String {
        let Some(input) = input else { return text };
        let facts = self.say.facts;
        let Some(fen) = facts.kinds[0].inputs[input][0].get() else { return text };
        let path = self.say.pack.inputs[0][input].id();
        let note = facts.notes.get(&path).map_or(String::new(), |note| format!("（{note}）"));
        format!("{text}人工核定为{}{note}，计算结果为上限。", crate::say::money(fen))
    }

    fn computed(&self, label: &str, term: &Term, row: usize) -> String {
        let value = self.say.value_of(term, row);
        match term.form {
            Form::Literal(_) => format!("{label}为{value}。"),
            _ => format!("{label}为{value}：{}。", self.say.formula(term, row)),
        }
    }

    fn id(&self, id: &str, kind: Kind, row: usize) -> String {
        if kind == 0 { id.to_owned() } else { format!("{id}#{}", self.say.facts.kinds[kind as usize].ids[row]) }
    }

    /// What the names and lookups in a formula rest on.
    pub fn parts(&mut self, term: &Term, row: usize) -> Vec<Reason> {
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        for part in self.own_parts(term, row) {
            let found = match &part.form {
                Form::Name(symbol) => self.named(symbol, part, row),
                Form::Rows(fold, kind, column, filter) => self.row_parts(*fold, *kind, column.as_deref(), filter.as_deref(), part, row),
                Form::Lookup { table, row: at, keys, .. } => {
                    let line = self.say.trace.at(*at, if part.kind == 0 { 0 } else { row });
                    let mut found: Vec<Reason> = line.get().map(|line| self.table_row(*table, line as usize)).into_iter().collect();
                    keys.iter().for_each(|key| found.extend(self.parts(key, row)));
                    found
                }
                _ => Vec::new(),
            };
            all.extend(found.into_iter().filter(|reason| seen.insert(reason.id.clone())));
        }
        all
    }

    /// The names, row folds and lookups that decide a formula, not looking inside folds and lookups.
    fn own_parts<'t>(&self, term: &'t Term, row: usize) -> Vec<&'t Term> {
        match &term.form {
            Form::Name(_) | Form::Rows(..) | Form::Lookup { .. } => vec![term],
            Form::And(..) | Form::Or(..) => {
                let sides = self.say.deciding(term, row);
                sides.into_iter().flat_map(|side| self.own_parts(side, row)).collect()
            }
            _ => term.parts().into_iter().flat_map(|part| self.own_parts(part, row)).collect(),
        }
    }

    fn named(&mut self, symbol: &Symbol, part: &Term, row: usize) -> Vec<Reason> {
        match symbol {
            Symbol::Value(index) => vec![self.value(*index, self.own_row(part, self.say.pack.values[*index].kind, row))],
            Symbol::Recognition(index) => {
                let kind = self.say.pack.recognitions[*index].kind;
                vec![self.recognition(*index, self.own_row(part, kind, row))]
            }
            Symbol::Input(kind, index) => {
                let input = &self.say.pack.inputs[*kind as usize][*index];
                vec![self.fact(&input.id(), &input.label, &input.clause, part, *kind, row)]
            }
            Symbol::Given(id) => vec![self.fact(&format!("given.{id}"), &self.say.label(symbol), "", part, 0, row)],
            Symbol::Assessed(label) => {
                let text = format!("{label}为{}。", self.say.value_of(part, row));
                vec![Reason::new(format!("assessed:{label}"), text, self.assessed_clause())]
            }
        }
    }

    fn assessed_clause(&self) -> String {
        let assessment = self.say.pack.assessment.as_ref();
        assessment.and_then(|assessment| assessment.variants.first()).map_or(String::new(), |variant| variant.clause.clone())
    }

    /// The row of `kind` that a term in a row of its own kind reads.
    fn own_row(&self, part: &Term, kind: Kind, row: usize) -> usize {
        let (mut at, mut own) = (row, part.kind);
        while own != kind && own != 0 {
            at = self.say.facts.kinds[own as usize].parent[at] as usize;
            own = self.say.pack.kinds[own as usize].parent;
        }
        if kind == 0 { 0 } else { at }
    }

    fn fact(&self, id: &str, label: &str, clause: &str, part: &Term, kind: Kind, row: usize) -> Reason {
        let value = self.say.value_of(part, if part.kind == 0 { 0 } else { row });
        let own = self.own_row(part, kind, row);
        let whose = if kind == 0 {
            String::new()
        } else {
            format!("{}{}的", self.say.pack.kinds[kind as usize].label, self.say.facts.kinds[kind as usize].ids[own])
        };
        Reason::new(self.id(id, kind, own), format!("{whose}{label}：{value}。"), clause)
    }

    fn table_row(&self, table: usize, line: usize) -> Reason {
        let table = &self.say.pack.tables[table];
        let Some(((_, clause), cells)) = table.rows.get(line).zip(table.shown.get(line)) else { return Reason::default() };
        let shown: Vec<String> = table.heads.iter().zip(cells).map(|((_, label), cell)| format!("{label}{cell}")).collect();
        let clause = if clause.is_empty() { table.clause.clone() } else { clause.clone() };
        let children = reading(&table.id, &table.reading).into_iter().collect();
        Reason::new(format!("{}[{}]", table.id, line + 1), format!("适用{}第{}行：{}。", table.label, line + 1, shown.join("，")), clause)
            .with(children)
    }

    fn row_parts(&mut self, fold: Fold, kind: Kind, column: Option<&Term>, filter: Option<&Term>, part: &Term, row: usize) -> Vec<Reason> {
        if kind as usize >= self.say.facts.kinds.len() || (fold == Fold::Sum && column.is_none()) {
            return Vec::new();
        }
        let rows = self.rows_below(kind, part.kind, row);
        let counted: Vec<usize> =
            rows.into_iter().filter(|at| filter.is_none_or(|filter| self.say.at(filter, *at) != crate::kernel::Val::known(0))).collect();
        let shown = counted.into_iter().take(LISTED_ROWS);
        match (column, filter) {
            (Some(column), _) => shown.flat_map(|at| self.parts(column, at)).collect(),
            (None, Some(filter)) => shown.flat_map(|at| self.parts(filter, at)).collect(),
            (None, None) => Vec::new(),
        }
    }

    fn rows_below(&self, kind: Kind, above: Kind, row: usize) -> Vec<usize> {
        let all = 0..self.say.facts.rows(kind);
        if above == 0 {
            return all.collect();
        }
        let under = |at: usize| {
            let (mut own, mut at) = (kind, at);
            while own != above {
                at = self.say.facts.kinds[own as usize].parent[at] as usize;
                own = self.say.pack.kinds[own as usize].parent;
            }
            at == row
        };
        all.filter(|at| under(*at)).collect()
    }

    /// Why so much of a row counts: rule by rule.
    pub fn recognition(&mut self, index: usize, row: usize) -> Reason {
        let recognition = &self.say.pack.recognitions[index];
        let id = self.id(&recognition.id, recognition.kind, row);
        let text = self.recognised(recognition, row);
        let mut children = Vec::new();
        if self.told.insert(id.clone()) {
            if let Some(amount) = &recognition.amount {
                children.extend(self.parts(amount, row));
            }
            for rule in &recognition.rules {
                children.push(self.rule(&id, rule, row));
            }
        }
        let clause = self.binding_clause(recognition, row);
        Reason::new(id, text, clause).with(children)
    }

    fn recognised(&self, recognition: &Recognition, row: usize) -> String {
        let kind = &self.say.pack.kinds[recognition.kind as usize].label;
        let name = &self.say.facts.kinds[recognition.kind as usize].ids[row];
        let value = self.say.trace.at(recognition.reg, row);
        let meta = self.say.pack.metas[recognition.reg as usize];
        let shown = self.say.value(meta, value);
        let Some(amount) = &recognition.amount else {
            return format!("{kind}{name}：{}为{shown}。", recognition.label);
        };
        let claimed = self.say.formula(amount, row);
        let gates = self.say.trace.at(recognition.gates, row);
        match (gates.get(), value.get()) {
            (Some(0), _) => format!("{kind}{name}：{claimed}，不予计入。"),
            (None, _) => format!("{kind}{name}：{claimed}，待补充或核实后计入，目前计0元。"),
            (_, Some(_)) => format!("{kind}{name}：{}{shown}（{claimed}）。", recognition.label),
            (_, None) => format!("{kind}{name}：金额待补充。"),
        }
    }

    /// The clauses of the rules that keep something out; all rules' when nothing is kept out.
    fn binding_clause(&self, recognition: &Recognition, row: usize) -> String {
        let keeps = |rule: &&Rule| match &rule.effect {
            Effect::Gate(_, reg, _) => self.say.trace.at(*reg, row).get() != Some(1),
            Effect::Ceiling(ceiling, _) => self.binds(recognition, rule, ceiling, row),
        };
        let mut all: Vec<&str> = recognition.rules.iter().filter(keeps).flat_map(|rule| rule.clause.split('、')).collect();
        all.dedup();
        all.join("、")
    }

    fn binds(&self, recognition: &Recognition, rule: &Rule, ceiling: &Term, row: usize) -> bool {
        let applies = rule.when.as_ref().is_none_or(|when| self.say.at(when, row).get() == Some(1));
        let amount = recognition.amount.as_ref().and_then(|amount| self.say.at(amount, row).get());
        applies && amount.zip(self.say.at(ceiling, row).get()).is_some_and(|(amount, ceiling)| ceiling < amount)
    }

    fn rule(&mut self, of: &str, rule: &Rule, row: usize) -> Reason {
        let (text, children) = match &rule.effect {
            Effect::Gate(test, reg, failed) => match self.say.trace.at(*reg, row).get() {
                Some(1) if self.idle(rule, row) => (format!("{}不适用。", quoted(&rule.label)), Vec::new()),
                Some(1) => (fits("符合", &rule.label, &self.say.formula(test, row)), self.parts(test, row)),
                Some(_) => {
                    let text = failed
                        .as_ref()
                        .map_or_else(|| fits("不符合", &rule.label, &self.say.formula(test, row)), |failed| self.say.template(failed, row));
                    (text, self.with_remedy(test, &rule.fix, row))
                }
                None => {
                    let missing =
                        [rule.when.as_ref().map_or(Vec::new(), |when| self.say.missing(when, row)), self.say.missing(test, row)].concat();
                    (format!("{}待核实，请补充：{}。", quoted(&rule.label), missing.join("、")), self.with_remedy(test, &rule.fix, row))
                }
            },
            Effect::Ceiling(ceiling, limited) => self.ceiling(rule, ceiling, limited.as_ref(), row),
        };
        let children = children.into_iter().chain(self.reading_once(&rule.id, &rule.reading)).collect();
        Reason::new(format!("{of}/{}", rule.id), text, rule.clause.clone()).with(children)
    }

    /// The reading of an unclear text, the first time its rule is told.
    fn reading_once(&mut self, id: &str, text: &Option<String>) -> Option<Reason> {
        let found = reading(id, text)?;
        self.told.insert(found.id.clone()).then_some(found)
    }

    fn ceiling(&mut self, rule: &Rule, ceiling: &Term, limited: Option<&crate::term::Template>, row: usize) -> (String, Vec<Reason>) {
        if self.idle(rule, row) {
            return (format!("{}不适用。", quoted(&rule.label)), Vec::new());
        }
        let text = match limited {
            Some(limited) if self.say.at(ceiling, row).get().is_some() => self.say.template(limited, row),
            _ => format!("{}：不超过{}。", rule.label, self.say.formula(ceiling, row)),
        };
        (text, self.parts(ceiling, row))
    }

    fn idle(&self, rule: &Rule, row: usize) -> bool {
        rule.when.as_ref().is_some_and(|when| self.say.at(when, row).get() == Some(0))
    }

    /// A test's parts with what would make it hold.
    pub fn with_remedy(&mut self, test: &Term, fix: &str, row: usize) -> Vec<Reason> {
        let mut children = self.parts(test, row);
        let needed = self.say.remedies(test, row);
        if !needed.is_empty() {
            children.push(Reason::new("needed", format!("须满足：{}。", needed.join("；")), ""));
        }
        if !fix.is_empty() {
            children.push(Reason::new("fix", format!("可采取的措施：{fix}"), ""));
        }
        children
    }
}

/// 符合“…”：…; once where both say the same.
pub(crate) fn fits(verb: &str, label: &str, said: &str) -> String {
    let why = if said == label { String::new() } else { format!("：{said}") };
    format!("{verb}{}{why}。", quoted(label))
}

/// The reading of an unclear text as a reason of its own.
pub fn reading(id: &str, reading: &Option<String>) -> Option<Reason> {
    reading.as_ref().map(|reading| Reason::new(format!("{id}:reading"), format!("条文理解：{reading}"), ""))
}
