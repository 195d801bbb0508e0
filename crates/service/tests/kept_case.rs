//! The life of a kept case.
#![allow(clippy::unwrap_used)]

mod engine;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use service::kept_case::{TOKEN_BYTES, Token, forget, keep, open};
use service::{FACTS_MAX_BYTES, KeptKind, ServiceError, Store};

/// A store of its own for each test, removed with its files at the end.
struct Fixture {
    store: Store,
    folder: PathBuf,
}

impl Fixture {
    async fn new() -> Self {
        let folder = Self::folder();
        Self { store: engine::open(&folder).await, folder }
    }

    /// On SQLite whatever the others run on, for a test that looks into the files.
    async fn in_files() -> Self {
        let folder = Self::folder();
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        Self { store, folder }
    }

    fn folder() -> PathBuf {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("service_{}_{number}", std::process::id());
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
    }

    async fn keep(&self, token: &Token, facts_json: &str) -> Result<(), ServiceError> {
        let kind = KeptKind::Assessment;
        keep(&self.store, token, kind, "example", "2025-1", facts_json, 1_763_000_000).await
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn token(byte: u8) -> Token {
    Token::from_random([byte; TOKEN_BYTES])
}

#[tokio::test]
async fn a_case_opens_by_its_link_as_it_was_kept() {
    let fixture = Fixture::new().await;
    fixture.keep(&token(1), r#"{"name":"龘靐齉𠮷"}"#).await.unwrap();
    let kept = open(&fixture.store, &token(1).to_string()).await.unwrap();
    assert_eq!(kept.kind, KeptKind::Assessment);
    assert_eq!(kept.programme, "example");
    assert_eq!(kept.pack_version, "2025-1");
    assert_eq!(kept.facts, r#"{"name":"龘靐齉𠮷"}"#);
    assert_eq!(kept.created_at_unix_s, 1_763_000_000);
}

#[tokio::test]
async fn the_token_itself_is_stored_nowhere() {
    let fixture = Fixture::in_files().await;
    fixture.keep(&token(1), "{}").await.unwrap();
    fixture.store.close().await;
    let text = token(1).to_string();
    for file in std::fs::read_dir(&fixture.folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let found = |secret: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!found(text.as_bytes()) && !found(&[1; TOKEN_BYTES]));
    }
}

#[tokio::test]
async fn a_link_that_leads_nowhere_is_not_found() {
    let fixture = Fixture::new().await;
    fixture.keep(&token(1), "{}").await.unwrap();
    let capitals = token(1).to_string().to_uppercase();
    let never_handed_out = token(2).to_string();
    for text in ["", "x", "../../etc/passwd", "\0", &capitals, &never_handed_out] {
        let error = open(&fixture.store, text).await.unwrap_err();
        assert!(matches!(error, ServiceError::NotFound), "{text:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_case_that_is_too_large_is_refused() {
    let fixture = Fixture::new().await;
    let facts = "x".repeat(FACTS_MAX_BYTES + 1);
    let error = fixture.keep(&token(1), &facts).await.unwrap_err();
    let ServiceError::TooLarge { bytes, max_bytes } = error else {
        panic!("{error:?}");
    };
    assert_eq!((bytes, max_bytes), (FACTS_MAX_BYTES + 1, FACTS_MAX_BYTES));
}

#[tokio::test]
async fn a_token_is_used_once() {
    let fixture = Fixture::new().await;
    fixture.keep(&token(1), "{}").await.unwrap();
    let error = fixture.keep(&token(1), "[]").await.unwrap_err();
    assert!(matches!(error, ServiceError::Store(_)), "{error:?}");
    let kept = open(&fixture.store, &token(1).to_string()).await.unwrap();
    assert_eq!(kept.facts, "{}");
}

#[tokio::test]
async fn a_forgotten_case_is_not_found() {
    let fixture = Fixture::new().await;
    fixture.keep(&token(1), "{}").await.unwrap();
    assert_eq!(forget(&fixture.store, 1_763_000_000).await.unwrap(), 0);
    assert_eq!(forget(&fixture.store, 1_763_000_001).await.unwrap(), 1);
    let error = open(&fixture.store, &token(1).to_string()).await.unwrap_err();
    assert!(matches!(error, ServiceError::NotFound), "{error:?}");
}
