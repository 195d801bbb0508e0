//! The desk from outside: inbox, lists, exports, and every work an official does on a file.
#![allow(clippy::unwrap_used)]

mod desk_site;
mod served;

use axum::http::{StatusCode, header};
use desk_site::{Site, acting, id, scored};
use served::Person;
use service::application;

/// The version a form carries.
async fn record(site: &Site, person: &Person, address: &str) -> String {
    site.get(person, address).await.hidden("record")
}

/// The address of what is done in a stage.
fn act(file: &str, stage: &str, what: &str) -> String {
    format!("/files/{file}/stages/{stage}/{what}")
}

/// Takes a file through its check.
async fn checked(site: &Site, city: &Person, file: &str) {
    let address = act(file, "check", "check");
    let record = record(site, city, &address).await;
    let fields = [
        ("record", record.as_str()),
        ("enterprise.clean", "yes"),
        ("judge.truthful", "yes"),
        ("judge.truthful.note", "已核对"),
        ("do", "approve"),
    ];
    let answer = site.post(city, &address, &fields).await;
    assert_eq!(answer.location(), format!("/files/{file}?done=approved"), "{}", answer.body);
}

/// Assigns a third party to a stage, whose person declares to have no interest.
async fn assigned(site: &Site, city: &Person, third: &Person, organisation: &str, file: &str, stage: &str) {
    let address = act(file, stage, "assign");
    let version = record(site, city, &address).await;
    let answer = site.post(city, &address, &[("record", &version), ("organisation", &id(organisation))]).await;
    assert_eq!(answer.location(), format!("/files/{file}?done=assigned"), "{}", answer.body);
    let declare = act(file, stage, "declare");
    let version = record(site, third, &declare).await;
    let answer = site.post(third, &declare, &[("record", &version), ("conflict", "no")]).await;
    assert_eq!(answer.location(), format!("/files/{file}?done=declared"), "{}", answer.body);
}

#[tokio::test]
async fn the_inbox_is_grouped_says_what_is_due_and_keeps_its_filters() {
    let site = Site::new().await;
    let (file, _) = (site.subsidy("甲公司", true).await, site.plain("乙公司").await);
    let city = site.enter("市局", 0).await;
    let page = site.get(&city, "/desk").await;
    page.has(&[
        "资格审查&lt;b&gt;",
        "确认&lt;b&gt;",
        "还剩5天",
        "今天进入",
        "逐件办理",
        "甲公司&lt;b&gt;",
        &format!("href=\"/files/{file}\""),
    ]);
    page.lacks(&["<b>补贴"]);
    let narrowed = site.get(&city, "/desk?procedure=subsidy&place=hohhot-saihan").await;
    narrowed.has(&["甲公司", &format!("/files/{file}?procedure=subsidy&amp;place=hohhot-saihan")]);
    narrowed.lacks(&["乙公司"]);
    site.get(&city, "/desk?overdue=1").await.has(&["没有符合条件的待办。"]);
    site.get(&city, "/desk?due_on=2026-01-25").await.has(&["期限为2026年1月25日", "甲公司"]);
    let calendar = site.get(&city, "/desk/calendar").await;
    calendar.has(&["2026年1月", "本月到期1件", "/desk?due_on=2026-01-25"]);
}

#[tokio::test]
async fn a_district_sees_no_other_districts_inbox_or_files() {
    let site = Site::new().await;
    let (own, other) = (site.subsidy("甲公司", true).await, site.subsidy("乙公司", true).await);
    let district = site.enter("区局", 0).await;
    for address in ["/desk/files", "/desk/files?place=hohhot-yuquan", "/desk/files?place=hohhot"] {
        let page = site.get(&district, address).await;
        page.has(&["甲公司"]);
        page.lacks(&["乙公司"]);
    }
    assert_eq!(site.get(&district, &format!("/files/{own}")).await.status, StatusCode::OK);
    assert_eq!(site.get(&district, &format!("/files/{other}")).await.status, StatusCode::NOT_FOUND);
    site.get(&district, "/desk?place=hohhot-yuquan").await.lacks(&["乙公司"]);
}

