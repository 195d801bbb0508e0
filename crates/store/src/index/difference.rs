//! Whether list rows are still what their records say. Some hundreds of records are asked about at a time, so that no list is ever in
//! memory whole.

use std::collections::BTreeMap;

use sqlx::AnyPool;

use super::{
    ApplicationIndex, BatchRow, DocumentRow, Grade, Index, InvoiceClaim, InvoiceUse, MandateRow, OrganisationRow, PaymentListRow,
    ProductRow, PublicityRow,
};
use super::{StandingRow, participant};
use crate::account::MembershipRow;
use crate::application::ApplicationRow;
use crate::index::participant::ParticipantRow;
use crate::row::{self, Row};
use crate::task::TaskRow;
use crate::{Store, StoreError, compiled_once};

/// How many records one statement asks for.
const OWNERS_AT_ONCE: usize = 500;

/// A list row that is not what its record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The record: its place among the indexes that were asked about.
    pub at: usize,
    /// The table.
    pub table: &'static str,
    /// The key of the row, its columns with a slash between.
    pub key: String,
    /// What is wrong with it.
    pub fault: RowFault,
}

/// What may be wrong with a list row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// It is not there.
    Missing,
    /// The record says nothing of it.
    Extra,
    /// These columns hold something else.
    Columns(Vec<&'static str>),
}

impl Store {
    /// Every list row of these records that is not what its index says; at most a thousand records at once.
    ///
    /// A standing has several sources: that one is held is compared, that nobody else holds it is not. The content of an issued
    /// paper is not compared either: it can only be held against its digest.
    #[compiled_once]
    pub async fn index_differences(&self, indexes: Vec<Index>) -> Result<Vec<Difference>, StoreError> {
        let mut said = Said::default();
        for (at, index) in indexes.into_iter().enumerate() {
            said.add(at, index);
        }
        said.compare(self).await
    }
}

/// What records say of all lists.
#[derive(Default)]
struct Said {
    applications: Rows<ApplicationRow>,
    tasks: Rows<TaskRow>,
    participants: Rows<ParticipantRow>,
    invoices: Claims,
    memberships: Rows<MembershipRow>,
    organisations: Rows<OrganisationRow>,
    batches: Rows<BatchRow>,
    mandates: Rows<MandateRow>,
    publicities: Rows<PublicityRow>,
    payment_lists: Rows<PaymentListRow>,
    products: Rows<ProductRow>,
    documents: Rows<DocumentRow>,
    standings: Vec<(usize, StandingRow)>,
}

impl Said {
    fn add(&mut self, at: usize, index: Index) {
        match index {
            Index::None => {}
            Index::Application(index) => self.add_application(at, *index),
            Index::Account(row) => self.memberships.all(at, &row.id, row.memberships()),
            Index::Organisation(row) => self.organisations.all(at, &row.id.clone(), [row]),
            Index::Batch(row) => self.batches.all(at, &row.id.clone(), [row]),
            Index::Mandate(row) => self.mandates.all(at, &row.id.clone(), [row]),
            Index::Publicity(row) => self.publicities.all(at, &row.id.clone(), [row]),
            Index::PaymentList(row) => self.payment_lists.all(at, &row.id.clone(), [row]),
            Index::Product(row) => self.products.all(at, &row.id.clone(), [row]),
            Index::Standing(row) => self.standings.push((at, row)),
            Index::Document(index) => self.documents.all(at, &index.row.id.clone(), [index.row]),
        }
    }

    fn add_application(&mut self, at: usize, index: ApplicationIndex) {
        let id = index.row.id.clone();
        self.tasks.all(at, &id, index.tasks);
        self.participants.all(at, &id, participant::rows(&id, &index.participants));
        self.invoices.all(at, &id, index.invoices);
        self.standings.extend(index.granted.into_iter().map(|row| (at, row)));
        self.applications.all(at, &id, [index.row]);
    }

    async fn compare(self, store: &Store) -> Result<Vec<Difference>, StoreError> {
        let (mut found, pool) = (Vec::new(), store.pool.reader());
        self.applications.compare(pool, "id", &mut found).await?;
        self.tasks.compare(pool, "application", &mut found).await?;
        self.participants.compare(pool, "application", &mut found).await?;
        self.invoices.compare(pool, &mut found).await?;
        self.memberships.compare(pool, "account", &mut found).await?;
        self.organisations.compare(pool, "id", &mut found).await?;
        self.batches.compare(pool, "id", &mut found).await?;
        self.mandates.compare(pool, "id", &mut found).await?;
        self.publicities.compare(pool, "id", &mut found).await?;
        self.payment_lists.compare(pool, "id", &mut found).await?;
        self.products.compare(pool, "id", &mut found).await?;
        self.documents.compare(pool, "id", &mut found).await?;
        standings(store, self.standings, &mut found).await?;
        Ok(found)
    }
}

/// What records say of one list.
struct Rows<R> {
    /// Each record, and its place among those that were asked about.
    owners: BTreeMap<String, usize>,
    rows: Vec<(usize, R)>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self { owners: BTreeMap::new(), rows: Vec::new() }
    }
}

