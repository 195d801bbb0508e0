//! The life of a paper, with and without a virus scanner.
#![allow(clippy::unwrap_used)]

mod engine;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use records::Moment;
use records::moment::By;
use service::paper::{self, Files, Paper, PaperState, Removed, Scanned, Scanner, Uploaded};
use service::{Edge, ServiceError, Store};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A store and files of their own for each test, removed at the end.
struct Fixture {
    store: Store,
    files: Files,
    folder: PathBuf,
}

impl Fixture {
    async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("papers_{}_{number}", std::process::id()));
        let store = engine::open(&folder).await;
        let files = Files::open(&folder.join("files"), None).unwrap();
        Self { store, files, folder }
    }

    async fn scanned_by(address: &str) -> Self {
        let mut fixture = Self::new().await;
        fixture.files.scanner = Scanner::of_setting(Some(address));
        fixture
    }

    async fn upload(&self, by: &By, name: &str, content: &[u8]) -> Result<Uploaded, ServiceError> {
        let mut upload = paper::begin(&self.store, &self.files, by, name).await?;
        for piece in content.chunks(64 << 10) {
            upload.write(piece).await?;
        }
        paper::upload(&self.store, &self.files, &edge(), by, upload).await
    }

    async fn state(&self, paper: &Paper) -> PaperState {
        self.store.paper(&paper.id).await.unwrap().unwrap().state
    }

    async fn attach(&self, by: &By, paper: &Paper) -> Result<(), ServiceError> {
        paper::attach(&self.store, &self.files, by, std::slice::from_ref(&paper.id)).await
    }

    async fn opens(&self, by: &By, paper: &Paper) -> Result<Vec<u8>, ServiceError> {
        let mut opened = paper::open_as_owner(&self.store, &self.files, by, &paper.id).await?;
        let mut all = Vec::new();
        while let Some(piece) = opened.blob.piece().await.unwrap() {
            all.extend(piece);
        }
        Ok(all)
    }

    /// What is removed some days from now: contents that no paper needs.
    async fn clear(&self, days: i64) -> u64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
        let removed = paper::clear(&self.store, &self.files, Moment(now + days * DAY_MS)).await.unwrap();
        assert_eq!(removed, Removed { left_over: 0, ..removed });
        removed.contents
    }

    async fn scan(&self) -> Result<Scanned, ServiceError> {
        paper::scan_waiting(&self.store, &self.files).await
    }

    /// Contents on the disk, whole or not.
    fn contents(&self) -> usize {
        let folders = std::fs::read_dir(self.folder.join("files")).unwrap().flatten();
        folders.map(|folder| std::fs::read_dir(folder.path()).unwrap().count()).sum()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn edge() -> Edge<'static> {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let random: fn(&mut [u8]) = |bytes| bytes.fill(NEXT.fetch_add(1, Ordering::Relaxed));
    Edge { now: Moment(1_768_869_900_000), random, origin: "" }
}

fn by(organisation: &str) -> By {
    By { account: "张三".into(), organisation: organisation.into(), mandate: None }
}

fn message<T>(answer: Result<T, ServiceError>) -> String {
    match answer {
        Err(ServiceError::Refused(refusal)) => refusal.message,
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("not refused"),
    }
}

/// A clamd that reads a whole stream and answers; a content with “EICAR” in it is a virus to it, one with “HUGE” too large.
async fn clamd() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut command = [0; 10];
            client.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let mut piece = vec![0; client.read_u32().await.unwrap() as usize];
                client.read_exact(&mut piece).await.unwrap();
                if piece.is_empty() {
                    break;
                }
                content.extend(piece);
            }
            let has = |word: &[u8]| content.windows(word.len()).any(|here| here == word);
            let answer: &[u8] = match (has(b"EICAR"), has(b"HUGE")) {
                (true, _) => b"stream: Eicar-Signature FOUND\0",
                (_, true) => b"INSTREAM size limit exceeded. ERROR\0",
                _ => b"stream: OK\0",
            };
            client.write_all(answer).await.unwrap();
        }
    });
    address
}

