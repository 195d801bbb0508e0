//! Mandates, as the enterprise that granted them and the provider that holds them read them.

use std::collections::BTreeMap;

use maud::{Markup, html};
use policy::library::Library;
use records::access::Acting;
use records::account::Role;
use records::mandate::Mandate;
use records::organisation::OrganisationKind;
use standards::Date;

use crate::components::said;
use crate::session::token_field;

/// What the list is drawn with.
pub(super) struct List<'a> {
    pub(super) library: &'a Library,
    pub(super) acting: &'a Acting,
    pub(super) names: &'a BTreeMap<String, String>,
    pub(super) today: Date,
}

impl List<'_> {
    fn grants(&self) -> bool {
        self.acting.kind == OrganisationKind::Enterprise
    }

    fn other<'a>(&'a self, one: &'a Mandate) -> &'a str {
        let id = if self.grants() { one.provider.as_str() } else { one.enterprise.as_str() };
        self.names.get(id).map_or(id, String::as_str)
    }
}

/// The list, those in force first.
pub(super) fn list(list: &List, mandates: &[Mandate]) -> Markup {
    let (mut holding, over): (Vec<&Mandate>, Vec<&Mandate>) = mandates.iter().partition(|one| word(one, list.today).1);
    holding.extend(over);
    let none = if list.grants() { "还没有授权过服务商。" } else { "还没有企业授权本单位代办。" };
    html! {
        @if list.grants() { p.lead { "授权后，服务商的经办人可以代本单位填报和上传材料，不能代为签发。无须提供本单位账号和密码。" } }
        @if mandates.is_empty() { p { (none) } }
        ul.calls { @for one in holding { li { (item(list, one)) } } }
    }
}

fn item(list: &List, one: &Mandate) -> Markup {
    let procedures: Vec<String> = one.procedures.iter().map(|id| said::procedure(list.library, &one.programme, id)).collect();
    let (state, in_force) = word(one, list.today);
    html! {
        div {
            h3 { (list.other(one)) }
            p { (said::programme(list.library, &one.programme)) "：" (procedures.join("、")) }
            p { (one.from_on.chinese()) "至" (one.until_on.chinese()) }
        }
        div {
            p { span.tag.good[in_force] { (state) } }
            @if list.grants() { (withdrawing(list, one)) } @else { (acting_for(list, one)) }
        }
    }
}

/// How a mandate stands, and whether it is in force.
fn word(one: &Mandate, today: Date) -> (String, bool) {
    match one.withdrawn_on {
        Some(on) => (format!("已于{}撤回", on.chinese()), false),
        None if today < one.from_on => ("未生效".to_owned(), false),
        None if today > one.until_on => ("已到期".to_owned(), false),
        None => ("有效".to_owned(), true),
    }
}

fn withdrawing(list: &List, one: &Mandate) -> Markup {
    let open = one.withdrawn_on.is_none() && list.today <= one.until_on;
    html! {
        @if open && list.acting.is(Role::Manager) && list.acting.mandate.is_none() {
            form method="post" action=(format!("/mandates/{}/withdraw", one.id)) {
                (token_field())
                button.second type="submit" { "撤回授权" span.hidden { "：" (list.other(one)) } }
            }
        }
    }
}

/// The way to act for the enterprise.
fn acting_for(list: &List, one: &Mandate) -> Markup {
    html! {
        @if one.holds(list.today) && list.acting.is(Role::Handler) {
            form method="post" action="/organisations/choose?next=/home" {
                (token_field())
                input type="hidden" name="organisation" value=(one.enterprise);
                input type="hidden" name="mandate" value=(one.id);
                button type="submit" { "代办" span.hidden { "：" (list.other(one)) } }
            }
        }
    }
}
