//! Add an organisation that does not register itself — a bureau, an evaluator — and invite its first person.

use std::collections::BTreeSet;

use records::account::Role;
use records::organisation::OrganisationKind;
use store::{OrganisationFilter, OrganisationRow, Page, Store};

use super::fields::Fields;
use super::invite::{self, Invitation};
use super::register::{Joining, demand_new_code};
use super::session::Session;
use crate::on_file::commit;
use crate::{Action, Edge, ServiceError, authorise, compiled_once};

/// What was typed into the form; each field is called as its path in a refusal.
#[derive(Clone, Debug, Default)]
pub struct NewOrganisation {
    /// Word of the kind.
    pub kind: String,
    /// 单位全称
    pub organisation: String,
    /// 统一社会信用代码, if it has one at hand.
    pub credit_code: String,
    /// What it is in charge of, or where it is: an id of `standards::division`.
    pub place: String,
    /// Its first person.
    pub name: String,
    /// Where the invitation goes.
    pub email: String,
}

/// Adds the organisation; its first person becomes its manager and handler by accepting the invitation.
///
/// # Errors
/// A refusal with what is wrong with each field.
#[compiled_once]
pub async fn add_organisation(store: &Store, edge: &Edge<'_>, session: &Session, form: &NewOrganisation) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::AddOrganisation)?;
    let (organisation, invitation) = checked(edge, form)?;
    demand_new_code(store, organisation.credit_code.as_deref()).await?;
    store.commit(&commit(session.by(), edge.now, vec![organisation.change()?])).await?;
    invite::send(store, edge, &session.known().name, &invitation).await
}

/// The organisations that do not register themselves, by name.
#[compiled_once]
pub async fn staff_organisations(store: &Store, session: &Session) -> Result<Vec<OrganisationRow>, ServiceError> {
    authorise(session.actor(), Action::AddOrganisation)?;
    let kinds = OrganisationKind::ALL.into_iter().filter(|kind| kind.is_staff());
    let filter = OrganisationFilter { kinds: kinds.map(|kind| kind.as_str().to_owned()).collect(), ..OrganisationFilter::default() };
    Ok(store.organisations(&filter, Page::first(Page::SIZE_MAX)).await?.rows)
}

fn checked(edge: &Edge<'_>, form: &NewOrganisation) -> Result<(Joining, Invitation), ServiceError> {
    let mut fields = Fields::default();
    let kind = OrganisationKind::parse(&form.kind).filter(|kind| kind.is_staff()).unwrap_or_else(|| {
        fields.wrong("kind", "请选择单位类型。");
        OrganisationKind::DistrictBureau
    });
    let organisation = Joining {
        id: edge.id(),
        kind,
        name: fields.organisation("organisation", &form.organisation),
        credit_code: fields.credit_code("credit_code", &form.credit_code, false),
        place: fields.place("place", &form.place),
        claimed: false,
    };
    let invitation = Invitation {
        organisation: organisation.id.clone(),
        organisation_name: organisation.name.clone(),
        name: fields.name("name", &form.name),
        email: fields.email("email", &form.email),
        roles: BTreeSet::from([Role::Manager, Role::Handler]),
        account: edge.id(),
    };
    fields.done()?;
    Ok((organisation, invitation))
}
