//! A form of a pack with its answers, as a paper: any form of any pack, laid out as its `print` keys say.

mod cell;
mod effects;
mod form;
mod grid;
mod materials;
mod member;
mod money;
mod official;
mod promise;
mod questions;
mod rows;
mod said;
mod scenarios;
mod section;
mod title;

pub(crate) use materials::DIGEST_CHARS;
pub use materials::Uploaded;
pub(crate) use member::Membership;
pub use official::printed;
pub(crate) use official::{Among, Filled, tables};

use std::collections::BTreeMap;

use papers::paper::Block;
use policy::evaluate::evaluate;
use policy::explained::{Facts, Trace, run};
use policy::outcome::QuestionMarks;
use policy::pack::{Body, Field, FieldKind, Pack};
use policy::program::{Kind, Reg, Type};
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
    /// The names of organisations that answers name, by id.
    organisations: Option<&'a BTreeMap<String, String>>,
    /// Who signed on line, and when.
    signed: Option<(&'a str, Date)>,
    /// Who signed the forms it is printed with that were handed in elsewhere, and when, by form.
    elsewhere: Option<&'a BTreeMap<String, (String, Date)>>,
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
            organisations: None,
            signed: None,
            elsewhere: None,
            among: Among::default(),
            member: None,
            members: Vec::new(),
            uploads: &[],
            facts,
            trace,
            marks,
        }
    }

    /// With the names of organisations that answers name.
    pub(crate) fn naming(self, organisations: &'a BTreeMap<String, String>) -> Self {
        Self { organisations: Some(organisations), ..self }
    }

    /// With who signed on line, and when.
    pub(crate) fn signed(self, signed: Option<(&'a str, Date)>) -> Self {
        Self { signed, ..self }
    }

    /// With who signed the forms it is printed with that were handed in elsewhere.
    pub(crate) fn signed_elsewhere(self, elsewhere: &'a BTreeMap<String, (String, Date)>) -> Self {
        Self { elsewhere: Some(elsewhere), ..self }
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

    /// What a register holds, in words; nothing while it is not known, or follows from rows that nobody has filled in.
    fn value(&self, reg: Reg) -> String {
        let value = self.trace.case(reg);
        if value.get() == Some(0) && self.is_of_nothing(reg) {
            return String::new();
        }
        let sayer = Sayer { pack: self.pack, facts: &self.facts, trace: &self.trace };
        value.get().map_or(String::new(), |_| sayer.value(self.pack.metas[reg as usize], value))
    }

    /// Whether a nought comes from an empty form: no rows, and no answers either unless it is an amount.
    fn is_of_nothing(&self, reg: Reg) -> bool {
        let rows = [self.answers, &self.case.inputs].into_iter().flat_map(|answers| answers.rows.values());
        let silent = self.answers.texts.values().all(|text| text.trim().is_empty());
        rows.into_iter().all(Vec::is_empty) && (silent || self.pack.metas[reg as usize].ty == Type::Money)
    }

    /// What stands under a path: what the platform knows itself, else what was answered.
    fn text(&self, path: &str) -> &'a str {
        let known = self.pack.known.iter().any(|known| known.kind == 0 && self.pack.inputs[0][known.input].is(path));
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
        self.field(path).map_or_else(|| self.text(path).to_owned(), |field| self.said(field))
    }

    /// What a field says in words.
    pub(crate) fn said(&self, field: &Field) -> String {
        match field.kind {
            FieldKind::Shown(reg) => self.value(reg),
            _ => said::said(self, field, self.text(&field.path)),
        }
    }

    /// The name of an organisation that is answered by its id; none for whoever is not known: no id stands on a paper.
    fn organisation(&self, id: &str) -> &'a str {
        self.organisations.and_then(|names| names.get(id.trim())).map_or("", String::as_str)
    }
}
