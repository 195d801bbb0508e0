//! For the demo city only: many organisations at once, and papers that stand for real ones.

use records::Moment;
use records::account::{Account, AccountEvent};
use records::moment::By;
use records::organisation::{Organisation, OrganisationEvent};
use store::{Paper, PaperState, Store};

use crate::identity::resume;
use crate::kept_case::Token;
use crate::on_file::{change, commit, demand};
use crate::{Action, Actor, Edge, ServiceError, authorise, compiled_once};

/// An organisation with its people.
#[derive(Clone, Debug)]
pub struct Settling {
    /// Its id.
    pub organisation: String,
    /// What brings it on file.
    pub events: Vec<OrganisationEvent>,
    /// Its people: id, and what brings each on file.
    pub accounts: Vec<(String, Vec<AccountEvent>)>,
}

/// Puts organisations and people on file in one commit. None of them has a password.
#[compiled_once]
pub async fn settle(store: &Store, now: Moment, all: &[Settling]) -> Result<(), ServiceError> {
    let mut changes = Vec::new();
    for one in all {
        changes.push(change::<Organisation>(&one.organisation, None, &one.events)?);
        for (account, events) in &one.accounts {
            changes.push(change::<Account>(account, None, events)?);
        }
    }
    store.commit(&commit(By::upkeep(), now, changes)).await?;
    Ok(())
}

/// Puts one paper of an organisation on file under an id of one's choice; its content is in the blobs already.
#[compiled_once]
pub async fn paper(
    store: &Store,
    organisation: &str,
    account: &str,
    name: &str,
    digest: &str,
    bytes: i64,
    now: Moment,
) -> Result<String, ServiceError> {
    let paper = Paper {
        id: format!("{organisation}-paper"),
        digest: digest.to_owned(),
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes,
        pages: Some(1),
        organisation: organisation.to_owned(),
        uploaded_by: account.to_owned(),
        at_unix_ms: now.0,
        state: PaperState::Checked,
    };
    Ok(store.add_paper(&paper).await?.id)
}

/// Signs somebody of the demo in, with the second factor taken as shown. Whoever offers this to visitors has said so when
/// the program was started.
///
/// # Errors
/// There is no such account.
#[compiled_once]
pub async fn enter(store: &Store, edge: &Edge<'_>, account: &str) -> Result<Token, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let account = demand::<Account>(store, account).await?.state;
    resume::begin(store, edge, &account, true).await
}

/// Forgets what waits to be sent: the people of the demo have no post boxes.
#[compiled_once]
pub async fn forget_letters(store: &Store, now: Moment) -> Result<(), ServiceError> {
    loop {
        let waiting = store.take_outbox(store::OutboxKind::Mail, now.0, now.0 + 1, 500).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        for row in waiting {
            store.outbox_tried(&row.id, now.0, &store::Delivery::Sent).await?;
        }
    }
}
