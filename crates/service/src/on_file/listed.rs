//! What lists say of each record: the one place where a state becomes the rows beside it. Use cases write them with the record, and
//! `ledger` holds them against it. Two nouns need more than their own state: an application (`application::index`) and an issued paper
//! (`document::issue`).

use records::Noun;
use records::account::Account;
use records::allotment::Allotment;
use records::batch::Batch;
use records::enlistment::Enlistment;
use records::entitlement::Entitlement;
use records::import::Import;
use records::lead::Lead;
use records::mandate::Mandate;
use records::organisation::{Organisation, OrganisationState};
use records::pack_version::PackVersion;
use records::payment_list::PaymentList;
use records::publicity::Publicity;
use standards::text::squash;
use store::{AccountRow, BatchRow, Index, MandateRow, OrganisationRow, PaymentListRow, PublicityRow, StandingRow};

use super::place_path;

/// A noun whose list rows follow from its state.
pub(crate) trait Listed: Noun {
    /// The rows made from its state; none where it stands in no list.
    fn index(&self) -> Index {
        Index::None
    }
}

impl Listed for Allotment {}
impl Listed for Entitlement {}
impl Listed for Import {}
impl Listed for Lead {}
impl Listed for PackVersion {}

impl Listed for Account {
    fn index(&self) -> Index {
        let organisations = self.memberships.keys().map(ToString::to_string).collect();
        Index::Account(AccountRow { id: self.id.to_string(), organisations })
    }
}

impl Listed for Organisation {
    fn index(&self) -> Index {
        let state = match self.state {
            OrganisationState::Active => "active",
            OrganisationState::Suspended { .. } => "suspended",
        };
        let code = self.credit_code.clone();
        Index::Organisation(OrganisationRow {
            id: self.id.to_string(),
            kind: self.kind.as_str().to_owned(),
            name: self.name.clone(),
            place: self.place.clone(),
            place_path: place_path(&self.place),
            state: state.to_owned(),
            search: format!("{} {}", squash(&self.name), code.as_deref().unwrap_or_default().to_lowercase()),
            credit_code: code,
        })
    }
}

impl Listed for Mandate {
    fn index(&self) -> Index {
        Index::Mandate(MandateRow {
            id: self.id.to_string(),
            enterprise: self.enterprise.to_string(),
            provider: self.provider.to_string(),
            programme: self.programme.clone(),
            from_on: self.from_on.to_string(),
            until_on: self.until_on.to_string(),
            state: if self.withdrawn_on.is_some() { "withdrawn" } else { "granted" }.to_owned(),
        })
    }
}

impl Listed for Batch {
    fn index(&self) -> Index {
        Index::Batch(BatchRow {
            id: self.id.to_string(),
            programme: self.programme.clone(),
            procedure: self.procedure.clone(),
            label: self.label.clone(),
            state: if self.closed.is_some() { "closed" } else { "open" }.to_owned(),
            opens_on: Some(self.opens_on.to_string()),
            closes_on: Some(self.deadline_on.to_string()),
        })
    }
}

impl Listed for Publicity {
    fn index(&self) -> Index {
        Index::Publicity(PublicityRow {
            id: self.id.to_string(),
            programme: self.programme.clone(),
            procedure: self.procedure.clone(),
            label: self.title.clone(),
            state: if self.is_finished() { "finished" } else { "open" }.to_owned(),
            starts_on: self.starts_on.to_string(),
            ends_on: self.ends_on.to_string(),
        })
    }
}

impl Listed for PaymentList {
    fn index(&self) -> Index {
        let state = match (&self.cancelled, self.approvals.len()) {
            (Some(_), _) => "cancelled",
            (None, 0) => "prepared",
            (None, 1) => "approved_once",
            _ => "approved",
        };
        Index::PaymentList(PaymentListRow {
            id: self.id.to_string(),
            programme: self.programme.clone(),
            label: self.label.clone(),
            state: state.to_owned(),
            total_fen: self.total_fen(),
            created_at_ms: self.prepared_at.0,
        })
    }
}

impl Listed for Enlistment {
    fn index(&self) -> Index {
        Index::Standing(StandingRow {
            programme: self.programme.clone(),
            procedure: self.procedure.clone(),
            organisation: self.organisation.to_string(),
            since_on: self.since_on.to_string(),
        })
    }
}
