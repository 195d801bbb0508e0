//! Keeping what was typed under a link, and opening it again in a form.

use axum::response::Redirect;
use policy::pack::Pack;
use service::{KeptKind, kept_case};

use super::result::no_result;
use crate::errors::Error;
use crate::forms::Typed;
use crate::site::Site;

/// Keeps a case and leads to its result.
pub(super) async fn keep(site: &Site, kind: KeptKind, pack: &Pack, typed: &Typed) -> Result<Redirect, Error> {
    let token = site.token();
    let facts = typed.json();
    kept_case::keep(site.store(), &token, kind, &pack.id, &pack.version, &facts, site.now()).await?;
    Ok(Redirect::to(&format!("/results/{token}")))
}

/// What a form opens with.
#[derive(Debug, Default)]
pub(super) struct Prefilled {
    /// The answers.
    pub(super) typed: Typed,
    /// Said above the form, when the answers come from elsewhere.
    pub(super) notice: Option<String>,
}

/// The answers of a kept result that this form also asks for; nothing without a link.
pub(super) async fn prefilled(site: &Site, from: Option<&str>, pack: &Pack, paths: &[String]) -> Result<Prefilled, Error> {
    let Some(token) = from else { return Ok(Prefilled::default()) };
    let kept = kept_case::open(site.store(), token).await.map_err(no_result)?;
    let typed = Typed::from_json(&kept.facts).only(paths);
    let same = kept.programme == pack.id && kept.pack_version == pack.version;
    let before = "已填入原结果的内容，修改后提交将生成新的结果和新的链接，原结果不变。";
    let moved = format!("原结果按{}版计算，本页按现行的{}版计算。", kept.pack_version, pack.version);
    let notice = if same { before.to_owned() } else { format!("{before}{moved}") };
    Ok(Prefilled { typed, notice: Some(notice) })
}
