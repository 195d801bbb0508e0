//! Papers that somebody changed in the database, and characters that no font has.
#![allow(clippy::unwrap_used)]

mod city;
#[allow(dead_code)]
#[path = "../../papers/tests/renderings/machine.rs"]
mod machine;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use std::path::Path;

use city::{City, answers, person, refusal};
use on_both_engines::Database;
use service::document::{self, DocumentKind, Press};

fn press() -> Press {
    let find = |name: &&str| machine::find(Path::new("/usr/share/fonts"), name).unwrap();
    Press::of(papers::font::FILES.iter().map(|name| std::fs::read(find(name)).unwrap()).collect()).unwrap()
}

/// A provider in the pool, whose introduction this is.
async fn introduced(city: &City, introduction: &str) -> String {
    let batch = city.call("pool").await;
    let id = city.start(&person("provider"), &batch).await.unwrap();
    let filled = answers(&[("provider.introduction", introduction), ("provider.promise", "yes")]);
    city.prepare(&person("provider"), &id, "pool-apply", filled).await.unwrap();
    city.sign("provider/certifier", &id, "pool-apply").await.unwrap();
    id
}

fn form() -> DocumentKind {
    DocumentKind::Form("provider".to_owned())
}

on_both_engines! {
    async fn a_paper_that_somebody_changed_is_told_and_not_opened(database: Database) {
        let city = City::new(database.open().await).await;
        let file = introduced(&city, "从事设备联网。").await;
        let (desk, press, bureau) = (city.desk(), press(), person("city"));
        let id = document::issue(&desk, &bureau, &press, &file, &form()).await.unwrap();
        let issued = document::open(&desk, Some(&bureau), &id).await.unwrap().document;
        let (code, none) = (issued.code.to_string(), "0".repeat(64));
        let (digest, head) = (&issued.digest, &issued.head);
        let content = |from: &str, to: &str| format!("UPDATE document_content SET paper = replace(paper, '{from}', '{to}') WHERE id = '{id}'");
        let record = |from: &str, to: &str| format!("UPDATE record SET state = replace(state, '{from}', '{to}') WHERE noun = 'document' AND id = '{id}'");
        let entry = |from: &str, to: &str| format!("UPDATE entry SET event = replace(event, '{from}', '{to}') WHERE noun = 'document' AND record_id = '{id}'");
        let own = format!("noun = 'document' AND record_id = '{id}'");
        for (what, changed, undone) in [
            ("its words", content("设备联网", "软件开发"), content("软件开发", "设备联网")),
            ("its code", content(&code, "0000-0000-0000"), content("0000-0000-0000", &code)),
            ("the head at its foot", content(head, &none), content(&none, head)),
            ("no paper at all", content("{", "<"), content("<", "{")),
            ("the digest on record", record(digest, &none), record(&none, digest)),
            ("the head on record", record(head, &none), record(&none, head)),
            ("the digest in the journal", entry(digest, &none), entry(&none, digest)),
            ("the head in the journal", entry(head, &none), entry(&none, head)),
            ("who issued it", entry("city-handler", "city-nobody!"), entry("city-nobody!", "city-handler")),
            ("the hash of the entry", format!("UPDATE entry SET hash = '{none}' WHERE {own}"), format!("UPDATE entry SET hash = '{{hash}}' WHERE {own}")),
            ("the entry itself", format!("UPDATE entry SET record_id = '' WHERE {own}"), format!("UPDATE entry SET record_id = '{id}' WHERE noun = 'document' AND record_id = ''")),
            ("the entry of the head", format!("UPDATE entry SET hash = '{none}' WHERE hash = '{head}'"), format!("UPDATE entry SET hash = '{head}' WHERE hash = '{none}'")),
            ("the end of the chain", format!("UPDATE chain SET head = '{none}' WHERE programme = '{0}'", issued.programme), "{chain}".to_owned()),
        ] {
            let hash = city.store.entries_of("document", &id).await.unwrap()[0].hash.clone();
            let undone = undone.replace("{hash}", &hash);
            let undone = undone.replace("{chain}", &format!("UPDATE chain SET head = '{hash}' WHERE programme = '{}'", issued.programme));
            assert!(document::check(&desk, &code).await.unwrap().unwrap().holds, "before {what}");
            database.change(&changed).await;
            assert!(!document::check(&desk, &code).await.unwrap().unwrap().holds, "{what}");
            let opened = refusal(document::open(&desk, Some(&bureau), &id).await);
            assert!(opened.message.contains("与平台记录不一致"), "{what}: {opened:?}");
            database.change(&undone).await;
        }
        // Everything that belongs together, changed together and hashed anew: the chain goes on from another entry.
        introduced_again(&city).await;
        let all = [record(digest, &none), entry(digest, &none)];
        for sql in &all {
            database.change(sql).await;
        }
        let forged = city.store.entries_of("document", &id).await.unwrap().remove(0);
        database.change(&format!("UPDATE entry SET hash = '{}' WHERE {own}", journal::hash(&forged))).await;
        assert!(!document::check(&desk, &code).await.unwrap().unwrap().holds);
        assert!(refusal(document::open(&desk, Some(&bureau), &id).await).message.contains("与平台记录不一致"));
    }

    async fn a_character_without_a_glyph_is_named_and_nothing_is_issued(database: Database) {
        let city = City::new(database.open().await).await;
        let file = introduced(&city, "法定代表人ᠮᠠ，又名王龘靐齉𠮷。").await;
        let (desk, press, bureau) = (city.desk(), press(), person("city"));
        let before = city.store.head(city::PROGRAMME).await.unwrap();
        let refused = refusal(document::issue(&desk, &bureau, &press, &file, &form()).await.map(drop));
        for named in ["“ᠮ”（U+182E）", "“ᠠ”（U+1820）", "未出具文书"] {
            assert!(refused.message.contains(named), "{named}: {refused:?}");
        }
        assert!(!refused.message.contains('龘'), "{refused:?}");
        assert!(document::issued_of_file(&desk, &bureau, &file).await.unwrap().is_empty());
        assert_eq!(city.store.head(city::PROGRAMME).await.unwrap(), before);
    }
}

/// Another entry after that of the paper.
async fn introduced_again(city: &City) {
    city.call("roster").await;
}
