//! The administrator's pages of packs: loading, faults, trying out without a trace, comparing, opening.
#![allow(clippy::unwrap_used)]

mod conduct_site;
mod served;

use axum::http::StatusCode;
use conduct_site::Site;
use policy::files::PackFiles;
use served::Person;
use sqlx::{Connection as _, Row as _, SqliteConnection};

const ID: &str = "example-city";
const ONE: &str = "/admin/packs/example-city/1";

async fn load(site: &Site, person: &Person, files: &PackFiles) -> served::Page {
    site.upload(person, "/admin/packs", "archive", &testkit::zipped(files)).await
}

fn second() -> PackFiles {
    let mut files = testkit::new_pack(ID, "2");
    let change = |text: &String| {
        let text = text.replace("by = \"batch.number\"", "by = \"batch.number\"\nfrom = 3\namends = \"1\"");
        let text = text.replace("staff >= 10人", "staff >= 20人").replace("少于10人", "少于20人").replace("days = 10,", "days = 7,");
        text.replace("staff = 10\n", "staff = 20\n").replace("= 9 }", "= 19 }")
    };
    files.values_mut().for_each(|text| *text = change(text));
    files
}

/// Rows of every table.
async fn rows(site: &Site) -> Vec<(String, i64)> {
    let mut database = SqliteConnection::connect(&site.database()).await.unwrap();
    let names = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetch_all(&mut database).await.unwrap();
    let mut all = Vec::new();
    for name in names {
        let name: String = name.get(0);
        let count = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM \"{name}\""))).fetch_one(&mut database).await.unwrap();
        all.push((name, count.get(0)));
    }
    assert!(all.len() > 10, "{all:?}");
    all
}

