//! Invoices: rows filled in from files, what is said beside them, and one invoice once in the whole system, on both engines.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use city::{City, filled, name, person, refusal};
use on_both_engines::Database;
use records::answers::Answers;
use records::ids::PaperId;
use service::application::{self, InvoicesRead};
use service::paper::{self, Files, Scanner};

const NUMBER: &str = "26152000000012345678";

/// An invoice of 60万元 to the first enterprise; `change` alters it.
fn xml(change: &[(&str, &str)]) -> String {
    let text = format!(
        "<EInvoice><Header><EIid>{NUMBER}</EIid></Header><EInvoiceData><SellerInformation><SellerName>{}</SellerName></SellerInformation>\
         <BuyerInformation><BuyerName>{}</BuyerName></BuyerInformation><BasicInformation><TotalAmWithoutTax>530973.45</TotalAmWithoutTax>\
         <TotalTaxAm>69026.55</TotalTaxAm><TotalTax-includedAmount>600000.00</TotalTax-includedAmount></BasicInformation>\
         <AdditionalInformation><Remark></Remark></AdditionalInformation></EInvoiceData>\
         <TaxSupervisionInfo><InvoiceNumber>{NUMBER}</InvoiceNumber><IssueTime>2026-01-04</IssueTime></TaxSupervisionInfo></EInvoice>",
        name("provider"),
        name("enterprise")
    );
    change.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// A red-letter invoice that takes 10万元 back.
fn red() -> String {
    let remark = format!("<Remark>被红冲蓝字数电发票号码：{NUMBER}</Remark>");
    xml(&[
        (NUMBER, "26152000000087654321"),
        ("<Remark></Remark>", &remark),
        ("530973.45", "-88495.58"),
        ("69026.55", "-11504.42"),
        ("600000.00", "-100000.00"),
    ])
}

/// A file on record.
async fn upload(city: &City, organisation: &str, file: &str, content: &str) -> PaperId {
    let folder = std::env::temp_dir().join(format!("shuzhuan-invoices-{}", std::process::id()));
    let files = Files { scanner: Scanner::Off, ..Files::open(&folder, None).unwrap() };
    let by = person(organisation).by();
    let mut begun = paper::begin(&city.store, &files, &by, file).await.unwrap();
    begun.write(content.as_bytes()).await.unwrap();
    let edge = city.desk().edge;
    PaperId(paper::upload(&city.store, &files, &edge, &by, begun).await.unwrap().paper.id)
}

async fn read(city: &City, id: &str, papers: &[PaperId]) -> InvoicesRead {
    application::read_invoices(&city.desk(), &person("enterprise"), id, "apply", "invoice", papers).await.unwrap()
}

/// The forms with an invoice of this number.
fn with_number(number: &str) -> Answers {
    let mut answers = filled();
    answers.rows.get_mut("invoice").unwrap()[0].texts.insert("number".into(), number.into());
    answers
}

/// An award of the second enterprise begun, the provider being in the pool.
async fn another(city: &mut City) -> String {
    city.roster("enterprise2", "district2").await;
    city.project("enterprise2", "provider").await;
    let batch = city.call("subsidy").await;
    city.start(&person("enterprise2"), &batch).await.unwrap()
}

on_both_engines! {
    async fn rows_are_filled_in_from_files(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let invoice = upload(&city, "enterprise", "发票.xml", &xml(&[])).await;
        let other = upload(&city, "enterprise", "说明.xml", "<a>1</a>").await;
        let done = read(&city, &id, &[invoice.clone(), other]).await;
        assert_eq!((done.filled, done.passed.len()), (1, 1));
        assert!(done.passed[0].contains("“说明.xml”：文件中没有读到发票号码"), "{:?}", done.passed);

        let desk = city.desk();
        let (_, draft) = application::draft(&desk, &person("enterprise"), &id, "apply").await.unwrap();
        let row = &draft.answers.rows("invoice")[0];
        assert_eq!((row.texts["number"].as_str(), row.texts["amount"].as_str()), (NUMBER, "600000.00"));
        assert_eq!(row.texts["seller"], name("provider"));
        assert!(draft.papers["bills"].contains(&invoice));

        let remarks = application::remarks(&desk, &person("enterprise"), &id, Some("apply")).await.unwrap();
        assert!(remarks[0].text.contains("从“发票.xml”（XML）读到") && remarks[0].text.contains("未经税务机关查验"), "{remarks:?}");
        assert!(remarks.iter().all(|remark| remark.path == "invoice.1"));

        // Again: nothing typed changes, no second row.
        assert_eq!(read(&city, &id, &[invoice]).await.filled, 1);
        let (_, again) = application::draft(&desk, &person("enterprise"), &id, "apply").await.unwrap();
        assert_eq!(again.answers.rows("invoice"), draft.answers.rows("invoice"));
    }

    async fn a_red_letter_invoice_lowers_what_its_original_counts(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let papers = [upload(&city, "enterprise", "发票.xml", &xml(&[])).await, upload(&city, "enterprise", "红字.xml", &red()).await];
        let done = read(&city, &id, &papers).await;
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
