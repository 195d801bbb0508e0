//! An application from its beginning to its receipt, as a handler and a certifier of one enterprise see it.
#![allow(clippy::unwrap_used)]

mod filling_site;
mod served;

use axum::http::StatusCode;
use filling_site::Site;
use served::Page;

/// Everything the forms require, by form.
const PLAIN: &[(&str, &str)] = &[
    ("shown", "plain.facts"),
    ("shown", "plain.own"),
    ("shown", "plain"),
    ("project.kind", "a"),
    ("project.spent", "60"),
    ("plain.title", "项目<b>"),
    ("plain.basics", "一二三四五六七八九十一"),
    ("plain.truth", "yes"),
];
const REST: &[(&str, &str)] = &[
    ("shown", "rest.contracts"),
    ("shown", "rest.invoices"),
    ("row.contract.1", ""),
    ("row.contract.1.seller", "甲公司"),
    ("row.contract.1.amount", "5000"),
    ("row.invoice.1.parent", "1"),
    ("row.invoice.1.amount", "3000"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [fields, more].concat()
}

#[tokio::test]
async fn from_the_call_to_the_receipt() {
    let site = Site::new().await;
    let (handler, certifier) = site.enterprise(1).await;
    let file = site.started(&handler).await;
    let base = format!("/files/{file}/fill/fill");

    let tasks = site.get(&handler, &format!("/files/{file}/fill")).await;
    tasks.has(&["填报中", "未开始", "未到本环节", "“填报”办结后开始", &format!("{base}/form/plain"), "请于2026年3月1日前提交"]);

    let plain = format!("{base}/form/plain");
    site.get(&handler, &plain).await.has(&["测试1有限公司", "系统登记：单位信息", "name=\"version\" value=\"0\"", "data-draft"]);
    let sent = site.post(&handler, &plain, &with(PLAIN, &[("do", "next"), ("version", "0")])).await;
    assert_eq!(sent.location(), format!("{base}/form/rest"), "{}", sent.body);
    site.get(&handler, &plain).await.has(&["value=\"项目&lt;b&gt;\"", "name=\"version\" value=\"1\"", "120万元", "value=\"yes\" checked"]);

    let rest = format!("{base}/form/rest");
    let sent = site.post(&handler, &rest, &with(REST, &[("do", "add-row:invoice"), ("version", "1")])).await;
    assert_eq!(sent.location(), format!("{rest}?add=invoice#invoice"));
    site.get(&handler, sent.location()).await.has(&["id=\"invoice-2\"", "第1行：甲公司，5000元"]);
    let sent = site.post(&handler, &rest, &with(REST, &[("do", "next"), ("version", "2")])).await;
    assert_eq!(sent.location(), format!("{base}/papers"));

    let check = format!("{base}/check");
    let page = site.get(&handler, &check).await;
    page.has(&["提交前还有1处", &format!("{base}/papers?check=1#paper-licence"), "60万元", "甲公司"]);
    assert!(!page.body.contains("提交签发</button>"), "what is incomplete cannot be handed in");
    let sent = site.upload(&handler, &format!("{base}/papers"), "upload.paper.licence", "执照.pdf").await;
    assert_eq!(sent.location(), check, "{}", sent.body);
    site.get(&handler, &format!("{base}/papers")).await.has(&["执照.pdf"]);

    let page = site.get(&handler, &check).await;
    page.has(&["提交签发", "执照.pdf"]);
    let sent = site.post(&handler, &check, &[("version", &page.hidden("version"))]).await;
    assert_eq!(sent.location(), format!("/files/{file}/fill"), "{}", sent.body);
    site.get(&handler, &format!("/files/{file}/fill")).await.has(&["待签发"]);
    site.get(&handler, &plain).await.has(&["已交签发人签发"]);

    signed(&site, &certifier, &file, &base).await;
    site.get(&handler, &format!("/files/{file}/fill")).await.has(&["审核中", "受理编号", "查看回执"]);
    assert_eq!(site.get(&handler, &plain).await.status, StatusCode::NOT_FOUND, "what was submitted is not changed");
}

async fn signed(site: &Site, certifier: &served::Person, file: &str, base: &str) {
    let sign = format!("{base}/sign");
    let page = site.get(certifier, &sign).await;
    page.has(&["签发并提交", "项目&lt;b&gt;", "执照.pdf"]);
    let back = site.post(certifier, &sign, &[("version", &page.hidden("version")), ("do", "give-back")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.has(&["请写明需要修改的内容", "href=\"#note\"", "id=\"note\""]);
    let stale = site.post(certifier, &sign, &[("version", "1"), ("do", "sign")]).await;
    stale.has(&["填报内容刚刚有变化"]);
    let done = site.post(certifier, &sign, &[("version", &page.hidden("version")), ("do", "sign")]).await;
    assert_eq!(done.location(), format!("{base}/receipt"), "{}", done.body);
    site.get(certifier, done.location()).await.has(&["已提交", "受理编号", "2026-01-20 08:45", "审查", "测试1有限公司"]);
    assert_eq!(site.get(certifier, &format!("/files/{file}/fill/check/receipt")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nothing_typed_is_lost_when_somebody_else_saved() {
    let site = Site::new().await;
    let (handler, _) = site.enterprise(1).await;
    let file = site.started(&handler).await;
    let address = format!("/files/{file}/fill/fill/form/plain");
    let draft = format!("{address}/draft");
    let body = |title: &'static str, version: &'static str| with(PLAIN, &[("plain.title", title), ("version", version)]);
    let saved = site.post(&handler, &draft, &body("甲", "0")).await;
    assert_eq!(saved.body, r#"{"at":"08:45","shown":{"plain.double":"120万元"},"version":1}"#);
    assert_eq!(site.post(&handler, &draft, &body("乙", "0")).await.status, StatusCode::CONFLICT);
    let clash = site.post(&handler, &address, &body("乙", "0")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.has(&["本表已被他人修改", "value=\"乙\"", "name=\"version\" value=\"1\""]);
    let again = site.post(&handler, &address, &body("乙", "1")).await;
    assert_eq!(again.location(), format!("{address}?said=saved"));
    site.get(&handler, again.location()).await.has(&["value=\"乙\"", "已保存 2026-01-20 08:45"]);
}

#[tokio::test]
async fn a_part_that_applies_by_an_answer_is_shown_before_going_on() {
    let site = Site::new().await;
    let (handler, _) = site.enterprise(1).await;
    let file = site.started(&handler).await;
    let address = format!("/files/{file}/fill/fill/form/plain");
    let sent = site.post(&handler, &address, &with(PLAIN, &[("project.kind", "b"), ("do", "next"), ("version", "0")])).await;
    assert_eq!(sent.location(), format!("{address}?said=more#section-second"));
    site.get(&handler, sent.location()).await.has(&["乙类补充", "本表还需填写新显示的部分"]);
}

#[tokio::test]
async fn errors_of_a_form_stand_beside_their_fields() {
    let site = Site::new().await;
    let (handler, _) = site.enterprise(1).await;
    let file = site.started(&handler).await;
    let address = format!("/files/{file}/fill/fill/form/plain");
    let fields = [("shown", "plain.facts"), ("project.spent", "很多<i>"), ("version", "0")];
    site.post(&handler, &address, &fields).await;
    let page = site.get(&handler, &format!("{address}?check=1")).await;
    page.has(&[
        "value=\"很多&lt;i&gt;\"",
        "href=\"#project-spent\"",
        "id=\"project-spent-error\"",
        "请填写“项目名称”。",
        "请阅读并确认“真实承诺”。",
    ]);
}

/// Every address of a file × who may open it.
#[tokio::test]
async fn a_file_is_its_applicants_alone() {
    let site = Site::new().await;
    let ((handler, certifier), (stranger, _)) = (site.enterprise(1).await, site.enterprise(2).await);
    let file = site.started(&handler).await;
    for (address, of_handler, of_certifier) in [
        ("", 200, 200),
        ("/fill/form/plain", 200, 303),
        ("/fill/form/none", 404, 303),
        ("/fill/papers", 200, 404),
        ("/fill/check", 200, 404),
        ("/fill/sign", 404, 200),
        ("/fill/receipt", 404, 404),
        ("/check/form/plain", 404, 404),
        ("/none/form/plain", 404, 404),
    ] {
        let address = format!("/files/{file}/fill{address}");
        let status = async |person| site.get(person, &address).await.status.as_u16();
        assert_eq!((status(&handler).await, status(&certifier).await), (of_handler, of_certifier), "{address}");
        assert_eq!(status(&stranger).await, 404, "{address}");
        assert_eq!(site.anonymous(&address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
    for address in ["/fill/form/plain", "/fill/form/plain/draft", "/fill/check", "/fill/sign"] {
        let address = format!("/files/{file}/fill{address}");
        let sent: Page = site.post(&stranger, &address, &[("version", "0"), ("do", "sign")]).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{address}");
    }
    let sent = site.post(&stranger, &format!("/files/{file}/withdraw"), &[("version", "2")]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
}

const INVOICE: &str = "<EInvoice><Header><EIid>26152000000012345678</EIid></Header><EInvoiceData><BasicInformation><TotalAmWithoutTax>2654.87</TotalAmWithoutTax>\
    <TotalTaxAm>345.13</TotalTaxAm><TotalTax-includedAmount>3001.00</TotalTax-includedAmount></BasicInformation></EInvoiceData></EInvoice>";

#[tokio::test]
async fn rows_are_filled_in_from_invoices() {
    let site = Site::new().await;
    let ((handler, _), (stranger, _)) = (site.enterprise(1).await, site.enterprise(2).await);
    let file = site.started(&handler).await;
    let base = format!("/files/{file}/fill/fill");
    let (rest, invoices) = (format!("{base}/form/rest"), format!("{base}/invoices/invoice"));

    site.get(&handler, &rest).await.has(&["value=\"files:invoice\"", "上传电子发票，自动填写"]);
    let typed = [("shown", "rest.contracts"), ("row.contract.1", ""), ("row.contract.1.seller", "甲公司")];
    let sent = site.post(&handler, &rest, &with(&typed, &[("do", "files:invoice"), ("version", "0")])).await;
    assert_eq!(sent.location(), invoices, "what was typed is saved on the way");
    site.get(&handler, &invoices).await.has(&["电子发票文件", "accept=\".xml,.ofd,.pdf\"", "不向税务机关查验"]);

    let entity = "<!DOCTYPE EInvoice [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><EInvoice>&x;</EInvoice>";
    for (name, content, reason) in
        [("发票.xml", entity, "DOCTYPE"), ("发票.pdf", "MZ program", "程序或脚本"), ("发票.xml", "<a>1</a>", "不是电子发票")]
    {
        let refused = site.upload_file(&handler, &invoices, "invoices", (name, content)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.has(&[name, reason]);
    }
    let none = site.upload_file(&handler, &invoices, "none", ("a.xml", "<a>2</a>")).await;
    none.has(&["请选择电子发票文件"]);

    let done = site.upload_file(&handler, &invoices, "invoices", ("发票.xml", INVOICE)).await;
    assert_eq!(done.location(), format!("{rest}?said=read#invoice"), "{}", done.body);
    site.get(&handler, done.location()).await.has(&[
        "已按电子发票填写",
        "value=\"26152000000012345678\"",
        "value=\"3001.00\"",
        "从“发票.xml”（XML）读到",
        "未经税务机关查验",
        "不含税金额与税额合计3,000元，与价税合计3,001元不一致。",
        "甲公司",
    ]);
    site.get(&handler, &format!("{base}/check")).await.has(&["从“发票.xml”（XML）读到"]);
    assert_eq!(site.get(&stranger, &invoices).await.status, StatusCode::NOT_FOUND);
    let sent = site.upload_file(&stranger, &invoices, "invoices", ("发票.xml", INVOICE)).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&handler, &format!("{base}/invoices/contract")).await.status, StatusCode::NOT_FOUND);
}
