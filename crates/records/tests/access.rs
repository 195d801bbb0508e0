//! Who may see a file and work on it: tables written by hand, with every kind of organisation.
#![allow(clippy::unwrap_used)]

mod given;

use std::collections::BTreeSet;

use given::{Walk, actor, answers, by, day, filing, pack};
use policy::pack::Pack;
use records::access::{
    Acting, Sight, concerns, may_approve_payment, may_assign, may_conduct, may_conduct_programme, may_oversee, may_prepare_payment,
    may_see, may_work,
};
use records::account::Role;
use records::application::{Progress, StageState};
use records::mandate::Mandate;
use records::organisation::OrganisationKind;

/// A person with every role: `kind`, `kind@place` or `kind:organisation`; `mandate…` for a provider's clerk.
fn acting(who: &str) -> Acting {
    let (who, place) = who.split_once('@').unwrap_or((who, "hohhot"));
    let (kind, organisation) = who.split_once(':').unwrap_or((who, "other"));
    let mandate = kind.strip_prefix("mandate-").map(|scope| Mandate {
        id: "m".into(),
        enterprise: organisation.into(),
        provider: "服务商".into(),
        programme: "example-award".into(),
        procedures: vec![if scope == "elsewhere" { "roster" } else { "subsidy" }.into()],
        from_on: day("2026-01-01"),
        until_on: day(if scope == "over" { "2026-01-05" } else { "2026-01-31" }),
        withdrawn_on: (scope == "withdrawn").then(|| day("2026-01-05")),
    });
    Acting {
        account: "person".into(),
        organisation: organisation.into(),
        kind: if mandate.is_some() { OrganisationKind::Enterprise } else { OrganisationKind::parse(kind).unwrap() },
        place: place.to_owned(),
        roles: BTreeSet::from(Role::ALL),
        mandate,
    }
}

/// The state of the table, with a provider named and third parties assigned where they are by then.
fn file(state: &str) -> Walk {
    let mut walk = Walk::at(state);
    walk.file.provider = Some("服务商".into());
    walk
}

/// `A` as applicant, `P` as provider, `O` as office, `S` as supervisor, `.` not at all.
const SIGHT: &str = "
                                 preparing prepared check works publicity concluded refused
enterprise:甲                    A         A        A     A     A         A         A
enterprise:乙                    .         .        .     .     .         .         .
mandate-now:甲                   A         A        A     A     A         A         A
mandate-now:乙                   .         .        .     .     .         .         .
mandate-elsewhere:甲             .         .        .     .     .         .         .
mandate-over:甲                  .         .        .     .     .         .         .
mandate-withdrawn:甲             .         .        .     .     .         .         .
provider:服务商                  .         .        P     P     P         P         P
provider:另一家                  .         .        .     .     .         .         .
district_bureau@hohhot-saihan    .         .        O     O     O         O         O
district_bureau@hohhot-xincheng  .         .        .     .     .         .         .
city_bureau@hohhot               .         .        O     O     O         O         O
city_bureau@changji              .         .        .     .     .         .         .
region_bureau@inner-mongolia     .         .        O     O     O         O         O
region_bureau@xinjiang           .         .        .     .     .         .         .
finance_bureau@hohhot            .         .        .     .     O         O         .
finance_bureau@changji           .         .        .     .     .         .         .
evaluator:评测院                 .         .        .     O     O         O         .
evaluator:他院                   .         .        .     .     .         .         .
auditor:审计所                   .         .        .     O     O         O         .
auditor:他所                     .         .        .     .     .         .         .
supervisor@hohhot                .         .        S     S     S         S         S
supervisor@changji               .         .        .     .     .         .         .
administrator@hohhot             .         .        .     .     .         .         .
";

/// Who may work in which stage. `x` both roles, `h` filling in only, `.` neither. The file is at its works, 服务商 is named.
const WORK: &str = "
                                 apply check evaluation audit supervision review publicity payment project-provider
