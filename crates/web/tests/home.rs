//! 我的办件 and what goes with it, as people of an enterprise and a provider see it.
#![allow(clippy::unwrap_used)]

mod conduct_site;
mod served;

use axum::http::StatusCode;
use conduct_site::{Site, acting, id};
use served::Person;
use service::application;
use service::batch::{self, Calling};

async fn call(site: &Site, procedure: &str) -> String {
    let calling = Calling {
        programme: "grant".into(),
        procedure: procedure.into(),
        label: "第一批".into(),
        notice: "请申报。".into(),
        opens_on: "2026-01-20".into(),
        deadline_on: "2026-02-01".into(),
    };
    batch::open(&site.desk(0), &acting("市局", 0), &calling).await.unwrap()
}

/// The provider goes through the pool.
async fn pooled(site: &Site) {
    let batch = call(site, "pool").await;
    let (desk, handler, certifier) = (site.desk(0), acting("丙服务商", 0), acting("丙服务商", 1));
    let file = application::start(&desk, &handler, &batch).await.unwrap();
    let version = application::open(&desk, &handler, &file).await.unwrap().version;
    application::prepare(&desk, &handler, &file, version, "join").await.unwrap();
    let version = application::open(&desk, &certifier, &file).await.unwrap().version;
    application::sign(&desk, &certifier, &file, version, "join").await.unwrap();
}

#[tokio::test]
async fn a_file_is_begun_from_the_start_page() {
    let site = Site::new().await;
    let (handler, certifier) = (site.enter("甲公司", 0).await, site.enter("甲公司", 1).await);
    let batch = call(&site, "subsidy").await;
    call(&site, "pool").await;
    let home = site.get(&handler, "/home").await;
    home.lacks(&["再次申报"]);
    home.has(&["甲公司&lt;b&gt;", "待我办理（0）", "还没有办件", "补贴&lt;i&gt;申报：第一批", "还有12天", "/profile", "/people"]);
    home.lacks(&["服务商入池"]);
    site.get(&certifier, "/home").await.has(&["请由本单位经办人填报。"]);
    let start = format!("/batches/{batch}/start");
    let begun = site.post(&handler, &start, &[]).await;
    let file = begun.location().to_owned();
    assert!(file.starts_with("/files/"), "{}", begun.body);
    site.get(&handler, "/home").await.has(&["待我办理（1）", "填报中", "尚未提交", "下一步：办理“填报”", "继续办理", &file]);
    assert_eq!(site.post(&handler, &start, &[]).await.location(), file, "the one that was begun");
    site.get(&handler, &format!("/calls/{batch}")).await.has(&[&format!("action=\"{start}\"")]);
    site.get(&certifier, &format!("/calls/{batch}")).await.has(&["请由本单位经办人填报。"]);
    let closed = batch::close(&site.desk(0), &acting("市局", 0), &batch, "名额已满").await;
    closed.unwrap();
    let other = site.enter("乙公司", 0).await;
    let refused = site.post(&other, &start, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has(&["已于2026年1月20日结束", "role=\"alert\""]);
}

#[tokio::test]
async fn a_bureau_has_a_place_for_what_it_applies_for_itself() {
    let site = Site::new().await;
    let (bureau, enterprise) = (site.enter("市局", 0).await, site.enter("甲公司", 0).await);
    let batch = call(&site, "subsidy").await;
    let own = site.get(&bureau, "/desk/own").await;
    own.has(&["本单位申报", "目前没有可以申报的通知。", "aria-current=\"page\""]);
    own.lacks(&["补贴&lt;i&gt;申报", "授权代办"]);
    site.get(&bureau, "/desk").await.has(&["href=\"/desk/own\""]);
    assert_eq!(site.get(&enterprise, "/desk/own").await.status, StatusCode::NOT_FOUND);
    let refused = site.post(&bureau, &format!("/batches/{batch}/start"), &[]).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "what is for enterprises is not begun by a bureau");
}

const PROFILE: [(&str, &str); 12] = [
    ("address", "某路<b>1号"),
    ("legal_representative", "张三"),
    ("contact", "李四"),
    ("phone", "138 0013 8000"),
    ("founded_on", "2015-03-02"),
    ("trade", "industry"),
    ("staff", "120"),
    ("revenue", "3000"),
    ("assets", "1.5亿元"),
    ("quality", "innovative"),
    ("bank", "某银行"),
    ("bank_account", "6222 0000 1111 2222"),
];

