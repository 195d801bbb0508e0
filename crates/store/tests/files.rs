//! Contents on the disk: kept once, whole or not at all.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::StoreError;
use store::files::{Blobs, Digest, FILE_MAX_BYTES, Sound};

/// `printf 数转 | openssl dgst -sm3`
const SM3_OF_CONTENT: &str = "7b05787e16a157625d0157af1651864aa138eb300ce47e1ad663c241610531df";
const CONTENT: &[u8] = "数转".as_bytes();

/// After every test's end, and before it.
const FUTURE: i64 = 32_503_680_000;
const PAST: i64 = 1_000_000_000;

struct Folder(PathBuf);

impl Folder {
    fn new() -> (Self, Blobs) {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("files_{}_{number}", std::process::id()));
        let blobs = Blobs::on_disk(&folder).unwrap();
        (Self(folder), blobs)
    }

    /// Every file below, by its path.
    fn files(&self) -> Vec<String> {
        let mut all = Vec::new();
        walk(&self.0, &self.0, &mut all);
        all.sort();
        all
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn walk(root: &Path, folder: &Path, all: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            walk(root, &entry.path(), all);
        } else {
            all.push(entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned());
        }
    }
}

fn digest() -> Digest {
    SM3_OF_CONTENT.parse().unwrap()
}

fn home() -> String {
    format!("{}/{}", &SM3_OF_CONTENT[..2], &SM3_OF_CONTENT[2..])
}

async fn content(blobs: &Blobs, digest: &Digest) -> Option<Vec<u8>> {
    let (mut blob, mut all) = (blobs.open(digest).await.unwrap()?, Vec::new());
    while let Some(piece) = blob.piece().await.unwrap() {
        all.extend(piece);
    }
    Some(all)
}

#[tokio::test]
async fn a_content_is_kept_under_its_sm3() {
    let (folder, blobs) = Folder::new();
    assert_eq!(blobs.put_stream(CONTENT).await.unwrap(), digest());
    assert_eq!(folder.files(), [home()]);
    assert_eq!(content(&blobs, &digest()).await.as_deref(), Some(CONTENT));
    assert_eq!(content(&blobs, &"0".repeat(64).parse().unwrap()).await, None);
}

#[tokio::test]
async fn what_is_dropped_half_way_leaves_nothing() {
    let (folder, blobs) = Folder::new();
    let mut incoming = blobs.receive().await.unwrap();
    incoming.write(CONTENT).await.unwrap();
    assert_eq!(folder.files().len(), 1);
    drop(incoming);
    assert!(folder.files().is_empty());
    let mut incoming = blobs.receive().await.unwrap();
    incoming.write(CONTENT).await.unwrap();
    let received = incoming.finish().await.unwrap();
    assert_eq!((received.digest(), received.bytes()), (&digest(), CONTENT.len() as u64));
    assert_eq!(std::io::read_to_string(received.reader().unwrap()).unwrap().as_bytes(), CONTENT);
    drop(received);
    assert!(folder.files().is_empty());
}

#[tokio::test]
async fn after_a_crash_the_sweep_finds_what_is_left() {
    let (folder, blobs) = Folder::new();
    blobs.put_stream(CONTENT).await.unwrap();
    let mut incoming = blobs.receive().await.unwrap();
    incoming.write(b"half").await.unwrap();
    std::mem::forget(incoming);
    assert_eq!(blobs.sweep(PAST).await.unwrap(), 0, "it may still be under way");
    assert_eq!(blobs.sweep(FUTURE).await.unwrap(), 1);
    assert_eq!(folder.files(), [home()]);
}

#[tokio::test]
async fn a_removal_cut_short_is_undone() {
    let (folder, blobs) = Folder::new();
    blobs.put_stream(CONTENT).await.unwrap();
    fs::rename(folder.0.join(home()), folder.0.join("tmp").join(SM3_OF_CONTENT)).unwrap();
    assert_eq!(blobs.sweep(FUTURE).await.unwrap(), 0);
    assert_eq!(blobs.check(&digest()).await.unwrap(), Sound::Whole);
}

#[tokio::test]
async fn only_what_is_old_is_removed() {
    let (folder, blobs) = Folder::new();
    blobs.put_stream(CONTENT).await.unwrap();
    assert_eq!(blobs.older(PAST).await.unwrap(), []);
    assert_eq!(blobs.older(FUTURE).await.unwrap(), [digest()]);
    assert!(!blobs.remove_older(&digest(), PAST).await.unwrap(), "it came again meanwhile");
    assert_eq!(folder.files(), [home()]);
    assert!(blobs.remove_older(&digest(), FUTURE).await.unwrap());
    assert!(!blobs.remove_older(&digest(), FUTURE).await.unwrap(), "it is gone already");
    assert!(folder.files().is_empty());
}

#[tokio::test]
async fn an_altered_content_is_noticed() {
    let (folder, blobs) = Folder::new();
    assert_eq!(blobs.check(&digest()).await.unwrap(), Sound::Missing);
    blobs.put_stream(CONTENT).await.unwrap();
    assert_eq!(blobs.check(&digest()).await.unwrap(), Sound::Whole);
    fs::write(folder.0.join(home()), b"other").unwrap();
    assert_eq!(blobs.check(&digest()).await.unwrap(), Sound::Altered);
    blobs.put_stream(CONTENT).await.unwrap();
    assert_eq!(blobs.check(&digest()).await.unwrap(), Sound::Whole, "the same content uploaded again mends it");
}

#[tokio::test(flavor = "multi_thread")]
async fn equal_contents_at_once_are_kept_once() {
    let (folder, blobs) = Folder::new();
    let large: Vec<u8> = (0..3_000_000_u32).map(|number| number as u8).collect();
    let putting: Vec<_> = (0..16)
        .map(|_| {
            let (blobs, large) = (blobs.clone(), large.clone());
            tokio::spawn(async move { blobs.put_stream(large.as_slice()).await.unwrap() })
        })
        .collect();
    for one in putting {
        let digest = one.await.unwrap();
        assert_eq!(blobs.check(&digest).await.unwrap(), Sound::Whole);
    }
    assert_eq!(folder.files().len(), 1);
}

#[tokio::test]
async fn too_large_is_refused_at_once() {
    let (folder, blobs) = Folder::new();
    let endless = tokio::io::repeat(0);
    let error = blobs.put_stream(endless).await.unwrap_err();
    assert!(matches!(error, StoreError::FileTooLarge { max_bytes: FILE_MAX_BYTES }), "{error:?}");
    assert!(folder.files().is_empty());
}
