//! The papers of a stage: one slot for each.

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::Material;
use records::FieldError;
use service::paper::Paper;

use super::Head;
use super::steps::{Step, Steps};
use crate::components::clause::cites;
use crate::components::layout;
use crate::components::slot::{Slot, file_slot, first_button};
use crate::session;
use crate::sheet::remark;

/// The page of a stage's papers.
#[derive(Clone, Debug)]
pub(crate) struct PapersPage<'a> {
    /// The file.
    pub(crate) head: Head<'a>,
    /// The pages it is one of.
    pub(crate) steps: &'a Steps<'a>,
    /// Every slot, with what stands in it.
    pub(crate) slots: Vec<(&'a Material, bool, Vec<Paper>)>,
    /// The organisation's own papers to choose from.
    pub(crate) library: &'a [Paper],
    /// What is wrong.
    pub(crate) errors: Vec<FieldError>,
    /// Whether it was just saved.
    pub(crate) saved: bool,
}

/// The path of a slot.
pub(crate) fn path(slot: &str) -> String {
    format!("paper.{slot}")
}

/// The page.
pub(crate) fn page(view: &PapersPage) -> Html<String> {
    let step = Step::Papers;
    let main = html! {
        div.filling {
            (view.steps.nav(&step))
            div {
                (layout::error_summary(&view.errors))
                h1 { "上传材料" }
                @if view.saved { p.saved role="status" { "已保存。" } }
                form method="post" action=(view.steps.address(&step)) enctype="multipart/form-data" novalidate {
                    (session::token_field())
                    (first_button())
                    @for (material, required, papers) in &view.slots { (slot(view, material, *required, papers)) }
                    div.actions {
                        button type="submit" name="do" value="next" { "保存并继续" }
                        button.second type="submit" name="do" value="save" { "上传并保存" }
                        @if view.steps.before(&step).is_some() { button.second type="submit" name="do" value="back" { "保存并返回上一页" } }
                    }
                }
            }
        }
    };
    view.head.page("上传材料", main)
}

fn slot(view: &PapersPage, material: &Material, required: bool, papers: &[Paper]) -> Markup {
    let path = path(&material.spec.id);
    let points = view.head.correction.into_iter().flat_map(|correction| &correction.points).filter(|point| point.path == path);
    let hint = [material.spec.form.as_deref(), material.spec.hint.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("。");
    let cites = html! {
        p.hint { (cites(view.head.pack, &material.spec.clause.value().joined())) }
        @for point in points { (remark(view.head.pack, "需补正", &point.message, &point.clause)) }
    };
    let error = view.errors.iter().find(|error| error.path == path).map(|error| error.message.as_str());
    let (label, hint) = (material.spec.label.as_str(), Some(hint.as_str()).filter(|hint| !hint.is_empty()));
    file_slot(&Slot { path: &path, label, hint, cites, required, papers, library: view.library, error, opened_at: "/papers" })
}
