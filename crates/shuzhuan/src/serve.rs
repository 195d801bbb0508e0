//! The server: opens the store, hands clock and randomness to the site, forgets old results, stops when told to.

use crate::{accounts, calls, demo_city, fonts, ledger};
use policy::library::Library;
use records::Moment;
use service::Edge;
use service::paper::Files;
use service::webhook::Caller;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::Store;

/// How often results older than their promised days are forgotten.
const UPKEEP_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

/// How often time limits are looked at.
const ELAPSE_EVERY: Duration = Duration::from_secs(60);

/// How often files that wait for the virus scanner are sent to it.
const SCAN_EVERY: Duration = Duration::from_secs(10 * 60);

type Answer = Result<ExitCode, Box<dyn std::error::Error>>;

/// Serves the site until SIGINT or SIGTERM.
pub fn serve(data: &Path, listen: SocketAddr, library: Library, demo: bool) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(data, listen, library, demo))
}

async fn run(data: &Path, listen: SocketAddr, library: Library, demo: bool) -> Answer {
    let store = Store::open(&ledger::database(data)).await?;
    // CLAMD names a virus scanner: HOST:PORT or the path of its socket.
    let files = Files::open(&data.join("files"), std::env::var("CLAMD").ok().as_deref())?;
    shelve(&store, &library, &mut BTreeSet::new()).await?;
    let entrances = if demo { demo_city::ready(&store, &files, library.now(), now(), fill_random).await? } else { Vec::new() };
    tokio::spawn(upkeep(store.clone(), files.clone()));
    tokio::spawn(scan(store.clone(), files.clone()));
    let listener = tokio::net::TcpListener::bind(listen).await?;
    let origin = accounts::origin(listener.local_addr()?);
    // Who answers for the site: SITE_NAME, SITE_OPERATOR, SITE_PHONE, SITE_SUPPORT_PHONE, SITE_FILING.
    let about = Arc::new(web::About::read(|name| std::env::var(name).ok()));
    tokio::spawn(accounts::deliver(store.clone(), accounts::transport(data, &about, &origin)?, unix_now_s));
    tokio::spawn(accounts::upkeep(store.clone(), unix_now_s, fill_random));
    println!("数转已启动：{origin}");
    if demo {
        println!("演示环境（全部数据为虚构）：{origin}/demo");
    }
    accounts::offer_set_up(&store, &Edge { now: Moment(unix_now_s() * 1000), random: fill_random, origin: &origin }).await?;
    let library = Arc::new(library);
    tokio::spawn(elapse(store.clone(), library.clone(), origin.clone()));
    let inside = Arc::new(calls::inside());
    tokio::spawn(calls::deliver(store.clone(), Caller::new(inside.as_ref().clone())?, unix_now_s));
    let (demo, press) = (entrances.into(), fonts::press());
    let programs = api::State {
        library: library.clone(),
        store: store.clone(),
        files: files.clone(),
        press: press.clone(),
        clock: unix_now_s,
        random: fill_random,
        origin: origin.clone(),
    };
    let state =
        web::State { library, store: store.clone(), files, press, clock: unix_now_s, random: fill_random, origin, demo, inside, about };
    let site = web::router(state).merge(api::router(programs)).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, site).with_graceful_shutdown(told_to_stop()).await?;
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn upkeep(store: Store, files: Files) {
    let mut clock = tokio::time::interval(UPKEEP_EVERY);
    loop {
        clock.tick().await;
        let before = unix_now_s() - i64::from(web::KEPT_DAYS) * 24 * 60 * 60;
        if let Err(error) = service::kept_case::forget(&store, before).await {
            eprintln!("清理过期结果失败：{error}");
        }
        // Before files without a paper are cleared: it makes some.
        if let Err(error) = service::import::forget(&store, Moment(unix_now_s() * 1000)).await {
            eprintln!("清理未确认的表格失败：{error:?}");
        }
        if let Err(error) = service::paper::clear(&store, &files, Moment(unix_now_s() * 1000)).await {
            eprintln!("清理文件失败：{error:?}");
        }
    }
}

/// Puts packs that were opened beside those of the program, and says of each once that it cannot be.
async fn shelve(store: &Store, library: &Library, told: &mut BTreeSet<String>) -> Result<(), service::ServiceError> {
    for (pack, problems) in service::pack_version::shelve_opened(store, library).await? {
        if !told.insert(pack.clone()) {
            continue;
        }
        eprintln!("政策包 {pack} 已开放但不能加载，它的申报件暂时不能办理：");
        problems.iter().for_each(|problem| eprintln!("  {problem}"));
    }
    Ok(())
}

/// Does what the passing of time means: corrections past their day, publicities that are over.
async fn elapse(store: Store, library: Arc<Library>, origin: Arc<str>) {
    let (mut clock, mut told) = (tokio::time::interval(ELAPSE_EVERY), BTreeSet::new());
    loop {
        clock.tick().await;
        if let Err(error) = shelve(&store, &library, &mut told).await {
            eprintln!("加载政策包失败：{error:?}");
        }
        let edge = Edge { now: now(), random: fill_random, origin: &origin };
        if let Err(error) = service::time_limits::elapse(&service::Desk { store: &store, library: library.now(), edge }).await {
            eprintln!("办理到期事项失败：{error:?}");
        }
    }
}

/// Scans what waits for the virus scanner.
async fn scan(store: Store, files: Files) {
    let mut clock = tokio::time::interval(SCAN_EVERY);
    loop {
        clock.tick().await;
        if let Err(error) = service::paper::scan_waiting(&store, &files).await {
            eprintln!("病毒检查失败：{error:?}");
        }
    }
}

fn now() -> Moment {
    Moment(unix_now_s() * 1000)
}

fn unix_now_s() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64) + offset_s()
}

/// Browser tests start a development build as if it were days later, to see what the passing of time does. A release
/// build does not look at it.
fn offset_s() -> i64 {
    static OFFSET_S: LazyLock<i64> = LazyLock::new(|| {
        let told = std::env::var("SHUZHUAN_NOW_OFFSET_S").ok().filter(|_| cfg!(debug_assertions));
        told.and_then(|text| text.parse().ok()).unwrap_or(0)
    });
    *OFFSET_S
}

/// Fills a secret; a machine without randomness must not hand out guessable links, so it stops.
fn fill_random(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        eprintln!("系统随机数不可用，已停止");
        std::process::abort();
    }
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            return drop(interrupt.await);
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