#[tokio::test]
async fn a_file_is_uploaded_once_and_used_anywhere() {
    let fixture = Fixture::new().await;
    let first = fixture.upload(&by("甲"), "C:\\合同.pdf", PDF).await.unwrap();
    assert_eq!((first.paper.name.as_str(), first.paper.media_type.as_str()), ("合同.pdf", "application/pdf"));
    assert_eq!((first.paper.bytes, &first.paper.state, first.again), (PDF.len() as i64, &PaperState::Checked, false));
    let again = fixture.upload(&by("甲"), "合同-终版.pdf", PDF).await.unwrap();
    assert_eq!((&again.paper, again.again), (&first.paper, true));
    let other = fixture.upload(&by("乙"), "合同.pdf", PDF).await.unwrap();
    assert_ne!(other.paper.id, first.paper.id);
    assert_eq!(fixture.contents(), 1, "one content, whoever uploads it");
    assert_eq!(fixture.opens(&by("甲"), &first.paper).await.unwrap(), PDF);
    let list = paper::list_of_organisation(&fixture.store, &by("甲"), 0).await.unwrap();
    assert_eq!((list.papers, list.of, list.bytes), (vec![first.paper], 1, PDF.len() as i64));
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_contents_at_once_are_one_paper_each() {
    let fixture = std::sync::Arc::new(Fixture::new().await);
    let content = [PDF, &vec![7; 1 << 20]].concat();
    let uploads: Vec<_> = (0..20)
        .map(|number| {
            let (fixture, content) = (fixture.clone(), content.clone());
            tokio::spawn(async move { fixture.upload(&by(["甲", "乙"][number % 2]), "a.pdf", &content).await.unwrap().paper })
        })
        .collect();
    let mut ids = std::collections::BTreeSet::new();
    for one in uploads {
        let paper = one.await.unwrap();
        assert_eq!(fixture.opens(&by(&paper.organisation), &paper).await.unwrap(), content);
        ids.insert(paper.id);
    }
    assert_eq!((ids.len(), fixture.contents()), (2, 1));
}

#[tokio::test]
async fn another_organisation_and_nobody_see_nothing() {
    let fixture = Fixture::new().await;
    let paper = fixture.upload(&by("甲"), "a.pdf", PDF).await.unwrap().paper;
    assert!(matches!(fixture.opens(&by("乙"), &paper).await, Err(ServiceError::NotFound)));
    assert!(matches!(paper::remove(&fixture.store, &by("乙"), &paper.id).await, Err(ServiceError::NotFound)));
    assert!(matches!(fixture.attach(&by("乙"), &paper).await, Err(ServiceError::NotFound)));
    let nobody = By { account: "public".into(), ..by("甲") };
    for nobody in [nobody, by("")] {
        assert!(matches!(fixture.upload(&nobody, "a.pdf", PDF).await, Err(ServiceError::Forbidden)));
        assert!(matches!(fixture.opens(&nobody, &paper).await, Err(ServiceError::Forbidden)));
    }
}

#[tokio::test]
async fn a_mandate_opens_ones_own_uploads_only() {
    let fixture = Fixture::new().await;
    let clerk = By { account: "李四".into(), mandate: Some("m".into()), ..by("甲") };
    let theirs = fixture.upload(&by("甲"), "流水.pdf", PDF).await.unwrap().paper;
    let own = fixture.upload(&clerk, "合同.pdf", b"%PDF-1.4").await.unwrap().paper;
    assert!(matches!(fixture.opens(&clerk, &theirs).await, Err(ServiceError::NotFound)));
    assert!(fixture.opens(&clerk, &own).await.is_ok() && fixture.opens(&by("甲"), &own).await.is_ok());
    assert_eq!(paper::list_of_organisation(&fixture.store, &clerk, 0).await.unwrap().papers, [own]);
    fixture.attach(&clerk, &theirs).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_taken_leaves_nothing() {
    let fixture = Fixture::new().await;
    let too_large = vec![b'%'; paper::FILE_MAX_BYTES as usize + 1];
    for (name, content, sentence) in [
        ("发票.pdf", &b"MZ\x90\0"[..], "程序或脚本"),
        ("a.pdf", b"", "空的"),
        ("a.html", b"<html>", "网页"),
        ("a.docx", b"PK\x03\x04", "已损坏"),
        ("a.pdf", &too_large, "超过50兆字节"),
    ] {
        let refused = message(fixture.upload(&by("甲"), name, content).await);
        assert!(refused.contains(sentence), "{name}: {refused}");
    }
    assert_eq!(fixture.contents(), 0);
    assert_eq!(paper::list_of_organisation(&fixture.store, &by("甲"), 0).await.unwrap().of, 0);
}

#[tokio::test]
async fn attached_papers_stay() {
    let fixture = Fixture::new().await;
    let paper = fixture.upload(&by("甲"), "a.pdf", PDF).await.unwrap().paper;
    let spare = fixture.upload(&by("甲"), "b.pdf", b"%PDF-1.4").await.unwrap().paper;
    fixture.attach(&by("甲"), &paper).await.unwrap();
    assert!(message(paper::remove(&fixture.store, &by("甲"), &paper.id).await).contains("不能移除"));
    paper::remove(&fixture.store, &by("甲"), &spare.id).await.unwrap();
    assert!(matches!(fixture.opens(&by("甲"), &spare).await, Err(ServiceError::NotFound)));
    assert_eq!((fixture.clear(0).await, fixture.contents()), (0, 2), "an upload may still be on its way to the record");
    assert_eq!((fixture.clear(2).await, fixture.contents()), (1, 1));
    assert_eq!(fixture.opens(&by("甲"), &paper).await.unwrap(), PDF);
}

#[tokio::test]
async fn the_scanner_says_what_may_be_used() {
    let fixture = Fixture::scanned_by(&clamd().await).await;
    let clean = fixture.upload(&by("甲"), "a.pdf", &[PDF, &vec![1; 300_000]].concat()).await.unwrap().paper;
    assert_eq!(clean.state, PaperState::Checked);
    assert!(message(fixture.upload(&by("甲"), "b.pdf", b"%PDF-1.7 EICAR").await).contains("病毒（Eicar-Signature）"));
    assert_eq!(fixture.contents(), 1);
    let unsaid = fixture.upload(&by("甲"), "c.pdf", b"%PDF-1.7 HUGE").await.unwrap().paper;
    assert_eq!(unsaid.state, PaperState::Pending);
    assert_eq!(fixture.scan().await.unwrap(), Scanned { waiting: 1, ..Scanned::default() });
}

#[tokio::test]
async fn without_its_scanner_a_file_waits_and_says_so() {
    // Nobody listens at an address that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string();
    let mut fixture = Fixture::scanned_by(&free).await;
    let good = fixture.upload(&by("甲"), "good.pdf", PDF).await.unwrap().paper;
    let bad = fixture.upload(&by("甲"), "bad.pdf", b"%PDF-1.7 EICAR").await.unwrap().paper;
    assert_eq!((&good.state, &bad.state), (&PaperState::Pending, &PaperState::Pending));
    assert!(message(fixture.opens(&by("甲"), &good).await).contains("等待病毒检查"));
    assert!(message(fixture.attach(&by("甲"), &good).await).contains("“good.pdf”：文件正在等待"));
    assert!(fixture.scan().await.is_err());

    fixture.files.scanner = Scanner::of_setting(Some(&clamd().await));
    fixture.attach(&by("甲"), &good).await.unwrap();
    assert_eq!(fixture.state(&good).await, PaperState::Attached);
    assert_eq!(fixture.scan().await.unwrap(), Scanned { refused: 1, ..Scanned::default() });
    assert!(matches!(fixture.state(&bad).await, PaperState::Refused(reason) if reason.contains("病毒")));
    assert!(message(fixture.opens(&by("甲"), &bad).await).contains("病毒"));
    assert!(message(fixture.upload(&by("甲"), "bad.pdf", b"%PDF-1.7 EICAR").await).contains("病毒"));
    assert_eq!((fixture.clear(2).await, fixture.contents()), (1, 1), "a virus is not kept for long");
}

#[cfg(unix)]
#[tokio::test]
async fn the_scanner_is_reached_by_its_socket_too() {
    let fixture = Fixture::new().await;
    let path = fixture.folder.join("clamd.ctl");
    let listener = tokio::net::UnixListener::bind(&path).unwrap();
    tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut sent = vec![0; 10 + 4 + PDF.len() + 4];
        client.read_exact(&mut sent).await.unwrap();
        client.write_all(b"stream: OK\0").await.unwrap();
    });
    let files = Files { scanner: Scanner::of_setting(path.to_str()), ..fixture.files.clone() };
    let mut upload = paper::begin(&fixture.store, &files, &by("甲"), "a.pdf").await.unwrap();
    upload.write(PDF).await.unwrap();
    let paper = paper::upload(&fixture.store, &files, &edge(), &by("甲"), upload).await.unwrap().paper;
    assert_eq!(paper.state, PaperState::Checked);
}
