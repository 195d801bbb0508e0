//! 所服务企业的办件: what a provider's enterprises have under way, searched and turned by pages.

use maud::{Markup, html};
use policy::library::Library;
use records::access::Acting;
use records::application::FileWord;
use standards::Date;

use super::files;
use super::gather::Serving;
use crate::components::pages;
use crate::pages::desk::query;

/// The section.
pub(super) fn serving(library: &Library, acting: &Acting, serving: &Serving, today: Date) -> Markup {
    let pairs = [("q", &serving.search), ("state", &serving.state)];
    let pairs: Vec<(String, String)> =
        pairs.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.to_owned(), text.clone())).collect();
    html! {
        section aria-labelledby="serving" {
            h2 #serving { "所服务企业的办件（" (serving.files.total) "）" }
            (search(serving))
            @if serving.files.rows.is_empty() { p { "没有符合条件的办件。" } }
            (files::list(library, &serving.files.rows, acting, today))
            (pages::turn_by("served", serving.page, serving.files.total, &format!("/home?{}&", query(&pairs))))
        }
    }
}

fn search(serving: &Serving) -> Markup {
    html! {
        form.filters method="get" action="/home" role="search" aria-label="查找所服务企业的办件" {
            div.filter-fields {
                div.field {
                    label for="serving-q" { "单位名称、受理编号或信用代码" }
                    input #serving-q name="q" type="text" value=(serving.search) autocomplete="off" spellcheck="false";
                }
                div.field {
                    label for="serving-state" { "状态" }
                    select #serving-state name="state" {
                        option value="" { "全部" }
                        @for word in FileWord::ALL { option value=(word.as_str()) selected[word.as_str() == serving.state] { (word.label()) } }
                    }
                }
            }
            div.actions {
                button.second type="submit" { "查找" }
                @if !serving.search.is_empty() || !serving.state.is_empty() { a.button.second href="/home" { "清除条件" } }
            }
        }
    }
}
