//! 数字化产品: what providers offer. A provider says it, whoever looks for something reads it in the catalogue.
//!
//! In the catalogue stands what is not withdrawn and whose provider may act; what is not in it is not found there, whoever asks.

mod catalogue;
mod offering;
mod oversight;
mod scenarios;

use std::collections::HashMap;

use records::access::{Acting, may_offer};
use records::organisation::OrganisationKind;
use records::product::{Offer, Product, ProductEvent, key};
use records::{FieldError, Refusal};
use standards::text::{half_width, squash};
use store::{Index, Listed, Page, ProductFilter, ProductRow, StoreError, search_text};

pub use catalogue::{Shown, Wanted, catalogue, of_provider, offered};
pub(crate) use catalogue::{catalogue_filter, with_providers};
pub use offering::Offering;
pub use oversight::{may_take_down, overseen, overseen_one, oversees, take_down};
pub use scenarios::{Scenario, scenarios};

use crate::desk::{Desk, only};
use crate::on_file::{self, OnFile, commit, demand};
use crate::{ServiceError, compiled_once};

/// Whether a person's organisation offers products, so that there is a list of its own.
pub fn offers(acting: &Acting) -> bool {
    acting.kind == OrganisationKind::Provider && acting.mandate.is_none()
}

/// The products of the person's own organisation, by name, withdrawn ones among them.
#[compiled_once]
pub async fn own(desk: &Desk<'_>, acting: &Acting, search: &str, page: Page) -> Result<Listed<Product>, ServiceError> {
    only(offers(acting))?;
    let provider = Some(acting.organisation.to_string());
    let filter = ProductFilter { provider, search: Some(on_file::searched(search)), ..ProductFilter::default() };
    let listed = desk.store.products(&filter, page).await?;
    Ok(Listed { rows: in_order(desk, &listed.rows).await?, total: listed.total })
}

/// One of them with its version.
#[compiled_once]
pub async fn own_one(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(i64, Product), ServiceError> {
    only(offers(acting))?;
    let found = of(desk, acting, id).await?;
    Ok((found.version, found.state))
}

/// Enters a product; answers its id.
#[compiled_once]
pub async fn add(desk: &Desk<'_>, acting: &Acting, offer: Offer) -> Result<String, ServiceError> {
    only(may_offer(acting))?;
    let id = desk.edge.id();
    let events = Product::add(id.as_str().into(), acting.organisation.clone(), known(desk, offer)?, desk.today())?;
    save(desk, acting, &id, None, &events).await?;
    Ok(id)
}

/// Says something else of a product.
#[compiled_once]
pub async fn change(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, offer: Offer) -> Result<(), ServiceError> {
    only(may_offer(acting))?;
    let found = at(desk, acting, id, version).await?;
    let events = found.state.change(known(desk, offer)?)?;
    save(desk, acting, id, Some(&found), &events).await
}

/// Takes a product out of the catalogue.
#[compiled_once]
pub async fn withdraw(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, reason: &str) -> Result<(), ServiceError> {
    only(may_offer(acting))?;
    let found = at(desk, acting, id, version).await?;
    let events = found.state.withdraw(reason, desk.today())?;
    save(desk, acting, id, Some(&found), &events).await
}

/// Puts a product back into the catalogue; a bureau that had taken it down is told.
#[compiled_once]
pub async fn put_back(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64) -> Result<(), ServiceError> {
    only(may_offer(acting))?;
    let found = at(desk, acting, id, version).await?;
    let events = found.state.put_back(desk.today())?;
    let provider = desk.store.organisation(found.state.provider.as_str()).await?.map(|row| row.name).unwrap_or_default();
    let notices = oversight::listed_again(&found.state, &provider).into_iter().collect();
    let own = commit(acting.by(), desk.edge.now, vec![on_file::change(id, Some(&found), &events)?]);
    Ok(desk.store.commit(&store::Commit { notices, ..own }).await.map(drop)?)
}

/// A product of the person's own organisation; what is another's is not there.
async fn of(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<OnFile<Product>, ServiceError> {
    let found = demand::<Product>(desk.store, id).await?;
    if found.state.provider == acting.organisation { Ok(found) } else { Err(ServiceError::NotFound) }
}

async fn at(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64) -> Result<OnFile<Product>, ServiceError> {
    let found = of(desk, acting, id).await?;
    if found.version == version { Ok(found) } else { Err(ServiceError::Conflict) }
}

/// An offer whose scenarios and industries there are.
fn known(desk: &Desk<'_>, offer: Offer) -> Result<Offer, Refusal> {
    let all = scenarios(desk.library);
    let strange = |id: &&String| all.iter().all(|scenario| scenario.id != **id);
    let scenario = offer.scenarios.iter().find(strange).map(|_| FieldError::new("scenarios", "请从列表中选择适用场景。"));
    let nowhere = offer.industries.iter().any(|number| standards::industry::sub_industry(*number).is_none());
    let industry = nowhere.then(|| FieldError::new("industries", "请从列表中选择适用行业。"));
    let errors: Vec<FieldError> = scenario.into_iter().chain(industry).collect();
    if errors.is_empty() { Ok(offer) } else { Err(Refusal::fields(errors)) }
}

async fn save(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    before: Option<&OnFile<Product>>,
    events: &[ProductEvent],
) -> Result<(), ServiceError> {
    if events.is_empty() {
        return Ok(());
    }
    let change = on_file::change(id, before, events)?;
    match desk.store.commit(&commit(acting.by(), desk.edge.now, vec![change])).await {
        Err(StoreError::Taken) => {
            Err(Refusal::fields(vec![FieldError::new("name", "本单位已有同名产品，请修改名称，或者到产品目录中修改原有的产品。")]).into())
        }
        done => Ok(done.map(drop)?),
    }
}

/// The records of these rows in their order.
pub(crate) async fn in_order(desk: &Desk<'_>, rows: &[ProductRow]) -> Result<Vec<Product>, ServiceError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut all = on_file::load_all::<Product>(desk.store, &ids).await?;
    let places: HashMap<&str, usize> = ids.iter().zip(0..).map(|(id, at)| (id.as_str(), at)).collect();
    all.sort_by_key(|one| places.get(one.id.as_str()).copied());
    Ok(all)
}

impl on_file::Listed for Product {
    fn index(&self) -> Index {
        let Offer { name, kind, scenarios, summary, .. } = &self.offer;
        Index::Product(ProductRow {
            id: self.id.to_string(),
            provider: self.provider.to_string(),
            name: name.clone(),
            name_key: key(name),
            kind: kind.as_str().to_owned(),
            scenarios: scenarios.iter().fold("|".to_owned(), |all, id| format!("{all}{id}|")),
            state: self.state.as_str().to_owned(),
            search: search_text(&[&squash(name), &half_width(name), &squash(summary)]),
        })
    }
}
