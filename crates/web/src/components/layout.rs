//! The frame of every page.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use crate::about::{About, PURPOSE};
use crate::assets;
use crate::forms::FieldError;

use super::{field, person};
use crate::session;

/// The interface as a document, which everybody may read.
const INTERFACE: &str = "/api/v1/openapi.json";

/// A whole page: title, the way to it (label and address of each step), and its main part.
pub(crate) fn page(title: &str, way: &[(&str, &str)], main: Markup) -> Html<String> {
    styled_page(title, way, main, &[])
}

/// The same with more style sheets.
pub(crate) fn styled_page(title: &str, way: &[(&str, &str)], main: Markup, styles: &[&str]) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            (head(title, styles))
            body {
                a.skip href="#main" { "跳到正文" }
                (header())
                @if !way.is_empty() { (path(way, title)) }
                main #main tabindex="-1" { (main) }
                (footer())
            }
        }
    };
    Html(page.into_string())
}

fn head(title: &str, styles: &[&str]) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " - " (session::about().site()) }
            link rel="icon" type="image/svg+xml" href=(assets::icon());
            link rel="stylesheet" href=(assets::style());
            @for style in styles { link rel="stylesheet" href=(style); }
            script type="module" src=(assets::script()) {}
        }
    }
}

fn header() -> Markup {
    let visitor = session::visitor();
    html! {
        header.site {
            div.inner {
                a.brand href="/" { (brand(&session::about())) }
                nav aria-label="主导航" {
                    a href="/#programmes" { "政策项目" }
                    a href="/#reopen" { "打开已保存的结果" }
                    a href="/verify" { "文书核验" }
                    @if visitor.is_none() { a href="/sign-in" { "登录" } a href="/register" { "注册" } }
                }
            }
            @if let Some((signed_in, unread)) = &visitor { (person::bar(signed_in, *unread)) }
        }
    }
}

/// The heading of the first page: the site's own name, or what the program is for.
pub(crate) fn welcome() -> String {
    session::about().name.clone().unwrap_or_else(|| PURPOSE.to_owned())
}

/// The site's own name, or the program's with what it is for.
fn brand(about: &About) -> Markup {
    html! { @match &about.name { Some(name) => (name), None => { span.mark { (about.site()) } (PURPOSE) } } }
}

fn path(way: &[(&str, &str)], title: &str) -> Markup {
    html! {
        nav.path aria-label="当前位置" {
            ol {
                li { a href="/" { "首页" } }
                @for (label, address) in way { li { a href=(address) { (label) } } }
                li aria-current="page" { (title) }
            }
        }
    }
}

fn footer() -> Markup {
    html! {
        footer.site {
            div.inner {
                (said_of(&session::about()))
                p { "测算和自评结果供参考，以主管部门的审核结果和官方文本为准。" }
                p { "自评和补贴测算的填写内容仅用于计算和取回结果，自生成之日起保存" (crate::KEPT_DAYS) "天，到期自动删除；规则调整测算上传的表格不保存。" }
            }
        }
    }
}

/// Who answers for the site, and the ways everybody may take.
fn said_of(about: &About) -> Markup {
    html! {
        @if about.lines().next().is_some() { ul.of-site { @for (label, said) in about.lines() { li { (label) "：" (said) } } } }
        ul.of-site {
            li { a href="/verify" { "文书核验" } }
            li { a href="/calls" { "申报通知" } }
            li { a href="/publicity" { "公示" } }
            li { a href=(INTERFACE) { "接口文档" } }
        }
    }
}

/// What is wrong with a form, each line leading to its field. Nothing when all is well.
pub(crate) fn error_summary(errors: &[FieldError]) -> Markup {
    error_summary_but(errors, None)
}

/// The same for a form of which something cannot be kept: what to do again.
pub(crate) fn error_summary_but(errors: &[FieldError], lost: Option<&str>) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.error-summary #errors role="alert" tabindex="-1" aria-labelledby="errors-title" {
                h2 #errors-title { "有" (errors.len()) "处需要修改，已填写的内容均已保留" @if let Some(lost) = lost { "，" (lost) } }
                ul {
                    @for error in errors {
                        li {
                            @if error.path.is_empty() { (error.message) }
                            @else { a href=(format!("#{}", field::id(&error.path))) { (error.message) } }
                        }
                    }
                }
            }
        }
    }
}

/// A table that scrolls by itself where the window is narrower than it.
pub(crate) fn wide(caption: &str, table: &Markup) -> Markup {
    html! {
        div.wide role="region" aria-label=(caption) tabindex="0" { (table) }
    }
}
