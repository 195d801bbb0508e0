//! The pages of the desk, and the frame around each.

use axum::response::Html;
use maud::{Markup, html};
use records::organisation::OrganisationKind as Kind;
use service::identity::Session;

use crate::components::layout;
use crate::pages::conduct;

/// Where a bureau applies itself.
pub(crate) const OWN: &str = "/desk/own";

/// Whether offices of this kind are applicants of some programmes: bureaus, that fill in for their place.
pub(crate) fn applies(kind: Kind) -> bool {
    matches!(kind, Kind::DistrictBureau | Kind::CityBureau | Kind::RegionBureau)
}

/// A page of the desk: its address and name.
const TABS: [(&str, &str); 7] = [
    ("/desk", "待办"),
    ("/desk/files", "申报件"),
    (OWN, "本单位申报"),
    ("/desk/dashboard", "看板"),
    ("/desk/quotas", "名额"),
    ("/desk/calendar", "期限日历"),
    ("/ledger", "台账核验"),
];

/// Whether a person has a use for a tab: third parties see only what was assigned to them, the supervisor does nothing.
fn has(kind: Kind, address: &str) -> bool {
    match address {
        "/desk" | "/desk/calendar" => kind.actor().is_some(),
        OWN => applies(kind),
        "/desk/quotas" => matches!(kind, Kind::DistrictBureau | Kind::CityBureau | Kind::RegionBureau | Kind::Supervisor),
        "/desk/files" | "/desk/dashboard" => !matches!(kind, Kind::Evaluator | Kind::Auditor | Kind::Expert | Kind::Administrator),
        _ => kind == Kind::Supervisor,
    }
}

/// A whole page under the tab of this address.
pub(super) fn page(session: &Session, address: &str, main: &Markup) -> Html<String> {
    let title = TABS.iter().find(|(known, _)| *known == address).map_or("工作台", |(_, label)| label);
    page_in(session, title, Some(address), main)
}

/// A page that belongs to the desk and to none of its tabs.
pub(super) fn page_in(session: &Session, title: &str, address: Option<&str>, main: &Markup) -> Html<String> {
    let shown = TABS.iter().filter(|(known, _)| has(session.acting().kind, known));
    let body = html! {
        div.desk {
            nav.tabs aria-label="工作台" {
                ul {
                    @for (known, label) in shown { li { a href=(known) aria-current=[(Some(*known) == address).then_some("page")] { (label) } } }
                    (conduct::menu(session.acting(), address))
                }
            }
            h1 { (title) }
            (main)
        }
    };
    layout::page(title, &[], body)
}

/// A page with a title of its own under the tab of this address.
pub(crate) fn page_under(session: &Session, title: &str, address: &str, main: &Markup) -> Html<String> {
    page_in(session, title, Some(address), main)
}

/// Where somebody who has nothing to do here is better off.
pub(super) fn instead(session: &Session, address: &str) -> Option<&'static str> {
    let kind = session.acting().kind;
    if has(kind, address) {
        return None;
    }
    TABS.iter().map(|(known, _)| *known).find(|known| has(kind, known))
}
