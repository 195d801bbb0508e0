//! What may be done with many files at once, without looking at each by itself.

use std::collections::BTreeMap;

use maud::{Markup, html};
use policy::pack::Work;
use policy::spec::StageSpec;
use records::organisation::OrganisationKind as Kind;
use service::application;
use service::identity::Session;
use service::{ApplicationRow, InboxItem, OrganisationRow, Page};

use super::filters::Filters;
use crate::errors::Error;
use crate::forms::FieldError;
use crate::site::Site;

/// What may be done with the rows of a page.
pub(super) struct Bulk {
    /// By application and stage.
    rows: BTreeMap<(String, String), Does>,
    third_parties: Vec<OrganisationRow>,
}

/// What is done with a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// 通过
    Approve,
    /// 委托
    Assign,
}

/// What was sent and not carried out: everything typed stands on the page again.
#[derive(Clone, Debug, Default)]
pub(super) struct Again {
    /// What is to be done first.
    pub(super) errors: Vec<FieldError>,
    /// What was ticked.
    pub(super) picks: Vec<String>,
    /// The note.
    pub(super) note: String,
    /// The organisation that was chosen.
    pub(super) organisation: String,
}

impl Bulk {
    /// What may be done with these rows.
    pub(super) async fn of(site: &Site, session: &Session, items: &[InboxItem]) -> Result<Self, Error> {
        let does = |item: &InboxItem| Some(((item.task.application.clone(), item.task.stage.clone()), does(site, session, item)?));
        let rows: BTreeMap<_, _> = items.iter().filter_map(does).collect();
        let assigns = rows.values().any(|does| *does == Does::Assign);
        let third_parties = if assigns { third_parties(site, session, &[Kind::Evaluator, Kind::Auditor]).await? } else { Vec::new() };
        Ok(Self { rows, third_parties })
    }

    /// Whether there is anything to choose.
    pub(super) fn offers(&self) -> bool {
        !self.rows.is_empty()
    }

    /// The check box of a row; a row that must be looked at by itself says so.
    pub(super) fn pick(&self, item: &InboxItem, ticked: impl Fn(&str) -> bool) -> Markup {
        let (file, stage) = (&item.task.application, &item.task.stage);
        let (id, value) = (format!("pick-{file}-{stage}"), format!("{file} {stage}"));
        html! {
            @if self.rows.contains_key(&(file.clone(), stage.clone())) {
                div.option.alone {
                    input #(id) type="checkbox" name="pick" value=(value) checked[ticked(&value)];
                    label for=(id) { span.hidden { "选择" (item.application.applicant_name) } }
                }
            } @else { span.quiet { "逐件办理" } }
        }
    }

    /// What is done with what was chosen.
    pub(super) fn bar(&self, filters: &Filters, page: Page, again: &Again) -> Markup {
        let offers = |does: Does| self.rows.values().any(|known| *known == does);
        let address = |picked: &str| format!("/desk?{}&page={}&pick={picked}", filters.query(), page.number);
        html! {
            div.decide role="group" aria-label="批量办理" {
                a href=(address("all")) data-tick="pick" { "选中本页可批量办理的" (self.rows.len()) "件" }
                a href=(address("none")) data-untick="pick" { "全不选" }
                @if offers(Does::Approve) {
                    div.with-note {
                        label for="bulk-note" { "审核意见（选填）" }
                        input #bulk-note name="note" type="text" maxlength="500" autocomplete="off" value=(again.note);
                        button type="submit" name="do" value="approve" { "通过所选" }
                    }
                }
                @if offers(Does::Assign) {
                    div.with-note {
                        label for="bulk-organisation" { "委托办理机构" }
                        select #bulk-organisation name="organisation" { (options(&self.third_parties, &again.organisation)) }
                        button.second type="submit" name="do" value="assign" { "委托所选" }
                    }
                }
            }
        }
    }
}

/// What may be done with a task without looking at it by itself: a check that asks for nothing, an assignment.
pub(super) fn does(site: &Site, session: &Session, item: &InboxItem) -> Option<Does> {
    let file = &item.application;
    let stage = site.library().version(&file.programme, &file.pack_version)?.stage(&item.task.stage)?;
    if stage.work == Some(Work::Review) {
        return None;
    }
    match Some(stage.actor) == session.acting().kind.actor() {
        true => (stage.work == Some(Work::Check) && asks_nothing(stage)).then_some(Does::Approve),
        false => Some(Does::Assign),
    }
}

fn asks_nothing(stage: &StageSpec) -> bool {
    stage.asks.is_empty() && stage.judges.is_empty() && stage.forms.is_empty() && stage.materials.is_empty()
}

/// Organisations of these kinds that stages may be assigned to.
pub(crate) async fn third_parties(site: &Site, session: &Session, kinds: &[Kind]) -> Result<Vec<OrganisationRow>, Error> {
    let mut all = Vec::new();
    for kind in kinds {
        all.extend(application::assignable(&site.desk(), session.acting(), *kind).await?);
    }
    Ok(all)
}

/// The options of a list of organisations, by kind.
pub(crate) fn options(all: &[OrganisationRow], chosen: &str) -> Markup {
    html! {
        option value="" { "请选择" }
        @for kind in all.chunk_by(|one, other| one.kind == other.kind) {
            optgroup label=(Kind::parse(&kind[0].kind).map_or("", Kind::label)) {
                @for one in kind { option value=(one.id) selected[one.id == chosen] { (one.name) } }
            }
        }
    }
}

/// A file's number; none before it was handed in.
pub(super) fn number(file: &ApplicationRow) -> Markup {
    html! { @if file.number.is_empty() { span.quiet { "未编号" } } @else { (file.number) } }
}
