//! Products as the bureaus of a place see them: those of its providers and of providers from elsewhere that its programmes took in; and
//! taking one out of the catalogue that is listed wrongly.

use policy::pack::{Grants, Pack};
use records::access::{Acting, may_conduct, may_oversee};
use records::product::{Product, ProductEvent, ProductState};
use store::{Listed, NewNotice, NewOutbox, OrganisationRow, Page, ProductFilter};

use super::{Shown, in_order, with_providers};
use crate::desk::{Desk, only};
use crate::on_file::{self, OnFile, commit, demand};
use crate::tell::letters_to;
use crate::{ServiceError, compiled_once};

/// Whether a person reads what the providers of its place offer, in the catalogue or not.
pub fn oversees(acting: &Acting) -> bool {
    may_conduct(acting, &acting.place) || may_oversee(acting)
}

/// Whether a person may take products of providers of its place out of the catalogue.
pub fn may_take_down(acting: &Acting) -> bool {
    may_conduct(acting, &acting.place)
}

/// What the providers of a person's place and of its programmes offer, by name, with what is not in the catalogue.
#[compiled_once]
pub async fn overseen(desk: &Desk<'_>, acting: &Acting, search: &str, page: Page) -> Result<Listed<Shown>, ServiceError> {
    only(oversees(acting))?;
    let place_path = Some(on_file::place_path(&acting.place));
    let programmes = conducted(desk, acting).map(|pack| pack.id.clone()).collect();
    let filter = ProductFilter { place_path, programmes, search: Some(on_file::searched(search)), ..ProductFilter::default() };
    let listed = desk.store.products(&filter, page).await?;
    Ok(Listed { rows: with_providers(desk, in_order(desk, &listed.rows).await?).await?, total: listed.total })
}

/// One of them with its version.
#[compiled_once]
pub async fn overseen_one(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(i64, Shown), ServiceError> {
    only(oversees(acting))?;
    let (found, provider) = of(desk, acting, id).await?;
    Ok((found.version, Shown { product: found.state, provider }))
}

/// Takes a product out of the catalogue, and tells its provider why; one of another version than was looked at is a conflict.
#[compiled_once]
pub async fn take_down(desk: &Desk<'_>, acting: &Acting, id: &str, version: Option<i64>, reason: &str) -> Result<(), ServiceError> {
    only(may_take_down(acting))?;
    let (found, _) = of(desk, acting, id).await?;
    if version.is_some_and(|version| version != found.version) {
        return Err(ServiceError::Conflict);
    }
    let events = found.state.take_down(reason, acting.organisation.clone(), desk.today())?;
    let (notice, outbox) = told(desk, &found.state, &events).await?;
    let change = on_file::change(id, Some(&found), &events)?;
    let own = commit(acting.by(), desk.edge.now, vec![change]);
    Ok(desk.store.commit(&store::Commit { notices: notice.into_iter().collect(), outbox, ..own }).await.map(drop)?)
}

/// The programmes that are run in the person's place. One that is run anywhere makes nobody look after providers from elsewhere.
fn conducted<'d>(desk: &Desk<'d>, acting: &Acting) -> impl Iterator<Item = &'d Pack> {
    desk.library.packs().map(AsRef::as_ref).filter(|pack: &&Pack| pack.place.as_deref().is_some_and(|place| acting.covers(place)))
}

/// A product that the person oversees; any other is not there.
async fn of(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(OnFile<Product>, OrganisationRow), ServiceError> {
    let found = demand::<Product>(desk.store, id).await?;
    let provider = desk.store.organisation(found.state.provider.as_str()).await?.ok_or(ServiceError::NotFound)?;
    if acting.covers(&provider.place) || taken_in(desk, acting, &provider.id).await? {
        Ok((found, provider))
    } else {
        Err(ServiceError::NotFound)
    }
}

/// Whether a programme of the person's place took a provider in, wherever that lies.
async fn taken_in(desk: &Desk<'_>, acting: &Acting, provider: &str) -> Result<bool, ServiceError> {
    let provider = [provider.to_owned()];
    for pack in conducted(desk, acting) {
        for procedure in pack.procedures.iter().filter(|procedure| procedure.grants == Grants::Standing) {
            if !desk.store.standings_of(&pack.id, &procedure.id, &provider).await?.is_empty() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What the provider is told, inside the platform and by mail.
async fn told(desk: &Desk<'_>, product: &Product, events: &[ProductEvent]) -> Result<(Option<NewNotice>, Vec<NewOutbox>), ServiceError> {
    let Some(ProductEvent::TakenDown { reason, office, .. }) = events.first() else { return Ok((None, Vec::new())) };
    let office = desk.store.organisation(office.as_str()).await?.map_or_else(|| "主管部门".to_owned(), |row| row.name);
    let subject = format!("产品已下架：{}", product.offer.name);
    let reason = reason.trim_end_matches('。');
    let body = format!("{office}已将该产品从数字化产品目录下架。原因：{reason}。更正后可以在产品页面恢复上架；有异议的，请联系该部门。");
    let (organisation, link) = (product.provider.to_string(), format!("/home/products/{}", product.id));
    let outbox = letters_to(desk.store, &organisation, &subject, &body, &link, desk.edge.origin).await?;
    Ok((Some(NewNotice { organisation, account: None, subject, body, link }), outbox))
}

/// The bureau that took a product down is told that it is listed again.
pub(super) fn listed_again(before: &Product, provider: &str) -> Option<NewNotice> {
    let ProductState::TakenDown { office, reason, .. } = &before.state else { return None };
    let reason = reason.trim_end_matches('。');
    Some(NewNotice {
        organisation: office.to_string(),
        account: None,
        subject: format!("产品恢复上架：{}", before.offer.name),
        body: format!("{provider}已将该产品恢复上架，此前的下架原因：{reason}。请核对是否已更正。"),
        link: format!("/conduct/products/{}", before.id),
    })
}
