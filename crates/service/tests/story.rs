//! A programme from the first call to the last yuan, by use cases alone, on both engines.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::collections::BTreeMap;

use city::{City, PROGRAMME, answers, assessed, audited, checked, filled, judged, name, person, points, refusal, reviewed};
use on_both_engines::Database;
use records::answers::Answers;
use records::application::{Official, Phase};
use records::publicity::Objecting;
use service::application::{self, Audit};
use service::payment::{self, Banked, Listing};
use service::{Page, ServiceError, dossier, notice, publicity, time_limits};

/// A payment list of these files, drawn up by `finance` and approved by two.
async fn paying(city: &City, label: &str, files: &[&str]) -> String {
    let desk = city.desk();
    let applications = files.iter().map(|id| (*id).to_owned()).collect();
    let listing = Listing { programme: PROGRAMME.into(), label: label.into(), applications };
    let list = payment::prepare(&desk, &person("finance"), &listing).await.unwrap();
    for approver in ["finance/certifier", "finance/certifier2"] {
        let (version, _) = payment::payment_list(&desk, &person(approver), &list).await.unwrap();
        payment::approve(&desk, &person(approver), &list, version).await.unwrap();
    }
    list
}

async fn subjects(city: &City, organisation: &str) -> Vec<String> {
    let told = notice::notices(&city.desk(), &person(organisation), Page::first(100)).await.unwrap();
    told.rows.into_iter().rev().map(|told| told.notice.subject).collect()
}

