//! Money that was paid is claimed back and comes in, through the pages of the file.
#![allow(clippy::unwrap_used)]

mod conduct_site;
mod served;

use axum::http::StatusCode;
use conduct_site::Site;
use served::Person;
use service::publicity;

fn last(address: &str) -> String {
    address.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// A file of an enterprise that was paid 100,000 yuan.
async fn paid(site: &Site, handler: &Person) -> String {
    let city = site.enter("市局", 0).await;
    let call =
        [("what", "grant subsidy"), ("label", "第一批"), ("notice", "请申报。"), ("opens_on", "2026-01-20"), ("deadline_on", "2026-02-01")];
    let batch = last(site.post(&city, "/conduct/batches", &call).await.location());
    let file = site.approved("甲公司", &batch).await;
    let shown = [
        ("programme", "grant"),
        ("procedure", "subsidy"),
        ("title", "公示"),
        ("starts_on", "2026-01-20"),
        ("ends_on", "2026-01-24"),
        ("contact", "市局"),
        ("items", &file),
    ];
    site.post(&city, "/conduct/publicity", &shown).await;
    assert_eq!(publicity::finish(&site.desk(5)).await.unwrap(), 1);
    let prepared = site.post(handler, "/conduct/payments", &[("programme", "grant"), ("label", "清单"), ("items", &file)]).await;
    let list = format!("/conduct/payments/{}", last(prepared.location()));
    for person in [1, 2] {
        let certifier = site.enter("财政局", person).await;
        let version = site.get(&certifier, &list).await.hidden("version");
        site.post(&certifier, &format!("{list}/approve"), &[("version", &version)]).await;
    }
    site.post(handler, &format!("{list}/paid"), &[("paid.items", &file)]).await;
    file
}

#[tokio::test]
async fn money_comes_back_by_a_clause() {
    let site = Site::new().await;
    let handler = site.enter("财政局", 0).await;
    let file = paid(&site, &handler).await;
    site.get(&handler, &format!("/files/{file}")).await.has(&["追回资金", "已拨付"]);
    let claim = format!("/files/{file}/claim");
    let page = site.get(&handler, &claim).await;
    page.has(&["已拨付", "10万元"]);
    let version = page.hidden("record");
    for (amount, reason, clause, message) in [
        ("many", "", "", "金额"),
        ("999999", "查实", "guide:1", "不超过10万元"),
        ("100", "", "guide:1", "请写明追回的理由"),
        ("100", "查实<b>", "", "请选择追回所依据的条款"),
    ] {
        let refused =
            site.post(&handler, &claim, &[("record", &version), ("amount", amount), ("reason", reason), ("clause", clause)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount}");
        refused.has(&[message, &format!("value=\"{amount}\"")]);
    }
    let stale = site.post(&handler, &claim, &[("record", "1"), ("amount", "1万元"), ("reason", "查实"), ("clause", "guide:1")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.has(&["内容已被他人更新", "value=\"1万元\""]);
    let done = site.post(&handler, &claim, &[("record", &version), ("amount", "1万元"), ("reason", "查实"), ("clause", "guide:1")]).await;
    assert_eq!(done.location(), format!("/files/{file}?done=claimed"), "{}", done.body);
    let repay = format!("/files/{file}/repay");
    let version = site.get(&handler, &repay).await.hidden("record");
    site.post(&handler, &repay, &[("record", &version), ("amount", "20000")]).await.has(&["不超过1万元"]);
    let done = site.post(&handler, &repay, &[("record", &version), ("amount", "10000"), ("note", "凭证1")]).await;
    assert_eq!(done.location(), format!("/files/{file}?done=repaid"), "{}", done.body);
    site.get(&handler, &format!("/files/{file}")).await.has(&["已追回", "追回1万元", "查实", "凭证1"]);
    let city = site.enter("市局", 0).await;
    assert_eq!(site.get(&city, &claim).await.status, StatusCode::NOT_FOUND);
}