#[tokio::test]
async fn many_are_approved_at_once_with_an_outcome_for_each() {
    let site = Site::new().await;
    let (one, other) = (site.plain("甲公司").await, site.subsidy("乙公司", true).await);
    let city = site.enter("市局", 0).await;
    site.get(&city, "/desk?pick=all").await.has(&[&format!("value=\"{one} plain\" checked")]);
    let picks =
        [("pick", format!("{one} plain")), ("pick", format!("{other} check")), ("do", "approve".to_owned()), ("note", "属实".to_owned())];
    let picks: Vec<(&str, &str)> = picks.iter().map(|(name, text)| (*name, text.as_str())).collect();
    site.post(&city, "/desk/bulk", &picks).await.has(&["确认通过以下2件", "甲公司&lt;b&gt;", "乙公司&lt;b&gt;", "属实"]);
    let confirmed: Vec<(&str, &str)> = picks.iter().copied().chain([("confirmed", "1")]).collect();
    let page = site.post(&city, "/desk/bulk", &confirmed).await;
    page.has(&["已通过1件，1件没有办理", "甲公司&lt;b&gt;", "请核实"]);
    site.get(&city, "/desk").await.lacks(&["甲公司"]);
}

#[tokio::test]
async fn what_is_missing_for_many_is_asked_for_on_the_desk() {
    let site = Site::new().await;
    site.plain("甲公司").await;
    let city = site.enter("市局", 0).await;
    let page = site.post(&city, "/desk/bulk", &[("do", "approve"), ("note", "材料属实")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has(&["请先勾选申报件。", "value=\"材料属实\"", "甲公司&lt;b&gt;"]);
}

#[tokio::test]
async fn third_parties_are_assigned_to_many() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let city = site.enter("市局", 0).await;
    checked(&site, &city, &file).await;
    site.get(&city, "/desk").await.has(&["现场评测：委托办理机构", "核定投入：委托办理机构", "评测中心&lt;b&gt;", "会计所&lt;b&gt;"]);
    let pick = format!("{file} assess");
    let page = site.post(&city, "/desk/bulk", &[("pick", &pick), ("do", "assign"), ("organisation", &id("会计所"))]).await;
    page.has(&["未办理", "请选择第三方评测机构"]);
    let page = site.post(&city, "/desk/bulk", &[("pick", &pick), ("do", "assign"), ("organisation", &id("评测中心"))]).await;
    page.has(&["已委托1件"]);
    site.get(&site.enter("评测中心", 0).await, "/desk").await.has(&["现场评测", "甲公司"]);
}

#[tokio::test]
async fn the_list_is_narrowed_sorted_kept_and_exported() {
    let site = Site::new().await;
    site.subsidy("甲公司", true).await;
    site.plain("乙公司").await;
    let city = site.enter("市局", 0).await;
    let page = site.get(&city, "/desk/files?procedure=subsidy&column=award&column=level&sort=award").await;
    page.has(&[
        "甲公司",
        "补贴金额（万元）",
        "核定等级",
        "/desk/files.csv?procedure=subsidy&amp;column=name&amp;column=level&amp;column=award&amp;sort=award",
    ]);
    page.lacks(&["乙公司", "<th scope=\"col\">受理编号"]);
    let saved = site.post(&city, "/desk/views?procedure=subsidy", &[("name", "我的<b>")]).await;
    assert_eq!(saved.location(), "/desk/files?procedure=subsidy&view=saved");
    site.get(&city, "/desk/files").await.has(&["我的&lt;b&gt;", "href=\"/desk/files?procedure=subsidy\""]);
    let refused = site.post(&city, "/desk/views?procedure=subsidy", &[("name", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has(&["请填写视图名称"]);
    site.post(&city, "/desk/views", &[("name", "我的<b>"), ("do", "drop")]).await;
    site.get(&city, "/desk/files").await.lacks(&["我的&lt;b&gt;"]);
    let csv = site.get(&city, "/desk/files.csv").await;
    assert_eq!(csv.body.lines().count(), 3, "{}", csv.body);
    assert!(csv.header(header::CONTENT_TYPE).starts_with("text/csv") && csv.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    let xlsx = site.get(&city, "/desk/files.xlsx?procedure=roster").await;
    let mut rows = Vec::new();
    papers::read("a.xlsx", &xlsx.bytes, &mut |_, cells| rows.push(cells.join("|"))).unwrap();
    assert!(rows.len() == 2 && rows[1].contains("乙公司"), "{rows:?}");
}

#[tokio::test]
async fn figures_open_their_lists() {
    let site = Site::new().await;
    site.subsidy("甲公司", true).await;
    let city = site.enter("市局", 0).await;
    let page = site.get(&city, "/desk/dashboard?programme=grant").await;
    page.has(&[
        "补贴&lt;i&gt;申报",
        "/desk/files?programme=grant&amp;procedure=subsidy",
        "state=in_review",
        "place=hohhot-saihan",
        "尚未核定",
    ]);
}

#[tokio::test]
async fn the_paper_stands_beside_what_the_rules_say() {
    let site = Site::new().await;
    let (first, file) = (site.subsidy("甲公司", true).await, site.subsidy("乙公司", false).await);
    let city = site.enter("市局", 0).await;
    let page = site.get(&city, &format!("/files/{file}")).await;
    page.has(&[
        "申报表&lt;b&gt;",
        "某项目&lt;b&gt;",
        "没有在辖区内注册&lt;b&gt;。",
        "不符合（1条）",
        "为什么",
        "核定投入",
        "逐项核定",
        "办理记录",
        "办理审核",
        "退回补正",
    ]);
    page.has(&[&format!("/files/{first}"), "第2件／共2件", "台账第"]);
    page.lacks(&["<b>某"]);
    let supervisor = site.enter("监督组", 0).await;
    let page = site.get(&supervisor, &format!("/files/{file}")).await;
    page.has(&["申报条件核查"]);
    page.lacks(&["办理审核"]);
    let own = site.get(&site.enter("乙公司", 0).await, &format!("/files/{file}")).await;
    assert_eq!(own.location(), format!("/files/{file}/fill"));
    assert_eq!(site.get(&site.enter("甲公司", 0).await, &format!("/files/{file}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&site.enter("评测中心", 0).await, &format!("/files/{file}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_check_keeps_what_was_typed_until_it_is_complete() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let city = site.enter("市局", 0).await;
    let address = act(&file, "check", "check");
    let page = site.get(&city, &address).await;
    page.has(&["没有违法记录", "申报填写：是", "需核实：合同和付款凭证&lt;b&gt;", "投入真实&lt;b&gt;", "退回补正…"]);
    let version = page.hidden("record");
    let answer =
        site.post(&city, &address, &[("record", &version), ("judge.truthful", "yes"), ("note", "意见<i>"), ("do", "approve")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has(&[
        "请核实“没有违法记录”。",
        "请核实“投入真实&lt;b&gt;”并写明依据。",
        "value=\"yes\" checked",
        "意见&lt;i&gt;",
        "href=\"#judge-truthful\"",
    ]);
    let answer = site
        .post(
            &city,
            &address,
            &[
                ("record", &version),
                ("judge.truthful", "no"),
                ("judge.truthful.note", "无合同"),
                ("enterprise.clean", "yes"),
                ("do", "approve"),
            ],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.has(&["或者选择不予通过", "《演示》1"]);
    // Saved as it is typed, and found again.
    let saved = site.post(&city, &format!("{address}/draft"), &[("version", "0"), ("judge.truthful.note", "已看合同")]).await;
    assert!(saved.body.contains("\"version\":1"), "{}", saved.body);
    site.get(&city, &address).await.has(&["已看合同"]);
    checked(&site, &city, &file).await;
    let over = site.get(&city, &address).await;
    assert_eq!(over.status, StatusCode::CONFLICT);
    over.has(&["该环节已办结"]);
}

#[tokio::test]
async fn whoever_comes_second_is_told_what_is_newer() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let (one, other) = (site.enter("市局", 0).await, site.enter("市局", 1).await);
    let address = act(&file, "check", "check");
    let version = record(&site, &other, &address).await;
    checked(&site, &one, &file).await;
    let late = site.post(&other, &address, &[("record", &version), ("judge.truthful.note", "我写的<i>依据"), ("do", "approve")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.has(&["内容已被他人更新", "通过", "市局&lt;b&gt; 张0", "我写的&lt;i&gt;依据"]);
    // An assignment changes the version while the audit of the same file is filled in.
    let auditor = site.enter("会计所", 0).await;
    assigned(&site, &one, &auditor, "会计所", &file, "audit").await;
    let audit = act(&file, "audit", "audit");
    let version = record(&site, &auditor, &audit).await;
    let assign = act(&file, "assess", "assign");
    let newest = record(&site, &one, &assign).await;
    site.post(&one, &assign, &[("record", &newest), ("organisation", &id("评测中心"))]).await;
    let fields = [("record", version.as_str()), ("row.invoice.1.matches", "yes"), ("row.invoice.2.matches", "no"), ("do", "finish")];
    let late = site.post(&auditor, &audit, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.has(&["已委托办理机构", "value=\"yes\" checked"]);
    let fields = [
        ("record", late.hidden("record")),
        ("row.invoice.1.matches", "yes".into()),
        ("row.invoice.2.matches", "no".into()),
        ("do", "finish".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(site.post(&auditor, &audit, &fields).await.location(), format!("/files/{file}?done=audited"));
}

#[tokio::test]
async fn a_file_is_returned_point_by_point() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let city = site.enter("市局", 0).await;
    let address = act(&file, "check", "return");
    let page = site.get(&city, &format!("{address}?path=project.name")).await;
    page.has(&[
        "value=\"2026-01-30\"",
        "申报表&lt;b&gt;·项目&lt;b&gt;",
        "value=\"project.name\" selected",
        "value=\"invoice.1\"",
        "10日内",
        "《演示》4",
    ]);
    let version = page.hidden("record");
    let more = site.post(&city, &address, &[("record", &version), ("points", "3"), ("point.0.message", "写<i>了"), ("do", "add")]).await;
    more.has(&["补正项6", "写&lt;i&gt;了"]);
    let empty =
        site.post(&city, &address, &[("record", &version), ("points", "3"), ("point.0.path", "project.name"), ("do", "return")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    empty.has(&["请写明第1项", "href=\"#point-0-message\""]);
    let fields = |due_on| {
        [
            ("record", version.as_str()),
            ("points", "3"),
            ("point.0.path", "invoice.2"),
            ("point.0.message", "请补充第二张发票。"),
            ("due_on", due_on),
            ("do", "return"),
        ]
    };
    let early = site.post(&city, &address, &fields("2026-01-28")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    early.has(&["补正期限规定为10日内（不含起始日），不能早于2026年1月30日。", "依据：", "请补充第二张发票。", "value=\"2026-01-28\""]);
    assert_eq!(site.post(&city, &address, &fields("2026-02-02")).await.location(), format!("/files/{file}?done=returned"));
    let page = site.get(&city, &format!("/files/{file}?done=returned")).await;
    page.has(&["已退回补正", "第1次退回补正，应于2026年2月2日前重新提交", "请补充第二张发票。"]);
}

#[tokio::test]
async fn a_refusal_has_its_reasons_and_clauses() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", false).await;
    let city = site.enter("市局", 0).await;
    let check = act(&file, "check", "check");
    let fields = [("version", "0"), ("judge.truthful", "no"), ("judge.truthful.note", "发票重复"), ("do", "refuse")];
    let address = act(&file, "check", "refuse");
    assert_eq!(site.post(&city, &check, &fields).await.location(), address);
    let page = site.get(&city, &address).await;
    page.has(&["value=\"local\" checked", "没有在辖区内注册&lt;b&gt;。", "发票重复", "《演示》1"]);
    let version = page.hidden("record");
    let unsaid = site.post(&city, &address, &[("record", &version), ("reason", "另有原因")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    unsaid.has(&["请选择所写理由依据的条款", "另有原因"]);
    let fields = [("record", version.as_str()), ("finding", "local"), ("reason", "另有原因"), ("clause", "1")];
    let answer = site.post(&city, &address, &fields).await;
    assert_eq!(answer.location(), format!("/files/{file}?done=refused"), "{}", answer.body);
    site.get(&city, &format!("/files/{file}")).await.has(&["不予通过：", "另有原因", "发票重复", "没有在辖区内注册"]);
}

#[tokio::test]
async fn an_interest_is_declared_before_any_work() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let (city, evaluator) = (site.enter("市局", 0).await, site.enter("评测中心", 0).await);
    checked(&site, &city, &file).await;
    let assign = act(&file, "assess", "assign");
    let version = record(&site, &city, &assign).await;
    site.post(&city, &assign, &[("record", &version), ("organisation", "")]).await.has(&["请选择受托机构"]);
    site.post(&city, &assign, &[("record", &version), ("organisation", &id("评测中心"))]).await;
    let declare = act(&file, "assess", "declare");
    assert_eq!(site.get(&evaluator, &act(&file, "assess", "assess")).await.location(), declare);
    let version = record(&site, &evaluator, &declare).await;
    site.post(&evaluator, &declare, &[("record", &version)]).await.has(&["请声明与本项目有无利益关系"]);
    site.post(&evaluator, &declare, &[("record", &version), ("conflict", "yes")]).await.has(&["请写明利益关系"]);
    site.post(&evaluator, &declare, &[("record", &version), ("conflict", "yes"), ("note", "持股")]).await.has(&["已声明回避"]);
    let version = record(&site, &city, &assign).await;
    let again = site.post(&city, &assign, &[("record", &version), ("organisation", &id("评测中心"))]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.has(&["应当回避"]);
    let skip = act(&file, "assess", "skip");
    let version = record(&site, &city, &skip).await;
    site.post(&city, &skip, &[("record", &version), ("note", "")]).await.has(&["请写明不需要办理的理由"]);
    let skipped = site.post(&city, &skip, &[("record", &version), ("note", "已有报告")]).await;
    assert_eq!(skipped.location(), format!("/files/{file}?done=skipped"));
}

#[tokio::test]
async fn an_assessment_says_what_is_unanswered_and_what_it_comes_to() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let (city, evaluator) = (site.enter("市局", 0).await, site.enter("评测中心", 0).await);
    checked(&site, &city, &file).await;
    assigned(&site, &city, &evaluator, "评测中心", &file, "assess").await;
    let address = act(&file, "assess", "assess");
    let page = site.get(&evaluator, &address).await;
    page.has(&["目前得分", "填写完整后判定", "个题目没有填写"]);
    let version = page.hidden("record");
    let short = site.post(&evaluator, &address, &[("record", &version), ("do", "finish")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    short.has(&["请回答第1题", "企业自评：", "请上传“评测报告&lt;b&gt;”。"]);
    let answers = scored("2");
    let fields = [("record", version.as_str()), ("note", "现场查看"), ("do", "finish")].into_iter();
    let fields: Vec<(&str, &str)> = fields.chain(answers.iter().map(|(path, text)| (path.as_str(), text.as_str()))).collect();
    let unread = site.upload(&evaluator, &address, &fields, "upload.paper.report", b"MZ not a paper").await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    unread.has(&["报告.pdf", "现场查看", "value=\"2\" checked"]);
    let done = site.upload(&evaluator, &address, &fields, "upload.paper.report", b"%PDF-1.7").await;
    assert_eq!(done.location(), format!("/files/{file}?done=assessed"), "{}", done.body);
    let page = site.get(&city, &format!("/files/{file}")).await;
    page.has(&["自评与现场评测的差异", "答案均一致", "应用场景有16个不一致", "评测报告&lt;b&gt;", "报告.pdf"]);
    let paper = page.body.split(&format!("/files/{file}/papers/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let opened = site.get(&city, &format!("/files/{file}/papers/{paper}")).await;
    assert_eq!((opened.status, opened.body.as_str()), (StatusCode::OK, "%PDF-1.7"));
    let stranger = site.enter("乙公司", 0).await;
    assert_eq!(site.get(&stranger, &format!("/files/{file}/papers/{paper}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&city, &format!("/files/{file}/papers/other")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_audit_sets_less_with_a_reason_and_never_more() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let (city, auditor) = (site.enter("市局", 0).await, site.enter("会计所", 0).await);
    checked(&site, &city, &file).await;
    assigned(&site, &city, &auditor, "会计所", &file, "audit").await;
    let address = act(&file, "audit", "audit");
    let matched = [("row.invoice.1.matches", "yes"), ("row.invoice.2.matches", "yes")];
    let saved = site.post(&auditor, &address, &[&matched[..], &[("version", "0"), ("do", "save")]].concat()).await;
    assert_eq!(saved.location(), address);
    let page = site.get(&auditor, &address).await;
    page.has(&["按规则计算：", "5万元", "核定投入&lt;b&gt;", "第1行"]);
    let version = page.hidden("record");
    let lower = |amount: &'static str, reason: &'static str| [("lower.spent", amount), ("lower.spent.reason", reason), ("do", "finish")];
    for (amount, reason, message) in [("60000", "重复", "不能高于"), ("40000", "", "请写明调低")] {
        let fields = [&matched[..], &[("record", version.as_str())], &lower(amount, reason)].concat();
        let refused = site.post(&auditor, &address, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.has(&[message, amount]);
    }
    let fields = [&matched[..], &[("record", version.as_str())], &lower("40000", "重复开票")].concat();
    assert_eq!(site.post(&auditor, &address, &fields).await.location(), format!("/files/{file}?done=audited"));
    site.get(&city, &format!("/files/{file}")).await.has(&["由5万元调整为4万元", "重复开票"]);
}

#[tokio::test]
async fn what_is_left_is_filled_in_by_one_press_and_nothing_typed_is_lost() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let (city, auditor, evaluator) = (site.enter("市局", 0).await, site.enter("会计所", 0).await, site.enter("评测中心", 0).await);
    let check = act(&file, "check", "check");
    site.get(&city, &check).await.has(&["其余各项与申报一致"]);
    let fields = [("version", "0"), ("judge.truthful.note", "电话核实"), ("do", "as-filed")];
    assert_eq!(site.post(&city, &check, &fields).await.location(), format!("{check}?filled=1"));
    let page = site.get(&city, &format!("{check}?filled=1")).await;
    page.has(&["已填入1项", "电话核实", "name=\"enterprise.clean\" value=\"yes\" checked"]);
    page.lacks(&["其余各项与申报一致"]);
    checked(&site, &city, &file).await;

    assigned(&site, &city, &auditor, "会计所", &file, "audit").await;
    let audit = act(&file, "audit", "audit");
    let page = site.get(&auditor, &audit).await;
    page.has(&["其余发票&lt;b&gt;的核实与第1行相同"]);
    page.lacks(&["其余各项与申报一致"]);
    let fields = [("version", "0"), ("row.invoice.1.matches", "yes"), ("note", "逐张核对"), ("do", "like-first:invoice")];
    assert_eq!(site.post(&auditor, &audit, &fields).await.location(), format!("{audit}?filled=1"));
    site.get(&auditor, &audit).await.has(&["name=\"row.invoice.2.matches\" value=\"yes\" checked", "逐张核对"]);

    assigned(&site, &city, &evaluator, "评测中心", &file, "assess").await;
    let assess = act(&file, "assess", "assess");
    let (first, own) = scored("2").into_iter().next_back().unwrap();
    let fields = [("version", "0"), (first.as_str(), own.as_str()), ("do", "as-filed")];
    let filled = scored("3").len() - 1;
    assert_eq!(site.post(&evaluator, &assess, &fields).await.location(), format!("{assess}?filled={filled}"));
    let page = site.get(&evaluator, &assess).await;
    page.has(&[&format!("name=\"{first}\" value=\"2\" checked")]);
    page.lacks(&["个题目没有填写", "其余各项与申报一致"]);
}

#[tokio::test]
async fn the_supervisor_verifies_and_reads_dossiers() {
    let site = Site::new().await;
    site.subsidy("甲公司", true).await;
    let supervisor = site.enter("监督组", 0).await;
    site.get(&supervisor, "/ledger").await.has(&["核验全部台账", "演示&lt;b&gt;补贴", "单位、人员和授权"]);
    site.post(&supervisor, "/ledger", &[]).await.has(&["核验通过。", "重新计算一致的决定"]);
    site.get(&supervisor, &format!("/dossiers/{}", id("甲公司"))).await.has(&["一企一档", "补贴&lt;i&gt;申报"]);
    assert_eq!(site.get(&supervisor, "/desk").await.location(), "/desk/files");
    let city = site.enter("市局", 0).await;
    assert_eq!(site.get(&city, "/ledger").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&site.enter("区局", 0).await, &format!("/dossiers/{}", id("乙公司"))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    let site = Site::new().await;
    let file = site.subsidy("甲公司", true).await;
    let district = site.enter("区局", 0).await;
    let answer = site.post(&district, &act(&file, "check", "check"), &[("record", "1"), ("do", "approve")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    for what in ["return", "refuse", "skip", "declare", "assign"] {
        let answer = site
            .post(
                &district,
                &act(&file, "check", what),
                &[("record", "1"), ("organisation", "x"), ("conflict", "no"), ("note", "x"), ("point.0.message", "x")],
            )
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert_eq!(site.get(&district, &format!("/files/{file}/claim")).await.status, StatusCode::NOT_FOUND);
    let view = application::open(&site.desk(), &acting("市局", 0), &file).await.unwrap();
    assert!(view.application.open_stages().any(|(stage, _)| stage == "check"));
}
