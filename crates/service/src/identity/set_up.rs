//! Make the first administrator, while nobody can sign in.

use std::collections::BTreeSet;

use records::FieldError;
use records::Refusal;
use records::account::Role;
use records::organisation::OrganisationKind;
use store::{Code, CodePurpose, Store};

use super::create::{Opening, create};
use super::fields::Fields;
use super::password;
use super::register::Joining;
use crate::kept_case::Token;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// There is one set-up code at a time.
const SUBJECT: &str = "first administrator";
/// How long it is good; every start of the program makes another.
const SET_UP_MS: i64 = 24 * 60 * 60 * 1000;

/// What was typed into the form; each field is called as its path in a refusal.
#[derive(Clone, Default)]
pub struct FirstAdministrator {
    /// The code from the console.
    pub code: String,
    /// The organisation that runs the platform.
    pub organisation: String,
    /// Where it is, an id of `standards::division`.
    pub place: String,
    /// The person's name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// Address to sign in with.
    pub email: String,
    /// A new password.
    pub password: String,
    /// The same again.
    pub password_again: String,
}

/// A fresh set-up code for the console, while nobody can sign in; codes from before are useless from then on.
#[compiled_once]
pub async fn offer_set_up(store: &Store, edge: &Edge<'_>) -> Result<Option<Token>, ServiceError> {
    authorise(Actor::Upkeep, Action::Upkeep)?;
    if store.has_credentials().await? {
        return Ok(None);
    }
    store.drop_codes(CodePurpose::Setup, SUBJECT).await?;
    let token = edge.token();
    let payload = serde_json::to_string(&[edge.id(), edge.id()]).map_err(|_| ServiceError::Broken)?;
    let (hash, subject) = (token.hash(), SUBJECT.to_owned());
    let expires_at_ms = edge.now.0 + SET_UP_MS;
    store.keep_code(&Code { hash, purpose: CodePurpose::Setup, subject, payload, expires_at_ms }).await?;
    Ok(Some(token))
}

/// Whether the first administrator is still to be made.
#[compiled_once]
pub async fn may_set_up(store: &Store) -> Result<bool, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    Ok(!store.has_credentials().await?)
}

/// Makes the organisation that runs the platform and its first person.
///
/// # Errors
/// [`ServiceError::NotFound`] once somebody can sign in; a refusal for a wrong code or field.
#[compiled_once]
pub async fn set_up(store: &Store, edge: &Edge<'_>, form: &FirstAdministrator) -> Result<(), ServiceError> {
    if !may_set_up(store).await? {
        return Err(ServiceError::NotFound);
    }
    let (hash, [organisation, account]) = read(store, edge, &form.code).await?;
    let (mut opening, organisation) = checked(form, organisation, account)?;
    opening.password_hash = password::hash(edge, &form.password).await?;
    create(store, edge, &opening, vec![organisation.change()?]).await?;
    store.take_code(CodePurpose::Setup, &hash, edge.now.0).await?;
    Ok(())
}

async fn read(store: &Store, edge: &Edge<'_>, code: &str) -> Result<(String, [String; 2]), ServiceError> {
    let message = "设置码不正确或已失效，请查看服务启动时控制台显示的最新设置码。";
    let wrong = || Refusal::fields(vec![FieldError::new("code", message)]);
    let token: Token = code.trim().parse().map_err(|_| wrong())?;
    let code = store.code(CodePurpose::Setup, &token.hash(), edge.now.0).await?.ok_or_else(wrong)?;
    let ids = serde_json::from_str(&code.payload).map_err(|_| ServiceError::Broken)?;
    Ok((code.hash, ids))
}

fn checked(form: &FirstAdministrator, organisation: String, account: String) -> Result<(Opening, Joining), ServiceError> {
    let mut fields = Fields::default();
    let organisation = Joining {
        id: organisation,
        kind: OrganisationKind::Administrator,
        name: fields.organisation("organisation", &form.organisation),
        credit_code: None,
        place: fields.place("place", &form.place),
        claimed: false,
    };
    let opening = Opening {
        id: account,
        name: fields.name("name", &form.name),
        phone: fields.phone("phone", &form.phone),
        email: fields.email("email", &form.email),
        password_hash: String::new(),
        organisation: organisation.id.clone(),
        roles: BTreeSet::from([Role::Manager, Role::Handler]),
    };
    fields.password(&form.password, &form.password_again, &opening.email);
    fields.done()?;
    Ok((opening, organisation))
}
