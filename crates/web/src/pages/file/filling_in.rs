//! The form of a stage as it is shown: facts and forms, judgements, papers, the note, its buttons in sight.

use maud::{Markup, html};
use service::paper::Paper;

use super::work::{NOTE, RECORD, Working, forms};
use super::{judge, official, paper_code, shortcut};
use crate::components::{clause, layout, slot};
use crate::pages::imports::{self, left_out};
use crate::{assets, session, sheet};

impl Working<'_> {
    /// The form, with the page's own parts before its buttons.
    pub(super) fn form(&self, what: &str, more: &Markup, buttons: &Markup) -> Markup {
        let action = self.opened.act(&self.stage.id, what);
        let draft = format!("/files/{}/stages/{}/{what}/draft", self.opened.id(), self.stage.id);
        let files = (!self.stage.materials.is_empty()).then_some("multipart/form-data");
        let empty = self.asked.is_none() && self.stage.forms.is_empty();
        html! {
            (self.above())
            (left_out::notice(&self.opened.left_out))
            (self.workbook(what))
            form.sheet method="post" action=(action) enctype=[files] data-draft=(draft) novalidate {
                (session::token_field())
                button.hidden type="submit" name="do" value="save" tabindex="-1" aria-hidden="true" { "保存" }
                input type="hidden" name="version" value=(self.draft);
                input type="hidden" name=(RECORD) value=(self.opened.view.version);
                (shortcut::said(self.filled.as_deref()))
                (self.shortcuts())
                (paper_code::field(self))
                @if !empty { (self.on_sheet(sheet::fields)) }
                (judge::fields(self))
                @for slot in &self.stage.materials { (self.slot(slot.value())) }
                (more)
                (self.note())
                div.decide {
                    p.saved role="status" aria-live="polite" data-saved { @if self.draft > 0 { "已保存" } @else { "尚未保存" } }
                    (buttons)
                    button.second type="submit" name="do" value="save" { "保存" }
                }
            }
            script type="module" src=(assets::sheet()) {}
        }
    }

    fn workbook(&self, what: &str) -> Markup {
        let address = format!("/files/{}/stages/{}/{what}", self.opened.id(), self.stage.id);
        imports::workbook_links(self.opened.pack(), &forms(self.opened, self.stage, self.asked.as_ref()), &address)
    }

    fn above(&self) -> Markup {
        html! {
            @if let Some(newer) = &self.newer { (newer) }
            (layout::error_summary(&self.errors))
            @if let Some(refusal) = &self.refusal {
                div.error-summary #errors role="alert" tabindex="-1" {
                    p { strong { (refusal.message) } }
                    @if let Some(clauses) = &refusal.clause { p { (clause::cites(self.opened.pack(), clauses)) } }
                }
            }
        }
    }

    fn slot(&self, id: &str) -> Markup {
        let Some(material) = self.opened.pack().material(id) else { return html! {} };
        let path = official::paper_path(id);
        let ids: Vec<&str> = self.typed.text(&path).split(',').filter(|id| !id.is_empty()).collect();
        let papers: Vec<Paper> = ids.iter().filter_map(|id| self.library.iter().find(|paper| paper.id == **id)).cloned().collect();
        slot::file_slot(&slot::Slot {
            path: &path,
            label: &material.spec.label,
            hint: material.spec.hint.as_deref(),
            cites: clause::cites(self.opened.pack(), &material.spec.clause.joined()),
            required: material.when.is_none(),
            papers: &papers,
            library: &self.library,
            error: self.error(&path),
            opened_at: "/papers",
        })
    }

    fn note(&self) -> Markup {
        html! {
            div.field {
                label for="note" { "意见（选填）" }
                textarea #note name=(NOTE) rows="3" { "\n" (self.typed.text(NOTE)) }
            }
        }
    }
}
