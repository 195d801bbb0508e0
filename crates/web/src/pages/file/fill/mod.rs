//! An applicant's file: what is to do, filling in form by form, papers, checking, signing, the receipt.
//!
//! The pages are functions of plain views; [`routes`] has the handlers that load those.

mod act;
mod check;
mod filling;
mod form;
mod invoices;
mod load;
mod outlook;
mod papers;
mod receipt;
mod routes;
mod save;
mod sign;
mod steps;
mod tasks;

pub(crate) use routes::routes;

use axum::response::Html;
use maud::{Markup, html};
use policy::pack::Pack;
use records::Refusal;
use records::application::Correction;

use crate::components::clause::cites;
use crate::components::layout;
use crate::sheet::remark;

/// What every page of a file shows of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    /// Its id.
    pub(crate) file: &'a str,
    /// Its pack.
    pub(crate) pack: &'a Pack,
    /// The name of its procedure.
    pub(crate) procedure: &'a str,
    /// What it was returned for, while it is being corrected.
    pub(crate) correction: Option<&'a Correction>,
}

impl Head<'_> {
    /// Where the list of what is to do stands.
    pub(crate) fn tasks(&self) -> String {
        format!("/files/{}/fill", self.file)
    }

    /// A page below that list.
    fn page(&self, title: &str, main: Markup) -> Html<String> {
        let programme = format!("/programmes/{}", self.pack.id);
        layout::page(title, &[(&self.pack.title, &programme), (self.procedure, &self.tasks())], main)
    }

    /// Why something was not carried out, and by which clause.
    fn refused(&self, refusal: &Refusal) -> Markup {
        html! {
            div.notice.bad role="alert" {
                p { (refusal.message) @if let Some(clauses) = &refusal.clause { " " (cites(self.pack, clauses)) } }
            }
        }
    }

    /// What is to be corrected, and until when.
    fn corrections(&self) -> Markup {
        html! {
            @if let Some(correction) = self.correction {
                section.notice.bad aria-labelledby="correction" {
                    h2 #correction { "第" (correction.round) "次补正：请于" (correction.due_on.chinese()) "前修改并重新提交" }
                    @for point in &correction.points { (remark(self.pack, "需补正", &point.message, &point.clause)) }
                    p { (cites(self.pack, &correction.clause)) }
                }
            }
        }
    }
}
