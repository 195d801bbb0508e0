//! 人员账号: a person, and what the person may do for which organisation. Passwords are not on file: they never enter
//! the journal.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, OrganisationId};
use crate::{Noun, Refusal};

/// What a person may do in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 单位管理员: its people and mandates.
    Manager,
    /// 经办人（填报人）
    Handler,
    /// 签发人（审批人）
    Certifier,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Manager, Self::Handler, Self::Certifier];

    /// The word the database holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Handler => "handler",
            Self::Certifier => "certifier",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Manager => "单位管理员",
            Self::Handler => "经办人",
            Self::Certifier => "签发人",
        }
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// Where messages go; also the name to sign in with.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Roles by organisation; never an empty set.
    pub memberships: BTreeMap<OrganisationId, BTreeSet<Role>>,
    /// Whether the person may sign in.
    pub active: bool,
}

/// What happens to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AccountEvent {
    /// It was opened.
    Opened {
        /// Identifier.
        id: AccountId,
        /// The person's name.
        name: String,
        /// Where messages go.
        email: String,
        /// Telephone.
        phone: String,
    },
    /// The person has these roles in an organisation from now on.
    RolesSet {
        /// Which organisation.
        organisation: OrganisationId,
        /// Not empty.
        roles: BTreeSet<Role>,
    },
    /// The person left an organisation.
    Left {
        /// Which organisation.
        organisation: OrganisationId,
    },
    /// The person may not sign in any more.
    Deactivated,
    /// The person may sign in again.
    Reactivated,
}

impl Account {
    /// The person's roles in an organisation.
    pub fn roles(&self, organisation: &OrganisationId) -> BTreeSet<Role> {
        self.memberships.get(organisation).cloned().unwrap_or_default()
    }

    /// Gives the person these roles; none means leaving.
    ///
    /// # Errors
    /// Nothing would change.
    pub fn set_roles(&self, organisation: &OrganisationId, roles: BTreeSet<Role>) -> Result<Vec<AccountEvent>, Refusal> {
        let organisation = organisation.clone();
        if self.roles(&organisation) == roles {
            return Err(Refusal::new("角色没有变化。"));
        }
        let left = roles.is_empty();
        Ok(vec![if left { AccountEvent::Left { organisation } } else { AccountEvent::RolesSet { organisation, roles } }])
    }
}

impl Noun for Account {
    type Event = AccountEvent;
    const NOUN: &'static str = "account";

    fn fold(state: Option<Self>, event: &AccountEvent) -> Option<Self> {
        use AccountEvent as E;
        let Some(mut account) = state else {
            let E::Opened { id, name, email, phone } = event.clone() else { return None };
            return Some(Self { id, name, email, phone, memberships: BTreeMap::new(), active: true });
        };
        match event.clone() {
            E::Opened { .. } => {}
            E::RolesSet { organisation, roles } => drop(account.memberships.insert(organisation, roles)),
            E::Left { organisation } => drop(account.memberships.remove(&organisation)),
            E::Deactivated => account.active = false,
            E::Reactivated => account.active = true,
        }
        Some(account)
    }
}