on_both_engines! {
    async fn from_the_first_call_to_the_last_yuan(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let held = city.store.standings("enterprise").await.unwrap();
        assert_eq!(held.iter().map(|row| row.procedure.as_str()).collect::<Vec<_>>(), ["project", "roster"]);

        // Filled once: what the roster and the project were told stands in the new draft, promises do not.
        let (_, draft) = application::draft(&city.desk(), &person("enterprise"), &id, "apply").await.unwrap();
        assert_eq!((draft.answers.text("profile.phone"), draft.answers.text("enterprise.revenue")), ("13800138000", "2000"));
        assert_eq!(application::start(&city.desk(), &person("enterprise"), &city.record(&id).await.1.batch.to_string()).await.unwrap(), id);

        // Handed in, returned, corrected.
        city.prepare(&person("enterprise"), &id, "apply", filled()).await.unwrap();
        let number = city.sign("enterprise/certifier", &id, "apply").await.unwrap();
        let version = city.version(&id).await;
        application::return_for_correction(&city.desk(), &person("city"), &id, version, "check", points(), None).await.unwrap();
        assert_eq!(city.word(&id).await, "需补正");
        city.on("2026-01-09");
        city.prepare(&person("enterprise"), &id, "apply", answers(&[("application.features", "能耗下降两成。")])).await.unwrap();
        assert_eq!(city.sign("enterprise/certifier", &id, "apply").await.unwrap(), number, "the number stays");
        city.approve("city", &id, "check", checked()).await.unwrap();

        // The first evaluator stands aside and does not come back.
        let desk = city.desk();
        application::assign(&desk, &person("city"), &id, None, "evaluation", "evaluator2").await.unwrap();
        let aside = person("evaluator2");
        application::declare(&desk, &aside, &id, city.version(&id).await, "evaluation", true, "亲属任职").await.unwrap();
        assert!(matches!(application::open(&desk, &aside, &id).await, Err(ServiceError::NotFound)));
        let again = application::assign(&desk, &person("city"), &id, None, "evaluation", "evaluator2").await;
        assert!(refusal(again).errors[0].message.contains("应当回避"));
        city.assign(&id, "evaluation", "evaluator").await.unwrap();
        city.assign(&id, "audit", "auditor").await.unwrap();

        // Less is recognised than was invoiced.
        application::assess(&desk, &person("evaluator"), &id, city.version(&id).await, "evaluation", assessed()).await.unwrap();

        // While the invoices wait for the audit, the applicant sees what they would come to.
        let seen = application::open(&desk, &person("enterprise"), &id).await.unwrap();
        assert_eq!(seen.outcome.as_ref().unwrap().recognised_fen, Some(0));
        let estimate = application::if_all_recognised(&seen).unwrap();
        let came_to = (estimate.outcome.recognised_fen, estimate.outcome.award_fen, estimate.own_level);
        assert_eq!(came_to, (Some(60_000_000), Some(30_000_000), None));
        let lower = BTreeMap::from([("recognised".to_owned(), ("50万元".to_owned(), "含税差额".to_owned()))]);
        let audit = Audit { official: audited("i1"), lower };
        application::audit(&desk, &person("auditor"), &id, city.version(&id).await, "audit", audit).await.unwrap();
        application::skip(&desk, &person("city"), &id, city.version(&id).await, "supervision", "不需要。").await.unwrap();
        city.approve("city", &id, "review", reviewed()).await.unwrap();
        assert_eq!(city.record(&id).await.1.award_fen(), Some(25_000_000));
        let seen = application::open(&city.desk(), &person("enterprise"), &id).await.unwrap();
        assert!(application::if_all_recognised(&seen).is_none(), "what is decided is no estimate");

        // Somebody objects; until that is settled nothing passes.
        city.on("2026-01-19");
        assert_eq!(refusal(city.publicise("subsidy", &[&id], "2026-01-23").await).clause.as_deref(), Some("3.8"));
        let publicity = city.publicise("subsidy", &[&id], "2026-01-26").await.unwrap();
        let said = Objecting { application: id.clone(), name: "某人".into(), contact: "电话".into(), text: "不实".into() };
        let objection = publicity::object(&city.desk(), &publicity, said).await.unwrap();
        city.on("2026-01-27");
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap().passed, 0);
        publicity::settle(&city.desk(), &person("city"), &publicity, &objection, Some(false), "查无实据。").await.unwrap();
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap().passed, 1);
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap(), time_limits::Elapsed::default());
        assert_eq!(city.word(&id).await, "待拨付");

        // The bank sends the money back once.
        let waiting = payment::candidates(&city.desk(), &person("finance"), PROGRAMME).await.unwrap();
        assert_eq!(waiting.len(), 1);
        let list = paying(&city, "第一批", &[&id]).await;
        assert!(payment::candidates(&city.desk(), &person("finance"), PROGRAMME).await.unwrap().is_empty());
        let failed = Banked::Failed("账号有误".into());
        payment::record(&city.desk(), &person("finance"), &list, &id, failed).await.unwrap();
        let list = paying(&city, "第二批", &[&id]).await;
        payment::record(&city.desk(), &person("finance"), &list, &id, Banked::Paid).await.unwrap();
        assert_eq!((city.word(&id).await, city.record(&id).await.1.money.paid_fen), ("已拨付", 25_000_000));

        // And back again.
        let desk = city.desk();
        let finance = person("finance");
        application::claim_back(&desk, &finance, &id, city.version(&id).await, 25_000_000, "骗取补贴。", "3.9").await.unwrap();
        application::repay(&desk, &finance, &id, city.version(&id).await, 25_000_000, "").await.unwrap();
        assert_eq!(city.word(&id).await, "已追回");

        let told = subjects(&city, "enterprise").await.join(" ");
        for subject in ["改造名单：已提交", "改造名单：已办结", "补贴申报：退回补正", "补贴申报：已作出决定", "补贴申报：已拨付", "补贴申报：追回资金"] {
            assert!(told.contains(subject), "{subject}: {told}");
        }
        let happened = application::timeline(&city.desk(), &person("enterprise"), &id).await.unwrap();
        assert!(happened.iter().all(|one| one.account.is_none() && one.who.is_none()), "who worked on it is not the applicant's business");
        let whole = dossier::dossier(&city.desk(), &person("city"), "enterprise", Page::first(100)).await.unwrap();
        assert_eq!((whole.standings.len(), whole.applications.len()), (2, 3));
        let verified = city.verify().await;
        assert_eq!((verified.chains.len(), verified.decisions), (2, 1));
    }

    async fn a_provider_from_elsewhere_belongs_to_the_call(database: Database) {
        let city = City::new(database.open().await).await;
        let id = city.pool("provider").await;
        let file = city.record(&id).await.1;
        assert_eq!((file.place.as_str(), file.word().label()), ("hohhot", "已办结"));
        let listed = service::organisation::holders(&city.desk(), PROGRAMME, "pool", Page::first(10)).await.unwrap();
        assert_eq!(listed.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>(), [name("provider")]);
    }

    async fn a_missed_correction_ends_the_file(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        let other = city.roster("enterprise2", "district2").await;
        let version = city.version(&id).await;
        application::return_for_correction(&city.desk(), &person("city"), &id, version, "check", points(), None).await.unwrap();
        let Phase::Correcting(correction) = city.record(&id).await.1.phase else { panic!() };
        city.on(&correction.due_on.to_string());
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap().lapsed, 0, "the last day counts");
        city.now.0 += 12 * 3_600_000;
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap().lapsed, 1);
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap().lapsed, 0);
        let (_, file) = city.record(&id).await;
        assert!(matches!(&file.phase, Phase::Withdrawn { clause: Some(clause), .. } if clause == "3.5"), "{:?}", file.phase);
        assert!(subjects(&city, "enterprise").await.join(" ").contains("补贴申报：已终止"));
        assert_eq!(city.word(&other).await, "已办结");
        let late = city.prepare(&person("enterprise"), &id, "apply", Answers::default()).await;
        assert!(refusal(late).message.contains("已办结或者已终止"));
        city.verify().await;
    }

    async fn an_objection_that_is_right_refuses(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        city.decided(&id).await;
        city.on("2026-01-19");
        let publicity = city.publicise("subsidy", &[&id, &id], "2026-01-26").await.unwrap();
        let (_, shown) = publicity::publicity(&city.desk(), &publicity).await.unwrap();
        assert_eq!(shown.items.len(), 1, "each file once");
        let mut objections = Vec::new();
        for text in ["不实", "仍然不实"] {
            let said = Objecting { application: id.clone(), name: "某人".into(), contact: "电话".into(), text: text.into() };
            objections.push(publicity::object(&city.desk(), &publicity, said).await.unwrap());
        }
        for objection in &objections {
            publicity::settle(&city.desk(), &person("city"), &publicity, objection, Some(true), "情况属实。").await.unwrap();
            let outcome = publicity::outcome(&city.desk(), &publicity, objection).await.unwrap().outcome.unwrap();
            assert!(outcome.upheld);
        }
        assert_eq!(city.word(&id).await, "未通过");
        assert!(subjects(&city, "enterprise").await.join(" ").contains("补贴申报：未通过"));
        city.on("2026-02-02");
        assert_eq!(time_limits::elapse(&city.desk()).await.unwrap().passed, 0);
        let rows = publicity::publicities(&city.desk(), Some(PROGRAMME)).await.unwrap();
        let states: Vec<&str> = rows.iter().map(|row| row.state.as_str()).collect();
        assert_eq!(states, ["finished", "finished"], "nothing more comes of it");
        city.verify().await;
    }

    async fn a_provider_is_known_by_its_name(database: Database) {
        let mut city = City::new(database.open().await).await;
        for (enterprise, district, seller, granted) in
            [("enterprise", "district", " 示例 provider 有限公司", true), ("enterprise2", "district2", "示例provider2有限公司", false)]
        {
            let id = city.ready(enterprise, district).await;
            let mut filed = filled();
            filed.rows.get_mut("contract").unwrap()[0].texts.insert("seller".into(), seller.into());
            city.prepare(&person(enterprise), &id, "apply", filed).await.unwrap();
            city.sign(&format!("{enterprise}/certifier"), &id, "apply").await.unwrap();
            city.approve("city", &id, "check", checked()).await.unwrap();
            city.assign(&id, "evaluation", "evaluator").await.unwrap();
            city.assign(&id, "audit", "auditor").await.unwrap();
            city.works(&id).await;
            let decided = city.approve("city", &id, "review", reviewed()).await;
            match granted {
                true => assert_eq!(city.record(&id).await.1.award_fen(), Some(30_000_000)),
                false => assert!(refusal(decided).message.contains("补贴金额为0")),
            }
        }
    }

    async fn everybody_states_only_what_is_theirs(database: Database) {
        let mut city = City::new(database.open().await).await;
        city.roster("enterprise", "district").await;
        city.pool("provider").await;
        let batch = city.call("project").await;
        let id = city.start(&person("enterprise"), &batch).await.unwrap();
        let eager = [("filing.provider", "provider"), ("filing.plan", "联网。"), ("commitment.contact", "甲"), ("commitment.promise", "yes")];
        city.prepare(&person("enterprise"), &id, "project-apply", answers(&eager)).await.unwrap();
        let filed = city.record(&id).await.1.filed;
        assert_eq!((filed.text("filing.plan"), filed.text("commitment.promise")), ("联网。", ""), "the provider promises itself");
        city.sign("enterprise/certifier", &id, "project-apply").await.unwrap();
        let theirs = [("filing.plan", "别的。"), ("commitment.contact", "王五"), ("commitment.promise", "yes")];
        city.prepare(&person("provider"), &id, "project-provider", answers(&theirs)).await.unwrap();
        let filed = city.record(&id).await.1.filed;
        assert_eq!((filed.text("filing.plan"), filed.text("commitment.contact")), ("联网。", "王五"));
        let other = city.start(&person("enterprise"), &batch).await.unwrap();
        assert_eq!(other, id, "one file at a time");
    }

    async fn a_provider_is_chosen_from_the_pool(database: Database) {
        let mut city = City::new(database.open().await).await;
        city.roster("enterprise", "district").await;
        let batch = city.call("project").await;
        let id = city.start(&person("enterprise"), &batch).await.unwrap();
        for chosen in ["provider2", "enterprise2", "nobody"] {
            let filled = answers(&[("filing.provider", chosen), ("filing.plan", "联网。")]);
            let refused = refusal(city.prepare(&person("enterprise"), &id, "project-apply", filled).await);
            assert_eq!(refused.errors[0].path, "filing.provider", "{chosen}");
        }
    }

    async fn a_file_is_found_by_a_name_however_written(database: Database) {
        let mut city = City::new(database.open().await).await;
        city.roster("enterprise", "district").await;
        for (search, found) in [("示例enterprise有限公司", 1), ("ENTERPRISE（有限）公司", 1), ("有限公司 示例", 1), ("别家", 0), ("", 1)] {
            let wanted = application::Wanted { search: Some(search.into()), ..application::Wanted::default() };
            let newest = service::ApplicationSort::Newest;
            let listed = application::applications(&city.desk(), &person("city"), &wanted, newest, Page::first(10)).await.unwrap();
            assert_eq!(listed.rows.len(), found, "{search}");
        }
    }

    async fn no_more_is_done_at_once_than_is_said(database: Database) {
        let city = City::new(database.open().await).await;
        let many: Vec<String> = (0..=application::MANY_MAX).map(|number| format!("a-{number}")).collect();
        let done = application::approve_many(&city.desk(), &person("city"), &many, "check", &checked()).await;
        assert!(refusal(done).errors[0].message.contains("请分次办理"));
        let twice = [many[0].clone(), many[0].clone()];
        let done = application::approve_many(&city.desk(), &person("city"), &twice, "check", &checked()).await.unwrap();
        assert_eq!(done.len(), 1);
    }

    async fn a_refusal_says_why(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        let (desk, version) = (city.desk(), city.version(&id).await);
        let official = Official { judgements: judged("no-incident", false), ..checked() };
        let over = application::approve(&desk, &person("city"), &id, Some(version), "check", official).await;
        assert_eq!(refusal(over).clause.as_deref(), Some("1.3、1.4"));
        let judgements = judged("no-incident", false);
        application::refuse(&desk, &person("city"), &id, version, "check", Vec::new(), judgements).await.unwrap();
        let told = notice::notices(&desk, &person("enterprise"), Page::first(1)).await.unwrap().rows.remove(0).notice;
        assert!(told.body.contains("经核实，不符合“近三年无重大事故和违法行为”：已核查。"), "{told:?}");
        let again = application::start(&desk, &person("enterprise"), &city.record(&id).await.1.batch.to_string()).await.unwrap();
        assert_ne!(again, id, "one may apply again");
        city.verify().await;
    }
}
