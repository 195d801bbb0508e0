//! Invoices: rows filled in from files, what is said beside them, and one invoice once in the whole system, on both engines.
#![allow(clippy::unwrap_used)]

#[path = "../city/mod.rs"]
mod city;
mod claims;
mod contest;
mod given;
#[path = "../../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;
mod printed;
mod sides;

use city::{City, name, person, refusal};
use given::{NUMBER, another, read, red, upload, with_number, xml};
use on_both_engines::Database;
use service::application;

on_both_engines! {
    async fn rows_are_filled_in_from_files(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let invoice = upload(&city, "enterprise", "发票.xml", &xml(&[])).await;
        let other = upload(&city, "enterprise", "说明.xml", "<a>1</a>").await;
        let done = read(&city, "enterprise", &id, &[invoice.clone(), other]).await;
        assert_eq!((done.filled, done.passed.len()), (1, 1));
        assert!(done.passed[0].contains("“说明.xml”：文件中没有读到发票号码"), "{:?}", done.passed);

        let desk = city.desk();
        let (_, draft) = application::draft(&desk, &person("enterprise"), &id, "apply").await.unwrap();
        let row = &draft.answers.rows("invoice")[0];
        assert_eq!((row.texts["number"].as_str(), row.texts["amount"].as_str()), (NUMBER, "600000.00"));
        assert_eq!(row.texts["seller"], name("provider"));
        assert!(draft.papers["bills"].contains(&invoice));

        let remarks = application::remarks(&desk, &service::document::Press::default(), &person("enterprise"), &id, Some("apply")).await.unwrap();
        assert!(remarks[0].text.contains("从“发票.xml”（XML）读到") && remarks[0].text.contains("未经税务机关查验"), "{remarks:?}");
        assert!(remarks.iter().all(|remark| remark.path == "invoice.1"));

        // Again: nothing typed changes, no second row.
        assert_eq!(read(&city, "enterprise", &id, &[invoice]).await.filled, 1);
        let (_, again) = application::draft(&desk, &person("enterprise"), &id, "apply").await.unwrap();
        assert_eq!(again.answers.rows("invoice"), draft.answers.rows("invoice"));
    }

    async fn a_red_letter_invoice_lowers_what_its_original_counts(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let papers = [upload(&city, "enterprise", "发票.xml", &xml(&[])).await, upload(&city, "enterprise", "红字.xml", &red()).await];
        let done = read(&city, "enterprise", &id, &papers).await;
        assert!(done.passed[0].contains("是红字发票") && done.passed[0].contains(NUMBER), "{done:?}");
        let (desk, enterprise) = (city.desk(), person("enterprise"));
        let problems = application::problems(&desk, &enterprise, &id, "apply").await.unwrap();
        let beyond = problems.iter().find(|problem| problem.message.contains("经红字发票冲减后为500,000元")).unwrap();
        assert_eq!(beyond.path, "invoice.1.number");
        let (version, mut draft) = application::draft(&desk, &enterprise, &id, "apply").await.unwrap();
        draft.answers.rows.get_mut("invoice").unwrap()[0].texts.insert("amount".into(), "50万元".into());
        application::save_draft(&desk, &enterprise, &id, "apply", version, &draft).await.unwrap();
        let problems = application::problems(&desk, &enterprise, &id, "apply").await.unwrap();
        assert!(problems.iter().all(|problem| !problem.message.contains("冲减")), "{problems:?}");
    }

    async fn one_invoice_counts_once_in_the_whole_system(database: Database) {
        let mut city = City::new(database.open().await).await;
        let first = city.ready("enterprise", "district").await;
        let second = another(&mut city).await;
        // Written otherwise, it is the same invoice.
        let spaced = format!("{} {}", &NUMBER[..4], &NUMBER[4..]);
        city.prepare(&person("enterprise"), &first, "apply", with_number(NUMBER)).await.unwrap();
        city.prepare(&person("enterprise2"), &second, "apply", with_number(&spaced)).await.unwrap();
        city.sign("enterprise/certifier", &first, "apply").await.unwrap();

        let refused = refusal(city.sign("enterprise2/certifier", &second, "apply").await);
        assert_eq!(refused.errors[0].path, "invoice.i1.number");
        assert!(refused.errors[0].message.contains("已在另一申报件中使用"), "{refused:?}");
        assert!(!format!("{refused:?}").contains(&name("enterprise")), "nobody learns whose it is");

        let version = city.version(&first).await;
        application::withdraw(&city.desk(), &person("enterprise/certifier"), &first, version, "不再申报。").await.unwrap();
        city.sign("enterprise2/certifier", &second, "apply").await.unwrap();
        let claims = city.store.invoice_claims(&[NUMBER.to_owned()]).await.unwrap();
        assert_eq!(claims[0].application, second);
        city.verify().await;
    }

    async fn a_number_that_is_none_is_said(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let refused = refusal(city.prepare(&person("enterprise"), &id, "apply", with_number("12345678")).await);
        assert!(refused.errors.iter().any(|error| error.path == "invoice.i1.number" && error.message.contains("发票代码")), "{refused:?}");
    }
}
