//! The case a file makes: who stated what, in layers. What the applicant filed lies at the bottom, then what officials
//! stated, stage after stage, then what was judged, settled and set lower; what the platform knows itself stands above all.

use std::collections::{BTreeMap, BTreeSet};

use policy::case::Draft;
use policy::evaluate::Evaluation;
use policy::pack::{Body, Field, FieldKind, Pack, SettledFact, Test};
use policy::program::{Kind, Type};
use policy::text_chars;
use standards::date::Date;
use standards::text::half_width;

use super::known::known;
use super::written;
use super::{Application, Asked, Member, Participant, Settled};
use crate::answers::{Answers, RowAnswers};
use crate::batch::Batch;
use crate::entitlement::Entitled;
use crate::ids::ApplicationId;
use crate::organisation::Organisation;
use crate::{FieldError, Moment};

/// What the platform knows about the surroundings of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knowing {
    /// Who applies.
    pub applicant: Organisation,
    /// The procedures whose standing the applicant holds.
    pub standings: BTreeSet<String>,
    /// Names of the holders of a standing, without spaces, for the standings that facts ask about.
    pub holders: BTreeMap<String, BTreeSet<String>>,
    /// What assessments of other procedures settled, by procedure and the name of who was assessed, without spaces; the
    /// applicant's own under an empty name.
    pub settled: BTreeMap<String, BTreeMap<String, Assessed>>,
    /// What other files granted the applicant, in fen, by procedure; for the procedures that facts ask about.
    pub granted_fen: BTreeMap<String, i64>,
    /// Organisations that may be members, by the names the file gives them, without spaces.
    pub members: BTreeMap<String, Member>,
    /// The live file of the batch in which the applicant leads.
    pub leading: Option<Leading>,
    /// What the applicant has been granted in other files, by programme.
    pub entitled: BTreeMap<String, Vec<Entitled>>,
    /// The batch of the file.
    pub batch: Batch,
}

impl Knowing {
    /// An applicant in a batch, with nothing looked up yet.
    pub fn of(applicant: Organisation, batch: Batch) -> Self {
        Self {
            applicant,
            standings: BTreeSet::new(),
            holders: BTreeMap::new(),
            settled: BTreeMap::new(),
            members: BTreeMap::new(),
            granted_fen: BTreeMap::new(),
            entitled: BTreeMap::new(),
            leading: None,
            batch,
        }
    }
}

/// What an assessment of another file settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// What was settled.
    pub settled: Settled,
    /// The day the file ended.
    pub on: Date,
}

/// A file that has the role of which an applicant has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leading {
    /// The file.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
}

impl Assessed {
    pub(super) fn text(&self, what: &SettledFact) -> Option<String> {
        match what {
            SettledFact::Level => Some(self.settled.level.to_string()),
            SettledFact::Score => Some(self.settled.score.clone()),
            SettledFact::On => Some(self.on.to_string()),
            SettledFact::Count(name) => self.settled.counts.get(name).map(i64::to_string),
        }
    }
}

/// The case of a file.
#[derive(Clone, Debug)]
pub struct Case {
    /// Every fact as text, units written out: enough to make the case again.
    pub inputs: Answers,
    /// The case; a text in error is not known in it.
    pub draft: Draft,
    /// What could not be read.
    pub errors: Vec<FieldError>,
}

/// The case of a file as it stands now.
pub fn build(pack: &Pack, application: &Application, knowing: &Knowing, now: Moment) -> Case {
    let mut all = Asked::filed(pack, &application.procedure).keep(&application.filed);
    counted(pack, &application.filed, &mut all);
    joined(application, &mut all);
    written::rows(pack, application, knowing, &mut all);
    for stage in pack.stages_of(&application.procedure) {
        if let Some(stated) = application.stated.get(&stage.id) {
            all = all.overlaid(&Asked::of(pack, stage).about(stated, &all));
        }
    }
    judged(pack, application, &mut all);
    written::facts(pack, application, &mut all);
    let mut inputs = facts_only(pack, &all);
    known(pack, application, knowing, now, &mut inputs);
    let (draft, errors) = draft_of(pack, &inputs);
    Case { inputs, draft, errors }
}

/// What members who have joined state of their own rows; what else stands on their pages no rule reads.
fn joined(application: &Application, all: &mut Answers) {
    for member in application.participants.iter().filter(|member| member.has_joined()) {
        let mut own = own_rows(member);
        own.rows.retain(|kind, rows| rows.iter().all(|row| all.rows(kind).iter().any(|known| known.id == row.id)));
        *all = all.overlaid(&own);
    }
}

fn own_rows(member: &Participant) -> Answers {
    let own = |rows: &[RowAnswers]| rows.iter().filter(|row| row.id == member.row).cloned().collect();
    let rows = member.answers.rows.iter().map(|(kind, rows)| (kind.clone(), own(rows)));
    Answers { rows: rows.collect(), ..Answers::default() }
}