enterprise:甲                    x     .     .          .     .           .      .         .       .
enterprise:乙                    .     .     .          .     .           .      .         .       .
mandate-now:甲                   h     .     .          .     .           .      .         .       .
mandate-elsewhere:甲             .     .     .          .     .           .      .         .       .
mandate-over:甲                  .     .     .          .     .           .      .         .       .
mandate-withdrawn:甲             .     .     .          .     .           .      .         .       .
provider:服务商                  .     .     .          .     .           .      .         .       .
district_bureau@hohhot-saihan    .     .     .          .     .           .      .         .       .
city_bureau@hohhot               .     x     .          .     .           .      .         .       .
city_bureau@changji              .     .     .          .     .           .      .         .       .
region_bureau@inner-mongolia     .     .     .          .     .           .      .         .       .
finance_bureau@hohhot            .     .     .          .     .           .      .         .       .
evaluator:评测院                 .     .     x          .     .           .      .         .       .
evaluator:他院                   .     .     .          .     .           .      .         .       .
auditor:审计所                   .     .     .          x     .           .      .         .       .
auditor:评测院                   .     .     .          .     .           .      .         .       .
supervisor@hohhot                .     .     .          .     .           .      .         .       .
administrator@hohhot             .     .     .          .     .           .      .         .       .
";

/// Who may do what with files and money in a place: assign, conduct calls and publicities, oversee them, draw up payments, approve them.
const DUTIES: &str = "
                                 assign conduct oversee prepare approve
enterprise:甲                    .      .       .       .       .
provider:服务商                  .      .       .       .       .
district_bureau@hohhot-saihan    .      .       .       .       .
city_bureau@hohhot               x      x       x       .       .
city_bureau@changji              .      .       x       .       .
region_bureau@inner-mongolia     x      x       x       .       .
finance_bureau@hohhot            .      .       .       x       x
evaluator:评测院                 .      .       .       .       .
auditor:审计所                   .      .       .       .       .
supervisor@hohhot                .      .       x       .       .
administrator@hohhot             .      .       .       .       .
";

/// Each cell of a table: row, column and what stands there.
fn cells(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut lines = table.trim_start_matches('\n').lines();
    let columns: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    lines.flat_map(move |line| {
        let mut words = line.split_whitespace();
        let row = words.next().unwrap();
        let cells: Vec<_> = columns.clone().into_iter().zip(words).map(|(column, cell)| (row, column, cell)).collect();
        assert_eq!(cells.len(), columns.len(), "{row}");
        cells
    })
}

#[test]
fn who_sees_a_file() {
    for (who, state, expected) in cells(SIGHT) {
        let sight = may_see(&acting(who), &file(state).file, pack(), day("2026-01-20")).map(|sight| sight.sight());
        let letter = match sight {
            Some(Sight::Applicant) => "A",
            Some(Sight::Participant) => "M",
            Some(Sight::Provider) => "P",
            Some(Sight::Office) => "O",
            Some(Sight::Expert) => "E",
            Some(Sight::Supervisor) => "S",
            None => ".",
        };
        assert_eq!(letter, expected, "{who} when {state}");
    }
}

#[test]
fn who_works_on_a_file() {
    let walk = file("works");
    for (who, stage, expected) in cells(WORK) {
        let may = |role| may_work(&acting(who), &walk.file, pack().stage(stage).unwrap(), role, pack(), day("2026-01-20"));
        let letter = match (may(Role::Handler), may(Role::Certifier)) {
            (true, true) => "x",
            (true, false) => "h",
            (false, true) => "c",
            (false, false) => ".",
        };
        assert_eq!(letter, expected, "{who} in {stage}");
    }
    let mut nobody = acting("city_bureau@hohhot");
    nobody.roles = BTreeSet::from([Role::Manager]);
    assert!(!may_work(&nobody, &walk.file, pack().stage("check").unwrap(), Role::Handler, pack(), day("2026-01-20")));
}

#[test]
fn who_conducts() {
    let walk = file("works");
    for (who, duty, expected) in cells(DUTIES) {
        let acting = acting(who);
        let may = match duty {
            "assign" => may_assign(&acting, &walk.file),
            "conduct" => may_conduct(&acting, "hohhot-saihan"),
            "oversee" => may_oversee(&acting),
            "prepare" => may_prepare_payment(&acting),
            _ => may_approve_payment(&acting),
        };
        assert_eq!(may, expected == "x", "{who} {duty}");
    }
    for kind in OrganisationKind::ALL {
        let mut manager = acting(kind.as_str());
        manager.roles = BTreeSet::from([Role::Manager]);
        let any = may_assign(&manager, &walk.file) || may_conduct(&manager, "hohhot") || may_prepare_payment(&manager);
        assert!(!any && !may_approve_payment(&manager), "{kind} with no duty");
    }
}

