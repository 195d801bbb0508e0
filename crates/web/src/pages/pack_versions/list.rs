//! All versions: those that travel with the program, and those that were loaded.

use axum::response::Html;
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::Refusal;
use records::access::{Acting, may_load_packs};
use service::pack_version::{ARCHIVE_MAX_BYTES, Fault, PackStanding, PackVersion};

use super::upload::ARCHIVE;
use super::{address, faults, way};
use crate::components::field::message;
use crate::components::layout;
use crate::session::token_field;

/// What has just happened.
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// A pack has problems and was not loaded.
    Unfit(Vec<Fault>),
    /// The archive was not taken.
    Refused(Refusal),
}

impl Said {
    /// What is wrong with the file itself.
    fn refusal(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => Some(refusal.errors.first().map_or(&refusal.message, |error| &error.message)),
            _ => None,
        }
    }
}

/// The page.
pub(super) fn page(library: &Library, acting: &Acting, versions: &[PackVersion], said: &Said) -> Html<String> {
    let waiting: Vec<&PackVersion> = versions.iter().filter(|pack| pack.standing == PackStanding::Loaded).collect();
    let main = html! {
        h1 { "政策包" }
        p.lead { "政策的文本、条件、标准、表单和环节都写在政策包里。新的政策或者通知有变化时，加载新的版本，不需要更换程序。已开放的版本不再改动，申报件按开始办理时的版本办结。" }
        (news(said))
        @if may_load_packs(acting) { (uploading(said)) }
        section aria-labelledby="waiting" {
            h2 #waiting { "待开放" }
            @if waiting.is_empty() { p { "没有等待开放的政策包。" } } @else { (table("待开放的政策包", &waiting)) }
        }
        section aria-labelledby="in-use" {
            h2 #in-use { "已开放" }
            (in_use(library, versions))
        }
        (withdrawn(versions))
    };
    layout::page("政策包", &way(acting)[..1], main)
}

fn news(said: &Said) -> Markup {
    html! {
        @match said {
            Said::Nothing => {},
            Said::Refused(_) => div.error-summary #errors role="alert" tabindex="-1" {
                h2 { "没有加载" }
                p { a href="#archive" { (said.refusal().unwrap_or_default()) } }
            },
            Said::Unfit(all) => div.error-summary #errors role="alert" tabindex="-1" {
                h2 { "政策包有" (all.len()) "处问题，没有加载" }
                p { "改好以后重新压缩上传。平台上原有的政策包不受影响。" }
                (faults::faults(all))
            },
        }
    }
}

fn uploading(said: &Said) -> Markup {
    let error = said.refusal();
    html! {
        section aria-labelledby="load" {
            h2 #load { "加载政策包" }
            form method="post" action="/admin/packs" enctype="multipart/form-data" {
                (token_field())
                div.field.wrong[error.is_some()] {
                    label for="archive" { "政策包（zip）" }
                    p.hint #archive-hint {
                        "把政策包文件夹压缩为 zip 文件，最大" (ARCHIVE_MAX_BYTES >> 20) "兆字节。上传后先检查全部规则和案例，都通过才加载；加载后可以试填，由另一人核对后开放。"
                    }
                    (message("archive", error))
                    input #archive name=(ARCHIVE) type="file" accept=".zip,application/zip" aria-describedby="archive-hint" required;
                }
                button type="submit" { "上传并检查" }
            }
        }
    }
}

fn table(caption: &str, versions: &[&PackVersion]) -> Markup {
    let table = html! {
        table.stack {
            caption.hidden { (caption) }
            thead { tr { th scope="col" { "政策" } th scope="col" { "版本" } th scope="col" { "加载时间" } th scope="col" { "内容摘要" } } }
            tbody {
                @for pack in versions {
                    tr {
                        th scope="row" { a href=(address(&pack.programme, &pack.version)) { (pack.title) } }
                        td data-label="版本" { (pack.version) }
                        td.term data-label="加载时间" { (pack.loaded_at.text()) }
                        td data-label="内容摘要" { code { (short(&pack.digest)) } }
                    }
                }
            }
        }
    };
    layout::wide(caption, &table)
}

/// The first characters of a digest: enough to tell versions apart at sight; the whole one stands on the version's page.
fn short(digest: &str) -> String {
    digest.chars().take(16).collect()
}

fn in_use(library: &Library, versions: &[PackVersion]) -> Markup {
    let all: Vec<_> = library.packs().flat_map(|newest| library.versions(&newest.id)).collect();
    let table = html! {
        table.stack {
            caption.hidden { "已开放的政策包" }
            thead { tr { th scope="col" { "政策" } th scope="col" { "版本" } th.number scope="col" { "事项数" } th scope="col" { "来源" } } }
            tbody { @for pack in all { (one_in_use(pack, versions)) } }
        }
    };
    layout::wide("已开放的政策包", &table)
}

fn one_in_use(pack: &Pack, versions: &[PackVersion]) -> Markup {
    let record = versions.iter().find(|known| known.programme == pack.id && known.version == pack.version);
    html! {
        tr {
            th scope="row" { a href=(address(&pack.id, &pack.version)) { (pack.title) } }
            td data-label="版本" { (pack.version) }
            td.number data-label="事项数" { (pack.procedures.len()) }
            td data-label="来源" {
                @match record.map(|record| &record.standing) {
                    Some(PackStanding::Opened { at, .. }) => { (at.text()) "开放" },
                    _ => "随程序提供",
                }
            }
        }
    }
}

fn withdrawn(versions: &[PackVersion]) -> Markup {
    let all = versions.iter().filter_map(|pack| match &pack.standing {
        PackStanding::Withdrawn { reason, at } => Some((pack, reason, at)),
        _ => None,
    });
    let all: Vec<_> = all.collect();
    html! {
        @if !all.is_empty() {
            section aria-labelledby="withdrawn" {
                h2 #withdrawn { "已撤下" }
                ul { @for (pack, reason, at) in all { li { (pack.title) "（" (pack.version) "版），" (at.text()) "：" (reason) } } }
            }
        }
    }
}
