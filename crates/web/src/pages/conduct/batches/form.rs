//! The form that opens a call.

use axum::response::Html;
use maud::html;
use policy::library::Library;
use records::access::{Acting, may_conduct_programme};
use records::{FieldError, Refusal};
use service::ServiceError;
use service::batch::Calling;

use crate::components::entry;
use crate::components::form::{Form, area, date, line};
use crate::components::layout;
use crate::session::{Sent, token_field};

/// What was typed.
pub(super) fn calling(sent: &Sent) -> Calling {
    let (programme, procedure) = sent.text("what").split_once(' ').unwrap_or_default();
    let text = |name: &str| sent.text(name).to_owned();
    Calling {
        programme: programme.to_owned(),
        procedure: procedure.to_owned(),
        label: text("label"),
        notice: text("notice"),
        opens_on: text("opens_on"),
        deadline_on: text("deadline_on"),
    }
}

/// What is applied for is one field here: an unknown programme or procedure is its error, beside all others.
pub(super) fn named(calling: &Calling, error: ServiceError) -> ServiceError {
    let mut all = match error {
        ServiceError::NotFound => Refusal::default(),
        ServiceError::Refused(refusal) if calling.programme.is_empty() => refusal,
        other => return other,
    };
    all.errors.insert(0, FieldError::new("what", "请选择申报的事项。"));
    Refusal::fields(all.errors).into()
}

/// Every procedure of every programme that somebody conducts, under the programme's title.
fn procedures(library: &Library, acting: &Acting) -> Vec<(String, String, String)> {
    let of = |pack: &std::sync::Arc<policy::pack::Pack>| {
        let (id, title) = (pack.id.clone(), pack.title.clone());
        let one = move |procedure: &policy::pack::Procedure| {
            (title.clone(), format!("{id} {}", procedure.id), format!("{}（{}申报）", procedure.label, procedure.applicant.label()))
        };
        pack.procedures.iter().map(one).collect::<Vec<_>>()
    };
    library.packs().filter(|pack| may_conduct_programme(acting, pack)).flat_map(of).collect()
}

/// The form.
pub(super) fn page(library: &Library, acting: &Acting, form: &Form) -> Html<String> {
    let main = html! {
        div.narrow {
            h1 { "发布申报通知" }
            p.lead { "通知发布后立即对外公开，企业自开始日期起可以填报提交。申报件按发布时现行的政策版本办理。" }
            (form.summary(None))
            form method="post" action="/conduct/batches" {
                (token_field())
                (entry::select(&form.typed, "what", "申报事项", None, &procedures(library, acting)))
                (line(form, "label", "批次名称", Some("如“2026年第一批”。")))
                (area(form, "notice", "通知内容", Some("写明申报要求、提交方式、咨询电话。分段之间空一行。"), 12))
                (date(form, "opens_on", "开始日期", None))
                (date(form, "deadline_on", "截止日期", Some("当日24时截止。发布后可以延后，不能提前。")))
                div.submit { button type="submit" { "发布通知" } }
            }
        }
    };
    layout::page("发布申报通知", &super::view::WAY, main)
}