/// A provider confirms only what names it, and the stage must have opened.
#[test]
fn a_provider_works_where_it_is_named() {
    let mut walk = Walk::of("project");
    let stage = pack().stage("project-provider").unwrap();
    let may = |walk: &Walk, who: &str| may_work(&acting(who), &walk.file, stage, Role::Handler, pack(), day("2026-01-20"));
    walk.file.provider = Some("服务商".into());
    assert!(!may(&walk, "provider:服务商"), "not yet open");
    let filed = answers(&[("profile.phone", "13800138000"), ("filing.provider", "服务商"), ("filing.plan", "联网。")]);
    walk.go(&by("甲", "clerk"), |file, at| file.prepare("project-apply", filing(filed), at)).unwrap();
    walk.run("sign project-apply", &by("甲", "chief")).unwrap();
    for (who, works) in [("provider:服务商", true), ("provider:另一家", false), ("enterprise:甲", false), ("mandate-now:甲", false)]
    {
        assert_eq!(may(&walk, who), works, "{who}");
    }
}

/// A stage of the finance bureau's own shows it the file before anything is decided, while it is open, while the file is corrected, and when it
/// is done; in another place it shows nothing.
#[test]
fn the_finance_bureau_sees_what_has_come_to_it() {
    let (today, own, other) = (day("2026-01-20"), acting("finance_bureau@hohhot"), acting("finance_bureau@changji"));
    let before = file("check").file;
    assert!(before.decision.is_none() && may_see(&own, &before, pack(), today).is_none());
    let stage = before.stages["check"].clone();
    let (mut open, mut aside, mut done) = (before.clone(), before.clone(), before.clone());
    open.stages.insert("payment".into(), stage.clone());
    aside.set_aside.insert("payment".into(), stage.clone());
    let progress = Progress::Done { at: stage.opened_at, by: by("财政局", "f"), note: String::new(), skipped: false };
    done.stages.insert("payment".into(), StageState { progress, ..stage });
    for file in [open, aside, done] {
        assert_eq!(may_see(&own, &file, pack(), today).map(|may| may.sight()), Some(Sight::Office));
        assert!(may_see(&other, &file, pack(), today).is_none());
    }
}

/// A third party whose person declared a conflict is out: it neither works nor sees.
#[test]
fn whoever_stands_aside_sees_nothing_more() {
    let mut walk = Walk::at("check");
    ["approve check", "assign evaluation"].iter().for_each(|command| drop(walk.run(command, &actor(command)).unwrap()));
    let expert = acting("evaluator:评测院");
    assert!(may_see(&expert, &walk.file, pack(), day("2026-01-20")).is_some());
    walk.go(&by("评测院", "expert"), |file, at| file.declare("evaluation", true, "持股", at)).unwrap();
    assert!(may_see(&expert, &walk.file, pack(), day("2026-01-20")).is_none());
}

/// Who: whether they conduct a programme run in Hohhot, whether it concerns them; the same of one that is run anywhere.
const PROGRAMMES: &[(&str, [bool; 4])] = &[
    ("city_bureau@hohhot", [true, true, true, true]),
    ("region_bureau@inner-mongolia", [true, true, true, true]),
    ("city_bureau@changji", [false, false, true, true]),
    ("district_bureau@hohhot-saihan", [false, true, false, true]),
    ("enterprise@hohhot-saihan", [false, true, false, true]),
    ("finance_bureau@hohhot", [false, true, false, true]),
    ("supervisor@changji", [false, false, false, true]),
];

#[test]
fn a_programme_is_conducted_where_it_is_run() {
    let anywhere = pack();
    let hohhot = Pack { place: Some("hohhot".into()), ..anywhere.clone() };
    for (who, expected) in PROGRAMMES {
        let acting = acting(who);
        let found = [&hohhot, anywhere].map(|pack| [may_conduct_programme(&acting, pack), concerns(&acting, pack)]);
        assert_eq!(found.concat(), expected, "{who}");
    }
}
