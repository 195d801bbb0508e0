//! Who may do what on the platform itself. The table below is the whole of it.

use crate::ServiceError;

/// On whose behalf a use case runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Anyone at all, not signed in.
    Public,
    /// Somebody signed in.
    Person,
    /// Somebody signed in who manages the people of an organisation.
    Manager,
    /// A manager of the organisation that runs the platform.
    Administrator,
    /// The running program itself, at its regular upkeep.
    Upkeep,
}

/// What a use case is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Keep a case under a fresh link.
    KeepCase,
    /// Open a kept case by its link.
    OpenKeptCase,
    /// Remove kept cases past their time.
    ForgetKeptCases,
    /// Register, sign in, use a link from a letter: the secret typed or followed decides the rest.
    Enter,
    /// See and change the people of one's own organisation.
    ManagePeople,
    /// Add an organisation that does not register itself.
    AddOrganisation,
    /// Make and revoke the tokens of one's own organisation, and say where it is called.
    ManageTokens,
    /// Read the catalogue of what providers offer.
    ReadCatalogue,
    /// Send letters, remove what is past its time.
    Upkeep,
}

/// Lets the action through only if the table lists it for this actor.
pub fn authorise(actor: Actor, action: Action) -> Result<(), ServiceError> {
    use Action as Do;
    match (actor, action) {
        (Actor::Upkeep, Do::ForgetKeptCases | Do::Upkeep) => Ok(()),
        (Actor::Upkeep, _) => Err(ServiceError::Forbidden),
        (_, Do::KeepCase | Do::OpenKeptCase | Do::Enter | Do::ReadCatalogue) => Ok(()),
        (Actor::Manager | Actor::Administrator, Do::ManagePeople | Do::ManageTokens) => Ok(()),
        (Actor::Administrator, Do::AddOrganisation) => Ok(()),
        _ => Err(ServiceError::Forbidden),
    }
}

#[cfg(test)]
mod tests {
    use super::Action::{AddOrganisation, Enter, ForgetKeptCases, KeepCase, ManagePeople, ManageTokens, OpenKeptCase, ReadCatalogue};
    use super::Actor::{Administrator, Manager, Person, Public, Upkeep};
    use super::*;

    const ACTORS: [Actor; 5] = [Public, Person, Manager, Administrator, Upkeep];

    /// Each action and whether each of [`ACTORS`] may do it, written out by hand: a new one belongs here before it works.
    const TABLE: &[(Action, [bool; 5])] = &[
        (KeepCase, [true, true, true, true, false]),
        (OpenKeptCase, [true, true, true, true, false]),
        (ForgetKeptCases, [false, false, false, false, true]),
        (Enter, [true, true, true, true, false]),
        (ManagePeople, [false, false, true, true, false]),
        (ManageTokens, [false, false, true, true, false]),
        (AddOrganisation, [false, false, false, true, false]),
        (ReadCatalogue, [true, true, true, true, false]),
        (Action::Upkeep, [false, false, false, false, true]),
    ];

    #[test]
    fn only_what_is_listed_is_allowed() {
        for &(action, allowed) in TABLE {
            for (actor, allowed) in ACTORS.into_iter().zip(allowed) {
                let answer = authorise(actor, action);
                assert_eq!(answer.is_ok(), allowed, "{actor:?} {action:?}");
                if let Err(error) = answer {
                    assert!(matches!(error, ServiceError::Forbidden), "{error:?}");
                }
            }
        }
    }
}
