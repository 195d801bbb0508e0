//! The file as offices, third parties and the supervisor see it: the paper on the left, what the rules say on the right,
//! what may be done at the foot.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::{FieldKind, Work};
use records::access::Sight;
use records::application::Phase;
use service::paper::Paper;
use service::{application, document, dossier};

use super::opened::Opened;
use super::{cost, decide, differences, findings, paper, remarks, strip, timeline};
use crate::components::clause::{self, cites};
use crate::components::layout;
use crate::components::said;
use crate::errors::Error;
use crate::sheet::{self, Holder, Mode, Note, Sheet};

/// The whole page.
pub(super) async fn page(opened: &Opened<'_>, done: Option<&str>) -> Result<Html<String>, Error> {
    let (desk, acting) = (opened.site.desk(), opened.session.acting());
    let papers = application::papers(&desk, acting, opened.id()).await?;
    let happenings = application::timeline(&desk, acting, opened.id()).await?;
    let documents = documents(opened).await?;
    let beside = decide::neighbours(opened).await?;
    let body = html! {
        div.desk.reviewing {
            (decide::news(opened, done, &beside))
            (head(opened))
            (strip::strip(opened))
            (standing(opened))
            div.beside {
                div.paper { (contents(opened)) (forms(opened)) (stated(opened)) (paper::list(opened, &papers)) (documents) (timeline::timeline(opened, &happenings)) }
                (ruled(opened))
            }
            (decide::bar(opened, &beside))
        }
    };
    Ok(layout::page(&opened.title(), &[("待办", &opened.inbox())], body))
}

/// The papers it has for this person.
pub(super) async fn documents(opened: &Opened<'_>) -> Result<Markup, Error> {
    let acting = opened.session.acting();
    let issued = document::issued_of_file(&opened.site.desk(), acting, opened.id()).await?;
    let tables = document::offered_tables(&opened.view);
    Ok(crate::pages::document::offered(opened.id(), &document::offered(&opened.view), &issued, &tables, acting.kind.is_staff()))
}

/// Who applies, for what, under which number.
fn head(opened: &Opened) -> Markup {
    let (view, pack) = (&opened.view, opened.pack());
    let file = &view.application;
    html! {
        h1 { (opened.title()) }
        p.lead {
            span.tag { (file.word().label()) } " "
            @if let Some(number) = &file.number { "受理编号" (number) "　" }
            a href=(clause::page(pack)) { (pack.title) } "　" (view.batch.label) "　" (said::place(&file.place))
            @if dossier::may_read(opened.session.acting(), &view.applicant) { "　" a href=(format!("/dossiers/{}", view.applicant.id)) { "一企一档" } }
            @if !file.participants.is_empty() { "　" a href=(format!("/files/{}/join", file.id)) { "参与单位" (file.participants.len()) "家" } }
            @if let Some(provider) = &view.provider { "　服务商：" (provider.name) }
            @if let Some(at) = file.submitted_at { "　" span.term { (at.text()) "提交" } }
        }
    }
}

/// Why it waits or has ended.
pub(super) fn standing(opened: &Opened) -> Markup {
    let pack = opened.pack();
    html! {
        @match &opened.view.application.phase {
            Phase::Correcting(correction) => div.notice {
                p { strong { "第" (correction.round) "次退回补正，应于" (correction.due_on.chinese()) "前重新提交。" } " " (cites(pack, &correction.clause)) }
                ul { @for point in &correction.points { li { (point.message) " " (cites(pack, &point.clause)) } } }
            },
            Phase::Refused { findings, at, .. } => div.notice.bad {
                p { strong { (at.day().chinese()) "不予通过：" } }
                ul { @for finding in findings { li { (finding.message) " " (cites(pack, &finding.clause)) } } }
            },
            Phase::Withdrawn { reason, clause, at } => div.notice {
                p { strong { (at.day().chinese()) "终止：" } (reason) @if let Some(clause) = clause { " " (cites(pack, clause)) } }
            },
            Phase::Preparing | Phase::UnderWay | Phase::Concluded { .. } => {},
        }
    }
}

/// Where the parts of what was handed in stand.
pub(super) fn contents(opened: &Opened) -> Markup {
    let office = !matches!(opened.view.sight.sight(), Sight::Applicant | Sight::Provider);
    html! {
        nav.parts aria-label="申报材料目录" {
            ul {
                @for form in opened.forms() { li { a href=(format!("#form-{}", form.id)) { (form.label) } } }
                li { a href="#papers" { "材料" } }
                @if office { li { a href="#documents" { "文书" } } li { a href="#history" { "办理记录" } } }
            }
        }
    }
}

/// What was filed, with what it was returned for beside its fields.
pub(super) fn forms(opened: &Opened) -> Markup {
    let file = &opened.view.application;
    let (notes, holders) = (notes(opened), holders(opened));
    let own = Sheet::new(opened.pack(), opened.forms(), &file.filed);
    sheet::view(&Sheet { case: Some(&opened.view.case), mode: Mode::Read, notes: &notes, holders: &holders, ..own })
}

/// The provider it names, by its name, wherever a form has one chosen.
fn holders(opened: &Opened) -> Vec<Holder> {
    let Some(provider) = &opened.view.provider else { return Vec::new() };
    let fields = opened.forms().into_iter().flat_map(|form| &form.sections).flat_map(sheet::own_fields);
    let standings =
        fields.filter_map(|field| if let FieldKind::Provider { standing } = &field.kind { Some(standing.clone()) } else { None });
    standings.map(|standing| Holder { standing, id: provider.id.to_string(), name: provider.name.clone() }).collect()
}

fn notes(opened: &Opened) -> Vec<Note> {
    let remarks = remarks::notes(&opened.remarks);
    let Phase::Correcting(correction) = &opened.view.application.phase else { return remarks.collect() };
    let note = |point: &records::application::Point| Note {
        path: point.path.clone(),
        label: "退回补正".to_owned(),
        text: point.message.clone(),
        clause: point.clause.clone(),
    };
    correction.points.iter().map(note).chain(remarks).collect()
}

/// What officials stated, stage by stage.
fn stated(opened: &Opened) -> Markup {
    let (file, pack) = (&opened.view.application, opened.pack());
    let stages = pack.stages_of(&file.procedure).into_iter().filter(|stage| stage.work != Some(Work::Fill));
    html! {
        @for (stage, stated) in stages.filter_map(|stage| Some((stage, file.stated.get(&stage.id)?))) {
            @let asked = sheet::asked_at(pack, stage);
            @let forms = stage.forms.iter().filter_map(|form| pack.form(form));
            @let sheet = Sheet { mode: Mode::Read, ..Sheet::new(pack, asked.iter().chain(forms).collect(), stated) };
            details.stated { summary { (stage.label) "：填写和核实的内容" } (sheet::view(&sheet)) }
        }
    }
}

/// What the rules say; it scrolls by itself beside the paper.
fn ruled(opened: &Opened) -> Markup {
    html! {
        aside.ruled aria-label="核查和计算结果" tabindex="0" {
            (findings::findings(opened)) (cost::cost(opened)) (differences::differences(opened))
            @if opened.view.outcome.is_none() { p.quiet { "本事项不涉及补贴金额，系统不作条件核查，请按条款人工核实。" } }
        }
    }
}

/// The papers of a file, for pages that only need them.
pub(super) async fn papers(opened: &Opened<'_>) -> Result<Vec<Paper>, Error> {
    Ok(application::papers(&opened.site.desk(), opened.session.acting(), opened.id()).await?)
}
