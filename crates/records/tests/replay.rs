//! A state is its events: any course of commands, folded again from JSON, ends in the same state.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, actor, way_to};
use proptest::prelude::*;
use records::Noun as _;
use records::application::{Application, ApplicationEvent};

const COMMANDS: [&str; 25] = [
    "prepare apply",
    "give-back apply",
    "sign apply",
    "withdraw",
    "assign evaluation",
    "assign supervision",
    "assign audit",
    "declare evaluation",
    "declare supervision",
    "declare audit",
    "approve check",
    "return check",
    "refuse check",
    "skip supervision",
    "assess evaluation",
    "audit audit",
    "approve review",
    "return review",
    "publicise",
    "pass",
    "list",
    "unlist",
    "pay",
    "claim",
    "lapse",
];

fn replayed(events: &[ApplicationEvent]) -> Application {
    let lines: Vec<String> = events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
    let read: Vec<ApplicationEvent> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, events);
    Application::fold_all(None, &read).unwrap()
}

fn check(walk: &Walk) {
    assert_eq!(replayed(&walk.events), walk.file);
    let kept: Application = serde_json::from_str(&serde_json::to_string(&walk.file).unwrap()).unwrap();
    assert_eq!(kept, walk.file, "the state itself survives");
    assert!(walk.file.money.paid_fen <= walk.file.award_fen().unwrap_or(0));
    assert!(walk.file.money.returned_fen <= walk.file.money.claimed_back_fen);
    assert!(walk.file.decision.is_none() || walk.file.open_stages().all(|(stage, _)| ["publicity", "payment"].contains(&stage)));
}

#[test]
fn the_whole_story_replays() {
    let mut walk = Walk::of("subsidy");
    for command in way_to("concluded").into_iter().chain(["claim", "repay"]) {
        walk.run(command, &actor(command)).unwrap();
        check(&walk);
    }
    let names: std::collections::BTreeSet<String> = walk.events.iter().map(given::name).collect();
    assert!(names.len() >= 15, "{names:?}");
}

/// An event that cannot follow leaves the state as it was: a replay never stops half-way.
#[test]
fn events_out_of_order_change_nothing_they_do_not_belong_to() {
    let whole = Walk::at("concluded");
    assert_eq!(Application::fold(None, &whole.events[1]), None);
    let again = Application::fold(Some(whole.file.clone()), &whole.events[0]).unwrap();
    assert_eq!(again, whole.file, "a file is begun once");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Mostly the story, with other commands thrown in and days passing.
    #[test]
    fn any_course_of_commands_replays(course in prop::collection::vec((0usize..40, 0i64..4), 1..60)) {
        let mut walk = Walk::of("subsidy");
        let story = way_to("concluded");
        let mut next = 0;
        for (choice, days) in course {
            let command = COMMANDS.get(choice).copied().unwrap_or_else(|| story[next % story.len()]);
            walk.now = records::Moment(walk.now.0 + days * 86_400_000);
            let done = walk.run(command, &actor(command));
            next += usize::from(choice >= COMMANDS.len() && done.is_ok());
            check(&walk);
        }
    }
}
