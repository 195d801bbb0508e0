//! Invoices made up for tests, and files that have them. Parties, numbers and amounts are fictional.

use records::answers::Answers;
use records::ids::PaperId;
use service::application::{self, InvoicesRead};
use service::paper::{self, Files, Scanner};

use crate::city::{City, code, filled, name, person};

pub const NUMBER: &str = "26152000000012345678";

/// An invoice of 60万元 to the first enterprise; `change` alters it.
pub fn xml(change: &[(&str, &str)]) -> String {
    let text = format!(
        "<EInvoice><Header><EIid>{NUMBER}</EIid></Header><EInvoiceData><SellerInformation><SellerIdNum>{}</SellerIdNum>\
         <SellerName>{}</SellerName></SellerInformation><BuyerInformation><BuyerIdNum>{}</BuyerIdNum><BuyerName>{}</BuyerName></BuyerInformation><BasicInformation><TotalAmWithoutTax>530973.45</TotalAmWithoutTax>\
         <TotalTaxAm>69026.55</TotalTaxAm><TotalTax-includedAmount>600000.00</TotalTax-includedAmount></BasicInformation>\
         <AdditionalInformation><Remark></Remark></AdditionalInformation></EInvoiceData>\
         <TaxSupervisionInfo><InvoiceNumber>{NUMBER}</InvoiceNumber><IssueTime>2026-01-04</IssueTime></TaxSupervisionInfo></EInvoice>",
        code("provider"),
        name("provider"),
        code("enterprise"),
        name("enterprise")
    );
    change.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// A red-letter invoice that takes 10万元 back.
pub fn red() -> String {
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
pub async fn upload(city: &City, organisation: &str, file: &str, content: &str) -> PaperId {
    let folder = std::env::temp_dir().join(format!("shuzhuan-invoices-{}", std::process::id()));
    let files = Files { scanner: Scanner::Off, ..Files::open(&folder, None).unwrap() };
    let by = person(organisation).by();
    let mut begun = paper::begin(&city.store, &files, &by, file).await.unwrap();
    begun.write(content.as_bytes()).await.unwrap();
    let edge = city.desk().edge;
    PaperId(paper::upload(&city.store, &files, &edge, &by, begun).await.unwrap().paper.id)
}

pub async fn read(city: &City, who: &str, id: &str, papers: &[PaperId]) -> InvoicesRead {
    application::read_invoices(&city.desk(), &person(who), id, "apply", "invoice", papers).await.unwrap()
}

/// The forms with an invoice of this number.
pub fn with_number(number: &str) -> Answers {
    let mut answers = filled();
    answers.rows.get_mut("invoice").unwrap()[0].texts.insert("number".into(), number.into());
    answers
}

/// An award of the second enterprise begun, the provider being in the pool.
pub async fn another(city: &mut City) -> String {
    city.roster("enterprise2", "district2").await;
    city.project("enterprise2", "provider").await;
    let batch = city.call("subsidy").await;
    city.start(&person("enterprise2"), &batch).await.unwrap()
}

/// The invoice to another enterprise.
pub fn to(who: &str) -> String {
    xml(&[(&code("enterprise"), &code(who)), (&name("enterprise"), &name(who))])
}
