//! Experts from outside: a bureau assigns them by the solver, they declare and score, scores that lie apart are settled.
#![allow(clippy::unwrap_used)]

mod review_site;
mod served;

use axum::http::StatusCode;
use review_site::{STAGE, Site, id};

fn act(file: &str, what: &str) -> String {
    format!("/files/{file}/stages/{STAGE}/{what}")
}

/// Looks at a proposal and confirms it.
async fn assigned(site: &Site) {
    let address = format!("/reviews/{}/{STAGE}", site.programme());
    let page = site.get("市局", &format!("{address}?load_max=20&draw=&seed=20260101")).await;
    page.has(&["已证明没有更好的方案", "领域相符", "确认分配"]);
    let digest = page.hidden("digest");
    let done = site.post("市局", &address, &[("load_max", "20"), ("seed", "20260101"), ("digest", &digest)]).await;
    done.has(&["已通知专家"]);
}

async fn scored(site: &Site, expert: &str, file: &str, plan: &str) {
    let declare = act(file, "declare");
    let record = site.get(expert, &declare).await.hidden("record");
    let declared = site.post(expert, &declare, &[("record", &record), ("conflict", "no")]).await;
    assert_eq!(declared.location(), format!("/files/{file}?done=declared"), "{}", declared.body);
    let fields = [("score-sheet.plan", plan), ("score-sheet.effect", "30"), ("score-sheet.opinion", "可行。")];
    let sent = site.post(expert, &act(file, "review"), &fields).await;
    assert_eq!(sent.location(), act(file, "review?done=1"), "{}", sent.body);
}

/// The experts of a file, as its page names them.
async fn experts(site: &Site, file: &str) -> Vec<&'static str> {
    let page = site.get("市局", &act(file, "experts")).await;
    let scores = page.body.split("专家情况").nth(1).unwrap().split("</details>").next().unwrap().to_owned();
    ["王一", "王二", "王三", "王四", "王五", "王六"].into_iter().filter(|name| scores.contains(name)).collect()
}

