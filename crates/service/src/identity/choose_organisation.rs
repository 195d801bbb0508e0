//! Choose for which organisation to act: one's own, or an enterprise whose mandate one's provider holds.

use records::account::{Account, Role};
use records::mandate::Mandate;
use records::organisation::Organisation;
use store::{MandateFilter, Store};

use super::resume;
use super::session::{Known, SignedIn};
use crate::on_file::{demand, load_all};
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// An organisation a person may act for.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Which.
    pub organisation: Organisation,
    /// The mandate under which it is acted for; none for one's own.
    pub mandate: Option<Mandate>,
}

/// The organisations a person may act for: its own by name, then those that granted a mandate.
#[compiled_once]
pub async fn choices(store: &Store, edge: &Edge<'_>, known: &Known) -> Result<Vec<Choice>, ServiceError> {
    authorise(Actor::Person, Action::Enter)?;
    let account = demand::<Account>(store, known.account.as_str()).await?.state;
    let own = resume::organisations_of(store, &account).await?.into_iter();
    let mut all: Vec<Choice> = own.map(|organisation| Choice { organisation, mandate: None }).collect();
    for mandate in mandates(store, edge, &account).await? {
        let enterprise = demand::<Organisation>(store, mandate.enterprise.as_str()).await?.state;
        all.push(Choice { organisation: enterprise, mandate: Some(mandate) });
    }
    all.retain(|choice| choice.organisation.is_active());
    Ok(all)
}

/// Acts for an organisation from now on, under a mandate if one is named.
///
/// # Errors
/// [`ServiceError::Forbidden`] when it is none of the [`choices`], or the second factor was not shown.
#[compiled_once]
pub async fn choose_organisation(
    store: &Store,
    edge: &Edge<'_>,
    token: &str,
    organisation: &str,
    mandate: Option<&str>,
) -> Result<(), ServiceError> {
    authorise(Actor::Person, Action::Enter)?;
    let signed_in = resume::resume(store, edge, token).await?;
    let row = resume::row(store, edge, token).await?.ok_or(ServiceError::Forbidden)?;
    let Some(signed_in @ (SignedIn::Choose(_) | SignedIn::Acting(_))) = signed_in else { return Err(ServiceError::Forbidden) };
    let all = choices(store, edge, signed_in.known()).await?;
    let is = |choice: &&Choice| {
        choice.organisation.id.as_str() == organisation && choice.mandate.as_ref().map(|held| held.id.as_str()) == mandate
    };
    all.iter().find(is).ok_or(ServiceError::Forbidden)?;
    Ok(store.act_for(&row.token_hash, organisation, mandate).await?)
}

/// The mandates in force today of the providers for which the person fills in papers.
async fn mandates(store: &Store, edge: &Edge<'_>, account: &Account) -> Result<Vec<Mandate>, ServiceError> {
    let mut ids = Vec::new();
    for (provider, _) in account.memberships.iter().filter(|(_, roles)| roles.contains(&Role::Handler)) {
        let filter = MandateFilter { provider: Some(provider.to_string()), ..MandateFilter::default() };
        ids.extend(store.mandates(&filter).await?.into_iter().map(|row| row.id));
    }
    let mut held: Vec<Mandate> = load_all(store, &ids).await?;
    held.retain(|mandate| mandate.holds(edge.now.day()));
    Ok(held)
}
