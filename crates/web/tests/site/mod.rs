//! The site over the programmes of the repository and one made-up programme, without a socket.
#![allow(dead_code, reason = "each test program uses its part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use policy::library::Library;
use service::Store;
use tower::ServiceExt as _;

/// A site of its own for each test, removed with its files at the end.
pub struct Site {
    router: Router,
    pub store: Store,
    folder: PathBuf,
}

/// An answer read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub parts: Response<()>,
    pub body: String,
}

impl Answer {
    /// A header's text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.parts.headers().get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }
}

impl Site {
    pub async fn new() -> Self {
        Self::about(web::About::default()).await
    }

    /// A site that says who answers for it.
    pub async fn about(about: web::About) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("web_{}_{number}", std::process::id());
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = Store::open(&format!("sqlite:{}/test.db", folder.display())).await.unwrap();
        let files = service::paper::Files::open(&folder.join("files"), None).unwrap();
        let state = web::State {
            library: library(),
            store: store.clone(),
            files,
            clock: || 1_768_869_900,
            random,
            origin: "http://localhost".into(),
            press: Default::default(),
            demo: [].into(),
            inside: Default::default(),
            about: about.into(),
        };
        Self { router: web::router(state), store, folder }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).unwrap()).await
    }

    /// A file: its status, what it is called, its content.
    pub async fn bytes(&self, address: &str) -> (StatusCode, String, Vec<u8>) {
        let response = self.router.clone().oneshot(Request::get(address).body(Body::empty()).unwrap()).await.unwrap();
        let name = response.headers().get(header::CONTENT_DISPOSITION).map_or("", |name| name.to_str().unwrap()).to_owned();
        (response.status(), name, to_bytes(response.into_body(), 8 << 20).await.unwrap().to_vec())
    }

    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text))).collect();
        self.send(form(address).body(Body::from(body.join("&"))).unwrap()).await
    }

    /// Posts a form with a file in the field `cases`, as browsers do.
    pub async fn upload(&self, address: &str, fields: &[(&str, &str)], name: &str, file: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (field, text) in fields {
            body.extend(format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n").bytes());
        }
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"cases\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes().chain(file.iter().copied()).chain("\r\n--cut--\r\n".bytes()));
        let request = Request::post(address).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 8 << 20).await.unwrap();
        let body = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, parts: Response::from_parts(parts, ()), body }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A post of a form from a page of the site.
pub fn form(address: &str) -> axum::http::request::Builder {
    Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin")
}

/// Different bytes each time: tests look at links, they do not guess them.
fn random(bytes: &mut [u8]) {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    bytes.iter_mut().zip(number.iter().cycle()).for_each(|(byte, from)| *byte = *from);
}

pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn library() -> Arc<Library> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programmes = here.join("../../programmes");
    let mut folders = BTreeMap::new();
    for name in ["miit-2024/2024", "hohhot-subsidy/2025"] {
        folders.insert(name.to_owned(), files(&programmes.join(name), ""));
    }
    let demo = |name: &str| fs::read_to_string(here.join("tests/demo").join(name)).unwrap();
    let pairs = [("pack.toml", demo("pack.toml")), ("text/guide.md", demo("guide.md"))];
    folders.insert("demo/1".into(), pairs.into_iter().map(|(name, text)| (name.to_owned(), text)).collect());
    let (library, failed) = Library::load(folders);
    assert!(failed.is_empty(), "{failed:#?}");
    Arc::new(library)
}

fn files(folder: &Path, below: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            all.extend(files(&entry.path(), &format!("{name}/")));
        } else {
            all.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    all
}
