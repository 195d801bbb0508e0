//! Awards and how they stack.

use super::Compiler;
use super::builder::input_meta;
use crate::files::Entry;
use crate::pack::{Award, Condition, Recognition, Stack};
use crate::program::{Op, Reg, Type};
use crate::spec::{AwardSpec, StackMode, StackSpec};
use crate::term::Term;

impl Compiler<'_> {
    pub(super) fn compile_awards(&mut self, conditions: &[Condition], recognitions: &[Recognition]) -> Vec<Award> {
        let sections = self.sections;
        self.unique("奖补", sections.award.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        sections.award.iter().filter_map(|entry| self.award(entry, conditions, recognitions)).collect()
    }

    pub(super) fn award(&mut self, entry: &Entry<AwardSpec>, conditions: &[Condition], recognitions: &[Recognition]) -> Option<Award> {
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
    pub(super) fn granted(&mut self, eligible: Reg, amount: Reg) -> Reg {
        let not = self.builder.not(eligible);
        let refused = self.builder.holds(not);
        let nothing = self.builder.constant(0, Type::Money, 1, 0);
        self.builder.select(refused, nothing, amount, Type::Money)
    }

    pub(super) fn award_items(&mut self, entry: &Entry<AwardSpec>, recognitions: &[Recognition], clause: &str) -> Option<usize> {
        let items = entry.items.as_ref()?;
        let found = recognitions.iter().position(|recognition| recognition.id == *items.value());
        if found.is_none() {
            let known: Vec<String> = recognitions.iter().map(|recognition| recognition.id.clone()).collect();
            self.unknown_name(entry.file, items.start(), clause, "核定结果", items.value(), &known);
        }
        found
    }

    pub(super) fn award_deductions(&mut self, entry: &Entry<AwardSpec>, clause: &str) -> Vec<usize> {
        let mut all = Vec::new();
        let known: Vec<String> = self.values.iter().flatten().map(|value| value.id.clone()).collect();
        for name in &entry.deductions {
            match known.iter().position(|id| id == name.value()) {
                Some(at) => all.push(at),
                // A value that did not compile has its own problem.
                None if self.sections.value.iter().any(|value| value.id == *name.value()) => {}
                None => self.unknown_name(entry.file, name.start(), clause, "值", name.value(), &known),
            }
        }
        all
    }

    pub(super) fn award_conditions(&mut self, entry: &Entry<AwardSpec>, conditions: &[Condition], clause: &str) -> Vec<usize> {
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

    pub(super) fn stack(&mut self, entry: &Entry<StackSpec>, awards: &[Award], taken: &mut [bool]) -> Option<Stack> {
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

    pub(super) fn stacked(&mut self, mode: StackMode, regs: &[Reg], paid: Option<&Term>, cap: Option<&Term>) -> Reg {
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

    pub(super) fn summed_awards(&mut self, regs: &[Reg]) -> Reg {
        regs[1..].iter().fold(regs[0], |sum, reg| self.builder.add(sum, *reg, Type::Money, 1))
    }

    pub(super) fn best(&mut self, regs: &[Reg]) -> Reg {
        regs[1..].iter().fold(regs[0], |best, reg| self.builder.extreme(false, best, *reg, Type::Money, 1))
    }

    /// The sum while at most one is above 0; with two it is not known until a person settles which.
    pub(super) fn only_one(&mut self, regs: &[Reg]) -> Reg {
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
