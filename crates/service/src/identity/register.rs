//! Register an enterprise or a provider: nothing exists until the address is shown to be the registrant's.

use std::collections::BTreeSet;

use records::account::Role;
use records::organisation::{Organisation, OrganisationEvent, OrganisationKind};
use records::{FieldError, Refusal};
use serde::{Deserialize, Serialize};
use store::{Change, Code, CodePurpose, Store};

use super::create::Opening;
use super::fields::Fields;
use super::{claim, letters, password};
use crate::on_file::change;
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once, mail};

/// How long the link to finish a registration is good.
const VERIFY_MS: i64 = 24 * 60 * 60 * 1000;

/// What was typed into the form; each field is called as its path in a [`Refusal`].
#[derive(Clone, Default)]
pub struct Registration {
    /// `enterprise` or `provider`.
    pub kind: String,
    /// 单位全称
    pub organisation: String,
    /// 统一社会信用代码
    pub credit_code: String,
    /// An id of `standards::division`.
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

/// A registration between form and link, kept as the code's payload.
#[derive(Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) opening: Opening,
    pub(super) organisation: Joining,
}

/// An organisation that is to be.
#[derive(Serialize, Deserialize)]
pub(super) struct Joining {
    pub(super) id: String,
    pub(super) kind: OrganisationKind,
    pub(super) name: String,
    pub(super) credit_code: Option<String>,
    pub(super) place: String,
    /// Whether an office entered it before, so that it is claimed and not made.
    #[serde(default)]
    pub(super) claimed: bool,
}

impl Joining {
    /// What brings it on file.
    pub(super) fn change(&self) -> Result<Change, ServiceError> {
        let Self { id, kind, name, credit_code, place, .. } = self;
        let (name, credit_code, place) = (name.clone(), credit_code.clone(), place.clone());
        let event = OrganisationEvent::Registered { id: id.as_str().into(), kind: *kind, name, credit_code, place };
        change::<Organisation>(id, None, &[event])
    }
}

/// Checks a registration and sends the link that finishes it.
///
/// An address that has an account gets another letter, and the page says the same: nobody learns who is registered.
///
/// # Errors
/// A refusal with what is wrong with each field.
#[compiled_once]
pub async fn register(store: &Store, edge: &Edge<'_>, form: &Registration) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let mut pending = checked(edge, form)?;
    claim::claim_or_new(store, &mut pending).await?;
    pending.opening.password_hash = password::hash(edge, &form.password).await?;
    let email = &pending.opening.email;
    if store.credential_by_email(email).await?.is_some() {
        return mail::post(store, edge, &letters::has_account(edge, email)).await;
    }
    let token = edge.token();
    let code = Code {
        hash: token.hash(),
        purpose: CodePurpose::VerifyEmail,
        subject: email.clone(),
        payload: serde_json::to_string(&pending).map_err(|_| ServiceError::Broken)?,
        expires_at_ms: edge.now.0 + VERIFY_MS,
    };
    store.keep_code(&code).await?;
    mail::post(store, edge, &letters::verify(edge, email, &pending.organisation.name, &token)).await
}

fn checked(edge: &Edge<'_>, form: &Registration) -> Result<Pending, ServiceError> {
    let mut fields = Fields::default();
    let kind = OrganisationKind::parse(&form.kind).filter(|kind| !kind.is_staff()).unwrap_or_else(|| {
        fields.wrong("kind", "请选择单位类型。");
        OrganisationKind::Enterprise
    });
    let organisation = Joining {
        id: edge.id(),
        kind,
        name: fields.organisation("organisation", &form.organisation),
        credit_code: fields.credit_code("credit_code", &form.credit_code, true),
        place: fields.seat("place", &form.place),
        claimed: false,
    };
    let opening = Opening {
        id: edge.id(),
        name: fields.name("name", &form.name),
        phone: fields.phone("phone", &form.phone),
        email: fields.email("email", &form.email),
        password_hash: String::new(),
        organisation: organisation.id.clone(),
        // Two people sign: whoever registers fills in, somebody else is invited to certify.
        roles: BTreeSet::from([Role::Manager, Role::Handler]),
    };
    fields.password(&form.password, &form.password_again, &opening.email);
    fields.done()?;
    Ok(Pending { opening, organisation })
}

/// Refuses a credit code that an organisation has already. That an organisation is registered is no secret, and its
/// people should be invited, not register it again.
pub(super) async fn demand_new_code(store: &Store, credit_code: Option<&str>) -> Result<(), ServiceError> {
    let Some(code) = credit_code else { return Ok(()) };
    if store.organisation_of_code(code).await?.is_none() {
        return Ok(());
    }
    let message = "该统一社会信用代码已注册，请联系本单位管理员邀请您加入；不清楚管理员是谁的，请联系主管部门。";
    Err(Refusal::fields(vec![FieldError::new("credit_code", message)]).into())
}
