//! A form of a pack with its answers, as a paper: any form of any pack, laid out as its `print` keys say.

mod cell;
mod effects;
mod grid;
mod promise;
mod questions;
mod rows;
mod said;
mod scenarios;

use papers::paper::{Block, Cover, Level, Orientation, Paper, Span};
use policy::evaluate::evaluate;
use policy::explained::{Facts, Trace, run};
use policy::outcome::QuestionMarks;
use policy::pack::{Body, Field, FieldKind, Form, Pack, Section};
use policy::program::Reg;
use policy::say::Sayer;
use records::answers::Answers;
use records::application::Case;
use standards::Date;

/// Forms with what was answered.
pub(crate) struct Sheet<'a> {
    /// The pack they stand in.
    pub(crate) pack: &'a Pack,
    /// What was answered.
    pub(crate) answers: &'a Answers,
    /// The case it makes.
    pub(crate) case: &'a Case,
    /// The provider that is named, by id and name.
    provider: Option<(&'a str, &'a str)>,
    /// Who signed on line, and when.
    signed: Option<(&'a str, Date)>,
    facts: Facts,
    trace: Trace,
    marks: Vec<QuestionMarks>,
}

impl<'a> Sheet<'a> {
    /// The answers of a case; the pack is run over it once.
    pub(crate) fn new(pack: &'a Pack, answers: &'a Answers, case: &'a Case) -> Self {
        let (facts, mut trace) = (case.draft.facts(), Trace::default());
        run(&pack.program, &facts, &mut trace);
        let assessed = pack.assessment.as_ref().and_then(|_| evaluate(pack, &facts).assessed.into_iter().next());
        let marks = assessed.map(|assessed| assessed.questions).unwrap_or_default();
        Self { pack, answers, case, provider: None, signed: None, facts, trace, marks }
    }

    /// With the provider that is named, and who signed on line.
    pub(crate) fn named(self, provider: Option<(&'a str, &'a str)>, signed: Option<(&'a str, Date)>) -> Self {
        Self { provider, signed, ..self }
    }

    /// A form as a paper of its own, with the forms it is printed with.
    pub(crate) fn paper(&self, form: &Form) -> Paper {
        let print = &form.print;
        let mut blocks = self.signed_form(form, self.signed);
        for other in print.others.iter().filter_map(|other| self.pack.form(other)) {
            blocks.push(Block::PageBreak);
            // Somebody else signs it, on a day of its own.
            blocks.extend(self.signed_form(other, None));
        }
        Paper {
            title: print.title.clone().unwrap_or_else(|| form.label.clone()),
            annex: print.annex.clone(),
            number: None,
            cover: (!print.cover.is_empty()).then(|| self.cover(form)),
            orientation: if print.landscape { Orientation::Landscape } else { Orientation::Portrait },
            blocks,
            check: None,
        }
    }

    /// What stands in a form, without its title.
    pub(crate) fn form(&self, form: &Form) -> Vec<Block> {
        self.signed_form(form, self.signed)
    }

    fn signed_form(&self, form: &Form, signed: Option<(&str, Date)>) -> Vec<Block> {
        let heading = form.print.heading.iter().map(|words| Block::Heading { level: Level::One, text: words.clone() });
        let mut blocks: Vec<Block> = heading.collect();
        for section in form.sections.iter().filter(|section| self.applies(section)) {
            blocks.extend(self.section(section));
        }
        for one in &form.promises {
            let named = form.print.heading.as_ref().is_some_and(|heading| heading.contains(&one.label));
            blocks.extend(promise::promise(self, one, signed, !named));
        }
        blocks
    }

    fn cover(&self, form: &Form) -> Cover {
        let value = |path: &str| self.said_at(path);
        let entries = form.print.cover.iter();
        let entries = entries.map(|line| (line.label.clone(), line.path.as_ref().map_or(String::new(), |path| value(path.value()))));
        let day = self.signed.map_or_else(|| "　　　年　　月　　日".to_owned(), |(_, day)| day.chinese());
        Cover { entries: entries.collect(), foot: form.print.cover_day.as_ref().map(|words| format!("{words}：{day}")) }
    }

    fn section(&self, section: &Section) -> Vec<Block> {
        if section.print.table.is_empty() {
            return self.part(&section.label, &section.body);
        }
        let heading = Block::Heading { level: Level::Two, text: section.label.clone() };
        vec![heading, Block::Table(cell::worded(self, &section.print))]
    }

    /// Something that may stand in a section, under its heading.
    pub(crate) fn part(&self, label: &str, body: &Body) -> Vec<Block> {
        let heading = (!label.is_empty()).then(|| Block::Heading { level: Level::Two, text: label.to_owned() });
        let mut blocks: Vec<Block> = heading.into_iter().collect();
        match body {
            Body::Fields(fields) => blocks.extend(grid::fields(self, label, fields)),
            Body::Rows { kind, fields } => blocks.push(rows::rows(self, *kind, fields)),
            Body::Questions { evidence } => blocks.extend(questions::questions(self, *evidence)),
            Body::Scenarios { evidence } => blocks.extend(scenarios::scenarios(self, *evidence)),
        }
        blocks
    }

    /// Whether a section applies to the case; what is not known applies.
    fn applies(&self, section: &Section) -> bool {
        section.when.as_ref().is_none_or(|when| self.trace.case(when.reg).get() != Some(0))
    }

    /// What a register holds, in words; nothing while it is not known.
    fn value(&self, reg: Reg) -> String {
        let value = self.trace.case(reg);
        let sayer = Sayer { pack: self.pack, facts: &self.facts, trace: &self.trace };
        value.get().map_or(String::new(), |_| sayer.value(self.pack.metas[reg as usize], value))
    }

    /// What stands under a path: what the platform knows itself, else what was answered.
    fn text(&self, path: &str) -> &'a str {
        let known = self.pack.known.iter().any(|known| known.kind == 0 && self.pack.inputs[0][known.input].id() == path);
        let (case, answered) = (self.case.inputs.text(path), self.answers.text(path));
        if (known && !case.is_empty()) || answered.is_empty() { case } else { answered }
    }

    /// The answer of a path in the words of its field, wherever in the pack that field stands.
    fn said_at(&self, path: &str) -> String {
        let sections = self.pack.forms.iter().flat_map(|form| &form.sections);
        let mut fields = sections.flat_map(|section| if let Body::Fields(fields) = &section.body { fields.as_slice() } else { &[] });
        match fields.find(|field| field.path == path) {
            Some(Field { kind: FieldKind::Shown(reg), .. }) => self.value(*reg),
            Some(field) => said::said(self, field, self.text(path)),
            None => self.text(path).to_owned(),
        }
    }
}

/// How many characters a long text has, behind it.
fn counted(text: &str) -> Span {
    Span { whole: true, ..Span::plain(format!("（共{}字）", policy::text_chars(text))) }
}
