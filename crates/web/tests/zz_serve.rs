#![allow(clippy::unwrap_used, dead_code)]
#[path = "/tmp/zz/site.rs"]
mod filling_site;
use filling_site::Site;
#[tokio::test]
async fn serve() {
    let site = Site::new().await;
    let (handler, certifier) = site.enterprise(1).await;
    let one = site.started(&handler).await;
    let two = site.started_in(&handler, "hohhot-subsidy", "subsidy").await;
    std::fs::write("/tmp/zz/info", format!("{}\n{}\n{one}\n{two}\n", handler.cookies, certifier.cookies)).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8791").await.unwrap();
    let app = site.router.clone().into_make_service_with_connect_info::<std::net::SocketAddr>();
    let _ = tokio::time::timeout(std::time::Duration::from_secs(1500), async { axum::serve(listener, app).await.unwrap() }).await;
}
