//! The people of one's organisation, and who is invited.

use records::account::Account;
use store::{CodePurpose, Store};

use super::invite::Invitation;
use super::session::Session;
use crate::on_file::load_all;
use crate::{Action, Edge, ServiceError, authorise, compiled_once};

/// The people of an organisation.
#[derive(Clone, Debug)]
pub struct People {
    /// Its accounts, by name.
    pub members: Vec<Account>,
    /// Invitations that are still good, with the end of each in Unix milliseconds.
    pub invited: Vec<(Invitation, i64)>,
}

/// Lists the people of one's organisation.
#[compiled_once]
pub async fn people(store: &Store, edge: &Edge<'_>, session: &Session) -> Result<People, ServiceError> {
    authorise(session.actor(), Action::ManagePeople)?;
    let organisation = session.acting().organisation.as_str();
    let mut members: Vec<Account> = load_all(store, &store.members_of(organisation).await?).await?;
    members.sort_by(|one, other| one.name.cmp(&other.name));
    let codes = store.codes_of(CodePurpose::Invite, organisation, edge.now.0).await?;
    let invited = codes.iter().map(|code| serde_json::from_str(&code.payload).map(|sent| (sent, code.expires_at_ms)));
    Ok(People { members, invited: invited.collect::<Result<_, _>>().map_err(|_| ServiceError::Broken)? })
}
