//! A site with one made-up programme, enterprises with a handler and a certifier each, and a call to apply.

use std::collections::BTreeSet;
use std::ops::Deref;

use records::access::Acting;
use records::account::Role;
use records::organisation::OrganisationKind;
use service::Edge;
use service::batch::{self, Calling};
use service::identity::{Invitee, NewPerson, Registration, accept_as_new, invite, register, resume, sign_in, verify_email};
use service::mail::Letter;
use standards::credit_code::CreditCode;

use crate::served::{File, Page, Person, Served, library};

const PASSWORD: &str = "correct horse 1";

pub struct Site(Served);

impl Deref for Site {
    type Target = Served;

    fn deref(&self) -> &Served {
        &self.0
    }
}

impl Site {
    pub async fn new() -> Self {
        Self(Served::new(library(["crates/web/tests/sheet", "programmes/miit-2024/2024"])).await)
    }

    fn edge(&self) -> Edge<'_> {
        self.desk(0).edge
    }

    /// An enterprise with somebody who fills in and somebody who signs.
    pub async fn enterprise(&self, number: u32) -> (Person, Person) {
        let (handler, certifier) = (format!("zhang{number}@example.cn"), format!("wang{number}@example.cn"));
        let form = Registration {
            kind: "enterprise".into(),
            organisation: format!("测试{number}有限公司"),
            credit_code: CreditCode::with_check_character(&format!("91000000{number:09}")).unwrap().as_str().to_owned(),
            place: "hohhot-saihan".into(),
            name: "张三".into(),
            phone: "13800138000".into(),
            email: handler.clone(),
            password: PASSWORD.into(),
            password_again: PASSWORD.into(),
        };
        register(&self.store, &self.edge(), &form).await.unwrap();
        verify_email(&self.store, &self.edge(), &self.secret(&handler).await).await.unwrap();
        self.colleague(&handler, &certifier).await;
        (self.signed_in(&handler).await, self.signed_in(&certifier).await)
    }

    async fn colleague(&self, manager: &str, email: &str) {
        let token = sign_in(&self.store, &self.edge(), manager, PASSWORD).await.unwrap().to_string();
        let manager = resume(&self.store, &self.edge(), &token).await.unwrap().unwrap();
        let invitee = Invitee { name: "王五".into(), email: email.into(), roles: vec!["certifier".into()] };
        invite(&self.store, &self.edge(), manager.session().unwrap(), &invitee).await.unwrap();
        let person =
            NewPerson { name: "王五".into(), phone: "0471-1234567".into(), password: PASSWORD.into(), password_again: PASSWORD.into() };
        accept_as_new(&self.store, &self.edge(), &self.secret(email).await, &person).await.unwrap();
    }

    async fn signed_in(&self, email: &str) -> Person {
        Person::with(sign_in(&self.store, &self.edge(), email, PASSWORD).await.unwrap())
    }

    /// The secret in the letter to an address.
    async fn secret(&self, to: &str) -> String {
        let rows = self.store.outbox("waiting", 100).await.unwrap();
        let letters = rows.iter().map(|row| serde_json::from_str::<Letter>(&row.body).unwrap());
        let letter = letters.into_iter().find(|letter| letter.to == to).unwrap();
        let link = letter.text.lines().find(|line| line.starts_with(self.edge().origin)).unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    /// Begins a file in a fresh call, and answers its id.
    pub async fn started(&self, person: &Person) -> String {
        let bureau = Acting {
            account: "clerk".into(),
            organisation: "city".into(),
            kind: OrganisationKind::CityBureau,
            place: "hohhot".into(),
            roles: BTreeSet::from([Role::Handler]),
            mandate: None,
        };
        let calling = Calling {
            programme: "sheet".into(),
            procedure: "apply".into(),
            label: "第一批".into(),
            notice: "请申报。".into(),
            opens_on: "2026-01-20".into(),
            deadline_on: "2026-03-01".into(),
        };
        let batch = batch::open(&self.desk(0), &bureau, &calling).await.unwrap();
        let begun = self.post(person, &format!("/batches/{batch}/start"), &[]).await;
        begun.location().split('/').nth(2).unwrap_or_else(|| panic!("{}", begun.body)).to_owned()
    }

    /// Posts a form with one PDF and goes on.
    pub async fn upload(&self, person: &Person, address: &str, field: &str, name: &str) -> Page {
        self.upload_file(person, address, field, (name, "%PDF-1.7\n%%EOF\n")).await
    }

    /// Posts a form with one file and goes on.
    pub async fn upload_file(&self, person: &Person, address: &str, field: &str, (name, file): (&str, &str)) -> Page {
        self.0.upload(person, address, &[("do", "next")], File { field, name, content: file.as_bytes() }).await
    }
}
