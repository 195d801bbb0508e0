//! The public check of a paper: by its code, and without saying anything that stands in it.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use records::document::CODE_CHARS;
use service::document::{self, Checked};
use standards::text::half_width;

use crate::components::field::message;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Asked;
use crate::site::Shared;

/// Characters that are read of what somebody sends.
const TYPED_CHARS: usize = 60;

/// `GET /verify?code=`
pub(super) async fn show(State(site): State<Shared>, asked: Asked) -> Result<Html<String>, Error> {
    let typed: String = asked.get("code").unwrap_or_default().chars().take(TYPED_CHARS).collect();
    let checked = document::check(&site.desk(), &typed).await?;
    let main = html! {
        div.narrow {
            h1 { "文书核验" }
            p.lead { "输入文书每页页脚的校验码，查询该文书是否由本平台出具、内容是否与平台记录一致。不显示文书内容。" }
            @if !typed.trim().is_empty() { (answer(checked.as_ref(), &typed)) }
            (form(&typed, asked.get("code").is_some() && typed.trim().is_empty()))
        }
    };
    Ok(layout::page("文书核验", &[], main))
}

fn form(typed: &str, unsaid: bool) -> Markup {
    html! {
        form method="get" action="/verify" {
            div.field.wrong[unsaid] {
                label for="code" { "校验码" }
                p.hint #code-hint { "12位字母和数字，如 CV3Z-1X32-XVPX，不区分大小写，可不写连字符。" }
                (message("code", unsaid.then_some("请输入校验码。")))
                input #code type="text" name="code" value=(typed) autocomplete="off" spellcheck="false" aria-describedby="code-hint" maxlength=(TYPED_CHARS);
            }
            button type="submit" { "核验" }
        }
    }
}

/// Nothing was found: most often a character was left out.
fn unknown(typed: &str) -> Markup {
    let chars = half_width(typed).chars().filter(char::is_ascii_alphanumeric).count();
    html! {
        div.notice.bad role="status" {
            p {
                strong { "没有查到这份文书。" }
                @if chars == CODE_CHARS { "请核对校验码；核对无误仍查不到的，该文书不是由本平台出具的。" }
                @else { "校验码应为" (CODE_CHARS) "位字母和数字，现有" (chars) "位，请对照文书补全或者删去多余的字符。" }
            }
        }
    }
}

fn answer(checked: Option<&Checked>, typed: &str) -> Markup {
    let Some(checked) = checked else { return unknown(typed) };
    html! {
        @if checked.holds { div.notice role="status" { p { strong { "核验通过：该文书由本平台出具，与平台记录一致。" } "请同时核对纸面内容与原件：有权查看的单位登录后可打开原件比对。" } } }
        @else { div.notice.bad role="status" { p { strong { "核验未通过：平台保存的该文书与出具时的记录不一致。请勿采用，并向出具单位和监督机构反映。" } } } }
        dl.facts {
            dt { "文书种类" } dd { (checked.kind) }
            dt { "政策项目" } dd { (checked.programme) }
            dt { "出具时间" } dd { (checked.at.text()) }
            dt { "台账末条摘要" } dd { code { (checked.head) } }
        }
        @if checked.holds { p { a href=(format!("/documents/{}", checked.id)) { "打开原件（仅限有权查看的单位）" } } }
    }
}
