//! What bureaus, the finance bureau and the administrator conduct, and what enterprises and the public see of it.
#![allow(clippy::unwrap_used)]

mod conduct_site;
mod served;

use axum::http::StatusCode;
use conduct_site::{Site, id};
use papers::sheet_out::{self, Cell, Column};
use served::Person;
use service::publicity;

const CALL: [(&str, &str); 5] = [
    ("what", "grant subsidy"),
    ("label", "第一批<u>"),
    ("notice", "请按时申报<s>。"),
    ("opens_on", "2026-01-20"),
    ("deadline_on", "2026-02-01"),
];

/// Opens a call and answers its id.
async fn called(site: &Site, city: &Person) -> String {
    let sent = site.post(city, "/conduct/batches", &CALL).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location().trim_start_matches("/conduct/batches/").trim_end_matches("?opened=1").to_owned()
}

/// The id at the end of an address.
fn last(address: &str) -> String {
    address.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_call_is_opened_read_extended_and_closed() {
    let site = Site::new().await;
    let city = site.enter("市局", 0).await;
    let mut wrong = CALL;
    (wrong[1].1, wrong[4].1) = ("", "不是日期");
    let page = site.post(&city, "/conduct/batches", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has(&["请按时申报&lt;s&gt;。", "value=\"不是日期\"", "href=\"#deadline_on\"", "<option value=\"grant subsidy\" selected>"]);
    let unknown = site.post(&city, "/conduct/batches", &[("what", "")]).await;
    unknown.has(&["请选择申报的事项。", "href=\"#what\""]);

    let batch = called(&site, &city).await;
    let public = site.anonymous(&format!("/calls/{batch}")).await;
    public.has(&["补贴&lt;i&gt;申报", "第一批&lt;u&gt;", "还有12天", "登录后申报", "#procedure-subsidy"]);
    site.anonymous("/calls").await.has(&["还有12天", "（北京时间）"]);
    site.anonymous("/").await.has(&["还有12天", "登录办理", "/register"]);

    let own = format!("/conduct/batches/{batch}");
    let early = site.post(&city, &format!("{own}/extend"), &[("extend.deadline_on", "2026-01-25"), ("extend.reason", "理由<b>")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    early.has(&["截止日期只能延后，不能提前。", "href=\"#extend-deadline_on\"", "value=\"理由&lt;b&gt;\"", "value=\"2026-01-25\""]);
    let later = site.post(&city, &format!("{own}/extend"), &[("extend.deadline_on", "2026-02-10"), ("extend.reason", "春节")]).await;
    assert_eq!(later.location(), format!("{own}?extend=1"));
    site.get(&city, later.location()).await.has(&["截止日期已延后。", "2026年2月10日"]);
    site.post(&city, &format!("{own}/close"), &[("close.reason", "")]).await.has(&["请写明理由。", "href=\"#close-reason\""]);
    let closed = site.post(&city, &format!("{own}/close"), &[("close.reason", "名额已满")]).await;
    site.get(&city, closed.location()).await.has(&["本批次已结束受理。", "名额已满"]);
    site.anonymous(&format!("/calls/{batch}")).await.has(&["已于2026年1月20日结束"]);
    site.get(&city, "/conduct/batches").await.has(&["已结束"]);
}

#[tokio::test]
async fn only_those_in_charge_get_in() {
    let site = Site::new().await;
    let (city, finance) = (site.enter("市局", 0).await, site.enter("财政局", 0).await);
    let (enterprise, admin) = (site.enter("甲公司", 0).await, site.enter("平台", 0).await);
    for (address, allowed) in [
        ("/conduct/batches", [true, false, false, false]),
        ("/conduct/batches/new", [true, false, false, false]),
        ("/conduct/publicity", [true, false, false, false]),
        ("/conduct/publicity/new?programme=grant&procedure=subsidy", [true, false, false, false]),
        ("/conduct/payments", [true, true, false, false]),
        ("/conduct/payments/new?programme=grant", [false, true, false, false]),
        ("/organisations", [true, true, false, true]),
        ("/organisations/new", [false, false, false, true]),
        ("/admin", [false, false, false, true]),
        ("/notices", [true, true, true, true]),
        ("/profile", [true, true, true, true]),
        ("/mandates", [false, false, true, false]),
    ] {
        for (person, allowed) in [&city, &finance, &enterprise, &admin].into_iter().zip(allowed) {
            let status = site.get(person, address).await.status;
            assert_eq!(status, if allowed { StatusCode::OK } else { StatusCode::NOT_FOUND }, "{address}");
        }
        assert_eq!(site.anonymous(address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
    for (person, home) in [(&city, "/desk"), (&finance, "/desk"), (&admin, "/admin"), (&enterprise, "")] {
        assert_eq!(site.get(person, "/home").await.location(), home);
    }
    let refused = site.post(&enterprise, "/conduct/batches", &CALL).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_result_is_shown_objected_to_and_settled() {
    let site = Site::new().await;
    let city = site.enter("市局", 0).await;
    let batch = called(&site, &city).await;
    let (one, other) = (site.approved("甲公司", &batch).await, site.approved("乙公司", &batch).await);
    let new = "/conduct/publicity/new?programme=grant&procedure=subsidy";
    site.get(&city, "/conduct/publicity").await.has(&["2件，发布公示"]);
    site.get(&city, new).await.has(&[
        &format!("value=\"{one}\" checked"),
        "甲公司&lt;b&gt;",
        "value=\"2026-01-24\"",
        "关于补贴&lt;i&gt;申报结果的公示",
    ]);

    let base =
        [("programme", "grant"), ("procedure", "subsidy"), ("title", "公示<b>"), ("starts_on", "2026-01-20"), ("contact", "市局，电话1")];
    let short = [&base[..], &[("ends_on", "2026-01-21"), ("items", &one)]].concat();
    let page = site.post(&city, "/conduct/publicity", &short).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.has(&["公示天数不够", "value=\"公示&lt;b&gt;\"", &format!("value=\"{one}\" checked")]);
    page.lacks(&[&format!("value=\"{other}\" checked")]);
    let none = [&base[..], &[("ends_on", "2026-01-24")]].concat();
    site.post(&city, "/conduct/publicity", &none).await.has(&["请选择需要公示的申报件。", "href=\"#items\""]);
    let both = [&base[..], &[("ends_on", "2026-01-24"), ("items", &one), ("items", &other)]].concat();
    let opened = site.post(&city, "/conduct/publicity", &both).await;
    let publicity = last(opened.location());

    let address = format!("/publicity/{publicity}");
    let notice = site.anonymous(&address).await;
    notice.has(&[
        "公示&lt;b&gt;",
        "共2家",
        "<td class=\"number\" data-label=\"补贴（万元）\">10</td>",
        "2026年1月20日至2026年1月24日",
        "市局，电话1",
        "反映异议",
        "台账末条摘要",
    ]);
    site.anonymous("/").await.has(&[&address, "公示中，还有4天"]);

    let nobody = Person::nobody();
    let bad = site.post(&nobody, &format!("{address}/objections"), &[("application", &one), ("name", "李<b>"), ("text", "不实")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has(&["请填写联系方式", "value=\"李&lt;b&gt;\"", "不实</textarea>", &format!("value=\"{one}\" selected")]);
    let fields = [("application", one.as_str()), ("name", "李四"), ("contact", "13800138000"), ("text", "投入不实<b>")];
    let receipt = site.post(&nobody, &format!("{address}/objections"), &fields).await.location().to_owned();
    let page = site.anonymous(&receipt).await;
    page.has(&["异议已收到", "李*", "投入不实&lt;b&gt;", "https://example.cn/publicity/", "2026年1月20日 08:45"]);
    page.lacks(&["13800138000", "李四"]);
    assert_eq!(page.headers["cache-control"], "no-store");
    site.anonymous(&address).await.lacks(&["李四", "投入不实"]);

    let own = format!("/conduct/publicity/{publicity}");
    site.get(&city, &own).await.has(&["李四", "13800138000", "待处理"]);
    site.get(&city, "/conduct/publicity").await.has(&["待处理"]);
    let objection = last(&receipt);
    let (settle, upheld, reply) =
        (format!("{own}/objections/{objection}"), format!("settle.{objection}.upheld"), format!("settle.{objection}.reply"));
    let stranger = site.post(&site.enter("甲公司", 0).await, &settle, &[(&reply, "已核实")]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    stranger.lacks(&["李四", "13800138000", "已核实"]);
    site.post(&city, &settle, &[(&reply, "已核实<b>")]).await.has(&["请选择异议是否成立。", "已核实&lt;b&gt;</textarea>"]);
    site.post(&city, &settle, &[(&upheld, "yes")]).await.has(&["请写明核实情况和处理结论。", "value=\"yes\" checked"]);
    let settled = site.post(&city, &settle, &[(&upheld, "yes"), (&reply, "情况属实")]).await;
    assert_eq!(settled.location(), format!("{own}?settled=1"), "{}", settled.body);
    site.anonymous(&receipt).await.has(&["异议成立", "情况属实"]);
    let enterprise = site.enter("甲公司", 0).await;
    site.get(&enterprise, "/home").await.has(&["未通过"]);
}

#[tokio::test]
async fn money_is_listed_approved_by_two_and_paid() {
    let site = Site::new().await;
    let city = site.enter("市局", 0).await;
    let batch = called(&site, &city).await;
    let (one, poor) = (site.approved("甲公司", &batch).await, site.approved("乙公司", &batch).await);
    shown(&site, &city, &[&one, &poor]).await;
    let handler = site.enter("财政局", 0).await;
    let new = site.get(&handler, "/conduct/payments/new?programme=grant").await;
    new.has(&["待拨付的申报件（2件）", &format!("value=\"{poor}\" checked"), "拨付清单（2026年1月20日）"]);
    let fields = [("programme", "grant"), ("label", "清单<b>"), ("items", one.as_str()), ("items", poor.as_str())];
    let refused = site.post(&handler, "/conduct/payments", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has(&["乙公司&lt;b&gt;没有登记开户银行和账号", "value=\"清单&lt;b&gt;\"", &format!("value=\"{one}\" checked")]);
    let prepared = site.post(&handler, "/conduct/payments", &fields[..3]).await;
    let list = format!("/conduct/payments/{}", last(prepared.location()));

    let page = site.get(&handler, &list).await;
    page.has(&["审批由财政部门的签发人办理。", "6222000011112222", "100,000元", "壹拾万元整", "作废清单", "待审批"]);
    site.get(&city, &list).await.lacks(&["6222000011112222", "作废清单"]);
    let (first, second) = (site.enter("财政局", 1).await, site.enter("财政局", 2).await);
    let version = site.get(&first, &list).await.hidden("version");
    let approved = site.post(&first, &format!("{list}/approve"), &[("version", &version)]).await;
    assert_eq!(approved.location(), format!("{list}?approve=1"), "{}", approved.body);
    site.get(&first, &list).await.has(&["您已审批过该清单", "待第二人审批"]);
    let stale = site.post(&second, &format!("{list}/approve"), &[("version", &version)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.has(&["内容已被他人修改"]);
    site.post(&second, &format!("{list}/approve"), &[("version", &stale.hidden("version"))]).await;

    let csv = site.get(&handler, &format!("{list}/list.csv")).await;
    csv.has(&["序号,受理编号,收款单位", "6222000011112222,100000.00,,,"]);
    site.get(&city, &format!("{list}/list.csv")).await.has(&["************2222"]);
    let xlsx = site.get(&handler, &format!("{list}/list.xlsx")).await;
    assert!(
        xlsx.body.starts_with("PK") && xlsx.headers["content-disposition"].to_str().unwrap().ends_with("-20260120.xlsx"),
        "named by what it is and the day"
    );

    site.post(&handler, &format!("{list}/paid"), &[]).await.has(&["请勾选已拨付的单位。"]);
    let box_of = format!("name=\"paid.items\" value=\"{one}\" form=\"paid-form\"");
    let page = site.get(&handler, &list).await;
    page.has(&["全选（1笔）", &box_of, "<p>待拨付1笔，100,000元</p>", "data-label=\"金额（元）\">100,000.00<"]);
    page.lacks(&[&format!("{box_of} checked")]);
    site.get(&handler, &format!("{list}?all=1")).await.has(&[&format!("{box_of} checked")]);
    let reason = format!("failed.{one}.reason");
    let unsaid = site.post(&handler, &format!("{list}/failed/{one}"), &[(&reason, "")]).await;
    unsaid.has(&["请写明银行退回的原因。", "<details open>"]);
    let paid = site.post(&handler, &format!("{list}/paid"), &[("paid.items", &one)]).await;
    assert_eq!(paid.location(), format!("{list}?paid=1"), "{}", paid.body);
    site.get(&handler, &list).await.has(&["已办结", "已拨付"]);
    let again = site.post(&handler, &format!("{list}/paid"), &[("paid.items", &one)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.has(&["甲公司&lt;b&gt;："]);
    let enterprise = site.enter("甲公司", 0).await;
    site.get(&enterprise, "/home").await.has(&["已拨付"]);
}

#[tokio::test]
async fn a_list_is_given_up_and_a_failed_payment_stands_on_another() {
    let site = Site::new().await;
    let city = site.enter("市局", 0).await;
    let batch = called(&site, &city).await;
    let one = site.approved("甲公司", &batch).await;
    shown(&site, &city, &[&one]).await;
    let handler = site.enter("财政局", 0).await;
    let fields = [("programme", "grant"), ("label", "清单"), ("items", one.as_str())];
    let new = "/conduct/payments/new?programme=grant";
    let ticked = format!("value=\"{one}\" checked");
    site.get(&handler, new).await.has(&[&ticked, "全选（1件）", "<td class=\"number\">100,000.00</td>"]);
    site.get(&handler, &format!("{new}&all=0")).await.lacks(&[&ticked]);
    let list = format!("/conduct/payments/{}", last(site.post(&handler, "/conduct/payments", &fields).await.location()));
    let version = site.get(&handler, &list).await.hidden("version");
    site.post(&handler, &format!("{list}/cancel"), &[("version", &version)]).await.has(&["请写明作废的理由。", "href=\"#cancel-reason\""]);
    let cancelled = site.post(&handler, &format!("{list}/cancel"), &[("version", &version), ("cancel.reason", "重复")]).await;
    site.get(&handler, cancelled.location()).await.has(&["已作废", "重复"]);

    let list = format!("/conduct/payments/{}", last(site.post(&handler, "/conduct/payments", &fields).await.location()));
    for person in [1, 2] {
        let certifier = site.enter("财政局", person).await;
        let version = site.get(&certifier, &list).await.hidden("version");
        site.post(&certifier, &format!("{list}/approve"), &[("version", &version)]).await;
    }
    let failed = site.post(&handler, &format!("{list}/failed/{one}"), &[(&format!("failed.{one}.reason"), "账号不符<b>")]).await;
    site.get(&handler, failed.location()).await.has(&["拨付失败", "账号不符&lt;b&gt;"]);
    site.get(&handler, "/conduct/payments/new?programme=grant").await.has(&["待拨付的申报件（1件）"]);
}

/// A table of results: heads, the one line of a list as the bank filled it in, and a line of another list.
fn returned(number: &str, account: &str, said: [&str; 4]) -> Vec<u8> {
    let heads = ["受理编号", "账号", "金额", "结果", "日期", "失败原因", "流水号"];
    let columns = heads.map(|head| Column { head: head.into(), width_chars: 12 });
    let line = |number: &str| [number, account, "100000"].into_iter().chain(said).map(|text| Cell::Text(text.into())).collect();
    sheet_out::xlsx("回单", &columns, [line(number), line("别单<b>")].into_iter(), standards::Date::MAX).unwrap()
}

/// The line of another list is left out, put back, and left out again; what is left out is named on the page, and all of it is refused.
async fn left_out(site: &Site, handler: &Person, import: &str) {
    let page = site.get(handler, import).await;
    page.has(&["有2处需要改正", "name=\"leave\" value=\"3\"", "不导入本行", "同上"]);
    page.lacks(&["name=\"leave\" value=\"2\"", "name=\"back\""]);
    let correct = format!("{import}/correct");
    site.post(handler, &correct, &[("leave", "3")]).await;
    site.get(handler, import).await.has(&["将导入1行，不导入1行（第3行）", "name=\"back\" value=\"3\"", "别单&lt;b&gt;，6222，100000"]);
    site.post(handler, &correct, &[("back", "3"), ("leave", "x"), ("leave", "-1")]).await;
    site.get(handler, import).await.has(&["有2处需要改正"]);
    site.post(handler, &correct, &[("leave", "2"), ("leave", "3")]).await;
    site.get(handler, import).await.has(&["表格的2行都标为不导入，没有可以导入的内容。"]);
    let refused = site.post(handler, &format!("{import}/take-in"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.has(&["表格的2行都标为不导入，没有可以导入的内容。请恢复需要导入的行，或者放弃这张表。"]);
    site.post(handler, &correct, &[("back", "2")]).await;
    let many: Vec<String> = (10..300).map(|row: usize| row.to_string()).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|row| ("leave", row.as_str())).collect();
    site.post(handler, &correct, &many).await.has(&["一张表最多在网页上标200行不导入", "将导入1行，不导入1行（第3行）"]);
}

#[tokio::test]
async fn results_come_from_the_bank_s_table() {
    let site = Site::new().await;
    let city = site.enter("市局", 0).await;
    let batch = called(&site, &city).await;
    let one = site.approved("甲公司", &batch).await;
    shown(&site, &city, &[&one]).await;
    let handler = site.enter("财政局", 0).await;
    let fields = [("programme", "grant"), ("label", "清单<b>"), ("items", one.as_str())];
    let list = format!("/conduct/payments/{}", last(site.post(&handler, "/conduct/payments", &fields).await.location()));
    let results = format!("{list}/results");
    site.get(&handler, &list).await.lacks(&[&results]);
    site.get(&handler, &results).await.has(&["清单还没有完成审批，不能登记拨付结果。"]);
    for person in [1, 2] {
        let certifier = site.enter("财政局", person).await;
        let version = site.get(&certifier, &list).await.hidden("version");
        site.post(&certifier, &format!("{list}/approve"), &[("version", &version)]).await;
        assert_eq!(site.get(&certifier, &results).await.status, StatusCode::NOT_FOUND, "who approves does not record");
    }
    assert_eq!(site.get(&city, &results).await.status, StatusCode::NOT_FOUND);
    site.get(&handler, &list).await.has(&[&results, "从表格导入拨付结果"]);
    site.get(&handler, &results).await.has(&["从表格导入拨付结果（清单&lt;b&gt;）", "保留30天", &format!("{list}/list.xlsx")]);
    let none = site.upload_as(&handler, &results, "table", "回单.pdf", b"%PDF-1.7").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);

    let csv = site.get(&handler, &format!("{list}/list.csv")).await.body;
    let number = csv.lines().nth(1).unwrap().split(',').nth(1).unwrap().to_owned();
    let wrong = returned(&number, "6222", ["退回<i>", "2026-01-20", "户名不符<b>", "B-1"]);
    let sent = site.upload_as(&handler, &results, "table", "回单.xlsx", &wrong).await;
    let import = sent.location().to_owned();
    let page = site.get(&handler, &import).await;
    page.has(&[
        "有4处需要改正",
        "该受理编号不在这份清单中",
        "与审批的账号不一致：清单为6222000011112222",
        "退回&lt;i&gt;",
        "保留30天",
        &format!("href=\"{list}\""),
    ]);
    let refused = site.post(&handler, &format!("{import}/take-in"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let typed = [("was.2.1", "6222"), ("cell.2.1", "6222 0000 1111 2222"), ("was.2.3", "退回<i>"), ("cell.2.3", "退回")];
    site.post(&handler, &format!("{import}/correct"), &typed).await;
    left_out(&site, &handler, &import).await;
    site.get(&handler, &import).await.has(&["登记拨付结果", "检查无误，尚未写入。将导入1行，不导入1行（第3行）。"]);
    assert_eq!(site.get(&city, &import).await.status, StatusCode::NOT_FOUND);
    let taken = site.post(&handler, &format!("{import}/take-in"), &[]).await;
    assert_eq!(taken.location(), format!("{list}?imported=1&left_out=3"), "{}", taken.body);
    let page = site.get(&handler, taken.location()).await;
    page.has(&["表格中的拨付结果已登记；按标注不导入1行（第3行）。", "拨付失败", "户名不符&lt;b&gt;", "流水号B-1", "2026-01-20", "已办结"]);
    site.get(&handler, "/conduct/payments/new?programme=grant").await.has(&["待拨付的申报件（1件）"]);
    // What was taken in when stays to be proven.
    for person in [0, 1] {
        let finance = site.enter("财政局", person).await;
        site.get(&finance, "/desk").await.has(&["href=\"/desk/imports\"", "导入记录"]);
        site.get(&finance, "/desk/imports").await.has(&[
            "拨付结果（清单&lt;b&gt;）",
            "回单.xlsx",
            "不导入1行（第3行）",
            "/desk/imports.xlsx",
        ]);
        assert_eq!(site.get(&finance, "/desk/imports.xlsx").await.status, StatusCode::OK);
    }
    site.get(&city, "/desk/imports").await.lacks(&["回单.xlsx"]);
}

/// Shows results to the public until the days are over.
async fn shown(site: &Site, city: &Person, files: &[&String]) {
    let mut fields = vec![
        ("programme", "grant"),
        ("procedure", "subsidy"),
        ("title", "公示"),
        ("starts_on", "2026-01-20"),
        ("ends_on", "2026-01-24"),
        ("contact", "市局"),
    ];
    fields.extend(files.iter().map(|file| ("items", file.as_str())));
    let opened = site.post(city, "/conduct/publicity", &fields).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    assert_eq!(publicity::finish(&site.desk(5)).await.unwrap(), files.len());
}

#[tokio::test]
async fn the_administrator_adds_offices_and_stops_organisations() {
    let site = Site::new().await;
    let admin = site.enter("平台", 0).await;
    site.get(&admin, "/admin").await.has(&["演示&lt;b&gt;补贴", "政策包摘要", "未送达的邮件", "/organisations?kind=enterprise"]);
    let page = site.get(&admin, "/organisations?search=%E7%94%B2&kind=enterprise").await;
    page.has(&["甲公司&lt;b&gt;", "共1家", "value=\"甲\""]);
    page.lacks(&["乙公司"]);
    let bad = site.post(&admin, "/organisations", &[("kind", "auditor"), ("organisation", "审计<b>"), ("place", "hohhot")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.has(&["value=\"审计&lt;b&gt;\"", "value=\"auditor\" selected", "href=\"#email\"", "href=\"#name\""]);
    let fields = [("kind", "auditor"), ("organisation", "审计所"), ("place", "hohhot"), ("name", "王五"), ("email", "w@example.cn")];
    assert_eq!(site.post(&admin, "/organisations", &fields).await.location(), "/organisations?added=1");

    let own = format!("/organisations/{}", id("甲公司"));
    site.get(&admin, &own).await.has(&["************2222", "停用该单位"]);
    let enterprise = site.enter("甲公司", 0).await;
    site.post(&admin, &format!("{own}/suspend"), &[("reason", " ")]).await.has(&["请写明停用的理由。", "href=\"#reason\""]);
    site.post(&admin, &format!("{own}/suspend"), &[("reason", "冒名注册")]).await;
    site.get(&admin, &own).await.has(&["停用", "冒名注册", "恢复该单位"]);
    assert_eq!(site.get(&enterprise, "/home").await.status, StatusCode::SEE_OTHER, "who is stopped gets nowhere");
    site.post(&admin, &format!("{own}/restore"), &[]).await;
    assert_eq!(site.get(&enterprise, "/home").await.status, StatusCode::OK);
    let city = site.enter("市局", 0).await;
    let seen = site.get(&city, &own).await;
    seen.has(&["一企一档"]);
    seen.lacks(&["停用该单位"]);
}
