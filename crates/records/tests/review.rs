//! Experts score a file of the fixture: who may, what follows from their scores, and who sees them.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use policy::pack::Pack;
use records::access::{Acting, Sight, may_see, may_see_scores, may_work};
use records::account::Role;
use records::answers::Answers;
use records::application::{Application, ApplicationEvent, Filing, Knowing, Parties, Situation, build, conflicts};
use records::batch::Batch;
use records::moment::By;
use records::organisation::{Organisation, OrganisationKind, OrganisationState, Profile};
use records::{Moment, Noun as _, Refusal};
use standards::calendar::Calendar;
use standards::date::Date;

const STAGE: &str = "showcase-review";

fn pack() -> &'static Pack {
    &testkit::named("every-shape").pack
}

fn by(organisation: &str) -> By {
    By { account: format!("{organisation}-person"), organisation: organisation.into(), mandate: None }
}

fn organisation(id: &str, kind: OrganisationKind, place: &str, employer: &str) -> Organisation {
    let profile = Profile { employer: employer.into(), ..Profile::default() };
    let state = OrganisationState::Active;
    Organisation { id: id.into(), kind, name: id.into(), credit_code: None, place: place.into(), profile, state }
}

/// An expert from elsewhere.
fn expert(id: &str) -> Organisation {
    organisation(id, OrganisationKind::Expert, "changji", "大学")
}

fn answers(texts: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    texts.iter().for_each(|(path, text)| answers.set(path, text));
    answers
}

struct Walk {
    knowing: Knowing,
    file: Application,
    events: Vec<ApplicationEvent>,
}

impl Walk {
    /// A file that has come to its experts.
    fn submitted() -> Self {
        let day = |text: &str| Date::parse(text).unwrap();
        let batch = Batch {
            id: "batch".into(),
            programme: pack().id.clone(),
            version: pack().version.clone(),
            procedure: "showcase".into(),
            label: "第一批".into(),
            number: 1,
            notice: "通知".into(),
            opens_on: day("2026-01-05"),
            deadline_on: day("2026-01-30"),
            place: "hohhot".into(),
            closed: None,
        };
        let applicant = organisation("甲公司", OrganisationKind::Enterprise, "hohhot-saihan", "");
        let knowing = Knowing::of(applicant, batch);
        let clerk = by("甲公司");
        let events = Application::start("file".into(), "showcase", &situation(&knowing, &clerk)).unwrap();
        let file = Application::fold_all(None, &events).unwrap();
        let mut walk = Self { knowing, file, events };
        let filled = answers(&[("enterprise.industry", "food"), ("profile.phone", "0471-1234567")]);
        let filing = Filing { answers: filled, papers: BTreeMap::new(), ..Filing::default() };
        walk.go("甲公司", |file, at| file.prepare("showcase-apply", filing, at)).unwrap();
        let chief = By { account: "chief".into(), ..by("甲公司") };
        walk.decide(&chief, |file, at| file.sign("showcase-apply", "2026-1".into(), at)).unwrap();
        walk
    }

    /// One that three experts, who declared no interest, were asked to score.
    fn assigned() -> Self {
        let mut walk = Self::submitted();
        walk.assign(&["一", "二", "三"]).unwrap();
        ["一", "二", "三"].into_iter().for_each(|expert| walk.declare(expert, false));
        walk
    }

    fn decide(
        &mut self,
        by: &By,
        command: impl FnOnce(&Application, &Situation) -> Result<Vec<ApplicationEvent>, Refusal>,
    ) -> Result<(), Refusal> {
        let events = command(&self.file, &situation(&self.knowing, by))?;
        self.file = Application::fold_all(Some(self.file.clone()), &events).unwrap();
        self.events.extend(events);
        Ok(())
    }

    fn go(
        &mut self,
        organisation: &str,
        command: impl FnOnce(&Application, &Situation) -> Result<Vec<ApplicationEvent>, Refusal>,
    ) -> Result<(), Refusal> {
        self.decide(&by(organisation), command)
    }

    fn assign(&mut self, experts: &[&str]) -> Result<(), Refusal> {
        let experts: Vec<Organisation> = experts.iter().map(|id| expert(id)).collect();
        self.go("局", |file, at| file.assign_reviewers(STAGE, &experts, None, None, at))
    }

