//! Which side of its invoices the applicant is: as the form says, whoever applies.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use policy::library::Library;
use records::answers::Answers;
use service::Desk;
use service::application::{self, About, FillDraft};

use crate::city::{City, code, name, person};
use crate::given::{NUMBER, upload, with_number, xml};
use crate::on_both_engines::Database;

/// The packs whose invoices are between others or the applicant's own sales.
static SELLING: LazyLock<Library> = LazyLock::new(|| saying("seller"));
static BETWEEN_OTHERS: LazyLock<Library> = LazyLock::new(|| saying("neither"));

fn saying(side: &str) -> Library {
    let mut files = testkit::files(&testkit::root().join("crates/records/tests/pack"));
    let forms = files.get_mut("forms.toml").unwrap();
    let said = forms.replace("papers = \"bills\" }", &format!("papers = \"bills\", applicant_is = \"{side}\" }}"));
    assert_ne!(said, *forms);
    *forms = said;
    let mut library = Library::default();
    library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    library
}

/// An invoice of the first enterprise's own to the second.
fn sold() -> String {
    let [own, other, provider] = ["enterprise", "enterprise2", "provider"].map(|who| (code(who), name(who)));
    xml(&[(&own.0, &other.0), (&own.1, &other.1), (&provider.0, &own.0), (&provider.1, &own.1)])
}

fn without_seller(invoice: &str) -> String {
    invoice.replace(&format!("<SellerIdNum>{}</SellerIdNum>", code("enterprise")), "")
}

/// A file, the seller that its row says, and a part of each text that is asked beside it.
type Case<'a> = (&'a str, String, String, &'a [&'a str]);

/// What is asked of an invoice beside its row; and whether the last file is handed in as the applicant's own.
async fn check(database: Database, library: Option<&'static Library>, cases: &[Case<'_>], own: bool) {
    let mut city = City::new(database.open().await).await;
    let id = city.ready("enterprise", "district").await;
    let desk = city.desk();
    let (desk, who) = (Desk { library: library.unwrap_or(desk.library), ..desk }, person("enterprise"));
    for (case, file, seller, expected) in cases {
        let paper = upload(&city, "enterprise", &format!("{case}.xml"), file).await;
        let mut answers: Answers = with_number(NUMBER).overlaid(&crate::city::answers(&[("profile.phone", "0471-1234567")]));
        let row = &mut answers.rows.get_mut("invoice").unwrap()[0].texts;
        row.insert("amount".into(), "600000".into());
        row.insert("seller".into(), seller.clone());
        let (version, _) = application::draft(&desk, &who, &id, "apply").await.unwrap();
        let form = vec!["enterprise-paper".into()];
        let papers = BTreeMap::from([("bills".to_owned(), vec![paper]), ("application".to_owned(), form)]);
        let draft = FillDraft { answers, papers };
        application::save_draft(&desk, &who, &id, "apply", version, &draft).await.unwrap();
        let remarks = application::remarks(&desk, &service::document::Press::default(), &who, &id, Some("apply")).await.unwrap();
        let doubts: Vec<String> = remarks.into_iter().filter(|one| one.about == About::InvoiceDoubt).map(|one| one.text).collect();
        let all = doubts.len() == expected.len() && expected.iter().all(|part| doubts.iter().any(|text| text.contains(part)));
        assert!(all, "{case}: {doubts:#?}");
    }
    application::prepare(&desk, &who, &id, city.version(&id).await, "apply").await.unwrap();
    let claimed: Vec<bool> = city.record(&id).await.1.invoices.iter().map(|one| one.own).collect();
    assert_eq!(claimed, [own]);
}

crate::on_both_engines! {
    async fn an_applicant_that_sold_is_held_against_the_seller(database: Database) {
        let own = name("enterprise");
        check(database, Some(&SELLING), &[
            ("sale of somebody else", xml(&[]), own.clone(), &["销售方税号为", "销售方名称为", "与填写的"]),
            ("no code", without_seller(&sold()), own.clone(), &["没有读到销售方税号，不能确认销售方是本申报单位"]),
            ("own sale", sold(), own, &[]),
        ], true).await;
    }

    async fn an_applicant_that_is_neither_side_is_held_against_none(database: Database) {
        check(database, Some(&BETWEEN_OTHERS), &[
            ("another seller than the row says", xml(&[]), name("enterprise"), &["销售方名称为"]),
            ("between others", sold(), name("enterprise"), &[]),
        ], false).await;
    }

    async fn an_applicant_that_bought_is_held_against_the_buyer(database: Database) {
        check(database, None, &[
            ("sold", sold(), name("provider"), &["购买方税号为", "购买方名称为", "销售方名称为"]),
            ("bought", xml(&[]), name("provider"), &[]),
        ], true).await;
    }
}