impl<R: Row> Rows<R> {
    /// All rows of a record.
    fn all(&mut self, at: usize, owner: &str, rows: impl IntoIterator<Item = R>) {
        self.owners.insert(owner.to_owned(), at);
        self.rows.extend(rows.into_iter().map(|row| (at, row)));
    }

    async fn compare(self, pool: &AnyPool, owner: &str, found: &mut Vec<Difference>) -> Result<(), StoreError> {
        let Self { owners, rows } = self;
        let (ids, mut stored) = (owners.keys().cloned().collect::<Vec<_>>(), BTreeMap::new());
        for ids in ids.chunks(OWNERS_AT_ONCE) {
            let mut sql = row::select::<R>();
            sql.and_in(owner, ids);
            stored.extend(by_key(row::all::<R>(pool, &sql).await?));
        }
        pair(rows, &mut stored, found);
        let extra = |(key, row): (String, R)| Some(difference::<R>(*owners.get(&row::text(&row, owner))?, key, RowFault::Extra));
        found.extend(stored.into_iter().filter_map(extra));
        Ok(())
    }
}

/// What applications say of the invoices they count.
#[derive(Default)]
struct Claims {
    owners: BTreeMap<String, usize>,
    said: BTreeMap<String, Vec<InvoiceUse>>,
}

impl Claims {
    fn all(&mut self, at: usize, application: &str, uses: Vec<InvoiceUse>) {
        self.owners.insert(application.to_owned(), at);
        self.said.insert(application.to_owned(), uses);
    }

    /// Each invoice has one row: of the application that counts it, or of another that proved it and by which this one was displaced.
    async fn compare(self, pool: &AnyPool, found: &mut Vec<Difference>) -> Result<(), StoreError> {
        let ids: Vec<String> = self.owners.keys().cloned().collect();
        let mut stored: BTreeMap<String, InvoiceClaim> = BTreeMap::new();
        for column in ["application", "displaced"] {
            for ids in ids.chunks(OWNERS_AT_ONCE) {
                let mut sql = row::select::<InvoiceClaim>();
                sql.and_in(column, ids);
                stored.extend(by_key(row::all::<InvoiceClaim>(pool, &sql).await?));
            }
        }
        for (application, at) in &self.owners {
            let uses = self.said.get(application).map(Vec::as_slice).unwrap_or_default();
            let faults =
                uses.iter().filter_map(|said| Some((said.number.clone(), claim_fault(application, said, stored.get(&said.number))?)));
            found.extend(faults.map(|(key, fault)| difference::<InvoiceClaim>(*at, key, fault)));
            let unsaid = |claim: &&InvoiceClaim| !uses.iter().any(|said| said.number == claim.number);
            let own = stored.values().filter(|claim| claim.application == *application || claim.displaced == *application);
            found.extend(own.filter(unsaid).map(|claim| difference::<InvoiceClaim>(*at, claim.number.clone(), RowFault::Extra)));
        }
        Ok(())
    }
}

fn claim_fault(application: &str, said: &InvoiceUse, stored: Option<&InvoiceClaim>) -> Option<RowFault> {
    let Some(claim) = stored else { return Some(RowFault::Missing) };
    match () {
        () if claim.application == application => (claim.grade != said.grade.as_str()).then(|| RowFault::Columns(vec!["grade"])),
        () if claim.displaced == application && said.grade != Grade::Counted => None,
        () => Some(RowFault::Missing),
    }
}

/// Standings by their own key: several records may give one.
async fn standings(store: &Store, wanted: Vec<(usize, StandingRow)>, found: &mut Vec<Difference>) -> Result<(), StoreError> {
    let mut lists: BTreeMap<(String, String), Vec<(usize, StandingRow)>> = BTreeMap::new();
    for (at, row) in wanted {
        lists.entry((row.programme.clone(), row.procedure.clone())).or_default().push((at, row));
    }
    for ((programme, procedure), rows) in lists {
        let holders: Vec<String> = rows.iter().map(|(_, row)| row.organisation.clone()).collect();
        let stored: BTreeMap<_, _> = by_key(store.standings_of(&programme, &procedure, &holders).await?).collect();
        for (at, row) in rows {
            let key = row::key(&row);
            found.extend(fault(&row, stored.get(&key)).map(|fault| difference::<StandingRow>(at, key, fault)));
        }
    }
    Ok(())
}

fn by_key<R: Row>(rows: Vec<R>) -> impl Iterator<Item = (String, R)> {
    rows.into_iter().map(|row| (row::key(&row), row))
}

/// Takes what is stored out as it is met, so that what is left is extra.
fn pair<R: Row>(rows: Vec<(usize, R)>, stored: &mut BTreeMap<String, R>, found: &mut Vec<Difference>) {
    for (at, row) in rows {
        let key = row::key(&row);
        let fault = fault(&row, stored.remove(&key).as_ref());
        found.extend(fault.map(|fault| difference::<R>(at, key, fault)));
    }
}

fn fault<R: Row>(said: &R, stored: Option<&R>) -> Option<RowFault> {
    let Some(stored) = stored else { return Some(RowFault::Missing) };
    let columns = row::differing(said, stored);
    (!columns.is_empty()).then_some(RowFault::Columns(columns))
}

fn difference<R: Row>(at: usize, key: String, fault: RowFault) -> Difference {
    Difference { at, table: R::TABLE, key, fault }
}
