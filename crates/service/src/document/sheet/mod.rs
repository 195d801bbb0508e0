//! A form of a pack with its answers, as a paper: any form of any pack, laid out as its `print` keys say.

mod cell;
mod effects;
mod grid;
mod materials;
pub(crate) mod member;
mod official;
mod promise;
mod questions;
mod rows;
mod said;
mod scenarios;

pub(crate) use materials::DIGEST_CHARS;
pub use materials::Uploaded;
pub use official::printed;
pub(crate) use official::{Among, Filled, tables};

use papers::paper::{Align, Block, Cover, Level, Orientation, Paper, Paragraph, Span};
use policy::evaluate::evaluate;
use policy::explained::{Facts, Trace, run};
use policy::outcome::QuestionMarks;
use policy::pack::{Body, Field, FieldKind, Form, Pack, Promise, Section};
use policy::program::{Kind, Reg};
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
    /// Where its rows stand among those of other files.
    among: Among,
    /// It is the page of a member, whose own row stands in it like the case.
    member: Option<Kind>,
    /// The pages of members, behind the section that names them.
    members: Vec<Block>,
    /// The materials that the file quotes.
    uploads: &'a [Uploaded],
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
        Self {
            pack,
            answers,
            case,
            provider: None,
            signed: None,
            among: Among::default(),
            member: None,
            members: Vec::new(),
            uploads: &[],
            facts,
            trace,
            marks,
        }
    }

    /// With the provider that is named, and who signed on line.
    pub(crate) fn named(self, provider: Option<(&'a str, &'a str)>, signed: Option<(&'a str, Date)>) -> Self {
        Self { provider, signed, ..self }
    }

    /// With its rows among those of other files.
    pub(crate) fn among(self, among: Among) -> Self {
        Self { among, ..self }
    }

    /// As the page of a member, which is a row of this kind.
    pub(crate) fn of_member(self, kind: Kind) -> Self {
        Self { member: Some(kind), ..self }
    }

    /// With the materials of its file.
    pub(crate) fn with_uploads(self, uploads: &'a [Uploaded]) -> Self {
        Self { uploads, ..self }
    }

    /// With the pages of members.
    pub(crate) fn with_members(self, members: Vec<Block>) -> Self {
        Self { members, ..self }
    }

    /// The rows of each kind.
    pub(crate) fn rows_by_kind(&self) -> Vec<usize> {
        (0..self.pack.kinds.len()).map(|kind| Kind::try_from(kind).map_or(0, |kind| self.facts.rows(kind))).collect()
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
            orientation: self.orientation(form),
            blocks,
            check: None,
        }
    }

    fn orientation(&self, form: &Form) -> Orientation {
        let lies = form.print.landscape.unwrap_or_else(|| form.sections.iter().any(|section| self.is_wide(section)));
        if lies { Orientation::Landscape } else { Orientation::Portrait }
    }

    /// Whether its rows need a sheet on its side; tables that a document prints stand as they are printed.
    fn is_wide(&self, section: &Section) -> bool {
        let print = &section.print;
        let is_plain = print.official.is_empty() && print.table.is_empty() && !print.omit;
        is_plain && matches!(section.body, Body::Rows { kind, ref fields } if rows::is_wide(self, kind, fields))
    }

    /// What stands in a form, without its title.
    pub(crate) fn form(&self, form: &Form) -> Vec<Block> {
        self.signed_form(form, self.signed)
    }

    /// What stands in a form, without title, heading and promises.
    fn sections(&self, form: &Form) -> Vec<Block> {
        form.sections.iter().filter(|section| self.applies(section)).flat_map(|section| self.section(section, None)).collect()
    }

    fn signed_form(&self, form: &Form, signed: Option<(&str, Date)>) -> Vec<Block> {
        let heading = form.print.heading.iter().map(|words| Block::Heading { level: Level::One, text: words.clone() });
        let mut blocks: Vec<Block> = heading.collect();
        let after = form.print.promises_after.as_ref().map(|id| id.value().as_str());
        let title = form.print.title.as_ref().unwrap_or(&form.label);
        for section in form.sections.iter() {
            if self.applies(section) {
                let first = blocks.is_empty().then_some(title.as_str());
                blocks.extend(self.section(section, first));
            }
            if after == Some(section.id.as_str()) {
                blocks.extend(self.promises(form, signed));
            }
        }
        blocks.extend(form.print.materials.iter().flat_map(|print| materials::materials(self, print)));
        if after.is_none() {
            blocks.extend(self.promises(form, signed));
        }
        blocks
    }

    fn promises(&self, form: &Form, signed: Option<(&str, Date)>) -> Vec<Block> {
        let named = |one: &Promise| form.print.heading.as_ref().is_some_and(|heading| heading.contains(&one.label));
        form.promises.iter().flat_map(|one| promise::promise(self, one, signed, !named(one))).collect()
    }

    fn cover(&self, form: &Form) -> Cover {
        let value = |path: &str| self.said_at(path);
        let entries = form.print.cover.iter();
        let entries = entries.map(|line| (line.label.clone(), line.path.as_ref().map_or(String::new(), |path| value(path.value()))));
        let day = self.signed.map_or_else(|| "　　　年　　月　　日".to_owned(), |(_, day)| day.chinese());
        Cover { entries: entries.collect(), foot: form.print.cover_day.as_ref().map(|words| format!("{words}：{day}")) }
    }

    /// A section; the first on a paper goes without a page of its own.
    fn section(&self, section: &Section, title: Option<&str>) -> Vec<Block> {
        let print = &section.print;
        if print.omit {
            return Vec::new();
        }
        let mut blocks = print.page.as_deref().map_or_else(Vec::new, |words| page(words, title.is_some()));
        if !print.official.is_empty() {
            for (table, at) in print.official.iter().zip(0_usize..) {
                blocks.extend(official::official(self, table, title.filter(|_| at == 0)));
            }
            if !print.and_fields {
                return blocks;
            }
            blocks.push(Block::PageBreak);
        }
        if print.table.is_empty() {
            blocks.extend(self.with_repeated(section));
            blocks.extend(self.members.iter().filter(|_| section.members.is_some()).cloned());
            return blocks;
        }
        let heading = Block::Heading { level: Level::Two, text: section.label.clone() };
        blocks.extend([heading, Block::Table(cell::worded(self, print))]);
        blocks
    }

    /// A section's own body, after the answers of others that stand in it too.
    fn with_repeated(&self, section: &Section) -> Vec<Block> {
        let Body::Fields(own) = &section.body else { return self.part(&section.label, &section.body) };
        let repeated = section.print.repeats.iter().filter_map(|path| self.field(path.value()));
        let all: Vec<Field> = repeated.chain(own).cloned().collect();
        self.part(&section.label, &Body::Fields(all))
    }

    /// Something that may stand in a section, under its heading.
    pub(crate) fn part(&self, label: &str, body: &Body) -> Vec<Block> {
        let heading = (!label.is_empty()).then(|| Block::Heading { level: Level::Two, text: label.to_owned() });
        let mut blocks: Vec<Block> = heading.into_iter().collect();
        match body {
            Body::Fields(fields) => blocks.extend(grid::fields(self, label, fields)),
            Body::Rows { kind, fields } if self.member == Some(*kind) => blocks.extend(grid::fields(self, label, fields)),
            Body::Rows { kind, fields } => blocks.push(rows::rows(self, *kind, fields)),
            Body::Questions { evidence } => blocks.extend(questions::questions(self, *evidence)),
            Body::Scenarios { evidence } => blocks.extend(scenarios::scenarios(self, *evidence)),
        }
        blocks.iter_mut().for_each(|block| without_echo(block, label));
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

    /// The field of a path, wherever in the pack it stands.
    fn field(&self, path: &str) -> Option<&'a Field> {
        let sections = self.pack.forms.iter().flat_map(|form| &form.sections);
        let mut fields = sections.flat_map(|section| if let Body::Fields(fields) = &section.body { fields.as_slice() } else { &[] });
        fields.find(|field| field.path == path)
    }

    /// The answer of a path in the words of its field, wherever in the pack that field stands.
    fn said_at(&self, path: &str) -> String {
        match self.field(path) {
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

/// Words in the middle of their line, on a new page unless they are the first on the paper.
fn page(words: &str, first: bool) -> Vec<Block> {
    let line = |line: &str| Block::Paragraph(Paragraph { spans: vec![Span::strong(line)], align: Align::Centre, ..Paragraph::default() });
    (!first).then_some(Block::PageBreak).into_iter().chain(words.lines().map(line)).collect()
}

/// A table's caption that says no more than the heading above it is not said twice.
fn without_echo(block: &mut Block, heading: &str) {
    if let Block::Table(table) = block {
        table.caption.take_if(|caption| heading.ends_with(caption.as_str()));
    }
}
