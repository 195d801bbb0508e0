//! Many at once, and somebody at the database: one command a version, and no byte changes unseen.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use city::{City, PROGRAMME, answers, checked, person, points};
use on_both_engines::Database;
use service::application::{self, FillDraft};
use service::{ServiceError, ledger};

on_both_engines! {
    async fn of_two_people_with_one_version_the_second_looks_again(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        let (desk, version) = (city.desk(), city.version(&id).await);
        application::return_for_correction(&desk, &person("city"), &id, version, "check", points(), None).await.unwrap();
        let before = city.record(&id).await;
        let late = application::approve(&desk, &person("city/handler2"), &id, Some(version), "check", checked()).await;
        assert!(matches!(late, Err(ServiceError::Conflict)), "{late:?}");
        assert_eq!(city.record(&id).await, before);
        city.verify().await;
    }

    async fn of_two_drafts_from_one_version_the_second_is_not_lost(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let desk = city.desk();
        let (version, draft) = application::draft(&desk, &person("enterprise"), &id, "apply").await.unwrap();
        let typed = |text: &str| FillDraft { answers: draft.answers.overlaid(&answers(&[("application.address", text)])), ..draft.clone() };
        let saved = application::save_draft(&desk, &person("enterprise"), &id, "apply", version, &typed("一")).await.unwrap();
        let late = application::save_draft(&desk, &person("enterprise/handler2"), &id, "apply", version, &typed("二")).await;
        assert!(matches!(late, Err(ServiceError::Conflict)), "{late:?}");
        application::save_draft(&desk, &person("enterprise/handler2"), &id, "apply", saved, &typed("二")).await.unwrap();
    }

    async fn of_fifty_commands_on_one_version_one_is_carried_out(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        city.prepare(&person("enterprise"), &id, "apply", city::filled()).await.unwrap();
        for _ in 0..2 {
            let version = city.version(&id).await;
            let mut running = Vec::new();
            for number in 0..50 {
                let (store, now, id) = (city.store.clone(), city.now, id.clone());
                running.push(tokio::spawn(async move {
                    let city = City { store, now };
                    let who = person(if number % 2 == 0 { "enterprise/certifier" } else { "enterprise/certifier2" });
                    application::give_back(&city.desk(), &who, &id, version, "apply", &format!("第{number}次")).await
                }));
            }
            let mut done = 0;
            for one in running {
                match one.await.unwrap() {
                    Ok(()) => done += 1,
                    Err(ServiceError::Conflict) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            assert_eq!((done, city.version(&id).await), (1, version + 1));
            city.prepare(&person("enterprise"), &id, "apply", city::filled()).await.unwrap();
        }
        city.verify().await;
    }

    async fn without_a_version_everybody_is_served_in_turn(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        city.approve("city", &id, "check", checked()).await.unwrap();
        let before = city.version(&id).await;
        let mut running = Vec::new();
        for number in 0..50 {
            let (store, now, id) = (city.store.clone(), city.now, id.clone());
            running.push(tokio::spawn(async move {
                let third = if number % 2 == 0 { "evaluator" } else { "evaluator2" };
                application::assign(&City { store, now }.desk(), &person("city"), &id, None, "evaluation", third).await
            }));
        }
        let mut done = 0;
        for one in running {
            match one.await.unwrap() {
                Ok(()) => done += 1,
                Err(ServiceError::Conflict) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert!(done >= 1);
        assert_eq!(city.version(&id).await, before + done);
        let verified = city.verify().await;
        assert_eq!(verified.records, total(&city).await);
    }

    async fn what_is_changed_beside_the_program_is_named(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        city.decided(&id).await;
        city.verify().await;
        let seq = "(SELECT MAX(seq) FROM entry WHERE noun = 'application')";
        for (sql, back, says) in [
            (
                format!("UPDATE entry SET event = replace(event, '30000000', '30000001') WHERE seq = (SELECT MIN(seq) FROM entry WHERE programme = '{PROGRAMME}' AND event LIKE '%\"decided\"%') AND programme = '{PROGRAMME}'"),
                format!("UPDATE entry SET event = replace(event, '30000001', '30000000') WHERE programme = '{PROGRAMME}'"),
                "台账",
            ),
            (
                format!("UPDATE record SET state = replace(state, '30000000', '30000001') WHERE noun = 'application' AND id = '{id}'"),
                format!("UPDATE record SET state = replace(state, '30000001', '30000000') WHERE noun = 'application' AND id = '{id}'"),
                "与台账重放的结果不一致",
            ),
            (
                format!("UPDATE record SET version = version + 1 WHERE id = '{id}'"),
                format!("UPDATE record SET version = version - 1 WHERE id = '{id}'"),
                "与台账重放的结果不一致",
            ),
            (
                format!("UPDATE record SET noun = 'hidden' WHERE id = '{id}'"),
                format!("UPDATE record SET noun = 'application' WHERE id = '{id}'"),
                "找不到对应的档案",
            ),
            (
                "UPDATE record SET state = replace(state, '示例provider有限公司', '示例别家有限公司') WHERE noun = 'organisation'".to_owned(),
                "UPDATE record SET state = replace(state, '示例别家有限公司', '示例provider有限公司') WHERE noun = 'organisation'".to_owned(),
                "organisation provider",
            ),
            (
                format!("UPDATE entry SET account = 'somebody' WHERE programme = '{PROGRAMME}' AND seq = {seq}"),
                String::new(),
                "台账",
            ),
        ] {
            database.change(&sql).await;
            let verified = ledger::verify(&city.store, city.library()).await.unwrap();
            assert!(verified.broken.iter().any(|broken| broken.contains(says)), "{sql}: {:?}", verified.broken);
            if !back.is_empty() {
                database.change(&back).await;
                city.verify().await;
            }
        }
    }

    async fn a_chain_without_its_last_entry_is_noticed(database: Database) {
        let city = City::new(database.open().await).await;
        city.pool("provider").await;
        let mut lines = Vec::new();
        let exported = ledger::export(&city.store, PROGRAMME, &mut lines).await.unwrap();
        assert_eq!(i64::try_from(lines.iter().filter(|byte| **byte == b'\n').count()).unwrap(), exported);
        database.change(&format!("DELETE FROM entry WHERE programme = '{PROGRAMME}' AND seq = {exported}")).await;
        let verified = ledger::verify(&city.store, city.library()).await.unwrap();
        assert!(verified.broken.iter().any(|broken| broken.contains("台账")), "{:?}", verified.broken);
    }
}

/// Records of every kind.
async fn total(city: &City) -> usize {
    let mut total = 0;
    for programme in [PROGRAMME, "platform"] {
        for noun in ["organisation", "account", "mandate", "pack_version", "batch", "publicity", "payment_list", "application"] {
            total += city.store.records_of(programme, noun, "", 1_000).await.unwrap().len();
        }
    }
    total
}
