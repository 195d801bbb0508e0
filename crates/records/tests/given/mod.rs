//! A small world for tests: the fixture pack, an enterprise with its standings, and a file that walks through its stages.
#![allow(dead_code)] // each test program uses some of it

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use policy::library::Library;
use policy::pack::Pack;
use records::answers::{Answers, RowAnswers};
use records::application::{Application, ApplicationEvent, Case, Filing, Finding, Judgement, Knowing, Official, Point, Situation};
use records::batch::Batch;
use records::moment::By;
use records::organisation::{Organisation, OrganisationKind, OrganisationState, Profile};
use records::{Moment, Noun as _, Refusal};
use standards::calendar::Calendar;
use standards::date::Date;
use standards::size::{SizeFacts, SizeIndustry};

/// The pool's one holder.
pub const PROVIDER: &str = "数字服务（示例）有限公司";
/// 60万元, of which half is 30万元: above the cap of level 2, below that of level 3.
pub const INVOICE: &str = "600000";

static PACK: LazyLock<Arc<Pack>> = LazyLock::new(|| {
    let files = testkit::files(&testkit::root().join("crates/records/tests/pack"));
    Library::default().add(files).unwrap_or_else(|problems| panic!("{problems:#?}"))
});

pub fn pack() -> &'static Pack {
    &PACK
}

pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Noon of a day in China.
pub fn noon(text: &str) -> Moment {
    Moment(Moment::start_of(day(text)).0 + 12 * 3_600_000)
}

pub fn by(organisation: &str, account: &str) -> By {
    By { account: account.into(), organisation: organisation.into(), mandate: None }
}

pub fn organisation(id: &str, kind: OrganisationKind, place: &str) -> Organisation {
    Organisation {
        id: id.into(),
        kind,
        name: format!("{id}有限公司"),
        credit_code: Some("91350100M000100Y43".into()),
        place: place.into(),
        profile: Profile { trade: Some(SizeIndustry::Industry), figures: small(), ..Profile::default() },
        state: OrganisationState::Active,
    }
}

/// 100 people and 2000万元 a year: small.
fn small() -> SizeFacts {
    SizeFacts { staff: Some(100), revenue_fen: Some(2_000_000_000), assets_fen: None }
}

pub fn batch(procedure: &str) -> Batch {
    Batch {
        id: "batch".into(),
        programme: "example-award".into(),
        version: "1".into(),
        procedure: procedure.into(),
        label: "第一批".into(),
        number: 1,
        notice: "通知".into(),
        opens_on: day("2026-01-05"),
        deadline_on: day("2026-01-30"),
        place: "hohhot".into(),
        closed: None,
    }
}

/// What the platform knows of an enterprise that holds everything the award needs.
pub fn knowing(procedure: &str) -> Knowing {
    Knowing {
        applicant: organisation("甲", OrganisationKind::Enterprise, "hohhot-saihan"),
        standings: ["roster", "project"].map(str::to_owned).into(),
        holders: BTreeMap::from([("pool".to_owned(), BTreeSet::from(["数字服务(示例)有限公司".to_owned()]))]),
        settled: BTreeMap::new(),
        members: BTreeMap::new(),
        leading: None,
        batch: batch(procedure),
    }
}

pub fn answers(texts: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    texts.iter().for_each(|(path, text)| answers.set(path, text));
    answers
}

pub fn row(id: &str, parent: Option<&str>, texts: &[(&str, &str)]) -> RowAnswers {
    let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    RowAnswers { id: id.into(), parent: parent.map(str::to_owned), texts }
}

/// The award's forms, complete.
pub fn filled() -> Answers {
    let mut filled = answers(&[
        ("enterprise.abnormal", "否"),
        ("project.completed_on", "2025-12-01"),
        ("profile.phone", "0471-1234567"),
        ("application.summary", "企业完成设备联网和系统上线，生产效率有明显提升，能耗下降。"),
        ("application.effects.0.before", "一千台"),
        ("application.effects.0.after", "两千台"),
        ("application.effects.1.before", "一百吨"),
        ("application.effects.1.after", "八十吨"),
        ("application.truth", "yes"),
    ]);
    filled.rows.insert("contract".into(), vec![row("c1", None, &[("seller", PROVIDER), ("signed_on", "2025-06-01")])]);
    filled.rows.insert("invoice".into(), vec![row("i1", Some("c1"), &[("amount", INVOICE), ("by_bill", "否")])]);
    filled
}

pub fn filing(answers: Answers) -> Filing {
    Filing { answers, papers: BTreeMap::from([("application".to_owned(), vec!["paper-1".into()])]), provider: None }
}

pub fn judged(condition: &str, holds: bool) -> BTreeMap<String, Judgement> {
    BTreeMap::from([(condition.to_owned(), Judgement { holds, note: "已核查".into() })])
}

/// What the bureau states when it checks.
pub fn checked() -> Official {
    Official { stated: answers(&[("enterprise.abnormal", "否")]), judgements: judged("no-incident", true), ..Official::default() }
}

pub fn reviewed() -> Official {
    Official { judgements: judged("truthful", true), ..Official::default() }
}

/// The evaluator's own answers: level 3 by 100 marks and two scenarios.
pub fn assessed() -> Official {
    let assessment = pack().assessment.as_ref().unwrap();
    let path = |input: usize| pack().inputs[0][input].id();
    let mut stated = answers(&[("site.opinion", "符合。")]);
    stated.set(&path(assessment.questions[0].input), "yes");
    let figures = &assessment.questions[1].figures;
    stated.set(&path(figures[0]), "80");
    stated.set(&path(figures[1]), "100");
    assessment.scenarios.iter().for_each(|scenario| stated.set(&path(scenario.input), "3"));
    Official { stated, ..Official::default() }
}

/// The auditor finds every invoice to match its contract.
pub fn audited() -> Official {
    let mut stated = Answers::default();
    stated.rows.insert("invoice".into(), vec![row("i1", None, &[("matches", "是")])]);
    Official { stated, ..Official::default() }
}

pub fn point() -> Vec<Point> {
    vec![Point { path: "application.summary".into(), message: "请补充能耗数据。".into(), clause: "3.5".into() }]
}

pub fn finding(clause: &str) -> Vec<Finding> {
    vec![Finding { condition: String::new(), message: "材料不实。".into(), clause: clause.into() }]
}

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
