//! Bring an account on file, in an order that can be gone through again after a failure half-way.

use std::collections::BTreeSet;

use records::account::{Account, AccountEvent, Role};
use records::moment::By;
use serde::{Deserialize, Serialize};
use store::{Change, Credential, Store, StoreError};

use crate::on_file::{change, commit, load};
use crate::{Edge, ServiceError};

/// An account that is to be. Its id is settled with the link in the letter: following the link twice, or again after a
/// failure half-way, makes the same account and no second one.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Opening {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) password_hash: String,
    pub(super) organisation: String,
    pub(super) roles: BTreeSet<Role>,
}

/// Whether the records of an account are there already.
pub(super) async fn begun(store: &Store, opening: &Opening) -> Result<bool, ServiceError> {
    Ok(load::<Account>(store, &opening.id).await?.is_some())
}

/// Writes the account, with the changes that belong to it, and then the credential that signs it in. An address that
/// another account has by now is as unknown as a link that was used.
pub(super) async fn create(store: &Store, edge: &Edge<'_>, opening: &Opening, mut with: Vec<Change>) -> Result<(), ServiceError> {
    if !begun(store, opening).await? {
        if store.credential_by_email(&opening.email).await?.is_some() {
            return Err(ServiceError::NotFound);
        }
        with.push(change::<Account>(&opening.id, None, &events(opening))?);
        let by = By { account: opening.id.clone(), organisation: opening.organisation.clone(), mandate: None };
        store.commit(&commit(by, edge.now, with)).await?;
    }
    match store.add_credential(&credential(opening)).await {
        Err(StoreError::Taken) => Err(ServiceError::NotFound),
        other => Ok(other?),
    }
}

fn events(opening: &Opening) -> [AccountEvent; 2] {
    let Opening { name, email, phone, .. } = opening.clone();
    let opened = AccountEvent::Opened { id: opening.id.as_str().into(), name, email, phone };
    [opened, AccountEvent::RolesSet { organisation: opening.organisation.as_str().into(), roles: opening.roles.clone() }]
}

fn credential(opening: &Opening) -> Credential {
    let Opening { id, email, password_hash, .. } = opening.clone();
    Credential { account: id, email, password_hash, totp_secret: None }
}
