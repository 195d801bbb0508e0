//! What the bank did with the payments of a list, from its table: recorded as by hand, all or nothing, once.

use std::collections::BTreeSet;

use papers::column_name;
use records::payment_list::{PaymentList, PaymentResult, Voucher};
use service::import::{self, Counts, Preview, Table, Target};
use service::payment::{self, BankLine, Banked, Listing};
use service::{ServiceError, time_limits};

use crate::city::{City, PROGRAMME, day, person};
use crate::given::{city, table, workbook};
use crate::{four, verified};

const HEADS: [&str; 8] = ["受理编号", "收款单位", "账号", "金额", "结果", "日期", "失败原因", "流水号"];

/// A list of two payments that two people approved on the 27th; it is the 29th.
struct Listed {
    city: City,
    list: String,
    files: Vec<String>,
}

async fn listed(name: &str) -> Listed {
    let mut city = city(name).await;
    let mut files = Vec::new();
    for (enterprise, district) in [("enterprise", "district"), ("enterprise2", "district2")] {
        let id = city.submitted(enterprise, district).await;
        city.decided(&id).await;
        files.push(id);
    }
    city.on("2026-01-19");
    city.publicise("subsidy", &[&files[0], &files[1]], "2026-01-26").await.unwrap();
    city.on("2026-01-27");
    time_limits::elapse(&city.desk()).await.unwrap();
    let list = prepared(&city, &files).await;
    approved(&city, &list).await;
    city.on("2026-01-29");
    Listed { city, list, files }
}

async fn prepared(city: &City, files: &[String]) -> String {
    let listing = Listing { programme: PROGRAMME.into(), label: "第一批".into(), applications: files.to_vec() };
    payment::prepare(&city.desk(), &person("finance"), &listing).await.unwrap()
}

async fn approved(city: &City, list: &str) {
    for (version, approver) in [(1, "finance/certifier"), (2, "finance/certifier2")] {
        payment::approve(&city.desk(), &person(approver), list, version).await.unwrap();
    }
}

impl Listed {
    fn target(&self) -> Target {
        Target::Payments { list: self.list.clone() }
    }

    async fn state(&self) -> PaymentList {
        payment::payment_list(&self.city.desk(), &person("finance"), &self.list).await.unwrap().1
    }

    /// The bank's table: the first was paid, the second came back.
    async fn returned(&self) -> Vec<Vec<String>> {
        let row = |(item, said): (&records::payment_list::PaymentItem, [&str; 4])| {
            let amount = format!("{}.00", item.award_fen / 100);
            let [result, on, reason, reference] = said;
            [&item.number, &item.payee_name, &item.bank_account, amount.as_str(), result, on, reason, reference].map(str::to_owned).to_vec()
        };
        let said = [["支付成功", "2026-01-28", "", "B-1"], ["退汇", "2026/1/29", "账号有误", "B-2"]];
        let rows = self.state().await.items.iter().zip(said).map(row).collect::<Vec<_>>();
        [vec![HEADS.map(str::to_owned).to_vec()], rows].concat()
    }

    async fn take(&self, table: &Table) -> Result<Counts, ServiceError> {
        import::take_in(&self.city.desk(), &person("finance"), &self.target(), table, None).await.map(|taken| taken.counts)
    }

    async fn look(&self, table: &Table) -> Preview {
        import::preview(&self.city.desk(), &person("finance"), &self.target(), table).await.unwrap()
    }

    async fn out(&self) -> Vec<u8> {
        import::table_out(&self.city.desk(), &person("finance"), &self.target()).await.unwrap()
    }

    /// What happened to the files and the list, without ids.
    async fn happened(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (noun, id) in self.files.iter().map(|id| ("application", id)).chain([("payment_list", &self.list)]) {
            let entries = self.city.store.entries_of(noun, id).await.unwrap();
            let plain =
                |text: &str| self.files.iter().chain([&self.list]).fold(text.to_owned(), |text, id| text.replace(id.as_str(), "id"));
            all.extend(entries.iter().rev().take(3).map(|entry| plain(&entry.event)));
        }
        all
    }
}

fn sent(rows: &[Vec<String>]) -> Table {
    table("回单.xlsx", workbook(rows))
}

