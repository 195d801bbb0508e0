//! Who comes in by a token.

use std::collections::BTreeSet;

use records::Moment;
use records::access::Acting;
use records::account::Role;
use records::organisation::Organisation;
use store::ApiTokenRow;

use super::{PREFIX, Scope, account_of};
use crate::desk::Desk;
use crate::kept_case::Token;
use crate::on_file::load;
use crate::{Action, Actor, ServiceError, authorise, compiled_once};

/// A token's last use is written down once a minute: a query should not cost a write.
const USED_EVERY_MS: i64 = 60 * 1000;

/// A program that showed a token which counts. Only [`bearer`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bearer {
    /// The token's id.
    pub id: String,
    /// What the token is called.
    pub label: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// From when on it does not count.
    pub expires_at: Moment,
    /// For whom it acts, as a clerk and nothing else.
    pub acting: Acting,
    /// The name of its organisation.
    pub organisation_name: String,
}

/// The bearer of a secret; nobody when it is unknown, revoked or past its time, or its organisation was stopped. Which of
/// these it is cannot be told from outside.
#[compiled_once]
pub async fn bearer(desk: &Desk<'_>, secret: &str) -> Result<Option<Bearer>, ServiceError> {
    authorise(Actor::Public, Action::Enter)?;
    let Some(Ok(token)) = secret.strip_prefix(PREFIX).map(str::parse::<Token>) else { return Ok(None) };
    let now = desk.edge.now;
    let row = desk.store.api_token(&token.hash()).await?;
    let Some(row) = row.filter(|row| row.revoked_at_ms.is_none() && now.0 < row.expires_at_ms) else { return Ok(None) };
    let Some(organisation) = load::<Organisation>(desk.store, &row.organisation).await?.map(|found| found.state) else { return Ok(None) };
    if !organisation.is_active() {
        return Ok(None);
    }
    if row.used_at_ms.is_none_or(|used| now.0 - used >= USED_EVERY_MS) {
        desk.store.use_api_token(&row.id, now.0).await?;
    }
    Ok(Some(acting(row, organisation)))
}

fn acting(row: ApiTokenRow, organisation: Organisation) -> Bearer {
    let mut scopes = Scope::read_all(&row.scopes);
    scopes.retain(|scope| scope.is_for(organisation.kind));
    let acting = Acting {
        account: account_of(&row.id).into(),
        organisation: organisation.id,
        kind: organisation.kind,
        place: organisation.place,
        roles: BTreeSet::from([Role::Handler]),
        mandate: None,
    };
    Bearer { id: row.id, label: row.label, scopes, expires_at: Moment(row.expires_at_ms), acting, organisation_name: organisation.name }
}
