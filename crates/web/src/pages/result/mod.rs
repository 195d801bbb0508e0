//! A kept result, opened by its link.

mod assessment;
mod award;
mod finding;
mod levels;

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use policy::pack::Pack;
use service::kept_case::{TOKEN_CHARACTERS, Token};
use service::{KeptCase, KeptKind, ServiceError, kept_case};

use super::portal;
use crate::components::{clause, layout};
use crate::errors::Error;
use crate::extract::Name;
use crate::forms::{Posted, Typed};
use crate::site::{Shared, Site};
use crate::words;

/// A kept case with the pack it was made under.
struct Kept<'a> {
    site: &'a Site,
    token: &'a str,
    case: &'a KeptCase,
    pack: &'a Arc<Pack>,
    typed: Typed,
}

/// `GET /results/{token}`
pub(crate) async fn show(State(site): State<Shared>, Name(token): Name) -> Result<Html<String>, Error> {
    let case = kept_case::open(site.store(), &token).await.map_err(no_result)?;
    let pack = version(&site, &case).ok_or_else(|| no_version(&site, &case, &token))?;
    let kept = Kept { site: &site, token: &token, case: &case, pack, typed: Typed::from_json(&case.facts) };
    match case.kind {
        KeptKind::Assessment => assessment::page(&kept),
        KeptKind::Award => award::page(&kept),
    }
}

/// `POST /results`: leads to the result of a pasted link.
pub(crate) async fn find(Posted(pairs): Posted) -> Response {
    let typed = pairs.iter().find(|(name, _)| name == "link").map_or("", |(_, text)| text.trim());
    match token_in(typed) {
        Some(token) => Redirect::to(&format!("/results/{token}")).into_response(),
        None => {
            let message = "链接不完整。请粘贴完整的结果链接。";
            let form = html! { h1 { "打开已保存的结果" } (portal::reopen_form(typed, Some(message))) };
            let page = layout::page("打开已保存的结果", &[], form);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    }
}

/// The token at the end of a pasted link, or the token itself.
fn token_in(link: &str) -> Option<Token> {
    let path = link.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    (last.len() == TOKEN_CHARACTERS).then(|| last.parse().ok()).flatten()
}

fn version<'a>(site: &'a Site, case: &KeptCase) -> Option<&'a Arc<Pack>> {
    let (id, version) = (case.programme.as_str(), case.pack_version.as_str());
    match case.kind {
        KeptKind::Assessment => site.library().version(id, version),
        KeptKind::Award => site.library().calculator(id, version),
    }
}

/// A link that leads nowhere is most likely past its time.
pub(crate) fn no_result(error: ServiceError) -> Error {
    if matches!(error, ServiceError::NotFound) { Error::NoResult } else { error.into() }
}

fn no_version(site: &Site, case: &KeptCase, token: &str) -> Error {
    let current = site.library().pack(&case.programme);
    Error::NoVersion { again: current.map(|pack| again(&pack.id, case.kind, token)) }
}

/// Where the same answers can be changed.
fn again(programme: &str, kind: KeptKind, token: &str) -> String {
    let form = match kind {
        KeptKind::Assessment => "assessment",
        KeptKind::Award => "calculator",
    };
    format!("/programmes/{programme}/{form}?from={token}")
}

impl Kept<'_> {
    fn page(&self, title: &str, body: &Markup) -> Html<String> {
        let address = format!("/programmes/{}", self.pack.id);
        layout::page(title, &[(&self.pack.title, &address)], html! { (body) (self.keeping()) (self.basis()) })
    }

    /// What can be done with the result.
    fn actions(&self, more: &Markup) -> Markup {
        html! {
            ul.actions {
                li { a.button.second href=(again(&self.pack.id, self.case.kind, self.token)) { "修改填写内容" } }
                (more)
                li { button.second type="button" data-print hidden { "打印" } }
            }
        }
    }

    /// How to find the result again.
    fn keeping(&self) -> Markup {
        html! {
            section.keeping aria-labelledby="keeping" {
                h2 #keeping { "保存这个结果" }
                p { "本页网址就是取回结果的凭据，请收藏或复制保存。知道网址的人都能查看，请勿公开。" }
                p.copy {
                    code { "/results/" (self.token) }
                    button.second type="button" data-copy hidden { "复制完整链接" }
                    span role="status" data-copied {}
                }
                p.quiet { "保存到" (words::kept_until(self.case.created_at_unix_s)) "，到期自动删除。" }
            }
        }
    }

    /// Under what and when it was computed.
    fn basis(&self) -> Markup {
        let pack = self.pack;
        html! {
            section aria-labelledby="basis" {
                h2 #basis { "计算依据" }
                dl.facts {
                    dt { "政策" } dd { a href=(clause::page(pack)) { (pack.title) } "，" (pack.version) "版" }
                    dt { "填写时间" } dd { (words::moment(self.case.created_at_unix_s)) }
                    dt { "校验码" } dd { code { (pack.digest) } p.quiet { "政策文本、规则和计算程序的国密SM3摘要；校验码相同，则同样的填写内容得到同样的结果。" } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_people_paste_them() {
        let token = "0123456789abcdefghjkmnpqrstvwxyz";
        for link in
            [token.to_owned(), format!("https://example.org/results/{token}"), format!("http://localhost:8080/results/{token}/?x=1#y")]
        {
            assert_eq!(token_in(&link).map(|token| token.to_string()).as_deref(), Some(token), "{link}");
        }
        assert!(token_in("https://example.org/").is_none());
        assert!(token_in("").is_none());
    }
}
