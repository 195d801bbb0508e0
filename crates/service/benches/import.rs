//! A roster, the profiles of its enterprises and a catalogue of products, 100,000 rows each, taken in: time, and the most memory the process ever held (`VmHWM`). `cargo bench -p service` on
//! SQLite, and on PostgreSQL too with `scripts/with-postgres cargo bench -p service`.
//!
//! The table is made by another process, so that its making does not count; each measurement has a process of its own.
#![allow(clippy::unwrap_used)]

#[path = "../tests/city/mod.rs"]
mod city;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use city::{City, PROGRAMME, person};
use papers::sheet_out::{self, Cell, Column};
use records::organisation::OrganisationKind;
use service::import::{self, Corrections, Counts, Preview, Table, Target};
use service::product::{self, Wanted};
use service::{Page, Store};
use standards::Date;
use standards::credit_code::CreditCode;
use standards::words::money_under_wan;

const ROWS: usize = 100_000;
/// Whose the products are.
const PROVIDERS: usize = 1_000;
/// What the process is to do; without it, it starts itself for each.
const PART: &str = "IMPORT_BENCH";

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join("shuzhuan-bench-import");
    match std::env::var(PART).as_deref() {
        Ok("make") => make(&folder),
        Ok(url) => measure(url, &folder).await,
        Err(_) => all(&folder),
    }
}

fn all(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    run("make");
    run(&format!("sqlite:{}", folder.join("import.db").display()));
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        run(&url);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

fn run(part: &str) {
    let done = Command::new(std::env::current_exe().unwrap()).env(PART, part).status().unwrap();
    assert!(done.success(), "{part}");
}

fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.xlsx"))
}

/// Writes the roster, the same enterprises with all that is known of them, providers, and their products at two prices.
fn make(folder: &Path) {
    let columns = |heads: &[&str]| heads.iter().map(|head| Column { head: (*head).to_owned(), width_chars: 16 }).collect::<Vec<_>>();
    let text = |text: &str| Cell::Text(text.to_owned());
    let party = |at: usize| {
        let code = CreditCode::with_check_character(&format!("91150105{at:09}")).unwrap();
        [Cell::Text(format!("示例{at}号科技有限公司")), Cell::Text(code.as_str().to_owned()), text("呼和浩特市赛罕区")]
    };
    let day = Date::parse("2025-06-30").unwrap();
    let listed = (0..ROWS).map(|at| [party(at).to_vec(), vec![Cell::Day(day), text("2025年第一批"), text("工信发〔2025〕1号")]].concat());
    let heads = columns(&["单位名称", "统一社会信用代码", "所在地区", "纳入日期", "批次", "依据文件"]);
    std::fs::write(path(folder, "roster"), sheet_out::xlsx("名单", &heads, listed, day).unwrap()).unwrap();
    let known = (0..ROWS).map(|at| {
        let own = vec![
            Cell::Text(format!("示例路{at}号")),
            text("张三"),
            text("李四"),
            text("0471-1234567"),
            Cell::Day(day),
            text("工业"),
            Cell::Count(120),
            Cell::Figure(money_under_wan(3_000_000_000 + 100 * at as i64)),
            Cell::Figure(money_under_wan(5_000_000_000)),
            text("创新型中小企业"),
        ];
        [party(at).to_vec(), own].concat()
    });
    let heads = import::organisation_columns().into_iter().take(13).collect::<Vec<_>>();
    std::fs::write(path(folder, "enterprises"), sheet_out::xlsx("企业", &heads, known, day).unwrap()).unwrap();
    let heads = columns(&["单位名称", "统一社会信用代码", "所在地区"]);
    let all = (0..PROVIDERS).map(|at| provider(at).to_vec());
    std::fs::write(path(folder, "providers"), sheet_out::xlsx("服务商", &heads, all, day).unwrap()).unwrap();
    for (file, from) in [("products", 1_000_000), ("prices", 2_000_000)] {
        let offered = (0..ROWS).map(|at| offered(at, from));
        std::fs::write(path(folder, file), sheet_out::xlsx("产品", &import::product_columns(), offered, day).unwrap()).unwrap();
    }
}

