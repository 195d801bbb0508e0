//! The catalogue that everybody reads.

use std::collections::BTreeMap;

use records::product::{Product, ProductKind};
use store::{Listed, OrganisationRow, Page, ProductFilter};

use super::in_order;
use crate::desk::Desk;
use crate::on_file::{self, demand};
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// A product with the provider whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The product.
    pub product: Product,
    /// Its provider, as lists show it.
    pub provider: OrganisationRow,
}

/// What somebody looks for; what is left empty lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words of the product, or of its provider's name or code.
    pub search: String,
    /// A scenario it serves.
    pub scenario: Option<String>,
    /// What it is.
    pub kind: Option<ProductKind>,
}

impl Wanted {
    fn filter(&self) -> ProductFilter {
        ProductFilter {
            provider_states: vec!["active".to_owned()],
            states: vec!["listed".to_owned()],
            kinds: self.kind.map(|kind| kind.as_str().to_owned()).into_iter().collect(),
            scenario: self.scenario.clone(),
            search: Some(on_file::searched(&self.search)),
            ..ProductFilter::default()
        }
    }
}

/// One page of the catalogue, by name.
#[compiled_once]
pub async fn catalogue(desk: &Desk<'_>, wanted: &Wanted, page: Page) -> Result<Listed<Shown>, ServiceError> {
    authorise(Actor::Public, Action::ReadCatalogue)?;
    let listed = desk.store.products(&wanted.filter(), page).await?;
    Ok(Listed { rows: with_providers(desk, in_order(desk, &listed.rows).await?).await?, total: listed.total })
}

/// Which products of the catalogue somebody looks for.
pub(crate) fn catalogue_filter(wanted: &Wanted) -> Result<ProductFilter, ServiceError> {
    authorise(Actor::Public, Action::ReadCatalogue)?;
    Ok(wanted.filter())
}

/// One product of the catalogue.
#[compiled_once]
pub async fn offered(desk: &Desk<'_>, id: &str) -> Result<Shown, ServiceError> {
    authorise(Actor::Public, Action::ReadCatalogue)?;
    let product = demand::<Product>(desk.store, id).await?.state;
    let provider = desk.store.organisation(product.provider.as_str()).await?.filter(|row| row.state == "active");
    let provider = provider.filter(|_| product.is_listed()).ok_or(ServiceError::NotFound)?;
    Ok(Shown { product, provider })
}

/// What else a provider offers in the catalogue, by name.
#[compiled_once]
pub async fn of_provider(desk: &Desk<'_>, provider: &str, page: Page) -> Result<Listed<Product>, ServiceError> {
    authorise(Actor::Public, Action::ReadCatalogue)?;
    let filter = ProductFilter { provider: Some(provider.to_owned()), ..Wanted::default().filter() };
    let listed = desk.store.products(&filter, page).await?;
    Ok(Listed { rows: in_order(desk, &listed.rows).await?, total: listed.total })
}

/// Products with their providers, looked up at once.
pub(crate) async fn with_providers(desk: &Desk<'_>, products: Vec<Product>) -> Result<Vec<Shown>, ServiceError> {
    let mut ids: Vec<String> = products.iter().map(|product| product.provider.to_string()).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = desk.store.organisations_of_ids(&ids).await?;
    let rows: BTreeMap<String, OrganisationRow> = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    let shown = |product: Product| Some(Shown { provider: rows.get(product.provider.as_str())?.clone(), product });
    Ok(products.into_iter().filter_map(shown).collect())
}
