//! Drawing a payment list up.

use std::collections::BTreeSet;

use records::access::{Acting, may_prepare_payment};
use records::application::Application;
use records::payment_list::{PaymentItem, PaymentList, PaymentResult};
use store::{InboxFilter, InboxItem, NewNotice, Page};

use crate::application::{self, FileAt, Together};
use crate::desk::{Desk, known, only};
use crate::on_file::{self, place_path};
use crate::{ServiceError, compiled_once};

/// Payments on one list.
pub const ITEMS_MAX: usize = 1_000;

/// What a list is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The programme.
    pub programme: String,
    /// What it is called.
    pub label: String,
    /// The files.
    pub applications: Vec<String>,
}

/// The files that wait for their money in a person's place and stand on no list: as many as one list takes, those due first.
#[compiled_once]
pub async fn candidates(desk: &Desk<'_>, acting: &Acting, programme: &str) -> Result<Vec<InboxItem>, ServiceError> {
    only(may_prepare_payment(acting))?;
    let filter = InboxFilter {
        actors: vec!["finance_bureau".to_owned()],
        programme: Some(programme.to_owned()),
        place_path: Some(place_path(&acting.place)),
        ..InboxFilter::default()
    };
    let mut free = Vec::new();
    for number in 1.. {
        let waiting = desk.store.inbox(&filter, Page { number, size: Page::SIZE_MAX }).await?.rows;
        if waiting.is_empty() || free.len() >= ITEMS_MAX {
            break;
        }
        free.extend(on_no_list(desk, waiting).await?);
    }
    free.truncate(ITEMS_MAX);
    Ok(free)
}

async fn on_no_list(desk: &Desk<'_>, waiting: Vec<InboxItem>) -> Result<Vec<InboxItem>, ServiceError> {
    let ids: Vec<String> = waiting.iter().map(|item| item.application.id.clone()).collect();
    let files = on_file::load_all::<Application>(desk.store, &ids).await?;
    let free: BTreeSet<&str> = files.iter().filter(|file| file.money.listed.is_none()).map(|file| file.id.as_str()).collect();
    Ok(waiting.into_iter().filter(|item| free.contains(item.application.id.as_str())).collect())
}

/// Draws a list up; answers its id.
#[compiled_once]
pub async fn prepare(desk: &Desk<'_>, acting: &Acting, listing: &Listing) -> Result<String, ServiceError> {
    only(may_prepare_payment(acting))?;
    let (id, by) = (desk.edge.id(), acting.by());
    let mut items = Vec::new();
    let mut all = Together::default();
    for application in on_file::distinct("items", &listing.applications, ITEMS_MAX)? {
        let file = application::file(desk, application, None).await?;
        known(acting.covers(&file.state().place) && file.state().programme == listing.programme)?;
        let events = file.state().list(id.as_str().into(), &file.at(desk, &by))?;
        all.add_file(desk, &file, &by, &events).await?;
        items.push(item(&file));
    }
    let list = PaymentList {
        id: id.as_str().into(),
        programme: listing.programme.clone(),
        label: listing.label.trim().to_owned(),
        place: acting.place.clone(),
        prepared_by: acting.account.clone(),
        prepared_at: desk.edge.now,
        head: desk.store.head(&listing.programme).await?.hash,
        items,
        approvals: Vec::new(),
        cancelled: None,
    };
    let told = to_sign(acting, &list);
    let events = PaymentList::prepare(list)?;
    all.tell(told);
    all.add(on_file::change::<PaymentList>(&id, None, &events)?);
    all.commit(desk, &listing.programme, &by).await?;
    Ok(id)
}

/// The finance bureau is told what waits for its signers.
fn to_sign(acting: &Acting, list: &PaymentList) -> NewNotice {
    let total = policy::say::money(list.total_fen());
    NewNotice {
        organisation: acting.organisation.to_string(),
        account: None,
        subject: format!("待审批：{}", list.label),
        body: format!("{}笔，{total}。请由制单人以外的两名签发人审批。", list.items.len()),
        link: format!("/conduct/payments/{}", list.id),
    }
}

fn item(file: &FileAt) -> PaymentItem {
    let applicant = &file.knowing.applicant;
    PaymentItem {
        application: file.state().id.clone(),
        number: file.state().number.clone().unwrap_or_default(),
        payee: applicant.id.clone(),
        payee_name: applicant.name.clone(),
        bank: applicant.profile.bank.clone(),
        bank_account: applicant.profile.bank_account.clone(),
        award_fen: file.state().payable_fen(),
        result: PaymentResult::Waiting,
    }
}
