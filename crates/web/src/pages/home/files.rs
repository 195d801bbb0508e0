//! Files as their applicant reads them: the state in a word, the next step, the day.

use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Work;
use records::Moment;
use records::access::Acting;
use records::application::FileWord;
use service::{ApplicationRow, InboxItem};
use standards::Date;

use crate::components::said;

/// What waits for us.
pub(super) fn inbox(library: &Library, items: &[InboxItem], reader: &Acting, today: Date) -> Markup {
    html! {
        @if items.is_empty() { p { "目前没有需要办理的事项。" } }
        ul.calls {
            @for item in items {
                li {
                    div {
                        h3 { a href=(address(library, item)) { (item.task.title) } }
                        p.quiet { (named(library, &item.application, reader)) }
                    }
                    p { (due(item.task.due_at_ms, today)) }
                }
            }
        }
    }
}

/// Where it is done: what concerns members on their page, also for the lead.
fn address(library: &Library, item: &InboxItem) -> String {
    let file = &item.application;
    let stage = library.version(&file.programme, &file.pack_version).and_then(|pack| pack.stage(&item.task.stage));
    let joins = stage.is_some_and(|stage| stage.work == Some(Work::Join));
    format!("/files/{}{}", file.id, if joins { "/join" } else { "" })
}

/// Files with where each stands.
pub(super) fn list(library: &Library, files: &[ApplicationRow], reader: &Acting, today: Date) -> Markup {
    html! { ul.calls { @for file in files { (one(library, file, reader, today)) } } }
}

fn one(library: &Library, file: &ApplicationRow, reader: &Acting, today: Date) -> Markup {
    let word = FileWord::parse(&file.state).map_or("", FileWord::label);
    html! {
        li {
            div {
                h3 { a href=(format!("/files/{}", file.id)) { (named(library, file, reader)) } }
                p.quiet { @if file.number.is_empty() { "尚未提交" } @else { "受理编号" (file.number) } "，" (Moment(file.updated_at_ms).day().chinese()) "更新" }
                @if let Some(next) = next(library, file, reader) { p { "下一步：" (next) } }
            }
            p { span.tag { (word) } " " (due(file.due_at_ms, today)) }
        }
    }
}

/// The procedure, and whose it is where that is not plain.
fn named(library: &Library, file: &ApplicationRow, reader: &Acting) -> String {
    let procedure = said::procedure(library, &file.programme, &file.procedure);
    if reader.organisation.as_str() == file.applicant { procedure } else { format!("{procedure}（{}）", file.applicant_name) }
}

/// The next step: what to do oneself, or who does what.
fn next(library: &Library, file: &ApplicationRow, reader: &Acting) -> Option<String> {
    let stage = library.version(&file.programme, &file.pack_version)?.stage(&file.stage)?;
    match Some(stage.actor) == reader.kind.actor() {
        true if stage.work == Some(Work::Join) && reader.organisation.as_str() == file.applicant => {
            Some(format!("由各参与单位办理“{}”", stage.label))
        }
        true => Some(format!("办理“{}”", stage.label)),
        false => Some(format!("由{}办理“{}”", stage.actor.label(), stage.label)),
    }
}

/// The last day, and that it is past.
fn due(due_at_ms: Option<i64>, today: Date) -> Markup {
    let day = due_at_ms.map(|at| Moment(at).day());
    html! {
        @if let Some(day) = day {
            @match day.days() - today.days() {
                ..0 => span.tag.bad { "已超期，应于" (day.chinese()) "前办理" },
                0 => span.tag.bad { "今天到期" },
                left => span { (day.chinese()) "前办理，还有" (left) "天" },
            }
        }
    }
}