#[tokio::test]
async fn files_are_assigned_without_conflicts_and_scored_blindly() {
    let site = Site::new().await;
    let files = site.filed(&["甲公司", "乙公司"]).await;
    let desk = site.get("市局", "/desk").await;
    desk.has(&["专家评审：分配评审专家"]);
    desk.lacks(&["委托所选"]);
    site.get("市局", "/reviews").await.has(&["专家评审", "2件", "0人次"]);
    assigned(&site).await;
    let (first, second) = (experts(&site, &files[0]).await, experts(&site, &files[1]).await);
    assert!(!first.contains(&"王五") && !second.contains(&"王六"), "{first:?} {second:?}");
    assert_eq!((first.len(), second.len()), (3, 3));
    site.get("市局", "/reviews").await.has(&["0件", "6人次"]);

    let file = files[0].as_str();
    for expert in &first {
        site.get(expert, "/desk").await.has(&["专家评审", "甲公司"]);
        site.get(expert, &act(file, "review")).await;
    }
    assert_eq!(site.get(first[0], &act(file, "review")).await.location(), act(file, "declare"));
    scored(&site, first[0], file, "50").await;
    site.get(first[0], &act(file, "review")).await.lacks(&["全部评分"]);
    scored(&site, first[1], file, "45.5").await;
    site.get(first[1], &act(file, "review")).await.lacks(&["80分"]);
    site.get("市局", &act(file, "experts")).await.has(&["80分", "75.5分", "未声明利益关系"]);
    let wrong = site.post(first[0], &act(file, "review"), &[("score-sheet.plan", "50")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has(&["不能再修改"]);
    scored(&site, first[2], file, "60").await;
    site.get("市局", &act(file, "experts")).await.has(&["81.83分"]);
    site.get(first[0], &act(file, "review")).await.has(&["评审得分", "81.83分", "全部评分", "专家"]);
    let page = site.get("甲公司", &act(file, "experts")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    for stranger in ["王六", "乙公司"].iter().filter(|name| !first.contains(name)) {
        assert_eq!(site.get(stranger, &act(file, "review")).await.status, StatusCode::NOT_FOUND, "{stranger}");
    }
}

#[tokio::test]
async fn scores_far_apart_ask_for_one_more_and_may_be_moderated() {
    let site = Site::new().await;
    let file = site.filed(&["甲公司"]).await.remove(0);
    assigned(&site).await;
    let three = experts(&site, &file).await;
    for (expert, plan) in three.iter().zip(["10", "35", "60"]) {
        scored(&site, expert, &file, plan).await;
    }
    site.get("市局", "/desk").await.has(&["评分差距过大"]);
    let page = site.get("市局", &act(&file, "experts")).await;
    page.has(&["应当增加一名专家", "相差50分", "同一地区", "裁定得分"]);
    let record = page.hidden("record");
    let conflicted = site.post("市局", &act(&file, "experts"), &[("record", &record), ("experts", &id("王五")), ("do", "ask")]).await;
    assert_eq!(conflicted.status, StatusCode::UNPROCESSABLE_ENTITY);
    conflicted.has(&["王五应当回避"]);
    let one_more = ["王一", "王二", "王三", "王四", "王六"].into_iter().find(|name| !three.contains(name)).unwrap();
    let asked = site.post("市局", &act(&file, "experts"), &[("record", &record), ("experts", &id(one_more)), ("do", "ask")]).await;
    assert_eq!(asked.location(), act(&file, "experts?done=asked"), "{}", asked.body);
    scored(&site, one_more, &file, "35").await;
    let page = site.get("市局", &act(&file, "experts")).await;
    page.has(&["请写明理由作出裁定"]);
    let record = page.hidden("record");
    let address = act(&file, "experts");
    let wrong = site.post("市局", &address, &[("record", &record), ("score", "99"), ("reason", ""), ("do", "moderate")]).await;
    wrong.has(&["40分至90分之间", "请写明裁定的理由"]);
    let done = site.post("市局", &address, &[("record", &record), ("score", "66"), ("reason", "经复核"), ("do", "moderate")]).await;
    assert_eq!(done.location(), act(&file, "experts?done=moderated"), "{}", done.body);
    site.get("市局", &act(&file, "experts")).await.has(&["66分", "经复核"]);
}

#[tokio::test]
async fn a_draw_takes_the_seed_and_a_shortage_says_why() {
    let site = Site::new().await;
    site.filed(&["甲公司"]).await;
    let address = format!("/reviews/{}/{STAGE}", site.programme());
    site.get("市局", &format!("{address}?load_max=20&draw=3&seed=")).await.has(&["填写已公布的种子"]);
    site.get("市局", &format!("{address}?load_max=20&draw=9&seed=1")).await.has(&["只有6人可抽取"]);
    site.get("市局", &format!("{address}?load_max=x")).await.has(&["最多评审的件数"]);
    let drawn = site.get("市局", &format!("{address}?load_max=20&draw=3&seed=20260101")).await;
    drawn.has(&["专家库6人，参加分配3人"]);
    let short = site.get("市局", &format!("{address}?load_max=20&draw=2&seed=20260101")).await;
    short.has(&["不能配齐专家", "可以评审的只有"]);
    short.lacks(&["确认分配"]);
    let stale = site.post("市局", &address, &[("load_max", "20"), ("digest", "x")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    stale.has(&["已变化", "确认分配"]);
    assert_eq!(site.get("甲公司", &address).await.status, StatusCode::NOT_FOUND);
}

/// What a page shows of a draw, and nothing else.
fn shown(page: &str, key: &str) -> Vec<String> {
    let part = page.split(&format!("data-draw=\"{key}\"")).nth(1).unwrap_or_default();
    let part = part.split("</ol>").next().unwrap();
    part.split("<code>").skip(1).map(|id| id.split("</code>").next().unwrap().to_owned()).collect()
}

fn word(page: &str, key: &str) -> String {
    let part = page.split(&format!("data-draw=\"{key}\">")).nth(1).unwrap();
    part.split('<').next().unwrap().to_owned()
}

/// Draws again from the page alone.
fn drawn_again(page: &str) {
    let (seed, count) = (word(page, "seed"), word(page, "count").parse().unwrap());
    let (pool, files) = (shown(page, "pool"), shown(page, "files"));
    let drawn = insight::assignment::draw(&pool, count, &seed).unwrap();
    assert_eq!((pool.len(), drawn.len()), (6, 5));
    assert_eq!(shown(page, "drawn"), drawn);
    assert_eq!(shown(page, "experts"), insight::assignment::draw(&drawn, drawn.len(), &seed).unwrap());
    assert_eq!(shown(page, "files-order"), insight::assignment::draw(&files, files.len(), &seed).unwrap());
}

#[tokio::test]
async fn a_draw_is_repeated_from_what_is_shown() {
    let site = Site::new().await;
    let files = site.filed(&["甲公司", "乙公司"]).await;
    let address = format!("/reviews/{}/{STAGE}", site.programme());
    let page = site.get("市局", &format!("{address}?load_max=20&draw=5&seed=20260101")).await;
    drawn_again(&page.body);
    let drawn = shown(&page.body, "drawn");
    let digest = page.hidden("digest");
    site.post("市局", &address, &[("load_max", "20"), ("draw", "5"), ("seed", "20260101"), ("digest", &digest)]).await;
    for reader in ["市局", "甲公司"] {
        let page = site.get(reader, &act(&files[0], "draw")).await;
        drawn_again(&page.body);
        assert_eq!(shown(&page.body, "drawn"), drawn);
        page.lacks(&["王一", "王二", "王三"]);
    }
    assert_eq!(site.get("乙公司", &act(&files[0], "draw")).await.status, StatusCode::NOT_FOUND);
    let taking: Vec<&str> = ["王一", "王二", "王三", "王四", "王五", "王六"].into_iter().filter(|name| drawn.contains(&id(name))).collect();
    for file in &files {
        assert!(experts(&site, file).await.iter().all(|name| taking.contains(name)), "{taking:?}");
    }
}

#[tokio::test]
async fn an_expert_says_what_he_knows() {
    let site = Site::new().await;
    let page = site.get("王一", "/reviews").await;
    page.has(&["食品", "大学", "专业领域"]);
    let version = page.hidden("version");
    let wrong = site.post("王一", "/reviews", &[("version", &version), ("fields", " "), ("employer", "")]).await;
    wrong.has(&["请填写专业领域", "任职单位的全称"]);
    let saved = site.post("王一", "/reviews", &[("version", &version), ("fields", "纺织、机械"), ("employer", "研究院")]).await;
    assert_eq!(saved.location(), "/reviews?saved=1", "{}", saved.body);
    site.get("王一", "/reviews").await.has(&["纺织\n机械", "研究院"]);
    let stale = site.post("王一", "/reviews", &[("version", &version), ("fields", "食品"), ("employer", "无")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(
        site.post("市局", "/reviews", &[("version", "1"), ("fields", "食品"), ("employer", "无")]).await.status,
        StatusCode::NOT_FOUND
    );
}