/// What was taken in when and by whom is proven to the office that pays, to no other.
#[tokio::test]
async fn what_the_bank_said_stays_on_the_list_of_imports() {
    let listed = listed("bank_imports").await;
    let desk = listed.city.desk();
    assert_eq!(import::listed(&desk, &person("finance")).await.unwrap(), vec![]);
    let table = sent(&listed.returned().await);
    listed.take(&table).await.unwrap();
    for who in ["finance", "finance/certifier"] {
        let all = import::listed(&desk, &person(who)).await.unwrap();
        let [import] = all.as_slice() else { panic!("{who}: {all:?}") };
        assert_eq!((import.file.as_str(), &import.digest, four(import.counts)), ("回单.xlsx", &table.digest, [2, 0, 0, 0]));
        assert_eq!((import.at, import.by.account.as_str()), (listed.city.now, "finance-handler"));
    }
    for who in ["finance2", "city", "region"] {
        assert_eq!(import::listed(&desk, &person(who)).await.unwrap(), vec![], "{who}");
    }
    for who in ["district", "supervisor", "enterprise", "administrator/manager"] {
        let seen = import::listed(&desk, &person(who)).await;
        assert!(matches!(seen, Err(ServiceError::Forbidden)), "{who}: {seen:?}");
    }
}

#[tokio::test]
async fn results_are_recorded_as_by_hand_and_once() {
    let (by_table, by_hand) = (listed("bank").await, listed("bank_hand").await);
    let rows = by_table.returned().await;
    let looked = by_table.look(&sent(&rows)).await;
    assert_eq!((four(looked.counts), looked.problems), ([2, 0, 0, 0], vec![]));
    let before = by_table.city.store.chains().await.unwrap();
    assert_eq!(four(by_table.take(&sent(&rows)).await.unwrap()), [2, 0, 0, 0]);

    let voucher = |on: &str, reference: &str| Voucher { value_on: Some(day(on)), reference: reference.into() };
    let lines = [(Banked::Paid, voucher("2026-01-28", "B-1")), (Banked::Failed("账号有误".into()), voucher("2026-01-29", "B-2"))];
    for (file, (banked, voucher)) in by_hand.files.iter().zip(lines) {
        let line = BankLine { application: file.clone(), banked, voucher };
        payment::record_line(&by_hand.city.desk(), &person("finance"), &by_hand.list, line).await.unwrap();
    }
    assert_eq!(by_table.happened().await, by_hand.happened().await);
    assert_eq!(by_table.city.word(&by_table.files[0]).await, "已拨付");
    let waiting = payment::candidates(&by_table.city.desk(), &person("finance"), PROGRAMME).await.unwrap();
    assert_eq!(waiting.iter().map(|item| &item.application.id).collect::<Vec<_>>(), [&by_table.files[1]]);
    let results: Vec<PaymentResult> = by_table.state().await.items.into_iter().map(|item| item.result).collect();
    let at = by_table.city.now;
    let reason = "账号有误".to_owned();
    assert_eq!(
        results,
        [
            PaymentResult::Paid { at, voucher: voucher("2026-01-28", "B-1") },
            PaymentResult::Failed { reason, at, voucher: voucher("2026-01-29", "B-2") }
        ]
    );

    // One commit: every entry of it, and that the table was taken in, stands in the programme's chain and nowhere else.
    let after = by_table.city.store.chains().await.unwrap();
    let grown: Vec<&str> = before.iter().zip(&after).filter(|(one, other)| one != other).map(|(one, _)| one.programme.as_str()).collect();
    assert_eq!(grown, [PROGRAMME]);
    let times: BTreeSet<i64> = by_table.city.store.entries(PROGRAMME, 1, 1000).await.unwrap().iter().map(|one| one.at_unix_ms).collect();
    assert!(times.contains(&at.0));

    assert_eq!(four(by_table.take(&sent(&rows)).await.unwrap()), [0, 0, 2, 0], "the same table again");
    let out = by_table.out().await;
    assert_eq!(four(by_table.take(&table("清单.xlsx", out)).await.unwrap()), [0, 0, 2, 0], "what goes out comes in again");
    assert_eq!(by_table.city.store.chains().await.unwrap(), after);
    verified(&by_table.city).await;
}

#[tokio::test]
async fn the_list_that_goes_out_is_the_template() {
    let listed = listed("bank_out").await;
    let out = listed.out().await;
    let looked = listed.look(&table("清单.xlsx", out.clone())).await;
    assert_eq!((four(looked.counts), looked.problem_count, looked.unknown.len()), ([0, 0, 2, 0], 0, 0));
    let mut rows = Vec::new();
    papers::read("清单.xlsx", &out, &mut |_, cells| rows.push(cells.to_vec())).unwrap();
    assert_eq!(rows[0][..5], ["序号", "受理编号", "收款单位", "开户银行", "银行账号"]);
    let column = |head: &str| rows[0].iter().position(|text| text.starts_with(head)).unwrap();
    let (result, on) = (column("结果"), column("日期"));
    let width = rows[0].len();
    rows[1].resize(width, String::new());
    (rows[1][result], rows[1][on]) = ("已拨付".into(), "2026-01-28".into());
    // What the bank has not done yet can come in another table.
    assert_eq!(four(listed.take(&sent(&rows)).await.unwrap()), [1, 0, 1, 0]);
    assert_eq!(listed.state().await.word(), "已审批，待拨付");

    // Others read the accounts as far as they tell two apart, and cannot send it back.
    let masked = import::table_out(&listed.city.desk(), &person("city"), &listed.target()).await.unwrap();
    let mut accounts = Vec::new();
    papers::read("清单.xlsx", &masked, &mut |row, cells| accounts.extend((row > 1).then(|| cells[4].clone()))).unwrap();
    assert!(accounts.iter().all(|account| account.contains('*')), "{accounts:?}");
}

