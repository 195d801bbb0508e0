//! What an organisation has been granted: added by decisions, less by what comes back, gone with a file that ends in vain.
#![allow(clippy::unwrap_used)]

use records::entitlement::{Entitled, Entitlement, EntitlementEvent};
use records::{Moment, Noun};

fn line(application: &str, award: &str, fen: i64) -> Entitled {
    let (number, label) = (format!("2026-{application}"), format!("{award}奖励"));
    let at = Moment(0);
    Entitled { application: application.into(), number, award: award.into(), label, fen, returned_fen: 0, paid: false, at }
}

fn granted(lines: Vec<Entitled>) -> EntitlementEvent {
    EntitlementEvent::Granted { programme: "plan".into(), organisation: "甲".into(), lines }
}

fn check(events: &[EntitlementEvent], kept: &[(&str, i64, bool)]) {
    let state = Entitlement::fold_all(None, events).unwrap();
    let found: Vec<_> = state.lines.iter().map(|line| (line.award.as_str(), line.kept_fen(), line.paid)).collect();
    assert_eq!(found, kept, "{events:?}");
}

#[test]
fn what_is_granted_comes_and_goes() {
    use EntitlementEvent as E;
    let two = granted(vec![line("a", "workshop", 25), line("a", "factory", 300)]);
    let other = granted(vec![line("b", "node", 100)]);
    let back = |fen| E::CameBack { application: "a".into(), fen };
    check(&[two.clone(), other.clone()], &[("workshop", 25, false), ("factory", 300, false), ("node", 100, false)]);
    check(&[two.clone(), E::PaidOut { application: "a".into() }], &[("workshop", 25, true), ("factory", 300, true)]);
    check(&[two.clone(), back(20)], &[("workshop", 5, false), ("factory", 300, false)]);
    check(&[two.clone(), back(20), back(30)], &[("workshop", 0, false), ("factory", 275, false)]);
    check(&[two.clone(), back(1000)], &[("workshop", 0, false), ("factory", 0, false)]);
    check(&[two, other, E::Released { application: "a".into() }], &[("node", 100, false)]);
}
