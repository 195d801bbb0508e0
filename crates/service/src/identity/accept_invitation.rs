//! Accept an invitation: by a new account, or by one that is there already.

use records::account::{Account, AccountEvent};
use records::ids::OrganisationId;
use records::moment::By;
use records::organisation::Organisation;
use store::{CodePurpose, Store};

use super::create::{Opening, create};
use super::fields::Fields;
use super::invite::Invitation;
use super::password;
use super::session::Known;
use crate::kept_case::Token;
use crate::on_file::{OnFile, change, commit, demand};
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// What a new person types; each field is called as its path in a refusal.
#[derive(Clone, Default)]
pub struct NewPerson {
    /// The person's name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// A new password.
    pub password: String,
    /// The same again.
    pub password_again: String,
}

/// Who answers an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Nobody has an account of that address: one is opened.
    New,
    /// The owner of an account signs in first.
    Member,
    /// The account belongs to no organisation any more and cannot sign in: the link, sent to its address, lets it return.
    Away,
}

/// An invitation, and who answers it.
///
/// # Errors
/// [`ServiceError::NotFound`] for a link that is used, taken back, over or unknown.
#[compiled_once]
pub async fn invitation(store: &Store, edge: &Edge<'_>, token: &str) -> Result<(Invitation, Invited), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (_, invitation) = read(store, edge, token).await?;
    let account = owner(store, &invitation).await?;
    let invited = match account {
        None => Invited::New,
        Some(account) if account.state.active => Invited::Member,
        Some(_) => Invited::Away,
    };
    Ok((invitation, invited))
}

/// Opens an account of the invitation's address and joins the organisation.
///
/// # Errors
/// A refusal with what is wrong with each field; [`ServiceError::NotFound`] as for [`invitation`], and when the address
/// got an account in the meantime.
#[compiled_once]
pub async fn accept_as_new(store: &Store, edge: &Edge<'_>, token: &str, form: &NewPerson) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (hash, invitation) = read(store, edge, token).await?;
    let mut fields = Fields::default();
    let (name, phone) = (fields.name("name", &form.name), fields.phone("phone", &form.phone));
    fields.password(&form.password, &form.password_again, &invitation.email);
    fields.done()?;
    let password_hash = password::hash(edge, &form.password).await?;
    let Invitation { account: id, email, organisation, roles, .. } = invitation;
    create(store, edge, &Opening { id, name, phone, email, password_hash, organisation, roles }, Vec::new()).await?;
    store.take_code(CodePurpose::Invite, &hash, edge.now.0).await?;
    Ok(())
}

/// Joins the organisation with the account of the invitation's address: signed in, or back after it had left.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the account that is signed in has another address, or nobody is though the account
/// could sign in.
#[compiled_once]
pub async fn accept_as_known(store: &Store, edge: &Edge<'_>, token: &str, known: Option<&Known>) -> Result<(), ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let (hash, invitation) = read(store, edge, token).await?;
    let before = owner(store, &invitation).await?.ok_or(ServiceError::Forbidden)?;
    let away = !before.state.active;
    if !away && known.is_none_or(|known| known.account != before.state.id) {
        return Err(ServiceError::Forbidden);
    }
    let Invitation { organisation, roles, .. } = invitation;
    let joined = AccountEvent::RolesSet { organisation: OrganisationId::from(organisation.as_str()), roles };
    let events: Vec<AccountEvent> = away.then_some(AccountEvent::Reactivated).into_iter().chain([joined]).collect();
    let id = before.state.id.as_str();
    let by = By { account: id.to_owned(), organisation, mandate: None };
    store.commit(&commit(by, edge.now, vec![change(id, Some(&before), &events)?])).await?;
    store.take_code(CodePurpose::Invite, &hash, edge.now.0).await?;
    Ok(())
}

/// The account of the invitation's address.
async fn owner(store: &Store, invitation: &Invitation) -> Result<Option<OnFile<Account>>, ServiceError> {
    let Some(credential) = store.credential_by_email(&invitation.email).await? else { return Ok(None) };
    Ok(Some(demand::<Account>(store, &credential.account).await?))
}

/// The code's hash and what it lets happen, while the organisation may act.
async fn read(store: &Store, edge: &Edge<'_>, token: &str) -> Result<(String, Invitation), ServiceError> {
    let token: Token = token.parse().map_err(|_| ServiceError::NotFound)?;
    let code = store.code(CodePurpose::Invite, &token.hash(), edge.now.0).await?.ok_or(ServiceError::NotFound)?;
    let invitation: Invitation = serde_json::from_str(&code.payload).map_err(|_| ServiceError::Broken)?;
    let organisation = demand::<Organisation>(store, &invitation.organisation).await?;
    if organisation.state.is_active() { Ok((code.hash, invitation)) } else { Err(ServiceError::NotFound) }
}
