//! Making, listing and revoking tokens.

use std::collections::BTreeSet;

use records::{FieldError, Moment, Refusal};
use standards::Date;
use store::ApiTokenRow;

use super::{PREFIX, Scope};
use crate::desk::Desk;
use crate::identity::Session;
use crate::{Action, ServiceError, authorise, compiled_once};

/// How long a token counts at most.
const LIFE_MAX_DAYS: i32 = 366;
/// Tokens of one organisation that count at a time.
pub const TOKENS_MAX: usize = 20;
/// Characters of a token's name.
pub const LABEL_MAX_CHARS: usize = 40;

/// What a token is to be, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// What it is called: the system that uses it.
    pub label: String,
    /// Words of [`Scope`].
    pub scopes: Vec<String>,
    /// Its last day.
    pub expires_on: String,
}

/// A token that was made just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// The secret, known to nobody else from here on.
    pub secret: String,
}

/// A token as its organisation sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub created_at: Moment,
    /// From when on it does not count.
    pub expires_at: Moment,
    /// When it was last used.
    pub used_at: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

impl ApiToken {
    /// Whether it counts.
    pub fn counts(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

impl From<ApiTokenRow> for ApiToken {
    fn from(row: ApiTokenRow) -> Self {
        Self {
            scopes: Scope::read_all(&row.scopes),
            id: row.id,
            label: row.label,
            created_at: Moment(row.created_at_ms),
            expires_at: Moment(row.expires_at_ms),
            used_at: row.used_at_ms.map(Moment),
            revoked_at: row.revoked_at_ms.map(Moment),
        }
    }
}

/// Every token the person's organisation ever had, the last made first.
#[compiled_once]
pub async fn tokens(desk: &Desk<'_>, session: &Session) -> Result<Vec<ApiToken>, ServiceError> {
    authorise(session.actor(), Action::ManageTokens)?;
    let rows = desk.store.api_tokens_of(session.acting().organisation.as_str()).await?;
    Ok(rows.into_iter().map(ApiToken::from).collect())
}

/// Makes a token of the person's organisation.
///
/// # Errors
/// Something is not said or cannot be, or there are as many as there may be.
#[compiled_once]
pub async fn make(desk: &Desk<'_>, session: &Session, making: &Making) -> Result<Made, ServiceError> {
    let counting = tokens(desk, session).await?.into_iter().filter(|token| token.counts(desk.edge.now)).count();
    if counting >= TOKENS_MAX {
        return Err(Refusal::new(format!("最多同时使用{TOKENS_MAX}个令牌，请先停用不用的令牌。")).into());
    }
    let (scopes, until) = read(making, session, desk.today())?;
    let (id, secret) = (desk.edge.id(), desk.edge.token());
    let row = ApiTokenRow {
        id: id.clone(),
        token_hash: secret.hash(),
        organisation: session.acting().organisation.to_string(),
        label: making.label.trim().to_owned(),
        scopes: Scope::write_all(&scopes),
        created_by: session.acting().account.to_string(),
        created_at_ms: desk.edge.now.0,
        expires_at_ms: Moment::end_of(until).0 + 1,
        used_at_ms: None,
        revoked_at_ms: None,
        revoked_by: None,
    };
    desk.store.add_api_token(&row).await?;
    Ok(Made { id, secret: format!("{PREFIX}{secret}") })
}

fn read(making: &Making, session: &Session, today: Date) -> Result<(BTreeSet<Scope>, Date), Refusal> {
    let kind = session.acting().kind;
    let scopes: Vec<Option<Scope>> = making.scopes.iter().map(|word| Scope::parse(word).filter(|scope| scope.is_for(kind))).collect();
    let until = last_day(&making.expires_on, today);
    let chars = making.label.trim().chars().count();
    let wrong = [
        ("label", (chars == 0).then(|| "请填写使用该令牌的系统名称。".to_owned())),
        ("label", (chars > LABEL_MAX_CHARS).then(|| format!("名称过长，请控制在{LABEL_MAX_CHARS}字以内。"))),
        ("scopes", (scopes.is_empty() || scopes.contains(&None)).then(|| "请选择令牌可以办理的事情。".to_owned())),
        ("expires_on", until.as_ref().err().cloned()),
    ];
    let errors: Vec<FieldError> = wrong.into_iter().filter_map(|(path, message)| Some(FieldError::new(path, message?))).collect();
    match until {
        Ok(until) if errors.is_empty() => Ok((scopes.into_iter().flatten().collect(), until)),
        _ => Err(Refusal::fields(errors)),
    }
}

fn last_day(text: &str, today: Date) -> Result<Date, String> {
    let day = Date::parse(text).map_err(|error| format!("{error}。"))?;
    match day.days() - today.days() {
        ..0 => Err("到期日已过，请填写今天或以后的日期。".to_owned()),
        0..=LIFE_MAX_DAYS => Ok(day),
        _ => Err("有效期最长一年，到期前可以另建令牌替换。".to_owned()),
    }
}

/// Ends a token at once.
///
/// # Errors
/// The person's organisation has none of this id that counts.
#[compiled_once]
pub async fn revoke(desk: &Desk<'_>, session: &Session, id: &str) -> Result<(), ServiceError> {
    authorise(session.actor(), Action::ManageTokens)?;
    let acting = session.acting();
    let revoked = desk.store.revoke_api_token(acting.organisation.as_str(), id, acting.account.as_str(), desk.edge.now.0).await?;
    if revoked { Ok(()) } else { Err(ServiceError::NotFound) }
}
