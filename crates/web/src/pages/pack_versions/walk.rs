//! Trying out a pack's forms: each stage as whoever works on it sees it, with what checking and the rules say. Nothing is kept:
//! what was filled in travels in the page itself.

mod view;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Html;
use policy::load::Loaded;
use policy::pack::{Form, Pack, Procedure, Work};
use policy::spec::StageSpec;
use records::FieldError;
use records::answers::Answers;
use service::pack_version::{Walk, compiled, walk};

use super::reading;
use crate::errors::Error;
use crate::extract::{Asked, Names};
use crate::session::{Sent, Signed};
use crate::sheet::{self, Action};
use crate::site::{Shared, Site};

/// The field in which the answers of all stages travel.
const CARRIED: &str = "carried";

/// A stage being tried out.
struct Trying<'a> {
    pack: &'a Pack,
    procedure: &'a Procedure,
    stage: &'a StageSpec,
    /// Facts the stage asks for, as a form.
    asked: Option<Form>,
    /// What was filled in, by stage.
    answers: BTreeMap<String, Answers>,
}

impl<'a> Trying<'a> {
    /// The stage asked for, or the first one of the procedure.
    fn of(pack: &'a Pack, procedure: Option<&str>, stage: Option<&str>) -> Result<Self, Error> {
        let procedure = match procedure {
            Some(id) => pack.procedure(id),
            None => pack.procedures.iter().find(|procedure| !tried(pack, procedure).is_empty()),
        };
        let procedure = procedure.ok_or(Error::NoPage)?;
        let stages = tried(pack, procedure);
        let found = match stage {
            Some(id) => stages.into_iter().find(|stage| stage.id == id),
            None => stages.into_iter().next(),
        };
        let stage = found.ok_or(Error::NoPage)?;
        Ok(Self { pack, procedure, stage, asked: sheet::asked_at(pack, stage), answers: BTreeMap::new() })
    }

    /// The forms of the stage in their order.
    fn forms(&self) -> Vec<&Form> {
        self.asked.iter().chain(self.stage.forms.iter().filter_map(|form| self.pack.form(form))).collect()
    }

    /// What was filled in at this stage.
    fn own(&self) -> Answers {
        self.answers.get(&self.stage.id).cloned().unwrap_or_default()
    }

    /// Takes in what was posted for this stage.
    fn take(&mut self, fields: &[(String, String)]) {
        let mut own = sheet::merged(self.pack, &self.forms(), &self.own(), fields);
        for path in self.stage.judges.iter().map(|id| format!("judge.{}", id.as_str())) {
            let said = fields.iter().rev().find(|(name, _)| *name == path).map_or("", |(_, text)| text);
            own.set(&path, said);
        }
        Action::of(fields).apply(self.pack, &mut own);
        self.answers.insert(self.stage.id.clone(), own);
    }

    fn walked(&self, site: &Site) -> Result<Walk, Error> {
        Ok(walk(self.pack, &self.procedure.id, self.stage, &self.answers, site.edge().now).map_err(service::ServiceError::from)?)
    }
}

/// The stages of a procedure in which somebody fills something in or judges.
fn tried<'p>(pack: &'p Pack, procedure: &Procedure) -> Vec<&'p StageSpec> {
    let filled = |stage: &&StageSpec| {
        matches!(stage.work, Some(Work::Fill | Work::Check | Work::Assess | Work::Audit))
            && (!stage.forms.is_empty() || !stage.judges.is_empty() || sheet::asked_at(pack, stage).is_some())
    };
    pack.stages_of(&procedure.id).into_iter().filter(filled).collect()
}

/// `GET /admin/packs/{programme}/{version}/walk`
pub(super) async fn show(
    State(site): State<Shared>,
    signed: Signed,
    Names(programme, version): Names,
    asked: Asked,
) -> Result<Html<String>, Error> {
    let acting = reading(&signed)?;
    let loaded = compiled(&site.desk(), acting, &programme, &version).await?;
    let trying = Trying::of(&loaded.pack, asked.get("procedure"), asked.get("stage"))?;
    let walked = trying.walked(&site)?;
    Ok(view::page(acting, &trying, &walked, &[], false))
}

/// `POST /admin/packs/{programme}/{version}/walk`: the stage checked, or another one with what was filled in so far.
pub(super) async fn fill(State(site): State<Shared>, Names(programme, version): Names, sent: Sent) -> Result<Html<String>, Error> {
    let acting = sent.session.acting();
    let loaded: std::sync::Arc<Loaded> = compiled(&site.desk(), acting, &programme, &version).await?;
    let mut trying = Trying::of(&loaded.pack, Some(sent.text("procedure")), Some(sent.text("stage")))?;
    trying.answers = carried(sent.text(CARRIED))?;
    trying.take(&sent.fields);
    let action = Action::of(&sent.fields);
    let onwards = match &action {
        Action::Other(word) => word.strip_prefix("go:"),
        _ => None,
    };
    if let Some(stage) = onwards {
        let next = Trying { answers: trying.answers, ..Trying::of(&loaded.pack, Some(&trying.procedure.id), Some(stage))? };
        let walked = next.walked(&site)?;
        return Ok(view::page(acting, &next, &walked, &[], false));
    }
    let walked = trying.walked(&site)?;
    let checks = matches!(action, Action::Save | Action::Other(_));
    let errors: &[FieldError] = if checks { &walked.errors } else { &[] };
    Ok(view::page(acting, &trying, &walked, errors, checks))
}

/// What travelled in the page; anybody can write it, so it keeps within the limits of every set of answers.
fn carried(text: &str) -> Result<BTreeMap<String, Answers>, Error> {
    if text.is_empty() {
        return Ok(BTreeMap::new());
    }
    let answers: BTreeMap<String, Answers> = serde_json::from_str(text).map_err(|_| Error::Unreadable)?;
    if answers.values().any(|one| !one.errors().is_empty()) { Err(Error::Unreadable) } else { Ok(answers) }
}
