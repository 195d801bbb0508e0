//! Values, conditions, recognition, awards and stacks to operations.

use super::builder::input_meta;
use super::{Compiler, Place, Progress};
use crate::files::Entry;
use crate::formula::parse;
use crate::pack::{Award, Condition, Effect, Recognition, Rule, Stack, Test, Value};
use crate::program::{Kind, Op, Reg, Type};
use crate::spec::{At, AwardSpec, ConditionSpec, RecogniseSpec, RuleSpec, StackMode, StackSpec};
use crate::term::Term;

impl Compiler<'_> {
    /// Reads and compiles a formula written at `text`; problems point into it.
    pub(super) fn formula(&mut self, file: usize, text: &At<String>, clause: &str, kind: Kind, expected: Option<Type>) -> Option<Term> {
        let place = Place { file, offset: self.inside(file, text), clause: clause.to_owned(), kind };
        match parse(text.value()) {
            Ok(expr) => match expected {
                Some(Type::YesNo) => self.yes_no(&expr, &place),
                _ => self.term(&expr, &place, expected),
            },
            Err(error) => {
                let problem = self.report(file, place.offset + error.offset, clause, error.message);
                problem.suggestion = error.suggestion;
                None
            }
        }
    }

    /// The byte where a text's content starts, after its quotes.
    fn inside(&self, file: usize, text: &At<String>) -> usize {
        let raw = &self.source(file).text[text.start()..];
        let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
        text.start() + quotes
    }

    fn place(&self, file: usize, offset: usize, clause: &str, kind: Kind) -> Place {
        Place { file, offset, clause: clause.to_owned(), kind }
    }

    fn row_kind(&mut self, file: usize, offset: usize, id: &str) -> Option<Kind> {
        let found = self.kinds.iter().skip(1).position(|kind| kind.id == id);
        if found.is_none() {
            let known: Vec<String> = self.kinds.iter().skip(1).map(|kind| kind.id.clone()).collect();
            self.unknown_name(file, offset, "", "行类别", id, &known);
        }
        found.map(|at| at as Kind + 1)
    }

    pub(super) fn compile_values(&mut self) -> Vec<Value> {
        let sections = self.sections;
        let ids: Vec<String> = sections.value.iter().map(|value| self.value_id(value.rows.as_deref(), &value.id)).collect();
        self.unique("值", ids.iter().zip(&sections.value).map(|(id, entry)| (id.as_str(), entry.file, entry.spec.start())));
        (0..sections.value.len()).for_each(|index| self.compile_value(index));
        self.values.iter().flatten().cloned().collect()
    }

    pub(super) fn compile_value(&mut self, index: usize) {
        if self.progress[index] != Progress::Waiting {
            return;
        }
        self.progress[index] = Progress::Running;
        let value = self.value(index);
        self.progress[index] = if value.is_some() { Progress::Done } else { Progress::Broken };
        self.values[index] = value;
    }

    fn value(&mut self, index: usize) -> Option<Value> {
        let entry = &self.sections.value[index];
        let clause = self.cited_maybe(entry.file, entry.clause.as_ref());
        let kind = match entry.rows.as_deref() {
            Some(rows) => self.row_kind(entry.file, entry.spec.start(), rows)?,
            None => 0,
        };
        let mut term = self.formula(entry.file, &entry.expr, &clause, kind, None)?;
        if let Some(unit) = entry.unit {
            let ty = super::declare::plain_type(unit);
            if !super::formula::alike(term.ty, ty) {
                self.report(entry.file, entry.expr.start(), &clause, format!("类型不符：{}不能写作{}", term.ty.label(), ty.label()));
                return None;
            }
            term.ty = ty;
        }
        let (reg, settled) = if entry.may_lower { self.lowered(entry, &term, &clause)? } else { (term.reg, None) };
        let id = self.value_id(entry.rows.as_deref(), &entry.id);
        // Registered before its sentence is read: a sentence may name its own value.
        let value = Value {
            id,
            label: entry.label.clone(),
            clause: clause.clone(),
            reading: entry.reading.clone(),
            kind,
            term: term.clone(),
            reg,
            settled,
            says: None,
        };
        self.progress[index] = Progress::Done;
        self.values[index] = Some(value.clone());
        let place = self.place(entry.file, 0, &clause, kind);
        let says = entry.says.as_ref().map(|says| self.template(says, &place, &[&term]));
        Some(Value { says, ..value })
    }

    /// A ceiling under which a person may set less: the lower amount counts once it is there.
    fn lowered(&mut self, entry: &Entry<crate::spec::ValueSpec>, term: &Term, clause: &str) -> Option<(Reg, Option<usize>)> {
        if term.ty != Type::Money || term.kind != 0 || self.builder.meta(term.reg).scale != 1 {
            self.report(entry.file, entry.expr.start(), clause, "may_lower 只能用于整分的金额值，须取整");
            return None;
        }
        let meta = input_meta(Type::Money, 0);
        let label = format!("{}（人工核定）", entry.label);
        let input = self.own_input("settled", &entry.id, &label, clause, meta);
        let settled = self.builder.input(0, input, meta);
        let lower = self.builder.extreme(true, settled, term.reg, Type::Money, 1);
        let known = self.builder.known(settled);
        Some((self.builder.select(known, lower, term.reg, Type::Money), Some(input)))
    }

    pub(super) fn compile_recognitions(&mut self) -> Vec<Recognition> {
        let sections = self.sections;
        let ids: Vec<String> = sections.recognise.iter().map(|entry| format!("{}.{}", entry.rows.value(), entry.gives)).collect();
        self.unique("核定结果", ids.iter().zip(&sections.recognise).map(|(id, entry)| (id.as_str(), entry.file, entry.spec.start())));
        (0..sections.recognise.len()).for_each(|index| self.compile_recognition(index));
        self.recognitions.iter().flatten().cloned().collect()
    }

    pub(super) fn compile_recognition(&mut self, index: usize) {
        if self.recognition_progress[index] != Progress::Waiting {
            return;
        }
        self.recognition_progress[index] = Progress::Running;
        let recognition = self.recognition(index);
        self.recognition_progress[index] = if recognition.is_some() { Progress::Done } else { Progress::Broken };
        self.recognitions[index] = recognition;
    }

    fn recognition(&mut self, index: usize) -> Option<Recognition> {
        let entry = &self.sections.recognise[index];
        let kind = self.row_kind(entry.file, entry.rows.start(), entry.rows.value())?;
        let amount = match &entry.amount {
            Some(amount) => Some(self.whole_fen(entry.file, amount, "", kind)?),
            None => None,
        };
        self.unique("核定规则", entry.rule.iter().map(|rule| (rule.id.as_str(), entry.file, rule.start())));
        let rules: Vec<Option<Rule>> = entry.rule.iter().map(|rule| self.rule(entry, rule, kind)).collect();
        let rules: Vec<Rule> = rules.into_iter().collect::<Option<_>>()?;
        let gates: Vec<Reg> = rules.iter().filter_map(|rule| gate(&rule.effect)).collect();
        let gates = self.builder.all(kind, &gates);
        let admitted = self.builder.holds(gates);
        let reg = match &amount {
            None => gates,
            Some(amount) => self.counted(amount.reg, &rules, admitted, kind),
        };
        let id = format!("{}.{}", entry.rows.value(), entry.gives);
        Some(Recognition { id, label: entry.label.clone(), kind, amount, rules, admitted, gates, reg })
    }

    fn counted(&mut self, amount: Reg, rules: &[Rule], admitted: Reg, kind: Kind) -> Reg {
        let mut reg = amount;
        for rule in rules {
            let Effect::Ceiling(ceiling, _) = &rule.effect else { continue };
            let held = self.builder.extreme(true, reg, ceiling.reg, Type::Money, 1);
            reg = match &rule.when {
                Some(when) => self.builder.select(when.reg, held, reg, Type::Money),
                None => held,
            };
        }
        let nothing = self.builder.constant(kind, Type::Money, 1, 0);
        self.builder.select(admitted, reg, nothing, Type::Money)
    }

    fn rule(&mut self, entry: &Entry<RecogniseSpec>, rule: &At<RuleSpec>, kind: Kind) -> Option<Rule> {
        let file = entry.file;
        let clause = self.cited(file, &rule.clause);
        let when = match &rule.when {
            Some(when) => Some(self.formula(file, when, &clause, kind, Some(Type::YesNo))?),
            None => None,
        };
        let place = self.place(file, 0, &clause, kind);
        let effect = match (&rule.requires, &rule.at_most) {
            (Some(requires), None) => {
                let test = self.formula(file, requires, &clause, kind, Some(Type::YesNo))?;
                let reg = self.builder.unless(when.as_ref().map(|when| when.reg), test.reg);
                let failed = rule.failed.as_ref().map(|failed| self.template(failed, &place, &[&test]));
                Effect::Gate(test, reg, failed)
            }
            (None, Some(at_most)) if entry.amount.is_some() => {
                let ceiling = self.whole_fen(file, at_most, &clause, kind)?;
                let limited = rule.limited.as_ref().map(|limited| self.template(limited, &place, &[&ceiling]));
                Effect::Ceiling(ceiling, limited)
            }
            _ => {
                self.report(
                    file,
                    rule.start(),
                    &clause,
                    format!("规则“{}”应有且只有 requires 或 at_most 之一（at_most 须有 amount）", rule.id),
                );
                return None;
            }
        };
        let label = rule.label.clone().unwrap_or_else(|| rule.id.clone());
        Some(Rule {
            id: rule.id.clone(),
            label,
            clause,
            reading: rule.reading.clone(),
            when,
            effect,
            fix: rule.fix.clone().unwrap_or_default(),
        })
    }

    /// A money formula whose result is whole fen.
    fn whole_fen(&mut self, file: usize, text: &At<String>, clause: &str, kind: Kind) -> Option<Term> {
        let term = self.formula(file, text, clause, kind, Some(Type::Money))?;
        let is_zero = term.ty == Type::Count && self.builder.meta(term.reg).bounds == crate::program::Bounds::new(0, 0);
        if term.ty != Type::Money && !is_zero {
            self.report(file, text.start(), clause, format!("类型不符：此处应为金额，实为{}", term.ty.label()));
            return None;
        }
        if self.builder.meta(term.reg).scale != 1 {
            let problem = self.report(file, text.start(), clause, "金额须取整到分");
            problem.suggestion = Some("请用 round_down(…, 0.01元) 等写明如何取整及其依据".into());
            return None;
        }
        Some(term)
    }

    pub(super) fn compile_conditions(&mut self) -> Vec<Condition> {
        let sections = self.sections;
        self.unique("条件", sections.condition.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        sections.condition.iter().filter_map(|entry| self.condition(entry)).collect()
    }

    fn condition(&mut self, entry: &Entry<ConditionSpec>) -> Option<Condition> {
        let file = entry.file;
        let clause = self.cited(file, &entry.clause);
        let when = match &entry.when {
            Some(when) => Some(self.formula(file, when, &clause, 0, Some(Type::YesNo))?),
            None => None,
        };
        let (test, test_reg) = self.test(entry, &clause)?;
        let mut reg = test_reg;
        let exception = match &entry.exception {
            Some(door) => {
                let door_clause = self.cited(file, &door.clause);
                let meta = input_meta(Type::YesNo, 0);
                let input = self.own_input("exception", &entry.id, &door.label, &door_clause, meta);
                let open = self.builder.input(0, input, meta);
                let open = self.builder.holds(open);
                reg = self.builder.or(reg, open);
                Some((input, door.label.clone(), door_clause))
            }
            None => None,
        };
        reg = self.builder.unless(when.as_ref().map(|when| when.reg), reg);
        let place = self.place(file, 0, &clause, 0);
        let failed = match (&entry.failed, &test) {
            (Some(failed), Test::Formula(term)) => Some(self.template(failed, &place, &[&term.clone()])),
            (Some(failed), Test::Person(..)) => Some(self.template(failed, &place, &[])),
            (None, _) => None,
        };
        Some(Condition {
            id: entry.id.clone(),
            label: entry.label.clone(),
            clause,
            reading: entry.reading.clone(),
            when,
            test,
            exception,
            failed,
            fix: entry.fix.clone().unwrap_or_default(),
            reg,
        })
    }

    fn test(&mut self, entry: &Entry<ConditionSpec>, clause: &str) -> Option<(Test, Reg)> {
        match (&entry.met, &entry.person) {
            (Some(met), None) => {
                let term = self.formula(entry.file, met, clause, 0, Some(Type::YesNo))?;
                let reg = term.reg;
                Some((Test::Formula(term), reg))
            }
            (None, Some(evidence)) => {
                let meta = input_meta(Type::YesNo, 0);
                let input = self.own_input("confirmed", &entry.id, &entry.label, clause, meta);
                Some((Test::Person(input, evidence.clone()), self.builder.input(0, input, meta)))
            }
            _ => {
                self.report(entry.file, entry.spec.start(), clause, format!("条件“{}”应有且只有 met 或 person 之一", entry.id));
                None
            }
        }
    }

    pub(super) fn compile_awards(&mut self, conditions: &[Condition], recognitions: &[Recognition]) -> Vec<Award> {
        let sections = self.sections;
        self.unique("奖补", sections.award.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        sections.award.iter().filter_map(|entry| self.award(entry, conditions, recognitions)).collect()
    }

    fn award(&mut self, entry: &Entry<AwardSpec>, conditions: &[Condition], recognitions: &[Recognition]) -> Option<Award> {
        let file = entry.file;
        let clause = self.cited(file, &entry.clause);
        let amount = self.whole_fen(file, &entry.amount, &clause, 0)?;
        let recognised = match &entry.recognised {
            Some(recognised) => Some(self.formula(file, recognised, &clause, 0, Some(Type::Money))?),
            None => None,
        };
        let items = self.award_items(entry, recognitions, &clause);
        let deductions = self.award_deductions(entry, &clause);
        let needed = self.award_conditions(entry, conditions, &clause);
        let place = self.place(file, 0, &clause, 0);
        let requires = match &entry.requires {
            Some(text) => {
                let term = self.formula(file, text, &clause, 0, Some(Type::YesNo))?;
                let failed = entry.failed.as_ref().map(|failed| self.template(failed, &place, &[&term]));
                Some((term, failed, entry.fix.clone().unwrap_or_default()))
            }
            None => None,
        };
        let mut tests: Vec<Reg> = needed.iter().map(|at| conditions[*at].reg).collect();
        tests.extend(requires.iter().map(|(term, ..)| term.reg));
        let eligible = self.builder.all(0, &tests);
        let reg = self.granted(eligible, amount.reg);
        Some(Award {
            id: entry.id.clone(),
            label: entry.label.clone(),
            clause,
            reading: entry.reading.clone(),
            amount,
            recognised,
            items,
            deductions,
            conditions: needed,
            requires,
            eligible,
            reg,
        })
    }

    /// 0 when refused, else the amount; an open condition leaves it as an estimate.
    fn granted(&mut self, eligible: Reg, amount: Reg) -> Reg {
        let not = self.builder.not(eligible);
        let refused = self.builder.holds(not);
        let nothing = self.builder.constant(0, Type::Money, 1, 0);
        self.builder.select(refused, nothing, amount, Type::Money)
    }

    fn award_items(&mut self, entry: &Entry<AwardSpec>, recognitions: &[Recognition], clause: &str) -> Option<usize> {
        let items = entry.items.as_ref()?;
        let found = recognitions.iter().position(|recognition| recognition.id == *items.value());
        if found.is_none() {
            let known: Vec<String> = recognitions.iter().map(|recognition| recognition.id.clone()).collect();
            self.unknown_name(entry.file, items.start(), clause, "核定结果", items.value(), &known);
        }
        found
    }

    fn award_deductions(&mut self, entry: &Entry<AwardSpec>, clause: &str) -> Vec<usize> {
        let mut all = Vec::new();
        let known: Vec<String> = self.values.iter().flatten().map(|value| value.id.clone()).collect();
        for name in &entry.deductions {
            match known.iter().position(|id| id == name.value()) {
                Some(at) => all.push(at),
                None => self.unknown_name(entry.file, name.start(), clause, "值", name.value(), &known),
            }
        }
        all
    }

    fn award_conditions(&mut self, entry: &Entry<AwardSpec>, conditions: &[Condition], clause: &str) -> Vec<usize> {
        let Some(names) = &entry.conditions else { return (0..conditions.len()).collect() };
        let known: Vec<String> = self.sections.condition.iter().map(|condition| condition.id.clone()).collect();
        let mut all = Vec::new();
        for name in names {
            match conditions.iter().position(|condition| condition.id == *name.value()) {
                Some(at) => all.push(at),
                None if known.contains(name.value()) => {}
                None => self.unknown_name(entry.file, name.start(), clause, "条件", name.value(), &known),
            }
        }
        all
    }

    pub(super) fn compile_stacks(&mut self, awards: &[Award]) -> (Vec<Stack>, Option<Reg>) {
        let sections = self.sections;
        self.unique("叠加规则", sections.stack.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        let mut taken = vec![false; awards.len()];
        let stacks: Vec<Stack> = sections.stack.iter().filter_map(|entry| self.stack(entry, awards, &mut taken)).collect();
        let alone = awards.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(award, _)| award.reg);
        let all: Vec<Reg> = alone.chain(stacks.iter().map(|stack| stack.reg)).collect();
        let total = all.into_iter().reduce(|sum, reg| self.builder.add(sum, reg, Type::Money, 1));
        (stacks, total)
    }

    fn stack(&mut self, entry: &Entry<StackSpec>, awards: &[Award], taken: &mut [bool]) -> Option<Stack> {
        let file = entry.file;
        let clause = self.cited(file, &entry.clause);
        let known: Vec<String> = self.sections.award.iter().map(|award| award.id.clone()).collect();
        let mut own = Vec::new();
        for name in &entry.awards {
            match awards.iter().position(|award| award.id == *name.value()) {
                Some(at) if taken[at] => {
                    self.report(file, name.start(), &clause, format!("奖补“{}”已在另一条叠加规则中，重复", name.value()));
                }
                Some(at) => {
                    taken[at] = true;
                    own.push(at);
                }
                None if known.contains(name.value()) => return None,
                None => self.unknown_name(file, name.start(), &clause, "奖补", name.value(), &known),
            }
        }
        let paid = match &entry.paid {
            Some(paid) => Some(self.whole_fen(file, paid, &clause, 0)?),
            None => None,
        };
        let cap = match &entry.cap {
            Some(cap) => Some(self.whole_fen(file, cap, &clause, 0)?),
            None => None,
        };
        if entry.awards.is_empty() || (entry.mode == StackMode::TopUp && paid.is_none()) {
            self.report(file, entry.spec.start(), &clause, format!("叠加规则“{}”须列出奖补；top_up 须有 paid", entry.id));
            return None;
        }
        if own.is_empty() {
            return None;
        }
        let regs: Vec<Reg> = own.iter().map(|at| awards[*at].reg).collect();
        let reg = self.stacked(entry.mode, &regs, paid.as_ref(), cap.as_ref());
        let label = entry.label.clone().unwrap_or_else(|| entry.id.clone());
        Some(Stack { id: entry.id.clone(), label, mode: entry.mode, awards: own, paid, cap, clause, reading: entry.reading.clone(), reg })
    }

    fn stacked(&mut self, mode: StackMode, regs: &[Reg], paid: Option<&Term>, cap: Option<&Term>) -> Reg {
        let mut reg = match mode {
            StackMode::Sum => self.summed_awards(regs),
            StackMode::Best | StackMode::TopUp => self.best(regs),
            StackMode::Exclude => self.only_one(regs),
        };
        let nothing = self.builder.constant(0, Type::Money, 1, 0);
        if let Some(cap) = cap {
            reg = self.builder.extreme(true, reg, cap.reg, Type::Money, 1);
        }
        if let Some(paid) = paid {
            let rest = self.builder.sub(reg, paid.reg, Type::Money, 1);
            reg = self.builder.extreme(false, rest, nothing, Type::Money, 1);
        }
        self.builder.extreme(false, reg, nothing, Type::Money, 1)
    }

    fn summed_awards(&mut self, regs: &[Reg]) -> Reg {
        regs[1..].iter().fold(regs[0], |sum, reg| self.builder.add(sum, *reg, Type::Money, 1))
    }

    fn best(&mut self, regs: &[Reg]) -> Reg {
        regs[1..].iter().fold(regs[0], |best, reg| self.builder.extreme(false, best, *reg, Type::Money, 1))
    }

    /// The sum while at most one is above 0; with two it is not known until a person settles which.
    fn only_one(&mut self, regs: &[Reg]) -> Reg {
        let (sum, best) = (self.summed_awards(regs), self.best(regs));
        let single = self.builder.yes_no(Op::Equal(sum, best), 0);
        let meta = input_meta(Type::Money, 0);
        let open = self.inputs[0].iter().position(|input| input.group == "settled" && input.name == "exclude");
        let open = open.unwrap_or_else(|| self.own_input("settled", "exclude", "择一申报后的金额", "", meta));
        let chosen = self.builder.input(0, open, meta);
        let chosen = self.builder.extreme(true, chosen, best, Type::Money, 1);
        self.builder.select(single, best, chosen, Type::Money)
    }
}

fn gate(effect: &Effect) -> Option<Reg> {
    match effect {
        Effect::Gate(_, reg, _) => Some(*reg),
        Effect::Ceiling(..) => None,
    }
}
