//! What an official fills in at a stage: facts asked for, forms, judgements, papers, a note; saved as it is typed.
//!
//! A draft keeps everything under its path: judgements under `judge.`, papers under `paper.`, lower amounts under `lower.`.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use policy::pack::{Form, Work};
use policy::spec::StageSpec;
use records::answers::Answers;
use records::application::{Case, Official, draft_of};
use records::{Refusal, ids::PaperId};
use serde_json::json;
use service::ServiceError;
use service::application;
use service::paper::{self, Paper};

use super::handed::Handed;
use super::opened::Opened;
use super::{assess, judge, newer, official, paper_code, remarks};
use crate::components::indicator::plan;
use crate::errors::Error;
use crate::forms::FieldError;
use crate::pages::desk::Wished;
use crate::sheet::{self, Mode, Note, Sheet};
use crate::site::Shared;

/// The field that holds the version of the file a page was made from.
pub(super) const RECORD: &str = "record";
/// Where the note stands.
pub(super) const NOTE: &str = "note";

/// A stage being worked on.
pub(super) struct Working<'a> {
    pub(super) opened: &'a Opened<'a>,
    pub(super) stage: &'a StageSpec,
    /// Everything typed, by path.
    pub(super) typed: Answers,
    /// The version of the draft it was typed over.
    pub(super) draft: i64,
    /// What is wrong.
    pub(super) errors: Vec<FieldError>,
    /// Why it was not carried out, where it is for no field.
    pub(super) refusal: Option<Refusal>,
    /// What happened meanwhile, after a conflict.
    pub(super) newer: Option<Markup>,
    /// The facts asked for, as a form.
    pub(super) asked: Option<Form>,
    /// The organisation's own papers.
    pub(super) library: Vec<Paper>,
    /// How much a shortcut filled in just now, as the address says.
    pub(super) filled: Option<String>,
}

impl<'a> Working<'a> {
    /// The stage with what was saved last.
    pub(super) async fn load(opened: &'a Opened<'a>, stage: &'a StageSpec) -> Result<Self, Error> {
        let (desk, acting) = (opened.site.desk(), opened.session.acting());
        let (draft, mut typed) = application::official_draft(&desk, acting, opened.id(), &stage.id).await?;
        if draft == 0 {
            application::begun_statement(&opened.view.application, stage, &mut typed);
        }
        Self::with(opened, stage, typed, draft).await
    }

    /// The stage with what was sent.
    pub(super) async fn sent(opened: &'a Opened<'a>, stage: &'a StageSpec, handed: &Handed) -> Result<Self, Error> {
        let asked = sheet::asked_at(opened.pack(), stage);
        let forms = forms(opened, stage, asked.as_ref());
        let pairs = &handed.posted.pairs;
        let mut typed = sheet::read(opened.pack(), &forms, pairs);
        official::take(stage, pairs, &mut typed);
        let errors = official::take_papers(stage, &handed.posted, &mut typed);
        let working = Self::with(opened, stage, typed, sheet::version(pairs)).await?;
        Ok(Self { errors, ..working })
    }

    async fn with(opened: &'a Opened<'a>, stage: &'a StageSpec, typed: Answers, draft: i64) -> Result<Self, Error> {
        let library = match stage.materials.is_empty() {
            true => Vec::new(),
            false => paper::list_of_organisation(opened.site.store(), &opened.session.by(), 0).await?.papers,
        };
        let asked = sheet::asked_at(opened.pack(), stage);
        Ok(Self { opened, stage, typed, draft, errors: Vec::new(), refusal: None, newer: None, asked, library, filled: None })
    }

    /// Saves what was typed; answers the draft's new version.
    pub(super) async fn save(&self) -> Result<i64, ServiceError> {
        let (desk, acting) = (self.opened.site.desk(), self.opened.session.acting());
        application::save_official_draft(&desk, acting, self.opened.id(), &self.stage.id, self.draft, &self.typed).await
    }

    /// What the official states, as the use cases take it.
    pub(super) fn official(&self) -> Official {
        Official {
            stated: self.typed.only(self.opened.pack(), self.stage),
            judgements: judge::judgements(self.stage, &self.typed),
            papers: self.papers(),
            note: self.typed.text(NOTE).to_owned(),
            paper_code: self.typed.text(paper_code::PATH).to_owned(),
        }
    }