/// By column, from 0: what makes its cell of the first row wrong, and a word of what is said.
fn wrong() -> Vec<(usize, String, &'static str)> {
    let own =
        |column: usize, said: &'static str, texts: &[&str]| texts.iter().map(|text| (column, (*text).to_owned(), said)).collect::<Vec<_>>();
    let broken = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"];
    [
        (0..8).flat_map(|column| own(column, "公式错误", &broken)).collect(),
        own(0, "没有填写", &["", " ", "　"]),
        own(0, "不在这份清单中", &["X-1", "合计", "20260101", "0"]),
        own(1, "收款单位不一致", &["别的有限公司", "示例", "示例enterprise2有限公司"]),
        own(2, "没有填写", &["", "　"]),
        own(2, "账号不一致", &["6201", "62000", "620", "六二零零", "6200X", "6222000000000000"]),
        own(2, "被存成了数字", &["6.2E+3"]),
        own(3, "没有填写", &[""]),
        own(3, "金额不一致", &["1", "0", "299999.99", "300000.01", "3000000", "29.9999万元"]),
        own(3, "", &["很多", "-300000", "30万美元", "三十万", "1,23", "30万元零1分"]),
        own(4, "没有“", &["已经", "不知道", "1", "是", "部分成功", "paid1"]),
        own(4, "没有填写结果", &["", "待拨付", "处理中"]),
        own(4, "没有填写失败原因", &["退回", "退票", "支付失败"]),
        own(5, "早于清单审批", &["2026-01-26", "2025-01-28", "2026年1月1日", "2000/1/1"]),
        own(5, "晚于", &["2026-01-30", "2027-01-28", "2026年12月31日"]),
        own(5, "", &["2026-02-30", "昨天", "46050", "28", "2026-13-01"]),
        own(5, "没有填写日期", &[""]),
        own(6, "却填写了失败原因", &["账号有误", "无"]),
    ]
    .concat()
}

#[tokio::test]
async fn damage_says_where_it_is_and_what_to_do() {
    let listed = listed("bank_damage").await;
    let good = listed.returned().await;
    let before = listed.city.store.chains().await.unwrap();
    let mut tried = 0;
    for (column, text, said) in wrong() {
        let mut rows = good.clone();
        rows[1][column].clone_from(&text);
        let looked = listed.look(&sent(&rows)).await;
        // A result that is missing or another one asks for the cell that it needs.
        let place = match said {
            "没有填写失败原因" => "G2".to_owned(),
            _ => format!("{}2", column_name(column)),
        };
        let found = looked.problems.iter().find(|one| one.cell() == place);
        let found = found.unwrap_or_else(|| panic!("{place} “{text}” is not found wrong: {:?}", looked.problems));
        let words = found.what.replace("与审批的", "");
        assert!(words.contains(said) && !found.remedy.is_empty(), "{place} “{text}”: {found:?}");
        assert!(matches!(listed.take(&sent(&rows)).await, Err(ServiceError::Refused(_))), "{place} {text}");
        tried += 1;
    }
    for rows in tables(&good) {
        let looked = listed.look(&sent(&rows)).await;
        assert!(looked.problem_count > 0 && looked.problems.iter().all(|one| !one.remedy.is_empty()), "{rows:?}");
        assert!(listed.take(&sent(&rows)).await.is_err(), "{rows:?}");
        tried += 1;
    }
    for (name, bytes) in [("回单.xlsx", Vec::new()), ("回单.xlsx", b"%PDF-1.7".to_vec()), ("回单.xlsx", workbook(&good)[..900].to_vec())]
    {
        assert!(listed.take(&table(name, bytes)).await.is_err(), "{name}");
        tried += 1;
    }
    assert!(tried > 90, "{tried}");
    assert_eq!(listed.city.store.chains().await.unwrap(), before);
    assert_eq!(four(listed.take(&sent(&good)).await.unwrap()), [2, 0, 0, 0]);
}

