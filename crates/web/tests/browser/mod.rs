//! A browser without scripts, and people who use it.
#![allow(dead_code)]

use std::cell::RefCell;
use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Request, header};
use records::Moment;
use service::Edge;
use service::identity::offer_set_up;
use service::mail::Letter;
use standards::credit_code::CreditCode;

use crate::site::{Answer, Site, encoded, form};

pub const PASSWORD: &str = "correct horse 1";
/// The site's time.
const NOW_MS: i64 = 1_768_869_900_000;

/// A browser: it keeps cookies, and sends the hidden fields of the page it is on.
pub struct Browser<'a> {
    site: &'a Site,
    pub cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub fn new(site: &'a Site) -> Self {
        Self { site, cookies: RefCell::default() }
    }

    pub async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = self.site.send(request.header(header::COOKIE, cookies.join("; ")).body(body).unwrap()).await;
        for line in answer.parts.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            assert!(line.contains("; HttpOnly; SameSite=Lax"), "{line}");
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            match line.contains("Max-Age=0") {
                true => self.cookies.borrow_mut().remove(name),
                false => self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned()),
            };
        }
        answer
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address), Body::empty()).await
    }

    /// Posts a form of the page at `from`, with its hidden fields.
    pub async fn post_from(&self, from: &str, address: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(from).await;
        let mut pairs = hidden(&page.body, address);
        pairs.extend(fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        let body: Vec<String> = pairs.iter().map(|(name, text)| format!("{}={}", encoded(name), encoded(text))).collect();
        self.send(form(address), Body::from(body.join("&"))).await
    }

    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(address, address, fields).await
    }

    pub async fn register(&self, number: u32, email: &str) {
        let sent = self.post("/register", &registration(&credit_code(number), email)).await;
        assert_eq!(sent.location(), "/register?sent=1", "{}", sent.body);
        let link = format!("/verify-email/{}", self.site.secret(email).await);
        assert_eq!(self.post(&link, &[]).await.location(), "/sign-in?said=registered");
    }

    pub async fn sign_in(&self, email: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await
    }
}

/// The hidden fields of the form that posts to an address.
pub fn hidden(page: &str, address: &str) -> Vec<(String, String)> {
    let forms = page.split("<form ").skip(1).map(|part| part.split("</form>").next().unwrap());
    let path = address.split('?').next().unwrap();
    let form = forms.clone().find(|form| form.contains(&format!("action=\"{path}")));
    let form = form.unwrap_or_else(|| panic!("no form to {address} in {page}"));
    let inputs = form.split("<input type=\"hidden\" ").skip(1).map(|part| part.split('>').next().unwrap());
    let value =
        |part: &str, name: &str| part.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    inputs.map(|part| (value(part, "name"), value(part, "value"))).collect()
}

pub fn credit_code(number: u32) -> String {
    CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap().as_str().to_owned()
}

pub fn registration<'a>(credit_code: &'a str, email: &'a str) -> [(&'a str, &'a str); 9] {
    [
        ("kind", "enterprise"),
        ("organisation", "测试<b>有限公司"),
        ("credit_code", credit_code),
        ("place", "hohhot-saihan"),
        ("name", "张三"),
        ("phone", "13800138000"),
        ("email", email),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ]
}

impl Site {
    /// The code that the console shows at the first start.
    pub async fn set_up_code(&self) -> String {
        let edge = Edge { now: Moment(NOW_MS), random: |bytes| bytes.fill(7), origin: "" };
        offer_set_up(&self.store, &edge).await.unwrap().unwrap().to_string()
    }

    /// What an authenticator shows for a secret at the site's time.
    pub fn authenticator(&self, secret: &str) -> String {
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(NOW_MS / 1000).unwrap()).to_string()
    }

    /// The secret in the last letter to an address.
    pub async fn secret(&self, to: &str) -> String {
        let mut rows = self.store.outbox("waiting", 1000).await.unwrap();
        rows.sort_by(|one, other| other.id.cmp(&one.id));
        let letters = rows.iter().map(|row| serde_json::from_str::<Letter>(&row.body).unwrap());
        let letter = letters.into_iter().find(|letter| letter.to == to).unwrap();
        let link = letter.text.lines().find(|line| line.starts_with("http://localhost/")).unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }
}
