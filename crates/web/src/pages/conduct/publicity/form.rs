//! Choosing what is shown to the public, and the notice that says so.

use std::sync::Arc;

use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::limit_due;
use policy::pack::{Pack, Procedure, Work};
use policy::spec::StageSpec;
use records::access::{Acting, concerns};
use service::{InboxItem, organisation, publicity};
use standards::calendar::Calendar;

use crate::components::form::{Form, area, date, line, tick};
use crate::components::{field, layout, said};
use crate::errors::Error;
use crate::pages::conduct::today;
use crate::session::token_field;
use crate::site::Site;
use crate::words;

/// A procedure whose results are shown to the public.
pub(super) struct Of {
    /// Its programme, newest version.
    pub(super) pack: Arc<Pack>,
    procedure: Procedure,
    stage: StageSpec,
}

impl Of {
    /// The procedure of these names.
    pub(super) fn find(site: &Site, programme: &str, procedure: &str) -> Result<Self, Error> {
        let pack = site.programme(programme)?;
        let found = pack.procedure(procedure).and_then(|procedure| Self::shown_in(pack, procedure));
        found.ok_or(Error::NoPage)
    }

    fn shown_in(pack: &Arc<Pack>, procedure: &Procedure) -> Option<Self> {
        let stages = pack.stages_of(&procedure.id);
        let stage = stages.into_iter().find(|stage| stage.work == Some(Work::Publicise))?;
        Some(Self { pack: pack.clone(), procedure: procedure.clone(), stage: stage.clone() })
    }

    /// Its id.
    pub(super) fn procedure(&self) -> &str {
        &self.procedure.id
    }

    /// Its name.
    pub(super) fn label(&self) -> &str {
        &self.procedure.label
    }
}

fn published(library: &Library, acting: &Acting) -> Vec<Of> {
    library
        .packs()
        .filter(|pack| concerns(acting, pack))
        .flat_map(|pack| pack.procedures.iter().filter_map(|procedure| Of::shown_in(pack, procedure)))
        .collect()
}

/// The procedures with files whose results wait to be shown, and how many.
pub(super) async fn waiting(site: &Site, acting: &Acting) -> Result<Vec<(Of, usize)>, Error> {
    let mut all = Vec::new();
    for of in published(site.library(), acting) {
        match publicity::candidates(&site.desk(), acting, &of.pack.id, of.procedure()).await?.len() {
            0 => {}
            files => all.push((of, files)),
        }
    }
    Ok(all)
}

/// The form as it opens: every file ticked, from today for as long as the pack says, the bureau's own telephone.
pub(super) async fn opening(site: &Site, acting: &Acting, of: &Of, waiting: &[InboxItem]) -> Result<Form, Error> {
    let (_, own) = organisation::own(&site.desk(), acting).await?;
    let starts_on = today(site);
    let limit = of.stage.limit.as_ref();
    let ends_on = limit.and_then(|limit| limit_due(limit, starts_on, Calendar::national()).ok());
    let contact: Vec<&str> = [own.name.as_str(), &own.profile.phone].into_iter().filter(|text| !text.is_empty()).collect();
    let fixed = [
        ("title", title(of.label())),
        ("starts_on", starts_on.to_string()),
        ("ends_on", ends_on.map(|day| day.to_string()).unwrap_or_default()),
        ("contact", contact.join("，")),
    ];
    let items = waiting.iter().map(|item| ("items", item.application.id.clone()));
    Ok(Form::with(fixed.into_iter().chain(items)))
}

/// The form.
pub(super) fn page(of: &Of, waiting: &[InboxItem], form: &Form) -> Html<String> {
    let main = html! {
        h1 { "发布公示：" (of.label()) }
        p.lead { (of.pack.title) }
        (form.summary(Some(&of.pack)))
        @if waiting.is_empty() { p { "目前没有等待公示的申报件。" } } @else { (filled(of, waiting, form)) }
    };
    layout::page("发布公示", &super::view::WAY, main)
}

fn filled(of: &Of, waiting: &[InboxItem], form: &Form) -> Markup {
    let hint = of.stage.person_sets.as_deref();
    html! {
        form method="post" action="/conduct/publicity" {
            (token_field())
            input type="hidden" name="programme" value=(of.pack.id);
            input type="hidden" name="procedure" value=(of.procedure());
            div.wrong[form.typed.error("items").is_some()] {
                (field::message("items", form.typed.error("items")))
                (table(of, waiting, form))
            }
            (line(form, "title", "公示标题", None))
            (date(form, "starts_on", "开始日期", None))
            (date(form, "ends_on", "截止日期", hint))
            (area(form, "contact", "异议受理单位和联系方式", Some("写明单位、电话、地址，供社会公众反映情况。"), 3))
            div.submit { button type="submit" { "发布公示" } }
        }
    }
}

fn table(of: &Of, waiting: &[InboxItem], form: &Form) -> Markup {
    let table = html! {
        table.close {
            caption { "等待公示的申报件（" (waiting.len()) "件）" }
            thead { tr { th scope="col" { "公示" } th scope="col" { "受理编号" } th scope="col" { "单位" } th scope="col" { "所在地" } th scope="col" { "等级" } th.number scope="col" { "核定投入（万元）" } th.number scope="col" { "补贴（万元）" } } }
            tbody { @for (at, item) in waiting.iter().enumerate() { (row(of, item, form, at)) } }
        }
    };
    layout::wide("等待公示的申报件", &table)
}

fn row(of: &Of, item: &InboxItem, form: &Form, at: usize) -> Markup {
    let file = &item.application;
    let level = file.level.and_then(|level| u8::try_from(level).ok());
    html! {
        tr {
            td { (tick(form, "items", &file.id, &format!("公示{}", file.applicant_name), at)) }
            td { a href=(format!("/files/{}", file.id)) { (file.number) } }
            th scope="row" { (file.applicant_name) }
            td { (said::place(&file.place)) }
            td { @if let Some(level) = level { (words::level(&of.pack, level)) } }
            td.number { @if file.recognised_fen.is_some() { (words::wan_figure(file.recognised_fen)) } }
            td.number { @if file.award_fen.is_some() { (words::wan_figure(file.award_fen)) } }
        }
    }
}

/// A list is shown itself, of everything else its results.
fn title(label: &str) -> String {
    let results = if label.ends_with("名单") { "" } else { "结果" };
    format!("关于{label}{results}的公示")
}