/// A product of one of the thousand providers that the roster has registered as such, at a price.
fn offered(at: usize, from_fen: i64) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let price = Cell::Money { fen: from_fen };
    let [name, code, _] = provider(at % PROVIDERS);
    let own = [name, code, Cell::Text(format!("示例产品{at}号")), text("软件产品"), text("产品设计"), text("各行业")];
    let rest = [text("云端部署"), price.clone(), price, text("套"), text("采集车间设备数据，生成报表。"), Cell::Empty];
    own.into_iter().chain(rest).collect()
}

fn provider(at: usize) -> [Cell; 3] {
    let code = CreditCode::with_check_character(&format!("91150106{at:09}")).unwrap();
    let text = |text: &str| Cell::Text(text.to_owned());
    [Cell::Text(format!("示例{at}号软件有限公司")), text(code.as_str()), text("呼和浩特市赛罕区")]
}

async fn measure(url: &str, folder: &Path) {
    let engine = url.split(':').next().unwrap().to_owned();
    let city = City::new(Store::open(url).await.unwrap()).await;
    let roster = Target::Roster { programme: PROGRAMME.into(), procedure: "roster".into() };
    let enterprises = Target::Organisations { kind: OrganisationKind::Enterprise };
    let providers = Target::Organisations { kind: OrganisationKind::Provider };
    held(&engine, "before");
    for (what, target, name) in [
        ("roster, new", &roster, "roster"),
        ("roster, again", &roster, "roster"),
        ("enterprises, every profile changed", &enterprises, "enterprises"),
        ("providers", &providers, "providers"),
        ("products, new", &Target::Products, "products"),
        ("products, again", &Target::Products, "products"),
        ("products, every price changed", &Target::Products, "prices"),
    ] {
        let table = Table {
            name: format!("{name}.xlsx"),
            bytes: Arc::new(std::fs::read(path(folder, name)).unwrap()),
            digest: "0".repeat(64),
            corrections: Corrections::new(),
        };
        let start = Instant::now();
        let Preview { problems, problem_count, counts, .. } = import::preview(&city.desk(), &person("city"), target, &table).await.unwrap();
        assert_eq!((problem_count, counts.rows), (0, if *target == providers { PROVIDERS } else { ROWS }), "{:?}", problems.first());
        let looked = start.elapsed();
        let start = Instant::now();
        let taken: Counts = import::take_in(&city.desk(), &person("city"), target, &table, None).await.unwrap().counts;
        println!(
            "{engine}: {what}: looked at in {:.1} s, taken in in {:.1} s, {taken:?}",
            looked.as_secs_f64(),
            start.elapsed().as_secs_f64()
        );
        held(&engine, what);
    }
    lists(&engine, &city).await;
    city.store.close().await;
}

/// How long the lists of so many products take to turn, and to go out.
async fn lists(engine: &str, city: &City) {
    let (desk, bureau) = (city.desk(), person("city"));
    for number in [1, 2_000] {
        let page = Page { number, size: 50 };
        let start = Instant::now();
        let listed = product::catalogue(&desk, &Wanted::default(), page).await.unwrap();
        let public = start.elapsed();
        let start = Instant::now();
        product::overseen(&desk, &bureau, "", page).await.unwrap();
        let (public, own) = (public.as_millis(), start.elapsed().as_millis());
        println!("{engine}: {} products, page {number}: catalogue {public} ms, bureau's list {own} ms", listed.total);
    }
    let start = Instant::now();
    let rows = import::catalogue_rows(&desk, &Wanted::default()).await.unwrap().len();
    println!("{engine}: {rows} products out in {:.1} s", start.elapsed().as_secs_f64());
}

/// The most memory the process ever held.
fn held(engine: &str, when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("", str::trim);
    println!("{engine}: {when}: at most {most}");
}
