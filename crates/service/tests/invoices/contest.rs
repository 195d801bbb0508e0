//! Two files that say one invoice: whoever has it on paper, and that a decision counts it once.

use records::Refusal;
use records::ids::PaperId;
use service::application::{self, About};

use crate::city::{City, person, refusal, reviewed};
use crate::given::{NUMBER, another, to, upload, with_number, xml};
use crate::on_both_engines::Database;

/// The doubts beside a file that name the invoice of another file.
async fn doubts(city: &City, who: &str, id: &str) -> Vec<String> {
    let all = application::remarks(&city.desk(), &service::document::Press::default(), &person(who), id, None).await.unwrap();
    let contested = all.into_iter().filter(|one| one.about == About::InvoiceDoubt && one.text.contains("另一申报件"));
    contested.map(|one| one.text).collect()
}

/// Puts these and no other papers among the invoices.
async fn attach(city: &City, who: &str, id: &str, papers: Vec<PaperId>) {
    let (desk, who) = (city.desk(), person(who));
    let (version, mut draft) = application::draft(&desk, &who, id, "apply").await.unwrap();
    draft.papers.insert("bills".to_owned(), papers);
    application::save_draft(&desk, &who, id, "apply", version, &draft).await.unwrap();
}

async fn hand_in(city: &City, who: &str, id: &str, number: &str) -> Result<String, Refusal> {
    let prepared = city.prepare(&person(who), id, "apply", with_number(number)).await;
    if prepared.is_err() {
        return Err(refusal(prepared));
    }
    let signed = city.sign(&format!("{who}/certifier"), id, "apply").await;
    signed.map_err(|error| refusal::<()>(Err(error)))
}

crate::on_both_engines! {
    async fn a_number_typed_first_does_not_keep_its_owner_out(database: Database) {
        let mut city = City::new(database.open().await).await;
        let first = city.ready("enterprise", "district").await;
        let second = another(&mut city).await;
        let number = hand_in(&city, "enterprise", &first, NUMBER).await.unwrap();
        assert!(hand_in(&city, "enterprise2", &second, NUMBER).await.is_err(), "nobody has it on paper");

        let paper = upload(&city, "enterprise2", "发票.xml", &to("enterprise2")).await;
        attach(&city, "enterprise2", &second, vec![paper]).await;
        hand_in(&city, "enterprise2", &second, NUMBER).await.unwrap();
        assert!(doubts(&city, "city", &first).await[0].contains("查清以前本件不能核定"));
        let told = doubts(&city, "city", &second).await;
        assert!(told[0].contains(&format!("受理编号{number}")) && told[0].contains("暂由本件使用"), "{told:?}");
        assert!(!doubts(&city, "enterprise2", &second).await[0].contains(&number), "applicants learn nothing of one another");

        // The first goes on up to its decision.
        for id in [&first, &second] {
            city.approve("city", id, "check", crate::city::checked()).await.unwrap();
            city.assign(id, "evaluation", "evaluator").await.unwrap();
            city.assign(id, "audit", "auditor").await.unwrap();
            city.works(id).await;
        }
        let refused = refusal(city.approve("city", &first, "review", reviewed()).await);
        assert!(refused.message.contains("本件现在不能核定"), "{refused:?}");
        city.approve("city", &second, "review", reviewed()).await.unwrap();
        assert!(refusal(city.approve("city", &first, "review", reviewed()).await).message.contains("本件现在不能核定"));
        city.verify().await;
    }

    async fn what_the_better_claim_gives_up_comes_back(database: Database) {
        let mut city = City::new(database.open().await).await;
        let first = city.ready("enterprise", "district").await;
        let second = another(&mut city).await;
        hand_in(&city, "enterprise", &first, NUMBER).await.unwrap();
        let paper = upload(&city, "enterprise2", "发票.xml", &to("enterprise2")).await;
        attach(&city, "enterprise2", &second, vec![paper]).await;
        hand_in(&city, "enterprise2", &second, NUMBER).await.unwrap();
        let version = city.version(&second).await;
        application::withdraw(&city.desk(), &person("enterprise2/certifier"), &second, version, "不再申报。").await.unwrap();
        assert!(doubts(&city, "city", &first).await.is_empty());
        city.decided(&first).await;
        city.verify().await;
    }

    async fn of_two_that_have_it_on_paper_the_first_counts_it(database: Database) {
        let mut city = City::new(database.open().await).await;
        let first = city.ready("enterprise", "district").await;
        let second = another(&mut city).await;
        let paper = upload(&city, "enterprise", "发票.xml", &xml(&[])).await;
        attach(&city, "enterprise", &first, vec![paper]).await;
        hand_in(&city, "enterprise", &first, NUMBER).await.unwrap();
        let paper = upload(&city, "enterprise2", "发票.xml", &to("enterprise2")).await;
        attach(&city, "enterprise2", &second, vec![paper]).await;
        let refused = hand_in(&city, "enterprise2", &second, NUMBER).await.unwrap_err();
        assert!(refused.errors[0].message.contains("已在另一申报件中使用"), "{refused:?}");
    }

    async fn another_number_hides_no_file(database: Database) {
        let mut city = City::new(database.open().await).await;
        let first = city.ready("enterprise", "district").await;
        let second = another(&mut city).await;
        let paper = upload(&city, "enterprise", "发票.xml", &xml(&[])).await;
        attach(&city, "enterprise", &first, vec![paper]).await;
        hand_in(&city, "enterprise", &first, NUMBER).await.unwrap();
        let paper = upload(&city, "enterprise2", "发票.xml", &xml(&[])).await;
        attach(&city, "enterprise2", &second, vec![paper]).await;
        let refused = hand_in(&city, "enterprise2", &second, "26152000000099999999").await.unwrap_err();
        assert_eq!(refused.errors[0].path, "paper.bills");
        assert!(refused.errors[0].message.contains("请从材料中删除“发票.xml”"), "{refused:?}");

        // A file that no row counts is claimed all the same.
        let spare = xml(&[(NUMBER, "26152000000033333333"), ("530973.45", "1.00"), ("69026.55", "0.00"), ("600000.00", "1.00")]);
        let kept = upload(&city, "enterprise2", "另一张.xml", &spare).await;
        let own = upload(&city, "enterprise2", "自己的.xml", &to("enterprise2").replace(NUMBER, "26152000000044444444")).await;
        attach(&city, "enterprise2", &second, vec![kept, own]).await;
        hand_in(&city, "enterprise2", &second, "26152000000044444444").await.unwrap();
        let numbers = ["26152000000033333333", "26152000000044444444"].map(str::to_owned);
        let claims = city.store.invoice_claims(&numbers).await.unwrap();
        let said: Vec<(&str, &str)> = claims.iter().map(|claim| (claim.application.as_str(), claim.grade.as_str())).collect();
        assert_eq!(said, [(second.as_str(), "stated"), (second.as_str(), "proven")]);
        city.verify().await;
    }
}
