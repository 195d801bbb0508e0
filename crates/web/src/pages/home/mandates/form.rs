//! Granting a mandate.

use std::sync::Arc;

use maud::{Markup, html};
use policy::pack::{Grants, Pack};
use policy::spec::Actor;
use service::{OrganisationRow, Page, organisation};
use standards::text::squash;

use crate::components::entry;
use crate::components::form::{Form, date};
use crate::errors::Error;
use crate::pages::conduct::today;
use crate::session::token_field;
use crate::site::Site;

/// What the address narrows the form to.
#[derive(Default)]
pub(super) struct Opens<'a> {
    /// The programme.
    pub(super) programme: Option<&'a str>,
    /// A word of the provider's name.
    pub(super) search: &'a str,
}

/// The form: the programme first, since providers and procedures follow from it.
pub(super) async fn page(site: &Site, opens: &Opens<'_>, form: Option<&Form>) -> Result<Markup, Error> {
    let packs: Vec<&Arc<Pack>> = site.library().packs().filter(|pack| applies(pack).next().is_some()).collect();
    let only = packs.first().filter(|_| packs.len() == 1);
    let chosen = packs.iter().find(|pack| opens.programme == Some(pack.id.as_str())).or(only);
    let filled = match chosen {
        Some(pack) => Some(filled(site, pack, opens, form).await?),
        None => None,
    };
    Ok(html! {
        section aria-labelledby="grant" {
            h2 #grant { "新的授权" }
            @if packs.len() > 1 { (programmes(&packs, chosen.map(|pack| pack.id.as_str()))) }
            @if let Some(filled) = filled { (filled) }
        }
    })
}

/// The procedures that enterprises apply in.
fn applies(pack: &Pack) -> impl Iterator<Item = &policy::pack::Procedure> {
    pack.procedures.iter().filter(|procedure| procedure.applicant == Actor::Enterprise)
}

fn programmes(packs: &[&Arc<Pack>], chosen: Option<&str>) -> Markup {
    html! {
        p { "选择政策项目：" }
        ul { @for pack in packs { li { a href=(format!("/mandates?programme={}#grant", pack.id)) aria-current=[(chosen == Some(pack.id.as_str())).then_some("true")] { (pack.title) } } } }
    }
}

async fn filled(site: &Site, pack: &Pack, opens: &Opens<'_>, form: Option<&Form>) -> Result<Markup, Error> {
    let holders = holders(site, pack).await?;
    let fresh = Form::with([("from_on", today(site).to_string())]);
    let form = form.filter(|form| !form.typed.text("programme").is_empty()).unwrap_or(&fresh);
    Ok(html! {
        p.lead { (pack.title) }
        @if holders.is_empty() { p { "资源池中还没有服务商，入池后可以授权。" } }
        @else { (search(pack, opens, holders.len())) (fields(pack, opens, form, &found(&holders, opens.search))) }
    })
}

/// The providers that hold a standing of this programme, by name.
async fn holders(site: &Site, pack: &Pack) -> Result<Vec<OrganisationRow>, Error> {
    let pools = pack.procedures.iter().filter(|one| one.applicant == Actor::Provider && one.grants == Grants::Standing);
    let mut all: Vec<OrganisationRow> = Vec::new();
    for pool in pools {
        let rows = organisation::holders(&site.desk(), &pack.id, &pool.id, Page::first(Page::SIZE_MAX)).await?.rows;
        all.extend(rows.into_iter().filter(|row| row.kind == "provider"));
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all.dedup_by(|one, other| one.id == other.id);
    Ok(all)
}

fn found<'a>(holders: &'a [OrganisationRow], search: &str) -> Vec<&'a OrganisationRow> {
    let search = squash(search);
    holders.iter().filter(|row| row.search.contains(&search)).collect()
}

fn search(pack: &Pack, opens: &Opens, holders: usize) -> Markup {
    html! {
        form.inline method="get" action="/mandates#grant" role="search" {
            input type="hidden" name="programme" value=(pack.id);
            div.field { label for="search" { "按名称查找服务商（共" (holders) "家）" } input #search name="search" type="text" value=(opens.search) autocomplete="off"; }
            button.second type="submit" { "查找" }
        }
    }
}

fn fields(pack: &Pack, opens: &Opens, form: &Form, found: &[&OrganisationRow]) -> Markup {
    let providers: Vec<(String, String, String)> = found.iter().map(|row| (String::new(), row.id.clone(), row.name.clone())).collect();
    let procedures: Vec<(&str, &str, &str)> = applies(pack).map(|one| (one.id.as_str(), one.label.as_str(), "")).collect();
    html! {
        @if found.is_empty() { p { "没有找到名称包含“" (opens.search) "”的服务商。" } }
        form method="post" action="/mandates" {
            (token_field())
            input type="hidden" name="programme" value=(pack.id);
            input type="hidden" name="search" value=(opens.search);
            (entry::select(&form.typed, "provider", "服务商", None, &providers))
            (entry::ticks(&form.typed, "procedures", "代办的事项", true, &procedures))
            (date(form, "from_on", "开始日期", None))
            (date(form, "until_on", "截止日期", Some("最长一年，可以随时撤回。")))
            div.submit { button type="submit" { "授权" } }
        }
    }
}
