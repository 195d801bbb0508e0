//! A file that was opened for somebody who may see it, with what its pages share.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{Form, Pack, Work};
use policy::spec::StageSpec;
use records::access::may_work;
use records::account::Role;
use service::ServiceError;
use service::application::{self, FileView, Remark, Workable};
use service::identity::Session;

use crate::components::layout;
use crate::errors::Error;
use crate::pages::desk::{Filters, Wished};
use crate::pages::imports::left_out;
use crate::site::Site;

/// A file as one person sees it.
pub(super) struct Opened<'a> {
    pub(super) site: &'a Site,
    pub(super) session: &'a Session,
    pub(super) view: FileView,
    /// What is said beside its invoices and its evidence.
    pub(super) remarks: Vec<Remark>,
    /// The filters of the inbox it was found in.
    pub(super) filters: Filters,
    /// What a table that was just taken in left out, as the address says; empty where none was.
    pub(super) left_out: String,
}

impl<'a> Opened<'a> {
    /// Opens a file; one that the person may not see is as unknown as one that is not there.
    pub(super) async fn load(site: &'a Site, session: &'a Session, id: &str, wished: &Wished) -> Result<Self, Error> {
        let view = application::open(&site.desk(), session.acting(), id).await.map_err(|error| match error {
            ServiceError::NotFound => Error::NoPage,
            other => other.into(),
        })?;
        let remarks = application::remarks(&site.desk(), site.press(), session.acting(), id, None).await?;
        Ok(Self { site, session, view, remarks, filters: Filters::of(&wished.0), left_out: left_out::also(wished.get(left_out::NAME)) })
    }

    /// Its id.
    pub(super) fn id(&self) -> &str {
        self.view.application.id.as_str()
    }

    /// The rules it runs under.
    pub(super) fn pack(&self) -> &Pack {
        &self.view.pack
    }

    /// The name of what is applied for.
    pub(super) fn procedure(&self) -> &str {
        let id = self.view.application.procedure.as_str();
        self.pack().procedure(id).map_or(id, |procedure| procedure.label.as_str())
    }

    /// A stage of its procedure.
    pub(super) fn stage(&self, id: &str) -> Result<&StageSpec, Error> {
        self.pack().stages_of(&self.view.application.procedure).into_iter().find(|stage| stage.id == id).ok_or(Error::NoPage)
    }

    /// A stage of this work that the person handles now.
    pub(super) fn handled(&self, id: &str, work: Option<Work>) -> Option<(&StageSpec, &Workable)> {
        let stage = self.stage(id).ok().filter(|stage| work.is_none() || stage.work == work)?;
        let workable = self.view.works.iter().find(|known| known.stage == id && known.handles)?;
        Some((stage, workable))
    }

    /// A stage that the person works on, or did before it was done or came back to others; to everybody else there is no such page.
    pub(super) fn worked_on(&self, id: &str) -> Result<&StageSpec, Error> {
        let (stage, today) = (self.stage(id)?, self.site.edge().now.day());
        let may = may_work(self.session.acting(), &self.view.application, stage, Role::Handler, self.pack(), today);
        if may { Ok(stage) } else { Err(Error::NoPage) }
    }

    /// Whether the applicant itself, a bureau, now has a stage to work on as an office does.
    pub(super) fn officiates(&self) -> bool {
        let works = self.view.works.iter().filter(|work| work.handles || work.signs);
        let official = |id: &str| self.stage(id).is_ok_and(|stage| !matches!(stage.work, Some(Work::Fill | Work::Join)));
        self.session.acting().kind.is_staff() && works.into_iter().any(|work| official(&work.stage))
    }

    /// Where the applicant sees it, told what was done.
    pub(super) fn own_page(&self, done: Option<&str>) -> String {
        let own = format!("/files/{}/fill", self.id());
        if done == Some("approved") { format!("{own}?done=approved") } else { own }
    }

    /// Whether the person may assign third parties, or skip what is not needed, in this file.
    pub(super) fn conducts(&self) -> bool {
        self.view.may_assign && self.session.acting().is(Role::Handler)
    }

    /// The applicant's forms of this file.
    pub(super) fn forms(&self) -> Vec<&Form> {
        let stages = self.pack().stages_of(&self.view.application.procedure).into_iter();
        let filled = stages.filter(|stage| stage.work == Some(Work::Fill) && self.view.application.stages.contains_key(&stage.id));
        filled.flat_map(|stage| &stage.forms).filter_map(|form| self.pack().form(form)).collect()
    }

    /// The address of its page.
    pub(super) fn address(&self) -> String {
        self.with_filters(format!("/files/{}", self.id()))
    }

    /// The same, saying what was done.
    pub(super) fn done(&self, word: &str) -> String {
        let query = self.filters.query();
        let more = if query.is_empty() { String::new() } else { format!("&{query}") };
        format!("/files/{}?done={word}{more}", self.id())
    }

    /// The address of what is done in a stage.
    pub(super) fn act(&self, stage: &str, what: &str) -> String {
        self.with_filters(format!("/files/{}/stages/{stage}/{what}", self.id()))
    }

    /// The check of another file at a stage, after this one was approved.
    pub(super) fn next(&self, file: &str, stage: &str) -> String {
        let query = self.filters.query();
        let more = if query.is_empty() { String::new() } else { format!("&{query}") };
        format!("/files/{file}/stages/{stage}/check?done=approved{more}")
    }

    fn with_filters(&self, address: String) -> String {
        if self.filters.is_empty() { address } else { format!("{address}?{}", self.filters.query()) }
    }

    /// Who applies for what.
    pub(super) fn title(&self) -> String {
        format!("{}：{}", self.view.applicant.name, self.procedure())
    }

    /// What is done, and for whom: one of many tabs is told from the others.
    pub(super) fn about(&self, what: &str) -> String {
        format!("{what}：{}", self.view.applicant.name)
    }

    /// The inbox as it was narrowed.
    pub(super) fn inbox(&self) -> String {
        if self.filters.is_empty() { "/desk".to_owned() } else { format!("/desk?{}", self.filters.query()) }
    }

    /// A page below the file's own.
    pub(super) fn page(&self, what: &str, main: &Markup) -> Html<String> {
        let (file, own, inbox) = (self.title(), self.address(), self.inbox());
        let body = html! { div.desk { (main) } };
        layout::page(&self.about(what), &[("待办", &inbox), (&file, &own)], body)
    }
}
