//! Calls to other systems when something happens to a file.

use std::collections::BTreeSet;
use std::time::Duration;

use service::Store;
use service::webhook::{self, Caller};

/// How often calls that are due are made.
const DELIVER_EVERY: Duration = Duration::from_secs(5);

/// WEBHOOK_HOSTS names hosts in networks of one's own that may be called, by name or address, with commas between; all other
/// addresses have to be public.
pub fn inside() -> BTreeSet<String> {
    let told = std::env::var("WEBHOOK_HOSTS").unwrap_or_default();
    told.split(',').map(|host| host.trim().to_ascii_lowercase()).filter(|host| !host.is_empty()).collect()
}

/// Makes calls as long as the program runs.
pub async fn deliver(store: Store, caller: Caller, unix_now_s: fn() -> i64) {
    let mut clock = tokio::time::interval(DELIVER_EVERY);
    loop {
        clock.tick().await;
        if let Err(error) = webhook::deliver(&store, &caller, unix_now_s() * 1000).await {
            eprintln!("推送事件失败：{error:?}");
        }
    }
}
