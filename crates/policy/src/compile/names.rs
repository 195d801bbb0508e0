//! What a name in a formula stands for.

use super::{Compiler, Place, Progress};
use crate::formula::Expr;
use crate::pack::Input;
use crate::program::{Kind, Reg, Type};
use crate::term::{Form, Symbol, Term};

impl Compiler<'_> {
    /// The term a name stands for, at the row kind of `place`.
    pub(super) fn name(&mut self, expr: &Expr, name: &str, place: &Place) -> Option<Term> {
        let (symbol, reg, ty) = match self.find(name) {
            Found::Input(kind, index) => {
                let meta = self.inputs[kind as usize][index].meta;
                (Symbol::Input(kind, index), self.builder.input(kind, index, meta), meta.ty)
            }
            Found::Given(index) => {
                let meta = self.inputs[0][index].meta;
                (Symbol::Given(name.to_owned()), self.builder.input(0, index, meta), meta.ty)
            }
            Found::Value(index) => self.value_name(expr, index, name, place)?,
            Found::Recognition(index) => self.recognition_name(expr, index, name, place)?,
            Found::Assessed(reg, label) => (Symbol::Assessed(label), reg, self.builder.meta(reg).ty),
            Found::Nothing => {
                let problem = self.report_at(place, expr, format!("未定义的名称“{name}”")).clone();
                let known = self.known_names();
                let last = self.problems.len() - 1;
                self.problems[last] = problem.did_you_mean(name, known.iter().map(String::as_str));
                return None;
            }
        };
        let reg = self.lift(expr, name, reg, place)?;
        Some(Term { form: Form::Name(symbol), reg, ty, kind: place.kind })
    }

    fn lift(&mut self, expr: &Expr, name: &str, reg: Reg, place: &Place) -> Option<Reg> {
        let kind = self.builder.kind(reg);
        if self.builder.is_below(place.kind, kind) {
            return Some(self.builder.lifted(reg, place.kind));
        }
        let rows = self.kinds[kind as usize].id.clone();
        let problem = self.report_at(place, expr, format!("“{name}”是“{rows}”各行的列，此处不在该行之内"));
        problem.suggestion = Some(format!("请用 sum({name})、count({rows} where …)、any(…) 或 all(…) 汇总"));
        None
    }

    fn value_name(&mut self, expr: &Expr, index: usize, name: &str, place: &Place) -> Option<(Symbol, Reg, Type)> {
        if self.progress[index] == Progress::Running {
            self.report_at(place, expr, format!("“{name}”循环：它的公式又用到了它自己"));
            return None;
        }
        self.compile_value(index);
        let value = self.values[index].as_ref()?;
        Some((Symbol::Value(index), value.reg, value.term.ty))
    }

    fn recognition_name(&mut self, expr: &Expr, index: usize, name: &str, place: &Place) -> Option<(Symbol, Reg, Type)> {
        if self.recognition_progress[index] == Progress::Running {
            self.report_at(place, expr, format!("“{name}”循环：它的规则又用到了它自己"));
            return None;
        }
        self.compile_recognition(index);
        let recognition = self.recognitions[index].as_ref()?;
        let ty = if recognition.amount.is_some() { Type::Money } else { Type::YesNo };
        Some((Symbol::Recognition(index), recognition.reg, ty))
    }

    fn find(&self, name: &str) -> Found {
        if let Some(index) = self.given.iter().position(|(given, _)| given == name) {
            let first = self.inputs[0].iter().position(|input| input.group == "given").unwrap_or(0);
            return Found::Given(first + index);
        }
        for (kind, inputs) in self.inputs.iter().enumerate() {
            if let Some(index) = inputs.iter().position(|input| is_named(input, name)) {
                return Found::Input(kind as Kind, index);
            }
        }
        if let Some(index) = self.sections.value.iter().position(|value| self.value_id(value.rows.as_deref(), &value.id) == name) {
            return Found::Value(index);
        }
        let recognised =
            |entry: &crate::files::Entry<crate::spec::RecogniseSpec>| format!("{}.{}", entry.rows.value(), entry.gives) == name;
        if let Some(index) = self.sections.recognise.iter().position(recognised) {
            return Found::Recognition(index);
        }
        match self.assessed.get(name) {
            Some((reg, label)) => Found::Assessed(*reg, label.clone()),
            None => Found::Nothing,
        }
    }

    pub(super) fn value_id(&self, rows: Option<&str>, id: &str) -> String {
        rows.map_or(id.to_owned(), |rows| format!("{rows}.{id}"))
    }

    pub(super) fn known_names(&self) -> Vec<String> {
        let inputs = self.inputs.iter().flatten().filter(|input| input.group != "answers").map(Input::id);
        let values = self.sections.value.iter().map(|value| self.value_id(value.rows.as_deref(), &value.id));
        let recognised = self.sections.recognise.iter().map(|entry| format!("{}.{}", entry.rows.value(), entry.gives));
        inputs.chain(values).chain(recognised).chain(self.assessed.keys().cloned()).collect()
    }

    /// A fact that the pack itself declares, by `group.name`: row kind and index.
    pub(super) fn declared_fact(&mut self, file: usize, offset: usize, clause: &str, name: &str) -> Option<(Kind, usize)> {
        let declared = |input: &&Input| !super::declare::OWN_GROUPS.contains(&input.group.as_str()) && input.group != "given";
        let is_it = |input: &Input| declared(&input) && is_named(input, name);
        let mut kinds = self.inputs.iter().enumerate();
        let found = kinds.find_map(|(kind, inputs)| Some((kind as Kind, inputs.iter().position(is_it)?)));
        if found.is_none() {
            let known: Vec<String> = self.inputs.iter().flatten().filter(declared).map(Input::id).collect();
            self.unknown_name(file, offset, clause, "事实", name, &known);
        }
        found
    }

    /// Ids that paths are made of hold no dot and nothing else that would need quoting.
    pub(super) fn plain_id(&mut self, file: usize, offset: usize, clause: &str, id: &str) {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '-');
        if id.is_empty() || !id.chars().all(plain) {
            self.report(file, offset, clause, format!("“{id}”不能作为 id：只能用小写字母、数字、“-”和“_”"));
        }
    }

    /// The register of a value entered from outside, if this one is and anything reads it.
    fn given_reg(&self, id: &str) -> Option<Reg> {
        let Found::Given(index) = self.find(id) else { return None };
        let read = |step: &crate::program::Step| step.kind == 0 && step.op == crate::program::Op::Input(index as u32);
        self.builder.program.steps.iter().position(read).map(|at| at as Reg)
    }

    /// Names of the case with their registers, for batch outputs and worked cases.
    pub(super) fn case_names(&self) -> Vec<(String, Reg)> {
        let of = |value: &crate::pack::Value| (value.id.clone(), self.given_reg(&value.id).unwrap_or(value.reg));
        let values = self.values.iter().flatten().filter(|value| value.kind == 0).map(of);
        let assessed = self.assessed.iter().map(|(name, (reg, _))| (name.clone(), *reg));
        let mut all: Vec<(String, Reg)> = values.chain(assessed).collect();
        all.sort();
        all
    }
}

/// Answers are no names: their marks are, as what is assessed.
fn is_named(input: &Input, name: &str) -> bool {
    input.group != "answers" && name.split_once('.').is_some_and(|(group, rest)| input.group == group && input.name == rest)
}

enum Found {
    Input(Kind, usize),
    Given(usize),
    Value(usize),
    Recognition(usize),
    Assessed(Reg, String),
    Nothing,
}