#[tokio::test]
async fn a_profile_is_said_once_and_two_do_not_overwrite_each_other() {
    let site = Site::new().await;
    let (manager, certifier) = (site.enter("乙公司", 0).await, site.enter("乙公司", 1).await);
    let version = site.get(&manager, "/profile").await.hidden("version");
    let with = |version: &str, more: &[(&'static str, &'static str)]| {
        let kept = PROFILE.into_iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
        kept.chain(more.iter().copied())
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .chain([("version".to_owned(), version.to_owned())])
            .collect()
    };
    let wrong = sent(&site, &manager, with(&version, &[("staff", "约百人"), ("bank_account", "12")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has(&[
        "value=\"约百人\"",
        "href=\"#staff\"",
        "href=\"#bank_account\"",
        "value=\"某路&lt;b&gt;1号\"",
        "value=\"innovative\" checked",
    ]);
    let saved = sent(&site, &manager, with(&version, &[])).await;
    assert_eq!(saved.location(), "/profile?saved=1", "{}", saved.body);
    let page = site.get(&manager, "/profile?saved=1").await;
    page.has(&[
        "单位信息已保存",
        "小型企业",
        "从业人员120人，达到20人",
        "value=\"3000\"",
        "value=\"15000\"",
        "value=\"6222000011112222\"",
        "value=\"13800138000\"",
    ]);
    let stale = sent(&site, &manager, with(&version, &[("contact", "王五")])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.has(&["内容已被他人修改", "联系人，现登记为“李四”", "value=\"王五\""]);
    let again = sent(&site, &manager, with(&stale.hidden("version"), &[("contact", "王五")])).await;
    assert_eq!(again.location(), "/profile?saved=1");
    let read = site.get(&certifier, "/profile").await;
    read.has(&["由本单位管理员或者经办人填写"]);
    read.lacks(&["6222000011112222"]);
}

async fn sent(site: &Site, person: &Person, fields: Vec<(String, String)>) -> served::Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    site.post(person, "/profile", &fields).await
}

#[tokio::test]
async fn a_mandate_is_granted_used_and_withdrawn() {
    let site = Site::new().await;
    let (enterprise, provider) = (site.enter("甲公司", 0).await, site.enter("丙服务商", 0).await);
    site.get(&enterprise, "/mandates").await.has(&["资源池中还没有服务商"]);
    pooled(&site).await;
    site.get(&enterprise, "/mandates?search=%E4%B8%99").await.has(&["丙服务商&lt;b&gt;</option>", "补贴&lt;i&gt;申报", "共1家"]);
    site.get(&enterprise, "/mandates?search=%E6%97%A0").await.has(&["没有找到名称包含“无”的服务商"]);
    let own = id("丙服务商");
    let base = [("programme", "grant"), ("provider", own.as_str()), ("from_on", "2026-01-20")];
    let wrong = site.post(&enterprise, "/mandates", &[&base[..], &[("until_on", "2025-01-01")]].concat()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has(&["请选择授权代办的事项。", "value=\"2025-01-01\"", "href=\"#until_on\"", &format!("value=\"{own}\" selected")]);
    let right = [&base[..], &[("until_on", "2026-06-30"), ("procedures", "subsidy")]].concat();
    assert_eq!(site.post(&enterprise, "/mandates", &right).await.location(), "/mandates?granted=1");
    let list = site.get(&enterprise, "/mandates").await;
    list.has(&["丙服务商&lt;b&gt;", "有效", "撤回授权"]);

    site.get(&provider, "/home").await.has(&["已取得的资格", "再次申报"]);
    let held = site.get(&provider, "/mandates").await;
    held.has(&["甲公司&lt;b&gt;", "代办", "/organisations/choose?next=/home"]);
    let (organisation, mandate) = (held.hidden("organisation"), held.hidden("mandate"));
    let chosen = site.post(&provider, "/organisations/choose?next=/home", &[("organisation", &organisation), ("mandate", &mandate)]).await;
    assert_eq!(chosen.location(), "/home", "{}", chosen.body);
    let acting = site.get(&provider, "/home").await;
    acting.has(&["甲公司&lt;b&gt;", "（授权代办，至2026年6月30日）"]);
    acting.lacks(&["href=\"/profile\"", "href=\"/mandates\""]);
    for address in ["/notices", "/mandates"] {
        assert_eq!(site.get(&provider, address).await.status, StatusCode::NOT_FOUND, "{address} is the enterprise's own");
    }
    let withdrawn = site.post(&enterprise, &format!("/mandates/{mandate}/withdraw"), &[]).await;
    assert_eq!(withdrawn.location(), "/mandates?withdrawn=1");
    site.get(&enterprise, "/mandates").await.has(&["已于2026年1月20日撤回"]);
    assert_eq!(site.get(&provider, "/home").await.status, StatusCode::SEE_OTHER, "the mandate is over at once");
}

#[tokio::test]
async fn notices_are_listed_and_marked_as_read() {
    let site = Site::new().await;
    let enterprise = site.enter("甲公司", 0).await;
    site.get(&enterprise, "/notices").await.has(&["还没有消息"]);
    let batch = call(&site, "subsidy").await;
    site.approved("甲公司", &batch).await;
    let page = site.get(&enterprise, "/notices").await;
    page.has(&["已提交", "未读", "全部标为已读", "/notices/open?id="]);
    let certifier = site.enter("甲公司", 1).await;
    let before = site.get(&certifier, "/notices").await.body.matches("标为已读<").count();
    let open = page.body.split("/notices/open?id=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let opened = site.get(&enterprise, &format!("/notices/open?id={open}")).await;
    assert!(opened.location().starts_with("/files/"), "{}", opened.location());
    assert_eq!(site.get(&certifier, "/notices").await.body.matches("标为已读<").count(), before, "a colleague reads for itself");
    let stranger = site.enter("乙公司", 0).await;
    assert_eq!(site.get(&stranger, &format!("/notices/open?id={open}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(&enterprise, "/notices/read", &[]).await.location(), "/notices");
    let page = site.get(&enterprise, "/notices").await;
    page.has(&["已读"]);
    page.lacks(&["全部标为已读", "未读"]);
}