    fn declare(&mut self, expert: &str, conflict: bool) {
        self.go(expert, |file, at| file.declare(STAGE, conflict, "近亲属", at)).unwrap();
    }

    fn score(&mut self, expert: &str, plan: &str, effect: &str) -> Result<(), Refusal> {
        let sheet = answers(&[("score-sheet.plan", plan), ("score-sheet.effect", effect), ("score-sheet.opinion", "可行。")]);
        self.go(expert, |file, at| file.review(STAGE, sheet, at))
    }

    /// What was settled; none while it is open.
    fn settled(&self) -> Option<(i64, Option<&str>)> {
        let score = self.file.stages[STAGE].score.as_ref()?;
        Some((score.hundredths, score.without.as_ref().map(|expert| expert.as_str())))
    }

    fn replays(&self) {
        let lines: Vec<String> = self.events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
        let read: Vec<ApplicationEvent> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(Application::fold_all(None, &read).unwrap(), self.file);
    }
}

fn situation<'a>(knowing: &'a Knowing, by: &'a By) -> Situation<'a> {
    let now = Moment::start_of(Date::parse("2026-01-06").unwrap());
    Situation { pack: pack(), calendar: Calendar::national(), now, by, knowing }
}

fn said(refused: Result<(), Refusal>) -> String {
    let refusal = refused.unwrap_err();
    refusal.errors.first().map_or(refusal.message, |error| error.message.clone())
}

#[test]
fn scores_that_agree_settle_one_and_become_a_fact() {
    let mut walk = Walk::assigned();
    for (expert, plan, effect) in [("一", "50", "30"), ("二", "45.5", "40"), ("三", "60分", "39.25")] {
        assert_eq!(walk.settled(), None);
        walk.score(expert, plan, effect).unwrap();
    }
    assert_eq!(walk.settled(), Some((8_825, None)));
    assert!(walk.file.stages.contains_key("showcase-publicity"));
    let case = build(pack(), &walk.file, &walk.knowing, Moment(0));
    assert_eq!(case.inputs.text("showcase.score"), "88.25分");
    assert!(case.errors.is_empty(), "{:?}", case.errors);
    walk.replays();
}

/// The three scores, the one asked for in addition, and what comes of it.
#[test]
fn scores_far_apart_ask_for_one_more_and_then_for_a_person() {
    let check = |scores: [&str; 3], more: &str, expected: Option<(i64, Option<&str>)>| {
        let mut walk = Walk::assigned();
        ["一", "二", "三"].into_iter().zip(scores).for_each(|(expert, score)| walk.score(expert, score, "30").unwrap());
        assert_eq!(walk.settled(), None);
        assert!(said(walk.assign(&["四", "五"])).contains("还需要1名专家"));
        walk.assign(&["四"]).unwrap();
        walk.declare("四", false);
        walk.score("四", more, "30").unwrap();
        assert_eq!(walk.settled(), expected, "{scores:?} {more}");
        walk.replays();
        walk
    };
    check(["20", "45", "50"], "55", Some((8_000, Some("一"))));
    let mut apart = check(["0", "25", "50"], "25", None);
    assert!(said(apart.assign(&["五"])).contains("不需要增加"));
    for (score, reason, words) in [("85", "理由", "30分至80分之间"), ("50", " ", "理由"), ("五十", "理由", "30分至80分")] {
        assert!(said(apart.go("局", |file, at| file.moderate(STAGE, score, reason, at))).contains(words), "{score} {reason}");
    }
    apart.go("局", |file, at| file.moderate(STAGE, "55", "经复核，方案可行。", at)).unwrap();
    assert_eq!(apart.settled(), Some((5_500, None)));
    apart.replays();
}

