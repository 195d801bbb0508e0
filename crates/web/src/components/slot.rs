//! A material slot: what is asked for, the files that stand there, and two ways to add one.
//!
//! The slot is part of a larger form that posts `multipart/form-data`. Under the slot's path come the ids of the files that
//! stand there and of one chosen from 我的文件; under [`upload_field`] come new files; [`REMOVE`] names a path and a paper.
//! [`chosen`] puts the three together. The form should begin with [`first_button`].

use maud::{Markup, html};
use papers::sniff::FileType;
use service::paper::{Paper, PaperState};

use super::field;
use crate::forms::FieldError;
use crate::pages::paper::upload::Posted;
use crate::words;

/// The name of the buttons that remove a file from a slot; their value is the path, a blank and the paper's id.
pub(crate) const REMOVE: &str = "remove-paper";

/// What can be uploaded, in words.
pub(crate) const WHAT_IS_TAKEN: &str =
    "可以上传 PDF、JPG、PNG、Word（.docx）、Excel（.xlsx）、OFD 文件和电子发票的 XML 文件，每个不超过50兆字节。";

/// A slot.
pub(crate) struct Slot<'a> {
    /// The path of the material.
    pub(crate) path: &'a str,
    /// Its name.
    pub(crate) label: &'a str,
    /// What it should show.
    pub(crate) hint: Option<&'a str>,
    /// The clauses that ask for it, as links.
    pub(crate) cites: Markup,
    /// Whether it has to be there.
    pub(crate) required: bool,
    /// The files that stand there.
    pub(crate) papers: &'a [Paper],
    /// The organisation's files, to choose from.
    pub(crate) library: &'a [Paper],
    /// What is wrong with it.
    pub(crate) error: Option<&'a str>,
    /// Where a file is opened: this address, a slash and its id.
    pub(crate) opened_at: &'a str,
}

/// The slot as part of a form.
pub(crate) fn file_slot(slot: &Slot) -> Markup {
    let id = field::id(slot.path);
    html! {
        fieldset.slot.wrong[slot.error.is_some()] #(id) tabindex="-1" {
            legend { (slot.label) @if !slot.required { span.quiet { "（如有）" } } }
            @if let Some(hint) = slot.hint { p.hint { (hint) } }
            (slot.cites)
            (field::message(&id, slot.error))
            (files(slot))
            (choose(slot, &id))
            div.field {
                label for=(format!("{id}-upload")) { "上传新文件" }
                p.hint #{ (id) "-taken" } { (WHAT_IS_TAKEN) }
                input id=(format!("{id}-upload")) name=(upload_field(slot.path)) type="file" multiple accept=(accept())
                    aria-describedby=(format!("{id}-taken"));
            }
        }
    }
}

/// The field that new files of a slot come in.
pub(crate) fn upload_field(path: &str) -> String {
    format!("upload.{path}")
}

fn files(slot: &Slot) -> Markup {
    html! {
        @if slot.papers.is_empty() { p.quiet { "还没有文件。" } }
        @else {
            ul.files { @for paper in slot.papers { li { (file(slot, paper)) } } }
        }
    }
}

fn file(slot: &Slot, paper: &Paper) -> Markup {
    html! {
        input type="hidden" name=(slot.path) value=(paper.id);
        (link(paper, slot.opened_at)) " "
        span.quiet { (size(paper.bytes)) "，" @if let Some(pages) = paper.pages { (pages) "页，" } (words::moment(paper.at_unix_ms / 1000)) "上传" } " "
        (state(paper)) " "
        button.second type="submit" name=(REMOVE) value=(format!("{} {}", slot.path, paper.id)) formnovalidate {
            "移除" span.hidden { "“" (paper.name) "”" }
        }
        (preview(paper, slot.opened_at))
    }
}

fn choose(slot: &Slot, id: &str) -> Markup {
    let usable = |paper: &&Paper| !matches!(paper.state, PaperState::Refused(_)) && slot.papers.iter().all(|one| one.id != paper.id);
    let offered: Vec<&Paper> = slot.library.iter().filter(usable).collect();
    html! {
        @if !offered.is_empty() {
            div.field {
                label for=(format!("{id}-choose")) { "从“我的文件”中选用" }
                select id=(format!("{id}-choose")) name=(slot.path) {
                    option value="" { "不选用" }
                    @for paper in offered {
                        option value=(paper.id) { (paper.name) "（" (size(paper.bytes)) "，" (words::day(paper.at_unix_ms / 1000)) "）" }
                    }
                }
            }
        }
    }
}

/// A button that nobody sees, first in its form: the Enter key presses the first one, and that must not be 移除.
pub(crate) fn first_button() -> Markup {
    html! { button.hidden type="submit" tabindex="-1" aria-hidden="true" { "保存" } }
}

/// What stands in a slot after a form was sent.
pub(crate) struct Chosen {
    /// The papers' ids, each once. They come from the browser: whoever keeps them asks whose they are.
    pub(crate) ids: Vec<String>,
    /// Why new files were not taken, as errors of the slot.
    pub(crate) errors: Vec<FieldError>,
}

/// Puts together what stood in a slot, what was chosen, what is new and what was removed.
pub(crate) fn chosen(path: &str, posted: &Posted) -> Chosen {
    let (new, errors) = posted.files_of(&upload_field(path));
    let stood = posted.pairs.iter().filter(|(name, _)| name == path).map(|(_, id)| id.trim());
    let pressed = posted.pairs.iter().filter(|(name, _)| name == REMOVE).filter_map(|(_, text)| text.split_once(' '));
    let removed: Vec<&str> = pressed.filter(|(from, _)| *from == path).map(|(_, id)| id).collect();
    let mut ids: Vec<String> = Vec::new();
    for id in stood.chain(new.iter().map(|paper| paper.id.as_str())) {
        if !id.is_empty() && !removed.contains(&id) && ids.iter().all(|one| one != id) {
            ids.push(id.to_owned());
        }
    }
    let errors = errors.into_iter().map(|error| FieldError::new(path, error.message)).collect();
    Chosen { ids, errors }
}