/// The case that texts of facts make; texts under other paths are passed over.
pub fn draft_of(pack: &Pack, answers: &Answers) -> (Draft, Vec<FieldError>) {
    let mut draft = Draft::new(pack);
    let mut errors = Vec::new();
    for (path, text) in &answers.texts {
        if let Some(input) = pack.input(path) {
            let text = with_unit(text, unit(pack, 0, input));
            note(&mut errors, path, draft.set(pack, path, &text));
        }
    }
    for (kind, declared) in pack.kinds.iter().enumerate().skip(1) {
        for row in answers.rows(&declared.id) {
            set_row(pack, kind as Kind, row, &mut draft, &mut errors);
        }
    }
    (draft, errors)
}

fn set_row(pack: &Pack, kind: Kind, row: &RowAnswers, draft: &mut Draft, errors: &mut Vec<FieldError>) {
    let id = &pack.kinds[kind as usize].id;
    if let Err(message) = draft.add_row(pack, kind, &row.id, row.parent.as_deref()) {
        errors.push(FieldError::new(format!("{id}.{}", row.id), message));
        return;
    }
    for (input, declared) in pack.inputs[kind as usize].iter().enumerate() {
        if let Some(text) = row.texts.get(&declared.name) {
            let text = with_unit(text, unit(pack, kind, input));
            note(errors, &format!("{id}.{}.{}", row.id, declared.name), draft.set_row(pack, kind, &row.id, &declared.name, &text));
        }
    }
}

fn note(errors: &mut Vec<FieldError>, path: &str, done: Result<(), String>) {
    if let Err(message) = done {
        errors.push(FieldError::new(path, format!("{}。", message.trim_end_matches('。'))));
    }
}

/// Only what is a fact of the pack.
fn facts_only(pack: &Pack, all: &Answers) -> Answers {
    let texts = all.texts.iter().filter(|(path, _)| pack.input(path).is_some());
    let texts = texts.map(|(path, text)| (path.clone(), text.clone())).collect();
    let rows = all.rows.iter().filter(|(kind, _)| pack.kind(kind).is_some_and(|kind| kind > 0));
    Answers { texts, rows: rows.map(|(kind, rows)| (kind.clone(), rows.clone())).collect() }
}

/// Characters of long texts, where the pack counts them; nobody else says how many there are.
fn counted(pack: &Pack, filed: &Answers, all: &mut Answers) {
    let mut chars: BTreeMap<usize, usize> = BTreeMap::new();
    for field in pack.forms.iter().flat_map(|form| &form.sections).flat_map(sections_fields) {
        if let FieldKind::LongText { counts: Some(input), .. } = field.kind {
            *chars.entry(input).or_default() += text_chars(filed.text(&field.path));
        }
    }
    for (input, chars) in chars {
        let text = if chars > 0 { chars.to_string() } else { String::new() };
        all.set(&pack.inputs[0][input].id(), &text);
    }
}

/// The fields of a section.
pub fn sections_fields(section: &policy::pack::Section) -> &[Field] {
    match &section.body {
        Body::Fields(fields) | Body::Rows { fields, .. } => fields,
        Body::Questions { .. } | Body::Scenarios { .. } => &[],
    }
}

fn judged(pack: &Pack, application: &Application, all: &mut Answers) {
    for condition in &pack.conditions {
        if let (Test::Person(input, _), Some(judgement)) = (&condition.test, application.judgements.get(&condition.id)) {
            all.set(&pack.inputs[0][*input].id(), if judgement.holds { "是" } else { "否" });
        }
    }
    for (fact, settled) in &application.settled {
        all.set(fact, &settled.level.to_string());
    }
    for review in &pack.reviews {
        let score = application.stages.get(&review.stage).and_then(|state| state.score.as_ref());
        if let (Some(input), Some(score)) = (review.settles, score) {
            all.set(&pack.inputs[0][input].id(), &policy::say::marks(score.hundredths));
        }
    }
    for (value, lowered) in &application.lowered {
        if let Some(input) = pack.value(value).and_then(|value| value.settled) {
            all.set(&pack.inputs[0][input].id(), &yuan(lowered.fen));
        }
    }
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}元", fen / 100, fen % 100)
}

/// The unit in which a bare figure of a fact is read: what a form writes beside it, else 万元 for the case and 元 for
/// rows, since papers of single rows are in yuan.
pub fn unit(pack: &Pack, kind: Kind, input: usize) -> Option<&str> {
    let fallback = match pack.inputs[kind as usize][input].meta.ty {
        Type::Money => {
            if kind == 0 {
                "万元"
            } else {
                "元"
            }
        }
        Type::Share => "%",
        _ => return None,
    };
    let same = |field: &&Field| matches!(field.kind, FieldKind::Fact { kind: k, input: i } if (k, i) == (kind, input));
    let field = pack.forms.iter().flat_map(|form| &form.sections).flat_map(sections_fields).find(same);
    Some(field.and_then(|field| field.unit.as_deref()).unwrap_or(fallback))
}

/// The text with a unit, where only a figure was typed.
pub fn with_unit(text: &str, unit: Option<&str>) -> String {
    let bare = half_width(text).trim_end().ends_with(|last: char| last.is_ascii_digit());
    match unit {
        Some(unit) if bare => format!("{}{unit}", text.trim()),
        _ => text.to_owned(),
    }
}

/// Whether a formula of the pack holds for a case; not known is no.
pub(super) fn holds(pack: &Pack, draft: &Draft, term: &policy::term::Term) -> bool {
    let facts = draft.facts();
    Evaluation::new(pack, &facts).get(term.reg) == Some(1)
}
