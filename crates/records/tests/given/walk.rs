//! A file that walks through its stages, and the way to each state of the tables.

use std::collections::BTreeMap;

use records::application::{Application, ApplicationEvent, Case, Knowing, Situation};
use records::moment::By;
use records::organisation::OrganisationKind;
use records::{Moment, Noun as _, Refusal};
use standards::calendar::Calendar;

use super::{assessed, audited, by, checked, filing, filled, finding, knowing, noon, organisation, pack, point, reviewed};

/// A file on its way, with everything that happened to it.
pub struct Walk {
    pub knowing: Knowing,
    pub file: Application,
    pub events: Vec<ApplicationEvent>,
    pub now: Moment,
}

impl Walk {
    /// A file of a procedure, begun on 6 January 2026, a Tuesday.
    pub fn of(procedure: &str) -> Self {
        Self::knowing(procedure, knowing(procedure))
    }

    pub fn knowing(procedure: &str, knowing: Knowing) -> Self {
        let (now, clerk) = (noon("2026-01-06"), by("甲", "clerk"));
        let at = Situation { pack: pack(), calendar: Calendar::national(), now, by: &clerk, knowing: &knowing };
        let events = Application::start("file".into(), procedure, &at).unwrap();
        let file = Application::fold_all(None, &events).unwrap();
        Self { knowing, file, events, now }
    }

    /// Decides a command and, if it is carried out, folds its events in; answers their names.
    pub fn go(
        &mut self,
        by: &By,
        command: impl FnOnce(&Application, &Situation) -> Result<Vec<ApplicationEvent>, Refusal>,
    ) -> Result<Vec<String>, Refusal> {
        let at = Situation { pack: pack(), calendar: Calendar::national(), now: self.now, by, knowing: &self.knowing };
        let events = command(&self.file, &at)?;
        self.file = Application::fold_all(Some(self.file.clone()), &events).unwrap();
        let names = events.iter().map(name).collect();
        self.events.extend(events);
        Ok(names)
    }

    pub fn clerk(&mut self, command: &str) -> Result<Vec<String>, Refusal> {
        self.run(command, &by("甲", "clerk"))
    }

    /// A command in words, with everything it needs to be carried out where it may be.
    pub fn run(&mut self, command: &str, who: &By) -> Result<Vec<String>, Refusal> {
        let (verb, stage) = command.split_once(' ').unwrap_or((command, ""));
        let lower = BTreeMap::new();
        self.go(who, |file, at| match verb {
            "prepare" => file.prepare(stage, filing(filled()), at),
            "give-back" => file.give_back(stage, "请修改。", at),
            "sign" => file.sign(stage, "2026-1".into(), at),
            "withdraw" => file.withdraw("不再申报", at),
            "assign" => file.assign(stage, &organisation(party(stage), kind_of(stage), "hohhot"), at),
            "declare" => file.declare(stage, false, "", at),
            "approve" => file.approve(stage, if stage == "review" { reviewed() } else { checked() }, at),
            "return" => file.return_for_correction(stage, point(), None, at),
            "refuse" => file.refuse(stage, finding("1.5"), BTreeMap::new(), at),
            "skip" => file.skip(stage, "不需要。", at),
            "assess" => file.assess(stage, assessed(), at),
            "audit" => file.audit(stage, audited(), &lower, at),
            "publicise" => file.publicise("publicity".into(), at),
            "pass" => file.pass(at),
            "uphold" => file.refuse_after_objection("情况属实。", at),
            "list" => file.list("list".into(), at),
            "unlist" => file.unlist("账号有误", at),
            "pay" => file.pay(30_000_000, at),
            "claim" => file.claim_back(1_000_000, "骗取补贴。", "3.9", at),
            "repay" => file.repay(500_000, "", at),
            "lapse" => Ok(file.lapse(at)),
            other => panic!("no command {other}"),
        })
    }

    /// The case it makes now.
    pub fn case(&self) -> Case {
        records::application::build(pack(), &self.file, &self.knowing, self.now)
    }

    /// The award's file, as far as a state of the table.
    pub fn at(state: &str) -> Self {
        let mut walk = Self::of("subsidy");
        for command in way_to(state) {
            walk.run(command, &actor(command)).unwrap_or_else(|refusal| panic!("{state}: {command}: {refusal:?}"));
        }
        walk
    }

    pub fn words(&self) -> Vec<(&'static str, &'static str)> {
        records::application::stage_words(pack(), &self.file).iter().map(|(spec, word)| (label(&spec.id), word.label())).collect()
    }
}

/// Stage ids live as long as the pack.
fn label(id: &str) -> &'static str {
    pack().stage(id).map_or("", |stage| stage.id.as_str())
}

fn party(stage: &str) -> &'static str {
    if stage == "audit" { "审计所" } else { "评测院" }
}

fn kind_of(stage: &str) -> OrganisationKind {
    if stage == "audit" { OrganisationKind::Auditor } else { OrganisationKind::Evaluator }
}

/// Who gives a command in the story.
pub fn actor(command: &str) -> By {
    match command {
        "sign apply" => by("甲", "chief"),
        "declare evaluation" | "assess evaluation" => by("评测院", "expert"),
        "declare supervision" | "approve supervision" | "return supervision" => by("评测院", "expert"),
        "declare audit" | "audit audit" => by("审计所", "auditor"),
        "prepare apply" | "withdraw" => by("甲", "clerk"),
        _ => by("工信局", "official"),
    }
}

/// The commands of the story up to a state.
pub fn way_to(state: &str) -> Vec<&'static str> {
    const SUBMITTED: [&str; 2] = ["prepare apply", "sign apply"];
    const WORKS: [&str; 5] = ["approve check", "assign evaluation", "declare evaluation", "assign audit", "declare audit"];
    const REVIEW: [&str; 3] = ["assess evaluation", "audit audit", "skip supervision"];
    let mut way = Vec::new();
    let mut add = |commands: &[&'static str]| way.extend_from_slice(commands);
    match state {
        "preparing" => {}
        "prepared" => add(&["prepare apply"]),
        "withdrawn" => add(&["withdraw"]),
        _ => add(&SUBMITTED),
    }
    match state {
        "correcting" => add(&["return check"]),
        "refused" => add(&["refuse check"]),
        "works" | "review" | "publicity" | "shown" | "payment" | "listed" | "concluded" => add(&WORKS),
        _ => {}
    }
    for (from, commands) in [
        ("review", &REVIEW[..]),
        ("publicity", &["approve review"]),
        ("shown", &["publicise"]),
        ("payment", &["pass"]),
        ("listed", &["list"]),
        ("concluded", &["pay"]),
    ] {
        let order = ["review", "publicity", "shown", "payment", "listed", "concluded"];
        let place = |state: &str| order.iter().position(|known| *known == state);
        if place(state).is_some_and(|at| place(from).unwrap() <= at) {
            add(commands);
        }
    }
    way
}

/// The name of an event as the journal writes it.
pub fn name(event: &ApplicationEvent) -> String {
    serde_json::to_value(event).unwrap()["event"].as_str().unwrap().to_owned()
}
