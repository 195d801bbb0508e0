//! What accounts need around the site: its public address, letters that leave, the first administrator's code.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use records::Moment;
use service::mail::Transport;
use service::{Edge, Store, identity, mail};

/// How often letters that are due leave.
const DELIVER_EVERY: Duration = Duration::from_secs(10);
/// How often sessions, codes and tries past their time are removed.
const UPKEEP_EVERY: Duration = Duration::from_secs(10 * 60);

/// The address of the site in letters: PUBLIC_URL, or where it listens.
pub fn origin(listen: SocketAddr) -> Arc<str> {
    let told = std::env::var("PUBLIC_URL").unwrap_or_else(|_| format!("http://{listen}"));
    Arc::from(told.trim_end_matches('/'))
}

/// SMTP_URL names a mail server, MAIL_FROM the sender; without the first, letters become files of a folder.
pub fn transport(data: &Path, about: &web::About, origin: &str) -> Result<Transport, mail::MailError> {
    let from = std::env::var("MAIL_FROM").unwrap_or_else(|_| "数转 <noreply@localhost>".to_owned());
    let transport = match std::env::var("SMTP_URL") {
        Ok(url) => Transport::server(&from, &url),
        Err(_) => Transport::folder(&from, &data.join("mail")),
    };
    Ok(transport?.signed(&about.below_letters(origin)))
}

/// Says on the console how the first administrator is made, while there is nobody.
pub async fn offer_set_up(store: &Store, edge: &Edge<'_>) -> Result<(), service::ServiceError> {
    if let Some(code) = identity::offer_set_up(store, edge).await? {
        println!("尚未设置管理员，请打开 {}/set-up ，输入设置码：{code}", edge.origin);
    }
    Ok(())
}

/// Sends letters as long as the program runs.
pub async fn deliver(store: Store, transport: Transport, unix_now_s: fn() -> i64) {
    let mut clock = tokio::time::interval(DELIVER_EVERY);
    loop {
        clock.tick().await;
        if let Err(error) = mail::deliver(&store, &transport, unix_now_s() * 1000).await {
            eprintln!("发送邮件失败：{error:?}");
        }
    }
}

/// Removes what is past its time as long as the program runs.
pub async fn upkeep(store: Store, unix_now_s: fn() -> i64, random: fn(&mut [u8])) {
    let mut clock = tokio::time::interval(UPKEEP_EVERY);
    loop {
        clock.tick().await;
        let edge = Edge { now: Moment(unix_now_s() * 1000), random, origin: "" };
        if let Err(error) = identity::upkeep(&store, &edge).await {
            eprintln!("清理过期登录失败：{error:?}");
        }
    }
}
