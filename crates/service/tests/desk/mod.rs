//! A platform of its own for each test: a store, a clock that is set by hand, the letters it wrote.
#![allow(dead_code)]

#[path = "../engine/mod.rs"]
mod engine;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use records::Moment;
use service::identity::{
    FirstAdministrator, Invitee, NewOrganisation, NewPerson, Registration, Session, SignedIn, accept_as_new, add_organisation, invite,
    offer_set_up, register, resume, second_factor, set_up, set_up_second_factor, sign_in, verify_email,
};
use service::mail::Letter;
use service::{Edge, ServiceError, Store};
use standards::credit_code::CreditCode;

pub const ORIGIN: &str = "https://example.cn";
pub const PASSWORD: &str = "correct horse 1";
/// 2026-01-20 08:45 in China.
pub const START_MS: i64 = 1_768_869_900_000;
pub const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Never the same twice.
fn random(bytes: &mut [u8]) {
    let number = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    bytes.iter_mut().rev().zip(number.iter().rev()).for_each(|(byte, part)| *byte = *part);
}

pub struct Desk {
    pub store: Store,
    pub now_ms: i64,
    folder: PathBuf,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Desk {
    pub async fn new() -> Self {
        let name = format!("desk_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let store = engine::open(&folder).await;
        Self { store, now_ms: START_MS, folder }
    }

    pub fn edge(&self) -> Edge<'static> {
        Edge { now: Moment(self.now_ms), random, origin: ORIGIN }
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    /// The letters to an address, the last first.
    pub async fn letters(&self, to: &str) -> Vec<Letter> {
        let mut rows = self.store.outbox("waiting", 1000).await.unwrap();
        rows.sort_by(|one, other| other.id.cmp(&one.id));
        let letters = rows.iter().map(|row| serde_json::from_str::<Letter>(&row.body).unwrap());
        letters.filter(|letter| letter.to == to).collect()
    }

    /// The secret in the last letter to an address.
    pub async fn secret(&self, to: &str) -> String {
        let letters = self.letters(to).await;
        let link = letters[0].text.lines().find(|line| line.starts_with(ORIGIN)).unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    /// Registers an enterprise with its first person, whose address is `email`.
    pub async fn enterprise(&self, number: u32, email: &str) {
        register(&self.store, &self.edge(), &registration(number, email)).await.unwrap();
        verify_email(&self.store, &self.edge(), &self.secret(email).await).await.unwrap();
    }

    /// The first administrator, `admin@example.cn`.
    pub async fn administrator(&self) {
        let code = offer_set_up(&self.store, &self.edge()).await.unwrap().unwrap().to_string();
        set_up(&self.store, &self.edge(), &first_administrator(&code)).await.unwrap();
    }

    /// A bureau whose first person is `email`.
    pub async fn bureau(&mut self, kind: &str, email: &str) {
        let form = NewOrganisation {
            kind: kind.into(),
            organisation: format!("{kind}单位"),
            place: "hohhot".into(),
            name: "李四".into(),
            email: email.into(),
            ..NewOrganisation::default()
        };
        let administrator = self.session("admin@example.cn").await;
        add_organisation(&self.store, &self.edge(), &administrator, &form).await.unwrap();
        accept_as_new(&self.store, &self.edge(), &self.secret(email).await, &new_person()).await.unwrap();
    }

    /// Invites somebody and accepts for the invited.
    pub async fn colleague(&self, manager: &Session, email: &str, role: &str) {
        let form = Invitee { name: "王五".into(), email: email.into(), roles: vec![role.into()] };
        invite(&self.store, &self.edge(), manager, &form).await.unwrap();
        accept_as_new(&self.store, &self.edge(), &self.secret(email).await, &new_person()).await.unwrap();
    }

    /// Signs in as far as the password goes.
    pub async fn password(&self, email: &str) -> Result<String, ServiceError> {
        Ok(sign_in(&self.store, &self.edge(), email, PASSWORD).await?.to_string())
    }

    pub async fn resume(&self, token: &str) -> Option<SignedIn> {
        resume(&self.store, &self.edge(), token).await.unwrap()
    }

    /// Signs in all the way; a second factor is shown or set up, and the clock goes on so that the next code is another.
    pub async fn token(&mut self, email: &str) -> String {
        let token = self.password(email).await.unwrap();
        let code = self.code();
        let (store, edge) = (&self.store, self.edge());
        let token = match self.resume(&token).await.unwrap() {
            SignedIn::SecondFactor(_) => second_factor(store, &edge, &token, &code).await.unwrap().to_string(),
            SignedIn::SetUp(_) => set_up_second_factor(store, &edge, &token, SECRET, &code).await.unwrap().to_string(),
            _ => return token,
        };
        self.now_ms += 30_000;
        token
    }

    pub async fn session(&mut self, email: &str) -> Session {
        let token = self.token(email).await;
        self.resume(&token).await.unwrap().session().unwrap().clone()
    }

    /// What an authenticator shows now.
    pub fn code(&self) -> String {
        let secret = totp_rs::Secret::try_from_base32(SECRET).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        totp.generate(u64::try_from(self.now_ms / 1000).unwrap()).to_string()
    }
}

pub fn credit_code(number: u32) -> String {
    CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap().as_str().to_owned()
}

pub fn registration(number: u32, email: &str) -> Registration {
    Registration {
        kind: "enterprise".into(),
        organisation: format!("测试{number}有限公司"),
        credit_code: credit_code(number),
        place: "hohhot-saihan".into(),
        name: "张三".into(),
        phone: "13800138000".into(),
        email: email.into(),
        password: PASSWORD.into(),
        password_again: PASSWORD.into(),
    }
}

pub fn new_person() -> NewPerson {
    NewPerson { name: "王五".into(), phone: "0471-1234567".into(), password: PASSWORD.into(), password_again: PASSWORD.into() }
}

pub fn first_administrator(code: &str) -> FirstAdministrator {
    FirstAdministrator {
        code: code.into(),
        organisation: "运行单位".into(),
        place: "hohhot".into(),
        name: "赵六".into(),
        phone: "13900139000".into(),
        email: "admin@example.cn".into(),
        password: PASSWORD.into(),
        password_again: PASSWORD.into(),
    }
}

/// The refusal of an error, or a panic.
pub fn refusal(error: ServiceError) -> records::Refusal {
    match error {
        ServiceError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}