/// The name of a file as a link to it, where it can be opened.
pub(crate) fn link(paper: &Paper, opened_at: &str) -> Markup {
    let shown = FileType::of_media_type(&paper.media_type).is_some_and(FileType::is_shown);
    html! {
        @match paper.state {
            PaperState::Pending | PaperState::Refused(_) => (paper.name),
            // The form stays as it is in its own window.
            PaperState::Checked | PaperState::Attached => {
                a href=(format!("{opened_at}/{}", paper.id)) target=[shown.then_some("_blank")] { (paper.name) @if shown { span.hidden { "（在新窗口打开）" } } }
            }
        }
    }
}

/// A picture or a PDF shown in its place, once somebody opens it: a browser fetches neither before.
pub(crate) fn preview(paper: &Paper, opened_at: &str) -> Markup {
    let usable = matches!(paper.state, PaperState::Checked | PaperState::Attached);
    let kind = FileType::of_media_type(&paper.media_type).filter(|kind| usable && kind.is_shown());
    let address = format!("{opened_at}/{}", paper.id);
    html! {
        @if let Some(kind) = kind {
            details.preview {
                summary { "在此预览" span.hidden { "“" (paper.name) "”" } }
                @if kind.is_picture() { img src=(address) alt=(paper.name) loading="lazy"; }
                @else { iframe src=(address) title=(paper.name) loading="lazy" {} }
            }
        }
    }
}

/// How a file stands, where that is worth a word.
pub(crate) fn state(paper: &Paper) -> Markup {
    html! {
        @match &paper.state {
            PaperState::Pending => { span.tag { "等待病毒检查" } span.hint { "检查通过后才能查看和提交，请稍后再来。" } },
            PaperState::Checked => span.tag { "可以使用" },
            PaperState::Attached => span.tag.good { "已上传" },
            PaperState::Refused(reason) => { span.tag.bad { "不能使用" } span.hint { (reason) } },
        }
    }
}

/// The endings of what is taken, for the browser's file chooser.
pub(crate) fn accept() -> String {
    let endings = FileType::ALL.into_iter().flat_map(FileType::endings);
    endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
}

/// A file's size: 320 KB, 1.5 MB.
pub(crate) fn size(bytes: i64) -> String {
    const KIB: i64 = 1 << 10;
    const MIB: i64 = 1 << 20;
    if bytes < MIB { format!("{} KB", (bytes + KIB - 1) / KIB) } else { format!("{}.{} MB", bytes / MIB, bytes % MIB * 10 / MIB) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::paper::upload::Arrived;

    fn paper(id: &str, state: PaperState) -> Paper {
        let text = || id.to_owned();
        let (bytes, at_unix_ms) = (1_600_000, 1_768_869_900_000);
        let media_type = "application/pdf".to_owned();
        Paper {
            id: text(),
            digest: text(),
            name: format!("{id}.pdf"),
            media_type,
            bytes,
            pages: None,
            organisation: text(),
            uploaded_by: text(),
            at_unix_ms,
            state,
        }
    }

    fn posted(pairs: &[(&str, &str)], files: Vec<Arrived>) -> Posted {
        Posted { pairs: pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(), files }
    }

    #[test]
    fn a_slot_shows_what_stands_there_and_offers_the_rest() {
        let (standing, library) = ([paper("a", PaperState::Checked)], ["a", "b"].map(|id| paper(id, PaperState::Checked)));
        let slot = Slot {
            path: "paper.contract",
            label: "合同<1>",
            hint: Some("全部页面"),
            cites: html! {},
            required: false,
            papers: &standing,
            library: &library,
            error: Some("请上传合同。"),
            opened_at: "/papers",
        };
        let text = file_slot(&slot).into_string();
        for part in [
            r#"id="paper-contract""#,
            "合同&lt;1&gt;",
            "（如有）",
            r#"<input type="hidden" name="paper.contract" value="a">"#,
            r#"<a href="/papers/a" target="_blank">a.pdf"#,
            "1.5 MB",
            "2026年1月20日 08:45上传",
            r#"name="remove-paper" value="paper.contract a""#,
            r#"<option value="b">"#,
            r#"name="upload.paper.contract" type="file""#,
            "请上传合同。",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains(r#"<option value="a">"#));
    }

    #[test]
    fn what_stands_what_is_chosen_what_is_new_and_what_is_removed() {
        let new = |name: &str, outcome| Arrived { field: "upload.m".into(), name: name.into(), outcome };
        let files = vec![new("c.pdf", Ok(paper("c", PaperState::Checked))), new("d.exe", Err("程序".into()))];
        let pairs = [("m", "a"), ("m", "b"), ("m", ""), ("m", "a"), ("other", "x"), (REMOVE, "m b"), (REMOVE, "other a")];
        let chosen = chosen("m", &posted(&pairs, files));
        assert_eq!(chosen.ids, ["a", "c"]);
        assert_eq!(chosen.errors, [FieldError::new("m", "“d.exe”：程序")]);
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [(0, "0 KB"), (1, "1 KB"), (1024, "1 KB"), (1 << 20, "1.0 MB"), (50 << 20, "50.0 MB")] {
            assert_eq!(size(bytes), text);
        }
    }
}