/// Rows twice, heads left out or twice, a row of another list.
fn tables(good: &[Vec<String>]) -> Vec<Vec<Vec<String>>> {
    let with = |change: &dyn Fn(&mut Vec<Vec<String>>)| {
        let mut rows = good.to_vec();
        change(&mut rows);
        rows
    };
    let mut all = vec![
        with(&|rows| rows.push(rows[1].clone())),
        with(&|rows| rows[2][0] = rows[1][0].to_lowercase()),
        with(&|rows| rows.swap_remove(0).clear()),
        with(&|rows| rows[0][5] = "结果".into()),
        with(&|rows| {
            rows[0].push("办理记录校验码".into());
            rows[1].push("0123".into());
        }),
    ];
    all.extend([0, 2, 3, 4].map(|column| with(&move |rows| rows[0][column] = "备注".into())));
    all
}

#[tokio::test]
async fn what_was_recorded_is_not_recorded_otherwise() {
    let listed = listed("bank_again").await;
    let rows = listed.returned().await;
    payment::record(&listed.city.desk(), &person("finance"), &listed.list, &listed.files[0], Banked::Paid).await.unwrap();
    // By hand nothing but the outcome was recorded; the table says the same of it.
    assert_eq!(four(listed.take(&sent(&rows)).await.unwrap()), [1, 0, 1, 0]);
    let before = listed.city.store.chains().await.unwrap();
    for (row, column, text, said) in [
        (1, 4, "退回", "没有填写失败原因"),
        (2, 4, "已拨付", "却填写了失败原因"),
        (2, 6, "户名不符", "已登记的失败原因是“账号有误”"),
        (2, 5, "2026-01-28", "已登记的日期是2026年1月29日"),
        (2, 7, "B-9", "已登记的流水号是B-2"),
    ] {
        let mut again = rows.clone();
        again[row][column] = text.into();
        let looked = listed.look(&sent(&again)).await;
        assert!(looked.problems.iter().any(|one| one.row == row + 1 && one.what.contains(said)), "{text}: {:?}", looked.problems);
        assert!(listed.take(&sent(&again)).await.is_err(), "{text}");
    }
    let mut other = rows.clone();
    (other[1][4], other[1][6]) = ("退回".into(), "账号有误".into());
    assert!(listed.look(&sent(&other)).await.problems[0].what.contains("已登记为已拨付"));
    assert_eq!(listed.city.store.chains().await.unwrap(), before);
    verified(&listed.city).await;
}

#[tokio::test]
async fn only_who_records_payments_takes_the_table_in() {
    let mut listed = listed("bank_only").await;
    let rows = listed.returned().await;
    for who in
        ["finance/certifier", "finance/manager", "finance2", "city", "region", "supervisor", "administrator", "enterprise", "auditor"]
    {
        let (target, table) = (listed.target(), sent(&rows));
        let looked = import::preview(&listed.city.desk(), &person(who), &target, &table).await.map(drop);
        let taken = import::take_in(&listed.city.desk(), &person(who), &target, &table, None).await.map(drop);
        let label = target.label(&listed.city.desk(), &person(who)).await.map(drop);
        for done in [looked, taken, label] {
            assert!(matches!(done, Err(ServiceError::Forbidden | ServiceError::NotFound)), "{who}: {done:?}");
        }
    }
    // What came back stands on another list, which nobody has approved yet.
    listed.take(&sent(&rows)).await.unwrap();
    listed.list = prepared(&listed.city, &listed.files[1..]).await;
    let early = [rows[..1].to_vec(), rows[2..].to_vec()].concat();
    let refused = listed.take(&sent(&early)).await;
    assert!(matches!(&refused, Err(ServiceError::Refused(refusal)) if refusal.message.contains("还没有完成审批")), "{refused:?}");
    approved(&listed.city, &listed.list).await;
    let looked = listed.look(&sent(&early)).await;
    assert_eq!(looked.problems.len(), 0, "it was approved today, and came back today");
    let mut old = early.clone();
    old[1][5] = "2026-01-28".into();
    assert!(listed.look(&sent(&old)).await.problems[0].what.contains("早于"), "the first list's result is none of the second");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_it_in_at_once_one_does() {
    let listed = listed("bank_once").await;
    let rows = listed.returned().await;
    let mut running = Vec::new();
    for _ in 0..20 {
        let (store, now, target, table) = (listed.city.store.clone(), listed.city.now, listed.target(), sent(&rows));
        running.push(tokio::spawn(
            async move { import::take_in(&City { store, now }.desk(), &person("finance"), &target, &table, None).await },
        ));
    }
    let mut recorded = 0;
    for one in running {
        match one.await.unwrap() {
            Ok(import::Taken { counts, .. }) => {
                assert_eq!(counts.new + counts.same, 2, "the others find it done");
                recorded += counts.new;
            }
            Err(ServiceError::Conflict) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(recorded, 2);
    let events = listed.city.store.entries_of("payment_list", &listed.list).await.unwrap();
    assert_eq!(events.iter().filter(|entry| entry.event.contains("\"recorded\"")).count(), 2);
    verified(&listed.city).await;
}
