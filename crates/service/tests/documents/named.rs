//! Organisations that answers name stand on papers by their names, whether the form was handed in or not; no id does.

use records::answers::Answers;
use service::application::{self, FillDraft};
use service::document::{self, DocumentKind};

use super::city::{City, ORGANISATIONS, answers, name, person};
use super::given::press;
use super::on_both_engines::Database;

pub async fn in_drafts_and_in_what_was_filed(database: Database) {
    let mut city = City::new(database.open().await).await;
    let award = city.submitted("enterprise", "district").await;
    city.decided(&award).await;
    city.pool("provider2").await;
    city.roster("enterprise2", "district2").await;
    let batch = city.call("project").await;
    let id = city.start(&person("enterprise2"), &batch).await.unwrap();
    for (typed, named) in [("provider", name("provider")), ("provider2", name("provider2")), ("nobody-known", String::new())] {
        draft(&city, &id, answers(&[("filing.provider", typed), ("filing.plan", "设备联网。")])).await;
        let words = filing(&city, &id).await;
        assert!(words.contains("草稿，尚未提交") && words.contains(&format!("服务商\t{named}\n")), "{typed}: {words}");
        assert!(!without_names(&words).contains(typed), "{typed}: {words}");
    }
    city.prepare(&person("enterprise2"), &id, "project-apply", answers(&[("filing.provider", "provider")])).await.unwrap();
    city.sign("enterprise2/certifier", &id, "project-apply").await.unwrap();
    let words = filing(&city, &id).await;
    assert!(words.contains(&format!("服务商\t{}\n", name("provider"))) && !words.contains("草稿"), "{words}");
    every_paper_is_without_ids(&city).await;
}

/// The words without the names of organisations and of those who sign, which in this city have their ids in them.
fn without_names(words: &str) -> String {
    ORGANISATIONS.iter().fold(words.to_owned(), |words, (id, ..)| words.replace(&name(id), "").replace(&format!("{id}-certifier"), ""))
}

async fn draft(city: &City, id: &str, answers: Answers) {
    let (desk, who) = (city.desk(), person("enterprise2"));
    let (version, before) = application::draft(&desk, &who, id, "project-apply").await.unwrap();
    let draft = FillDraft { answers: before.answers.overlaid(&answers), ..before };
    application::save_draft(&desk, &who, id, "project-apply", version, &draft).await.unwrap();
}

async fn filing(city: &City, id: &str) -> String {
    let kind = DocumentKind::Form("filing".to_owned());
    let issued = document::issue(&city.desk(), &person("enterprise2"), &press(), id, &kind).await.unwrap();
    document::open(&city.desk(), Some(&person("enterprise2")), &issued).await.unwrap().words
}

/// All papers of all files in the words in which they were digested.
async fn every_paper_is_without_ids(city: &City) {
    let (desk, press, bureau) = (city.desk(), press(), person("city"));
    let filter = store::ApplicationFilter::default();
    let files = city.store.applications(&filter, store::ApplicationSort::Oldest, store::Page::first(100)).await.unwrap().rows;
    let mut papers = 0;
    for file in files {
        for (kind, _) in document::offered(&application::open(&desk, &bureau, &file.id).await.unwrap()) {
            let id = document::issue(&desk, &bureau, &press, &file.id, &kind).await.unwrap();
            let words = without_names(&document::open(&desk, Some(&bureau), &id).await.unwrap().words);
            papers += 1;
            for (organisation, ..) in ORGANISATIONS {
                assert!(!words.contains(organisation), "{kind:?} says {organisation}: {words}");
            }
        }
    }
    assert!(papers > 12, "{papers} papers");
}
