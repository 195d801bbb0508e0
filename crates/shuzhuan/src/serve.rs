//! The server: opens the store, hands clock and randomness to the site, forgets old results, stops when told to.

use policy::library::Library;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::Store;

/// How often results older than their promised days are forgotten.
const UPKEEP_EVERY: Duration = Duration::from_secs(6 * 60 * 60);

type Answer = Result<ExitCode, Box<dyn std::error::Error>>;

/// Serves the site until SIGINT or SIGTERM.
pub fn serve(data: &Path, listen: SocketAddr, library: Library) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(data, listen, library))
}

async fn run(data: &Path, listen: SocketAddr, library: Library) -> Answer {
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite:{}", data.join("shuzhuan.db").display()));
    let store = Store::open(&url).await?;
    tokio::spawn(upkeep(store.clone()));
    let state = web::State { library: Arc::new(library), store: store.clone(), clock: unix_now_s, random: fill_random };
    let listener = tokio::net::TcpListener::bind(listen).await?;
    println!("数转已启动：http://{}", listener.local_addr()?);
    let site = web::router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, site).with_graceful_shutdown(told_to_stop()).await?;
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn upkeep(store: Store) {
    let mut clock = tokio::time::interval(UPKEEP_EVERY);
    loop {
        clock.tick().await;
        let before = unix_now_s() - i64::from(web::KEPT_DAYS) * 24 * 60 * 60;
        if let Err(error) = service::kept_case::forget(&store, before).await {
            eprintln!("清理过期结果失败：{error}");
        }
    }
}

fn unix_now_s() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
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
