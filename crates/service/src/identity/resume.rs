//! Begin a session, and find it again by its cookie.

use records::account::Account;
use records::mandate::Mandate;
use records::organisation::Organisation;
use store::{SessionRow, Store};

use super::session::{IDLE_APPLICANT_MS, IDLE_STAFF_MS, Known, SESSION_MAX_MS, Session, SignedIn};
use crate::kept_case::Token;
use crate::on_file::{OnFile, load, load_all};
use crate::{Edge, ServiceError, compiled_once};

/// A session's last use is written down once a minute: a page view should not cost a write.
const SEEN_EVERY_MS: i64 = 60 * 1000;

/// Begins a session of an account; who belongs to one organisation only acts for it at once.
pub(crate) async fn begin(store: &Store, edge: &Edge<'_>, account: &Account, second_factor: bool) -> Result<Token, ServiceError> {
    let token = edge.token();
    let mut organisations = account.memberships.keys();
    let only = organisations.next().filter(|_| organisations.next().is_none());
    let row = SessionRow {
        token_hash: token.hash(),
        account: account.id.to_string(),
        organisation: only.map(ToString::to_string),
        mandate: None,
        second_factor,
        created_at_ms: edge.now.0,
        seen_at_ms: edge.now.0,
    };
    store.open_session(&row).await?;
    Ok(token)
}

/// Who is signed in by the secret in a cookie, and how far; nobody when it is unknown or its time is over.
#[compiled_once]
pub async fn resume(store: &Store, edge: &Edge<'_>, token: &str) -> Result<Option<SignedIn>, ServiceError> {
    let Some(row) = row(store, edge, token).await? else { return Ok(None) };
    let Some(account) = load::<Account>(store, &row.account).await?.map(|found| found.state).filter(|account| account.active) else {
        return Ok(None);
    };
    let signed_in = judge(store, edge, &row, &account).await?;
    let idle_max_ms = signed_in.session().map_or(IDLE_STAFF_MS, Session::idle_max_ms);
    if edge.now.0 - row.seen_at_ms >= idle_max_ms {
        store.close_session(&row.token_hash).await?;
        return Ok(None);
    }
    if edge.now.0 - row.seen_at_ms >= SEEN_EVERY_MS {
        store.see_session(&row.token_hash, edge.now.0).await?;
    }
    Ok(Some(signed_in))
}

/// The row of a secret, while its time is not over for everybody.
pub(super) async fn row(store: &Store, edge: &Edge<'_>, token: &str) -> Result<Option<SessionRow>, ServiceError> {
    let Ok(token) = token.parse::<Token>() else { return Ok(None) };
    let row = store.session(&token.hash()).await?;
    let now = edge.now.0;
    Ok(row.filter(|row| now - row.created_at_ms < SESSION_MAX_MS && now - row.seen_at_ms < IDLE_APPLICANT_MS))
}

async fn judge(store: &Store, edge: &Edge<'_>, row: &SessionRow, account: &Account) -> Result<SignedIn, ServiceError> {
    if !row.second_factor
        && let Some(step) = second_factor(store, account).await?
    {
        return Ok(step);
    }
    let session = act(store, edge, row, account).await?;
    Ok(session.map_or_else(|| SignedIn::Choose(Known::of(account)), |session| SignedIn::Acting(Box::new(session))))
}

/// What is still to be shown: a second factor where one is set up, one to be set up where some organisation demands it.
async fn second_factor(store: &Store, account: &Account) -> Result<Option<SignedIn>, ServiceError> {
    let credential = store.credential_of(account.id.as_str()).await?;
    if credential.is_some_and(|credential| credential.totp_secret.is_some()) {
        return Ok(Some(SignedIn::SecondFactor(Known::of(account))));
    }
    let staff = organisations_of(store, account).await?.iter().any(|organisation| organisation.kind.is_staff());
    Ok(staff.then(|| SignedIn::SetUp(Known::of(account))))
}

/// The session for the organisation chosen, while the person may still act for it.
async fn act(store: &Store, edge: &Edge<'_>, row: &SessionRow, account: &Account) -> Result<Option<Session>, ServiceError> {
    let Some(id) = &row.organisation else { return Ok(None) };
    let Some(OnFile { state: organisation, .. }) = load::<Organisation>(store, id).await? else { return Ok(None) };
    let Some(mandate) = &row.mandate else { return Ok(Session::of(account, &organisation, row.second_factor)) };
    let mandate = load::<Mandate>(store, mandate).await?;
    Ok(mandate.and_then(|mandate| Session::under(account, &mandate.state, &organisation, row.second_factor, edge.now.day())))
}

/// The organisations an account belongs to, in the order of their names.
pub(super) async fn organisations_of(store: &Store, account: &Account) -> Result<Vec<Organisation>, ServiceError> {
    let ids: Vec<String> = account.memberships.keys().map(ToString::to_string).collect();
    let mut organisations: Vec<Organisation> = load_all(store, &ids).await?;
    organisations.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(organisations)
}
