//! Filling in what is left in one press: as the applicant filed it, or each row like the first. What was stated stays as it is, everything typed
//! is saved with it, and nothing is handed in.

use maud::{Markup, html};
use policy::pack::Work;
use records::application::as_filed;

use super::opened::Opened;
use super::work::Working;

/// The word of the button that takes over what was filed.
const AS_FILED: &str = "as-filed";
/// What the word of the button begins with that fills in rows like the first; the row kind follows.
const LIKE_FIRST: &str = "like-first:";

impl Working<'_> {
    /// Fills in what a pressed shortcut fills in and says how much; none where no shortcut was pressed.
    pub(super) fn filled_by(&mut self, pressed: &str) -> Option<usize> {
        let filed = &self.opened.view.application.filed;
        let more = match pressed.strip_prefix(LIKE_FIRST) {
            Some(kind) => as_filed::like_first(self.stage, kind, filed, &self.typed),
            None if pressed == AS_FILED => as_filed::unstated(self.opened.pack(), self.stage, filed, &self.typed),
            None => return None,
        };
        self.typed = self.typed.overlaid(&more);
        Some(as_filed::count(&more))
    }

    /// The shortcuts of a stage, where there is something to fill in by them.
    pub(super) fn shortcuts(&self) -> Markup {
        let (pack, filed) = (self.opened.pack(), &self.opened.view.application.filed);
        let as_filed_has = as_filed::count(&as_filed::unstated(pack, self.stage, filed, &self.typed)) > 0;
        let kinds = as_filed::alike_kinds(pack, self.stage, filed);
        html! {
            @if as_filed_has || !kinds.is_empty() {
                fieldset.question.shortcuts {
                    legend { "快捷填写" }
                    p.hint {
                        "只填尚未填写的各项，已填写的不变" @if !kinds.is_empty() { "；“与第1行相同”按第1行已填写的内容填入" }
                        "。填入后保存为草稿，请逐项核对后再提交。"
                    }
                    div.actions {
                        @if as_filed_has { button.second type="submit" name="do" value=(AS_FILED) { "其余各项与申报一致" } }
                        @for kind in kinds {
                            button.second type="submit" name="do" value=(format!("{LIKE_FIRST}{}", kind.id)) { "其余" (kind.label) "的核实与第1行相同" }
                        }
                    }
                }
            }
        }
    }
}

/// Where a page leads once it is saved: to itself, told how much a shortcut filled in.
pub(super) fn or(filled: Option<usize>, opened: &Opened, stage: &str, work: Work) -> String {
    let address = opened.act(stage, word(work));
    let Some(filled) = filled else { return address };
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}filled={filled}")
}

fn word(work: Work) -> &'static str {
    match work {
        Work::Assess => "assess",
        Work::Audit => "audit",
        _ => "check",
    }
}

/// What was filled in just now.
pub(super) fn said(filled: Option<&str>) -> Markup {
    let filled = filled.and_then(|text| text.parse::<usize>().ok());
    html! {
        @match filled {
            Some(0) => div.notice role="status" { p { "没有可以填入的内容：各项已经填写，或者第1行还没有填写。" } },
            Some(count) => div.notice role="status" { p { "已填入" (count) "项并保存为草稿。请逐项核对，与实际不符的予以修改。" } },
            None => {},
        }
    }
}
