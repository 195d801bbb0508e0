//! Letters on their way out.
#![allow(clippy::unwrap_used)]

mod desk;

use desk::{Desk, registration};
use service::identity::register;
use service::mail::{Delivered, Transport, deliver};

const FROM: &str = "数转 <noreply@example.cn>";

#[tokio::test]
async fn a_letter_becomes_a_file_once_and_its_secret_is_forgotten() {
    let desk = Desk::new().await;
    register(&desk.store, &desk.edge(), &registration(1, "a@example.cn")).await.unwrap();
    let secret = desk.secret("a@example.cn").await;
    let folder = desk.folder().join("mail");
    let transport = Transport::folder(FROM, &folder).unwrap();
    for expected in [Delivered { sent: 1, failed: 0 }, Delivered::default()] {
        assert_eq!(deliver(&desk.store, &transport, desk.now_ms).await.unwrap(), expected);
    }
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    let text = std::fs::read_to_string(&files[0]).unwrap();
    assert!(files.len() == 1 && text.contains("To: a@example.cn") && text.contains("Message-ID: <"), "{text}");
    let sent = desk.store.outbox("sent", 10).await.unwrap();
    assert!(!sent.is_empty() && sent.iter().all(|row| !row.body.contains(&secret)));
}

#[tokio::test]
async fn a_letter_that_cannot_leave_is_tried_again_and_given_up_at_last() {
    let mut desk = Desk::new().await;
    register(&desk.store, &desk.edge(), &registration(1, "a@example.cn")).await.unwrap();
    // A folder below a file cannot be made.
    std::fs::create_dir_all(desk.folder()).unwrap();
    std::fs::write(desk.folder().join("file"), "").unwrap();
    let transport = Transport::folder(FROM, &desk.folder().join("file/mail")).unwrap();
    let mut tries = 0;
    while !desk.store.outbox("waiting", 1).await.unwrap().is_empty() {
        let done = deliver(&desk.store, &transport, desk.now_ms).await.unwrap();
        tries += done.failed;
        desk.now_ms += 60_000;
    }
    assert_eq!(tries, 7);
    assert!(desk.store.outbox("failed", 10).await.unwrap()[0].last_error.contains("邮件目录"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_failed_try() {
    let desk = Desk::new().await;
    register(&desk.store, &desk.edge(), &registration(1, "a@example.cn")).await.unwrap();
    let transport = Transport::server(FROM, "smtp://127.0.0.1:1").unwrap();
    let done = deliver(&desk.store, &transport, desk.now_ms).await.unwrap();
    assert_eq!(done, Delivered { sent: 0, failed: 1 });
}