#[test]
fn nobody_scores_before_being_asked_and_declaring() {
    let mut walk = Walk::submitted();
    assert!(said(walk.score("一", "50", "30")).contains("未受邀"));
    assert!(said(walk.assign(&["一", "一"])).contains("不同的专家"));
    assert!(said(walk.assign(&["一", "二", "三", "四"])).contains("还需要3名"));
    walk.assign(&["一", "二"]).unwrap();
    assert!(said(walk.score("一", "50", "30")).contains("声明"));
    walk.declare("一", false);
    assert!(said(walk.assign(&["一"])).contains("已评审"));
    walk.score("一", "50", "30").unwrap();
    assert!(said(walk.score("一", "50", "30")).contains("不能再修改"));
    assert!(said(walk.go("局", |file, at| file.moderate(STAGE, "50", "理由", at))).contains("差距超过规定"));
}

#[test]
fn marks_stay_within_the_sheet() {
    for (plan, effect, words) in
        [("61", "30", "0至60分"), ("-1", "30", "0至60分"), ("50.123", "30", "两位小数"), ("", "30", "请填写"), ("五", "3", "0至60分")]
    {
        let mut walk = Walk::assigned();
        assert!(said(walk.score("一", plan, effect)).contains(words), "{plan}");
    }
}

#[test]
fn an_expert_with_a_conflict_makes_room_for_another() {
    let mut walk = Walk::assigned();
    walk.declare("二", true);
    assert!(said(walk.score("二", "50", "30")).contains("未受邀"));
    assert!(said(walk.assign(&["二"])).contains("近亲属"));
    walk.assign(&["四"]).unwrap();
    walk.replays();
}

#[test]
fn conflicts_follow_from_what_is_on_record() {
    let walk = Walk::submitted();
    let provider = organisation("服务商", OrganisationKind::Provider, "hohhot", "");
    let check = |place: &str, employer: &str, words: &[&str]| {
        let parties = Parties { applicant: &walk.knowing.applicant, provider: Some(&provider) };
        let review = pack().review(STAGE).unwrap();
        let found = conflicts(&walk.file, parties, review, &organisation("专家", OrganisationKind::Expert, place, employer));
        assert_eq!(found.len(), words.len(), "{place} {employer}: {found:?}");
        assert!(found.iter().zip(words).all(|(found, words)| found.contains(words)), "{found:?}");
    };
    check("changji", "大学", &[]);
    check("hohhot", "大学", &[]);
    check("hohhot-saihan", "大学", &["同一地区"]);
    check("changji", " 甲 公司", &["申报单位"]);
    check("changji", "服务商", &["服务商"]);
    check("hohhot-saihan", "甲公司", &["申报单位", "同一地区"]);
}

fn acting(organisation: &str, kind: OrganisationKind, place: &str) -> Acting {
    let roles = BTreeSet::from(Role::ALL);
    Acting { account: "person".into(), organisation: organisation.into(), kind, place: place.into(), roles, mandate: None }
}

#[test]
fn experts_see_their_own_scores_until_all_are_in() {
    let today = Date::parse("2026-01-06").unwrap();
    let review = pack().review(STAGE).unwrap();
    let mut walk = Walk::assigned();
    let one = acting("一", OrganisationKind::Expert, "changji");
    let sees = |walk: &Walk, who: &Acting, of: &str| may_see_scores(who, &walk.file, pack(), review, &of.into(), today);
    walk.score("一", "50", "30").unwrap();
    walk.score("二", "50", "30").unwrap();
    let bureau = acting("局", OrganisationKind::CityBureau, "hohhot");
    let applicant = acting("甲公司", OrganisationKind::Enterprise, "hohhot-saihan");
    assert!(sees(&walk, &one, "一") && !sees(&walk, &one, "二") && sees(&walk, &bureau, "二"));
    walk.score("三", "50", "30").unwrap();
    assert!(sees(&walk, &one, "二") && !sees(&walk, &applicant, "二"));
    assert_eq!(may_see(&one, &walk.file, pack(), today).map(|may| may.sight()), Some(Sight::Expert));
    let stranger = acting("四", OrganisationKind::Expert, "changji");
    assert_eq!(may_see(&stranger, &walk.file, pack(), today), None);
    let spec = pack().stage(STAGE).unwrap();
    assert!(may_work(&one, &walk.file, spec, Role::Handler, pack(), today));
    assert!(!may_work(&stranger, &walk.file, spec, Role::Handler, pack(), today));
    assert!(!may_work(&bureau, &walk.file, spec, Role::Handler, pack(), today));
}
