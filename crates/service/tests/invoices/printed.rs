//! A digital invoice printed on paper (数电纸票) has 20 digits, and a code and a number: one invoice under either, whichever comes first.

use records::Refusal;
use service::application;

use crate::city::{City, person, refusal};
use crate::given::{NUMBER, another, to, upload, with_number, xml};
use crate::on_both_engines::Database;

const CODED: &str = "015002500111 87654321";
const KEY: &str = "01500250011187654321";

fn both() -> String {
    format!("{CODED} / {NUMBER}")
}

/// The invoice with the code and the number of its form in it.
fn printed(invoice: &str) -> String {
    invoice
        .replace("<AdditionalInformation>", "<InvoiceCode>015002500111</InvoiceCode><InvoiceNo>87654321</InvoiceNo><AdditionalInformation>")
}

async fn hand_in(city: &City, who: &str, id: &str, number: &str) -> Result<(), Refusal> {
    if let Err(error) = city.prepare(&person(who), id, "apply", with_number(number)).await {
        return Err(refusal::<()>(Err(error)));
    }
    let signed = city.sign(&format!("{who}/certifier"), id, "apply").await;
    signed.map(drop).map_err(|error| refusal::<()>(Err(error)))
}

async fn attach(city: &City, who: &str, id: &str, content: &str) {
    let paper = upload(city, who, "发票.xml", content).await;
    let (desk, who) = (city.desk(), person(who));
    let (version, mut draft) = application::draft(&desk, &who, id, "apply").await.unwrap();
    draft.papers.insert("bills".to_owned(), vec![paper]);
    application::save_draft(&desk, &who, id, "apply", version, &draft).await.unwrap();
}

/// Who claims the 20 digits and who the code and number, and who waits for each.
async fn claims(city: &City) -> Vec<(String, String)> {
    let all = city.store.invoice_claims(&[NUMBER.to_owned(), KEY.to_owned()]).await.unwrap();
    all.into_iter().map(|claim| (claim.application, claim.displaced)).collect()
}

/// Whether another file is refused with these numbers once the first was handed in with its own. Nothing says that a number alone and the
/// other alone are one invoice.
async fn check(database: Database, first_types: &str, then: &[(&str, bool)]) {
    let mut city = City::new(database.open().await).await;
    let (first, second) = (city.ready("enterprise", "district").await, another(&mut city).await);
    hand_in(&city, "enterprise", &first, first_types).await.unwrap();
    for (number, taken) in then {
        let done = hand_in(&city, "enterprise2", &second, number).await;
        assert_eq!(done.is_err(), *taken, "{first_types}, then {number}: {done:?}");
    }
    city.verify().await;
}

crate::on_both_engines! {
    async fn the_twenty_digits_first(database: Database) {
        check(database, NUMBER, &[(&both(), true), (NUMBER, true), (CODED, false)]).await;
    }

    async fn code_and_number_first(database: Database) {
        check(database, CODED, &[(&both(), true), (CODED, true), (NUMBER, false)]).await;
    }

    async fn both_numbers_first(database: Database) {
        check(database, &both(), &[(NUMBER, true), (CODED, true), (&both(), true)]).await;
    }

    async fn a_file_that_shows_both_numbers_ties_them(database: Database) {
        let mut city = City::new(database.open().await).await;
        let (first, second) = (city.ready("enterprise", "district").await, another(&mut city).await);
        // Typed by its form's number alone, the file says the rest.
        attach(&city, "enterprise", &first, &printed(&xml(&[]))).await;
        hand_in(&city, "enterprise", &first, CODED).await.unwrap();
        assert_eq!(claims(&city).await, vec![(first.clone(), String::new()); 2]);
        for number in [NUMBER, CODED, &both()] {
            let refused = hand_in(&city, "enterprise2", &second, number).await.unwrap_err();
            assert_eq!(refused.errors.len(), 1, "{refused:?}");
            assert!(refused.errors[0].message.contains("已在另一申报件中使用"), "{refused:?}");
        }
        city.verify().await;
    }

    async fn who_gives_way_under_one_number_waits_under_both(database: Database) {
        let mut city = City::new(database.open().await).await;
        let (first, second) = (city.ready("enterprise", "district").await, another(&mut city).await);
        hand_in(&city, "enterprise", &first, NUMBER).await.unwrap();
        attach(&city, "enterprise2", &second, &printed(&to("enterprise2"))).await;
        hand_in(&city, "enterprise2", &second, CODED).await.unwrap();
        assert_eq!(claims(&city).await, [(second.clone(), String::new()), (second.clone(), first.clone())]);
        let told = application::remarks(&city.desk(), &service::document::Press::default(), &person("city"), &first, None).await.unwrap();
        assert_eq!(told.iter().filter(|one| one.text.contains("查清以前本件不能核定")).count(), 1, "{told:?}");
        let version = city.version(&second).await;
        application::withdraw(&city.desk(), &person("enterprise2/certifier"), &second, version, "不再申报。").await.unwrap();
        assert_eq!(claims(&city).await, [(first.clone(), String::new())]);
        city.decided(&first).await;
        city.verify().await;
    }
}
