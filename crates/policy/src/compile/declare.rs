//! Choices, row kinds and facts.

use super::builder::input_meta;
use super::{Compiler, Place};
use crate::pack::{Applies, Calculator, Choice, Input, RowKind, Word};
use crate::program::{Kind, Meta, Slot, Type};
use crate::spec::{InputSpec, InputType};

/// Most words a choice may have.
const MAX_OPTIONS: usize = 256;

/// Groups the engine fills by itself.
pub const OWN_GROUPS: [&str; 6] = ["answers", "figures", "scenarios", "confirmed", "exception", "settled"];

impl Compiler<'_> {
    pub(super) fn declare(&mut self) {
        self.declare_choices();
        self.declare_kinds();
        self.builder.program.parents = self.kinds.iter().map(|kind| kind.parent).collect();
        self.inputs = vec![Vec::new(); self.kinds.len()];
        self.builder.program.inputs = vec![Vec::new(); self.kinds.len()];
        self.declare_inputs();
        self.declare_each();
        for (id, meta) in self.given.clone() {
            let value = self.sections.value.iter().find(|value| value.id == id);
            let (label, hint) = value.map_or((id.clone(), None), |value| (value.label.clone(), None));
            self.add_input(0, Input { group: "given".into(), name: id, label, unit: None, hint, clause: String::new(), meta });
        }
    }

    fn declare_choices(&mut self) {
        let sections = self.sections;
        self.unique("选项表", sections.choice.iter().map(|(id, entry)| (id.as_str(), entry.file, entry.spec.start())));
        for (id, entry) in &sections.choice {
            if entry.options.is_empty() || entry.options.len() > MAX_OPTIONS {
                self.report(entry.file, entry.spec.start(), "", format!("选项表“{id}”须有1至{MAX_OPTIONS}个选项"));
            }
            self.unique("选项", entry.options.iter().map(|option| (option.id.as_str(), entry.file, entry.spec.start())));
            let word =
                |option: &crate::spec::ChoiceOption| Word { id: option.id.clone(), label: option.label.clone(), also: option.also.clone() };
            self.choices.push(Choice { id: id.clone(), label: entry.label.clone(), options: entry.options.iter().map(word).collect() });
        }
        // A used pack's lists may be named like one's own; one's own come first.
        for (_, used) in &self.used {
            let new: Vec<Choice> =
                used.choices.iter().filter(|choice| !self.choices.iter().any(|own| own.id == choice.id)).cloned().collect();
            self.choices.extend(new);
        }
    }

    fn declare_kinds(&mut self) {
        let sections = self.sections;
        self.unique("行类别", sections.rows.iter().map(|(id, entry)| (id.as_str(), entry.file, entry.spec.start())));
        self.kinds.push(RowKind { id: "case".into(), label: "申报件".into(), parent: 0, each: None });
        let mut waiting: Vec<_> = sections.rows.iter().collect();
        // Parents first, whatever the order in the files; what never gets a parent is missing one or in a circle.
        while let Some(at) = waiting.iter().position(|(_, entry)| self.parent(entry.parent.as_deref()).is_some()) {
            let (id, entry) = waiting.remove(at);
            let parent = self.parent(entry.parent.as_deref()).unwrap_or(0);
            self.kinds.push(RowKind { id: id.clone(), label: entry.label.clone(), parent, each: None });
        }
        let known: Vec<String> = sections.rows.iter().map(|(id, _)| id.clone()).collect();
        for (id, entry) in waiting {
            let parent = entry.parent.clone().unwrap_or_default();
            if known.contains(&parent) {
                self.report(entry.file, entry.spec.start(), "", format!("行类别“{id}”与其上级“{parent}”循环"));
            } else {
                self.unknown_name(entry.file, entry.spec.start(), "", "上级行类别", &parent, &known);
            }
        }
        if self.kinds.len() > 32 {
            self.report(0, 0, "", "行类别过多，最多32类");
        }
    }

    fn parent(&self, id: Option<&str>) -> Option<Kind> {
        let Some(id) = id else { return Some(0) };
        self.kinds.iter().position(|kind| kind.id == id).map(|at| at as Kind)
    }

    fn declare_inputs(&mut self) {
        let sections = self.sections;
        for (group, name, entry) in &sections.input {
            let place = (entry.file, entry.spec.start());
            if OWN_GROUPS.contains(&group.as_str()) || group == "assessed" || group == "given" || group == "case" {
                self.report(place.0, place.1, "", format!("分组“{group}”由系统保留，请换一个名称"));
                continue;
            }
            if self.inputs.iter().flatten().any(|input| input.group == *group && input.name == *name) {
                self.report(place.0, place.1, "", format!("事实“{group}.{name}”重复"));
                continue;
            }
            let kind = self.kinds.iter().position(|kind| kind.id == *group).unwrap_or(0) as Kind;
            let Some(meta) = self.declared_meta(entry, place) else { continue };
            let clauses = entry.clause.0.clone();
            clauses.iter().for_each(|cite| self.check_citation(place.0, place.1, cite));
            self.add_input(kind, described(group, name, entry, meta));
        }
    }

    fn declare_each(&mut self) {
        let sections = self.sections;
        for (id, entry) in &sections.rows {
            let (Some(each), Some(at)) = (&entry.each, self.kinds.iter().position(|kind| kind.id == *id)) else { continue };
            let is_it = |input: &Input| input.name == *each && matches!(input.meta.ty, Type::Choice(_));
            match self.inputs[at].iter().position(is_it) {
                Some(found) if entry.parent.is_none() => self.kinds[at].each = Some(found),
                _ => {
                    let message = format!("“each”须是“{id}”各行的一个选项事实，且这类行没有上级：“{each}”");
                    self.report(entry.file, entry.spec.start(), "", message);
                }
            }
        }
    }

    fn declared_meta(&mut self, spec: &InputSpec, (file, offset): (usize, usize)) -> Option<Meta> {
        let ty = self.type_of(spec.kind, spec.of.as_deref(), file, offset)?;
        Some(input_meta(ty, self.options(ty)))
    }

    pub(super) fn options(&self, ty: Type) -> usize {
        match ty {
            Type::Choice(id) => self.choices[id as usize].options.len(),
            _ => 0,
        }
    }

    pub(super) fn type_of(&mut self, kind: InputType, of: Option<&str>, file: usize, offset: usize) -> Option<Type> {
        if kind != InputType::Choice {
            return Some(plain_type(kind));
        }
        let of = of.unwrap_or_default();
        let found = self.choices.iter().position(|choice| choice.id == of);
        if found.is_none() {
            let known: Vec<String> = self.choices.iter().map(|choice| choice.id.clone()).collect();
            self.unknown_name(file, offset, "", "选项表", of, &known);
        }
        found.map(|at| Type::Choice(at as u16))
    }

    /// Adds a fact and returns its index among its kind's.
    pub(super) fn add_input(&mut self, kind: Kind, input: Input) -> usize {
        let bounds = input.meta.bounds;
        let hold = |value: i128| value.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        self.builder.program.inputs[kind as usize].push(Slot { lo: hold(bounds.lo), hi: hold(bounds.hi) });
        self.inputs[kind as usize].push(input);
        self.inputs[kind as usize].len() - 1
    }

    /// Adds a fact of one of the engine's own groups to the case.
    pub(super) fn own_input(&mut self, group: &str, name: &str, label: &str, clause: &str, meta: Meta) -> usize {
        let input =
            Input { group: group.into(), name: name.into(), label: label.into(), unit: None, hint: None, clause: clause.into(), meta };
        self.add_input(0, input)
    }

    pub(super) fn applies(&mut self) -> Option<Applies> {
        let sections = self.sections;
        self.once("applies", &sections.applies);
        let entry = sections.applies.first()?;
        let name = entry.by.value();
        let Some(input) = self.inputs[0].iter().position(|input| input.is(name)) else {
            let known: Vec<String> = self.inputs[0].iter().map(Input::id).collect();
            self.unknown_name(entry.file, entry.by.start(), "", "事实", name, &known);
            return None;
        };
        let meta = self.inputs[0][input].meta;
        let read = |this: &mut Self, cell: &Option<crate::spec::At<crate::spec::Cell>>| {
            let cell = cell.as_ref()?;
            let place = Place { file: entry.file, offset: cell.start(), clause: String::new(), kind: 0 };
            this.cell_value(meta.ty, cell, &place)?.scaled(meta.scale)
        };
        let (from, until) = (read(self, &entry.from), read(self, &entry.until));
        if from.zip(until).is_some_and(|(from, until)| from >= until) {
            let offset = entry.until.as_ref().map_or(0, crate::spec::At::start);
            self.report(entry.file, offset, "", "until 须晚于 from（区间为 from <= … < until）");
        }
        let amends = entry.amends.as_ref().map(|amends| amends.value().clone());
        Some(Applies { input, from, until, amends })
    }

    pub(super) fn calculator(&mut self) -> Option<Calculator> {
        let sections = self.sections;
        self.once("calculator", &sections.calculator);
        let entry = sections.calculator.first()?;
        let clause = self.cited(entry.file, &entry.clause);
        let values: Vec<String> = sections.value.iter().filter(|value| value.rows.is_none()).map(|value| value.id.clone()).collect();
        for given in entry.given.iter().filter(|given| !values.contains(given.value())) {
            self.unknown_name(entry.file, given.start(), &clause, "值", given.value(), &values);
        }
        let inputs: Vec<String> = self.inputs[0].iter().map(Input::id).collect();
        if let Some(vary) = entry.vary.as_ref().filter(|vary| !inputs.contains(vary.value())) {
            self.unknown_name(entry.file, vary.start(), &clause, "事实", vary.value(), &inputs);
        }
        Some(Calculator {
            label: entry.label.clone(),
            given: entry.given.iter().map(|given| given.value().clone()).collect(),
            vary: entry.vary.as_ref().map(|vary| vary.value().clone()),
            over: entry.over.iter().map(|cell| cell.0.clone()).collect(),
            note: entry.note.clone(),
            clause,
        })
    }
}

fn described(group: &str, name: &str, spec: &InputSpec, meta: Meta) -> Input {
    Input {
        group: group.to_owned(),
        name: name.to_owned(),
        label: spec.label.clone(),
        unit: spec.unit.clone(),
        hint: spec.hint.clone(),
        clause: spec.clause.joined(),
        meta,
    }
}

/// The register type of a declared type; a choice's is found by its list.
pub(super) fn plain_type(kind: InputType) -> Type {
    match kind {
        InputType::YesNo => Type::YesNo,
        InputType::Choice => Type::Choice(0),
        InputType::Money => Type::Money,
        InputType::Count => Type::Count,
        InputType::Level => Type::Level,
        InputType::Score => Type::Score,
        InputType::Share => Type::Share,
        InputType::Decimal => Type::Decimal,
        InputType::Date => Type::Date,
        InputType::Party => Type::Party,
    }
}
