//! Papers as they were issued: somebody changes them in the database, the program changes its wording, a font lacks a character, a form
//! is printed before it is handed in.
#![allow(clippy::unwrap_used)]

#[path = "../city/mod.rs"]
mod city;
mod given;
#[allow(dead_code)]
#[path = "../../../papers/tests/renderings/machine.rs"]
mod machine;
mod named;
#[path = "../../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;
mod tampered;

use city::{City, person, refusal};
use given::{Kept, form, introduced, press};
use on_both_engines::Database;
use records::document::Document;
use service::document;

/// Words that no paper of this program says.
const WORDS: &str = "当年的格式\n从事设备联网。\n";

on_both_engines! {
    async fn a_paper_that_somebody_changed_is_told_and_not_opened(database: Database) {
        let city = City::new(database.open().await).await;
        let file = introduced(&city, "从事设备联网。").await;
        let issued = document::issue(&city.desk(), &person("city"), &press(), &file, &form()).await.unwrap();
        tampered::every_change_is_told(&city, &database, &issued, &[]).await;
        let kept = Kept { id: "kept", words: Some(WORDS), attached: true }.write(&city, &file).await;
        tampered::every_change_is_told(&city, &database, &kept, &tampered::ATTACHED).await;
        let before = Kept { id: "before", words: None, attached: true }.write(&city, &file).await;
        tampered::every_change_is_told(&city, &database, &before, &tampered::ATTACHED).await;
        for id in [&kept, &before, &issued] {
            tampered::what_is_hashed_anew_is_told(&city, &database, id).await;
        }
    }

    async fn a_paper_stays_open_whatever_the_program_would_write_today(database: Database) {
        let city = City::new(database.open().await).await;
        let file = introduced(&city, "从事设备联网。").await;
        for (id, words) in [("kept", Some(WORDS)), ("before", None)] {
            Kept { id, words, attached: true }.write(&city, &file).await;
            let opened = document::open(&city.desk(), Some(&person("city")), id).await.unwrap();
            let today = papers::text(&opened.paper).unwrap();
            let foot = format!("校验码：{}\n台账末条摘要：{}\n", opened.document.code, opened.document.head);
            let expected = words.map_or_else(|| today.clone(), |words| format!("{words}{foot}"));
            assert_eq!(opened.text(), expected, "{id}");
            assert_eq!(opened.text() == today, words.is_none(), "{id}");
            let checked = document::check(&city.desk(), &opened.document.code.to_string()).await.unwrap().unwrap();
            assert!(checked.holds, "{id}");
        }
        city.verify().await;
    }

    async fn a_paper_from_before_words_were_kept_stays_open_on_a_database_that_gains_them(database: Database) {
        let city = City::new(database.open().await).await;
        let file = introduced(&city, "从事设备联网。").await;
        Kept { id: "before", words: None, attached: true }.write(&city, &file).await;
        for undone in ["ALTER TABLE document_content DROP COLUMN words", "DELETE FROM _sqlx_migrations WHERE version = 17"] {
            database.change(undone).await;
        }
        let city = City { store: database.open().await, ..city };
        let opened = document::open(&city.desk(), Some(&person("city")), "before").await.unwrap();
        assert!(document::check(&city.desk(), &opened.document.code.to_string()).await.unwrap().unwrap().holds);
        city.verify().await;
    }

    async fn what_is_issued_is_kept_to_the_byte(database: Database) {
        let city = City::new(database.open().await).await;
        let file = introduced(&city, "从事设备联网。").await;
        let (desk, bureau) = (city.desk(), person("city"));
        let id = document::issue(&desk, &bureau, &press(), &file, &form()).await.unwrap();
        let content = city.store.document_content(&id).await.unwrap().unwrap();
        let Document { digest, content: proof, .. } = document::open(&desk, Some(&bureau), &id).await.unwrap().document;
        assert_eq!((given::sm3(&content.words), Some(given::sm3(&content.paper))), (digest, proof));
        assert!(content.words.contains("从事设备联网。") && !content.words.contains("校验码"), "{}", content.words);
        city.verify().await;
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

    async fn a_paper_names_organisations_and_shows_no_id(database: Database) {
        named::in_drafts_and_in_what_was_filed(database).await;
    }
}