    fn papers(&self) -> BTreeMap<String, Vec<PaperId>> {
        let ids =
            |slot: &str| self.typed.text(&official::paper_path(slot)).split(',').filter(|id| !id.is_empty()).map(PaperId::from).collect();
        let slots = self.stage.materials.iter().map(|slot| (slot.value().clone(), ids(slot.value())));
        slots.filter(|(_, ids): &(String, Vec<PaperId>)| !ids.is_empty()).collect()
    }

    /// The same page as an answer to what was not carried out, with everything typed still in it.
    pub(super) async fn again(mut self, error: ServiceError) -> Result<(StatusCode, Self), Error> {
        match error {
            ServiceError::Refused(refusal) => {
                self.errors.extend(refusal.errors.clone());
                self.refusal = refusal.errors.is_empty().then_some(refusal);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, self))
            }
            ServiceError::Conflict => {
                self.newer = Some(newer::newer(self.opened).await?);
                self.draft =
                    application::official_draft(&self.opened.site.desk(), self.opened.session.acting(), self.opened.id(), &self.stage.id)
                        .await?
                        .0;
                Ok((StatusCode::CONFLICT, self))
            }
            other => Err(other.into()),
        }
    }

    /// Errors that were found before any use case was asked.
    pub(super) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The message beside a field.
    pub(super) fn error(&self, path: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.path == path).map(|error| error.message.as_str())
    }

    /// The case with what the official states over what the applicant stated. An assessment rests on its own answers alone.
    pub(super) fn case(&self) -> Case {
        let pack = self.opened.pack();
        let mut inputs = self.opened.view.case.inputs.clone();
        if let Some(assessment) = pack.assessment.as_ref().filter(|_| self.stage.work == Some(Work::Assess)) {
            plan::paths(pack, assessment).iter().for_each(|path| inputs.set(path, ""));
        }
        let inputs = inputs.overlaid(&self.typed.only(pack, self.stage));
        let (draft, errors) = draft_of(pack, &inputs);
        Case { inputs, draft, errors }
    }

    fn notes(&self) -> Vec<Note> {
        let remarks = remarks::notes(&self.opened.remarks);
        if self.stage.work == Some(Work::Assess) { official::self_answers(self.opened) } else { remarks.collect() }
    }

    /// Runs something over the sheet of what is asked for.
    pub(super) fn on_sheet<T>(&self, then: impl FnOnce(&Sheet) -> T) -> T {
        let (case, notes) = (self.case(), self.notes());
        let sheet = Sheet {
            errors: &self.errors,
            case: Some(&case),
            mode: Mode::Official,
            filed: Some(&self.opened.view.application.filed),
            notes: &notes,
            ..Sheet::new(self.opened.pack(), forms(self.opened, self.stage, self.asked.as_ref()), &self.typed)
        };
        then(&sheet)
    }
}

pub(super) fn forms<'f>(opened: &'f Opened, stage: &StageSpec, asked: Option<&'f Form>) -> Vec<&'f Form> {
    asked.into_iter().chain(stage.forms.iter().filter_map(|form| opened.pack().form(form))).collect()
}

/// The stage of a page, for somebody who handles it; a third party declares first.
pub(super) fn handled<'o>(opened: &'o Opened, stage: &str, work: Work) -> Result<Result<&'o StageSpec, Response>, Error> {
    let Some((spec, workable)) = opened.handled(stage, Some(work)) else {
        let known = opened.stage(stage)?;
        return if known.work == Some(work) { Ok(Err(newer::over(opened, known))) } else { Err(Error::NoPage) };
    };
    if workable.must_declare {
        return Ok(Err(crate::components::form::go(&opened.act(stage, "declare"))));
    }
    Ok(Ok(spec))
}

/// `POST …/{work}/draft`: saves what is typed, for the script.
pub(super) async fn save_by_itself(
    State(site): State<Shared>,
    Path((id, stage, _)): Path<(String, String, String)>,
    handed: Handed,
) -> Result<Response, Error> {
    let opened = Opened::load(&site, &handed.session, &id, &Wished(Vec::new())).await?;
    let (spec, _) = opened.handled(&stage, None).ok_or(Error::NoPage)?;
    let working = Working::sent(&opened, spec, &handed).await?;
    let version = working.save().await?;
    let shown: serde_json::Map<_, _> = working.on_sheet(sheet::shown).into_iter().map(|(path, text)| (path, text.into())).collect();
    let at = site.edge().now.text();
    let beside = (spec.work == Some(Work::Assess)).then(|| assess::so_far(&working).into_string());
    let body = json!({ "version": version, "at": at.rsplit(' ').next(), "shown": shown, "beside": beside }).to_string();
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