#[tokio::test]
async fn a_programme_comes_by_its_pack_alone() {
    let site = Site::new().await;
    let (admin, certifier, bureau) = (site.enter("平台", 0).await, site.enter("市局", 1).await, site.enter("市局", 0).await);
    let loaded = load(&site, &admin, &testkit::new_pack(ID, "1")).await;
    assert_eq!((loaded.status, loaded.location()), (StatusCode::SEE_OTHER, "/admin/packs/example-city/1?loaded=1"), "{}", loaded.body);
    let page = site.get(&admin, loaded.location()).await;
    page.has(&["已加载，全部规则和案例检查通过", "待开放", "加载和开放应为两人", "试填表单", "4个案例的结果与写明的一致"]);
    assert_eq!(site.get(&bureau, &format!("/programmes/{ID}?version=1")).await.status, StatusCode::OK);
    assert_eq!(
        site.anonymous(&format!("/programmes/{ID}?version=1")).await.status,
        StatusCode::NOT_FOUND,
        "what is not open is not public"
    );
    let own = site.post(&admin, &format!("{ONE}/open"), &[("open.version", "1")]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    own.has(&["请由另一名平台管理员或者主管部门签发人核对后开放"]);
    let handler = site.post(&bureau, &format!("{ONE}/open"), &[("open.version", "1")]).await;
    assert_eq!(handler.status, StatusCode::NOT_FOUND);
    let page = site.get(&certifier, ONE).await;
    let opened = site.post(&certifier, &format!("{ONE}/open"), &[("open.version", &page.hidden("open.version"))]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    site.get(&bureau, "/conduct/batches/new").await.has(&["示例市数字化转型补助", "申请列入名单"]);
    site.anonymous(&format!("/programmes/{ID}")).await.has(&["职工人数", "申请列入名单"]);
}

#[tokio::test]
async fn what_is_wrong_is_listed_and_nothing_is_loaded() {
    let site = Site::new().await;
    let admin = site.enter("平台", 0).await;
    let mut files = testkit::new_pack(ID, "1");
    files.insert("conditions.toml".into(), files["conditions.toml"].replace("enterprise.staff >=", "enterprise.staf >="));
    let page = load(&site, &admin, &files).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has(&["没有加载", "conditions.toml", "enterprise.staf &gt;= 10人", "（条款1）", "是否应为"]);
    for (bytes, says) in [(&b"x"[..], "不是完整的 zip"), (b"", "请先选择")] {
        let page = site.upload(&admin, "/admin/packs", "archive", bytes).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.has(&[says]);
    }
    assert_eq!(site.upload(&admin, "/admin/packs", "archive", &vec![0; 3 << 20]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for who in ["甲公司", "市局", "财政局"] {
        let person = site.enter(who, 0).await;
        assert_eq!(load(&site, &person, &testkit::new_pack(ID, "1")).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    site.get(&admin, "/admin/packs").await.lacks(&["example-city"]);
}

#[tokio::test]
async fn forms_are_tried_out_as_each_role_and_nothing_is_kept() {
    let site = Site::new().await;
    let admin = site.enter("平台", 0).await;
    load(&site, &admin, &testkit::new_pack(ID, "1")).await;
    let walk = format!("{ONE}/walk");
    site.get(&admin, &walk).await;
    let before = rows(&site).await;
    let page = site.get(&admin, &walk).await;
    page.has(&["试填，不保存任何内容", "企业情况", "改造计划", "由企业办理", "审查（旗县区主管部门）", "正式办理时另需上传：营业执照"]);
    let at = [
        ("procedure", "roster"),
        ("stage", "apply"),
        ("do", "check"),
        ("shown", "application.enterprise"),
        ("shown", "application.plan"),
        ("shown", "application"),
    ];
    let empty = site.post(&admin, &walk, &at).await;
    empty.has(&["请填写“职工人数”", "请阅读并确认“真实性承诺”"]);
    let typed = [("enterprise.registered_here", "yes"), ("enterprise.staff", "9"), ("application.plan", "太短<b>")];
    let few = site.post(&admin, &walk, &[&at[..], &typed[..]].concat()).await;
    few.has(&["还差95字", "职工人数为9人，少于10人。", "太短&lt;b&gt;", "待人工核实", "《通知》1"]);
    let carried = few.hidden("carried").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let go = [("procedure", "roster"), ("stage", "apply"), ("do", "go:check"), ("carried", carried.as_str())];
    let check = site.post(&admin, &walk, &go).await;
    check.has(&["由旗县区主管部门办理", "未被列入严重失信名单", "职工人数为9人"]);
    let judge = [("procedure", "roster"), ("stage", "check"), ("do", "check"), ("carried", carried.as_str()), ("judge.credit", "no")];
    site.post(&admin, &walk, &judge).await.has(&["企业被列入严重失信名单。"]);
    for (carried, status) in [("{", 422), ("{\"apply\":{\"texts\":{\"a\":1}}}", 422)] {
        let broken = site.post(&admin, &walk, &[("procedure", "roster"), ("stage", "apply"), ("carried", carried)]).await;
        assert_eq!(broken.status.as_u16(), status);
    }
    assert_eq!(rows(&site).await, before, "a trial leaves nothing");
    let enterprise = site.enter("甲公司", 0).await;
    assert_eq!(site.get(&enterprise, &walk).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(&enterprise, &walk, &at).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_changed_notice_is_a_new_version_with_a_readable_difference() {
    let site = Site::new().await;
    let (admin, certifier) = (site.enter("平台", 0).await, site.enter("市局", 1).await);
    load(&site, &admin, &testkit::new_pack(ID, "1")).await;
    site.post(&certifier, &format!("{ONE}/open"), &[("open.version", "1")]).await;
    let loaded = load(&site, &admin, &second()).await;
    assert_eq!(loaded.status, StatusCode::SEE_OTHER, "{}", loaded.body);
    site.get(&admin, "/admin/packs/example-city/2").await.has(&["与1版的不同"]);
    let page = site.get(&certifier, "/admin/packs/example-city/2/difference?from=1").await;
    page.has(&[
        "自第3批起",
        "申报条件",
        "职工人数 &gt;= 〔－10〕〔＋20〕人，",
        "环节“审查”时限天数：10 → 7",
        "依据《通知》5",
        "案例的结果",
    ]);
    let mut changed = testkit::new_pack(ID, "1");
    changed.insert("extra.md".into(), "多".into());
    load(&site, &admin, &changed).await.has(&["已开放使用，不能修改", "amends"]);
}
