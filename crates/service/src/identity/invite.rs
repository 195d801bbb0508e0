//! Invite a person into one's organisation, and take an invitation back.

use std::collections::BTreeSet;

use records::account::{Account, Role};
use serde::{Deserialize, Serialize};
use store::{Code, CodePurpose, Store};

use super::fields::Fields;
use super::letters;
use super::session::Session;
use crate::on_file::load;
use crate::{Action, Edge, ServiceError, authorise, compiled_once, mail};

/// How long an invitation is good.
const INVITE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What was typed into the form; each field is called as its path in a refusal.
#[derive(Clone, Debug, Default)]
pub struct Invitee {
    /// The person's name.
    pub name: String,
    /// Where the invitation goes.
    pub email: String,
    /// Words of roles.
    pub roles: Vec<String>,
}

/// An invitation, as the code's payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The organisation's id.
    pub organisation: String,
    /// Its name.
    pub organisation_name: String,
    /// The invited person.
    pub name: String,
    /// Whose address it is.
    pub email: String,
    /// What the person is to do there.
    pub roles: BTreeSet<Role>,
    /// The id of the account that accepting opens, if the address has none by then.
    pub account: String,
}

/// Sends an invitation.
///
/// # Errors
/// A refusal with what is wrong with each field.
#[compiled_once]
pub async fn invite(store: &Store, edge: &Edge<'_>, session: &Session, form: &Invitee) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManagePeople)?;
    let mut fields = Fields::default();
    let invitation = Invitation {
        organisation: session.acting().organisation.to_string(),
        organisation_name: session.organisation_name().to_owned(),
        name: fields.name("name", &form.name),
        email: fields.email("email", &form.email),
        roles: fields.roles("roles", form.roles.iter().map(String::as_str)),
        account: edge.id(),
    };
    if is_member(store, &invitation).await? {
        fields.wrong("email", "该邮箱的账号已是本单位人员，可以在下方调整角色。");
    }
    fields.done()?;
    send(store, edge, &session.known().name, &invitation).await
}

/// Keeps an invitation and writes its letter.
pub(super) async fn send(store: &Store, edge: &Edge<'_>, by: &str, invitation: &Invitation) -> Result<(), ServiceError> {
    let token = edge.token();
    let code = Code {
        hash: token.hash(),
        purpose: CodePurpose::Invite,
        subject: invitation.organisation.clone(),
        payload: serde_json::to_string(invitation).map_err(|_| ServiceError::Broken)?,
        expires_at_ms: edge.now.0 + INVITE_MS,
    };
    store.keep_code(&code).await?;
    let Invitation { email, organisation_name, roles, .. } = invitation;
    mail::post(store, edge, &letters::invite(edge, email, by, organisation_name, &labels(roles), &token)).await
}

async fn is_member(store: &Store, invitation: &Invitation) -> Result<bool, ServiceError> {
    let Some(credential) = store.credential_by_email(&invitation.email).await? else { return Ok(false) };
    let account = load::<Account>(store, &credential.account).await?;
    Ok(account.is_some_and(|found| !found.state.roles(&invitation.organisation.as_str().into()).is_empty()))
}

/// Takes back every invitation of an address into one's organisation.
#[compiled_once]
pub async fn withdraw_invitation(store: &Store, edge: &Edge<'_>, session: &Session, email: &str) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManagePeople)?;
    for code in store.codes_of(CodePurpose::Invite, session.acting().organisation.as_str(), edge.now.0).await? {
        let sent: Invitation = serde_json::from_str(&code.payload).map_err(|_| ServiceError::Broken)?;
        if sent.email == email {
            store.take_code(CodePurpose::Invite, &code.hash, edge.now.0).await?;
        }
    }
    Ok(())
}

/// 单位管理员、经办人
pub fn labels<'a>(roles: impl IntoIterator<Item = &'a Role>) -> String {
    roles.into_iter().map(|role| role.label()).collect::<Vec<_>>().join("、")
}
