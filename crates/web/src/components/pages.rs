//! Turning the pages of a list.

use maud::{Markup, html};
use service::Page;

/// Rows on one page of a list.
pub(crate) const SIZE: i64 = 50;

/// The page an address asks for.
pub(crate) fn asked(number: Option<&str>) -> Page {
    let number = number.and_then(|text| text.parse().ok()).unwrap_or(1).max(1);
    Page { number, size: SIZE }
}

/// Links to the pages before and after this one; `address` ends in `?` or `&`.
pub(crate) fn turn(page: Page, total: i64, address: &str) -> Markup {
    turn_by("page", page, total, address)
}

/// The same under another name, where a page has several lists.
pub(crate) fn turn_by(name: &str, page: Page, total: i64, address: &str) -> Markup {
    let pages = total.saturating_add(page.size - 1) / page.size.max(1);
    html! {
        @if pages > 1 {
            nav.actions aria-label="翻页" {
                @if page.number > 1 { a href=(format!("{address}{name}={}", page.number - 1)) { "上一页" } }
                span { "第" (page.number) "页，共" (pages) "页" }
                @if page.number < pages { a href=(format!("{address}{name}={}", page.number + 1)) { "下一页" } }
            }
        }
    }
}
