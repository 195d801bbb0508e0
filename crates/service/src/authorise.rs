//! Who may do what. The table below is the whole of it.

use crate::ServiceError;

/// On whose behalf a use case runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Anyone at all, not signed in.
    Public,
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
}

/// Lets the action through only if the table lists it for this actor.
pub fn authorise(actor: Actor, action: Action) -> Result<(), ServiceError> {
    match (actor, action) {
        (Actor::Public, Action::KeepCase | Action::OpenKeptCase) => Ok(()),
        (Actor::Upkeep, Action::ForgetKeptCases) => Ok(()),
        _ => Err(ServiceError::Forbidden),
    }
}

#[cfg(test)]
mod tests {
    use super::Action::{ForgetKeptCases, KeepCase, OpenKeptCase};
    use super::Actor::{Public, Upkeep};
    use super::*;

    /// Every pair, written out by hand: a new actor or action belongs here before it works.
    const TABLE: &[(Actor, Action, bool)] = &[
        (Public, KeepCase, true),
        (Public, OpenKeptCase, true),
        (Public, ForgetKeptCases, false),
        (Upkeep, KeepCase, false),
        (Upkeep, OpenKeptCase, false),
        (Upkeep, ForgetKeptCases, true),
    ];

    #[test]
    fn only_what_is_listed_is_allowed() {
        for &(actor, action, allowed) in TABLE {
            let answer = authorise(actor, action);
            assert_eq!(answer.is_ok(), allowed, "{actor:?} {action:?}");
            if let Err(error) = answer {
                assert!(matches!(error, ServiceError::Forbidden), "{error:?}");
            }
        }
    }
}
