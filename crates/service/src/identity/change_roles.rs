//! Change what a person does in one's organisation, or let the person leave it.

use std::collections::BTreeSet;

use records::Refusal;
use records::account::{Account, AccountEvent, Role};
use records::ids::OrganisationId;
use store::Store;

use super::fields::Fields;
use super::session::Session;
use crate::on_file::{OnFile, change, commit, demand, load_all};
use crate::{Action, Edge, ServiceError, authorise};

/// Gives a person of one's organisation these roles, by their words.
///
/// # Errors
/// A refusal when nothing would change, one person would both fill in and certify, or nobody would manage.
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
    demand_manager(store, organisation, &before.state, &roles).await?;
    let mut events = before.state.set_roles(organisation, roles)?;
    events.extend((leaves && before.state.memberships.len() == 1).then_some(AccountEvent::Deactivated));
    let id = before.state.id.as_str();
    store.commit(&commit(session.by(), edge.now, vec![change(id, Some(before), &events)?])).await?;
    if leaves { Ok(store.close_sessions_of(id).await?) } else { Ok(()) }
}

/// Refuses what would leave an organisation without anybody who may invite.
async fn demand_manager(
    store: &Store,
    organisation: &OrganisationId,
    changed: &Account,
    roles: &BTreeSet<Role>,
) -> Result<(), ServiceError> {
    let members: Vec<Account> = load_all(store, &store.members_of(organisation.as_str()).await?).await?;
    let mut others = members.iter().filter(|one| one.id != changed.id);
    let managed = roles.contains(&Role::Manager) || others.any(|one| one.active && one.roles(organisation).contains(&Role::Manager));
    let refusal = || Refusal::new("请先指定另一名单位管理员：每个单位至少保留一名单位管理员。");
    if managed { Ok(()) } else { Err(refusal().into()) }
}
