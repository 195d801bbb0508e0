//! Change what a person does in one's organisation, or let the person leave it.

use std::collections::BTreeSet;

use records::account::{Account, AccountEvent, Role};
use records::ids::OrganisationId;
use records::{Noun as _, Refusal};
use store::{Beside, Commit, Store};

use super::fields::Fields;
use super::session::Session;
use crate::on_file::{OnFile, PLATFORM, change, commit, demand, load_many};
use crate::{Action, Edge, ServiceError, authorise, compiled_once};

/// Gives a person of one's organisation these roles, by their words.
///
/// # Errors
/// A refusal when nothing would change, one person would both fill in and certify, or nobody would manage.
#[compiled_once]
pub async fn change_roles(store: &Store, edge: &Edge<'_>, session: &Session, account: &str, roles: &[String]) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManagePeople)?;
    let mut fields = Fields::default();
    let roles = fields.roles("roles", roles.iter().map(String::as_str));
    fields.done()?;
    let before = colleague(store, session, account).await?;
    set(store, edge, session, &before, roles).await
}

/// Takes a person out of one's organisation. Who belongs to no other may not sign in any more.
///
/// # Errors
/// A refusal when nobody would manage.
#[compiled_once]
pub async fn remove_person(store: &Store, edge: &Edge<'_>, session: &Session, account: &str) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManagePeople)?;
    let before = colleague(store, session, account).await?;
    set(store, edge, session, &before, BTreeSet::new()).await
}

/// An account that belongs to one's organisation; to everybody else's, as if there were none.
pub(super) async fn colleague(store: &Store, session: &Session, account: &str) -> Result<OnFile<Account>, ServiceError> {
    let found = demand::<Account>(store, account).await?;
    let belongs = found.state.memberships.contains_key(&session.acting().organisation);
    if belongs { Ok(found) } else { Err(ServiceError::NotFound) }
}

async fn set(
    store: &Store,
    edge: &Edge<'_>,
    session: &Session,
    before: &OnFile<Account>,
    roles: BTreeSet<Role>,
) -> Result<(), ServiceError> {
    let organisation = &session.acting().organisation;
    let leaves = roles.is_empty();
    let beside = still_managed(store, organisation, &before.state, &roles).await?;
    let mut events = before.state.set_roles(organisation, roles)?;
    events.extend((leaves && before.state.memberships.len() == 1).then_some(AccountEvent::Deactivated));
    let id = before.state.id.as_str();
    let changes = vec![change(id, Some(before), &events)?];
    store.commit(&Commit { beside, ..commit(session.by(), edge.now, changes) }).await?;
    if leaves { Ok(store.close_sessions_of(id).await?) } else { Ok(()) }
}

/// Who goes on managing an organisation, as it was looked at: of two managers who take the role from one another at once the second finds
/// the first one changed.
///
/// # Errors
/// A refusal where nobody would be left who may invite.
async fn still_managed(
    store: &Store,
    organisation: &OrganisationId,
    changed: &Account,
    roles: &BTreeSet<Role>,
) -> Result<Vec<Beside>, ServiceError> {
    if roles.contains(&Role::Manager) {
        return Ok(Vec::new());
    }
    let members: Vec<OnFile<Account>> = load_many(store, &store.members_of(organisation.as_str()).await?).await?;
    let manages = |one: &Account| one.id != changed.id && one.active && one.roles(organisation).contains(&Role::Manager);
    let Some(other) = members.into_iter().find(|one| manages(&one.state)) else {
        return Err(Refusal::new("请先指定另一名单位管理员：每个单位至少保留一名单位管理员。").into());
    };
    let (id, version) = (other.state.id.to_string(), other.version);
    Ok(vec![Beside { programme: PLATFORM.to_owned(), noun: Account::NOUN, id, version }])
}
