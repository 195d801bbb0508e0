//! The token itself, and the organisation it acts for: its record, mandates and notices.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use records::mandate::Mandate;
use records::organisation::Organisation;
use serde::Serialize;
use service::{Notice, StandingRow, Told, mandate, notice, organisation};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::files::etag;
use crate::extract::{Asked, Caller};
use crate::problem::Problem;
use crate::shape::{PageAsked, Rows};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(own_token))
        .routes(routes!(own_organisation))
        .routes(routes!(list_mandates))
        .routes(routes!(list_notices))
}

/// A token as its bearer sees it.
#[derive(Serialize, ToSchema)]
struct OwnToken {
    /// Its id; what is done by it stands in the journal under `api:` and this.
    id: String,
    /// What it is called.
    label: String,
    /// What it may be used for.
    scopes: Vec<&'static str>,
    /// From when on it does not count.
    expires_unix_ms: i64,
    /// For whom it acts.
    organisation: String,
    /// The name of that.
    organisation_name: String,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
#[schema(as = Organisation)]
struct OrganisationShape {
    /// The version of its record.
    version: i64,
    /// Id.
    id: String,
    /// What it is.
    kind: &'static str,
    /// Name.
    name: String,
    /// 统一社会信用代码
    credit_code: Option<String>,
    /// The place it lies in or is in charge of.
    place: String,
    /// 通讯地址
    address: String,
    /// 法定代表人
    legal_representative: String,
    /// 联系人
    contact: String,
    /// 联系电话
    phone: String,
    /// 成立日期
    founded_on: Option<String>,
    /// 规模, by the figures on record: 微型, 小型, 中型, 大型
    size_label: Option<&'static str>,
    /// 优质中小企业情况
    quality: &'static str,
    /// 开户银行
    bank: String,
    /// 银行账号
    bank_account: String,
    /// What it was granted.
    standings: Vec<StandingShape>,
}

/// Something an organisation was granted: on the roster, in the provider pool.
#[derive(Serialize, ToSchema)]
#[schema(as = Standing)]
struct StandingShape {
    /// The programme.
    programme: String,
    /// The procedure that granted it.
    procedure: String,
    /// Since when.
    since_on: String,
}

impl OrganisationShape {
    fn of(version: i64, organisation: Organisation, standings: Vec<StandingRow>) -> Self {
        let shape = |row: StandingRow| StandingShape { programme: row.programme, procedure: row.procedure, since_on: row.since_on };
        Self {
            version,
            kind: organisation.kind.as_str(),
            size_label: organisation.size().map(|size| size.label()),
            quality: organisation.profile.quality.as_str(),
            founded_on: organisation.profile.founded_on.map(|day| day.to_string()),
            id: organisation.id.0,
            name: organisation.name,
            credit_code: organisation.credit_code,
            place: organisation.place,
            address: organisation.profile.address,
            legal_representative: organisation.profile.legal_representative,
            contact: organisation.profile.contact,
            phone: organisation.profile.phone,
            bank: organisation.profile.bank,
            bank_account: organisation.profile.bank_account,
            standings: standings.into_iter().map(shape).collect(),
        }
    }
}

/// A mandate that an enterprise granted to a provider.
#[derive(Serialize, ToSchema)]
#[schema(as = Mandate)]
struct MandateShape {
    /// Id.
    id: String,
    /// Who granted it.
    enterprise: String,
    /// Who may act.
    provider: String,
    /// Under which programme.
    programme: String,
    /// In which procedures.
    procedures: Vec<String>,
    /// First day.
    from_on: String,
    /// Last day.
    until_on: String,
    /// The day it was withdrawn.
    withdrawn_on: Option<String>,
}

impl From<Mandate> for MandateShape {
    fn from(mandate: Mandate) -> Self {
        Self {
            id: mandate.id.0,
            enterprise: mandate.enterprise.0,
            provider: mandate.provider.0,
            programme: mandate.programme,
            procedures: mandate.procedures,
            from_on: mandate.from_on.to_string(),
            until_on: mandate.until_on.to_string(),
            withdrawn_on: mandate.withdrawn_on.map(|day| day.to_string()),
        }
    }
}

/// A notice.
#[derive(Serialize, ToSchema)]
#[schema(as = Notice)]
struct NoticeShape {
    /// Id.
    id: String,
    /// In a line.
    subject: String,
    /// In full.
    body: String,
    /// The page of the site where it goes on.
    link: String,
    /// When it was given.
    at_unix_ms: i64,
    /// When somebody first read it.
    read_unix_ms: Option<i64>,
}

impl From<Told> for NoticeShape {
    fn from(Told { notice, read_at_ms }: Told) -> Self {
        let Notice { id, subject, body, link, at_unix_ms, .. } = notice;
        Self { id, subject, body, link, at_unix_ms, read_unix_ms: read_at_ms }
    }
}

/// The token at hand.
#[utoipa::path(get, path = "/token", tag = "本单位", summary = "当前令牌", security(("token" = [])), responses((status = 200, body = OwnToken)))]
async fn own_token(Caller(bearer): Caller) -> Json<OwnToken> {
    Json(OwnToken {
        id: bearer.id,
        label: bearer.label,
        scopes: bearer.scopes.iter().map(|scope| scope.as_str()).collect(),
        expires_unix_ms: bearer.expires_at.0,
        organisation: bearer.acting.organisation.0,
        organisation_name: bearer.organisation_name,
    })
}

/// The organisation the token acts for.
#[utoipa::path(get, path = "/organisation", tag = "本单位", summary = "本单位信息", security(("token" = ["read:organisation"])),
    responses((status = 200, body = OrganisationShape)))]
async fn own_organisation(State(api): State<Shared>, caller: Caller) -> Result<(HeaderMap, Json<OrganisationShape>), Problem> {
    let desk = api.desk();
    let (version, own) = organisation::own(&desk, caller.acting()).await?;
    let standings = organisation::standings(&desk, caller.acting()).await?;
    Ok((etag(version), Json(OrganisationShape::of(version, own, standings))))
}

/// The mandates an enterprise granted or a provider holds. Granting and withdrawing are for people.
#[utoipa::path(get, path = "/mandates", tag = "本单位", summary = "授权代办", security(("token" = ["read:organisation"])),
    responses((status = 200, body = [MandateShape])))]
async fn list_mandates(State(api): State<Shared>, caller: Caller) -> Result<Json<Vec<MandateShape>>, Problem> {
    let mandates = mandate::mandates(&api.desk(), caller.acting()).await?;
    Ok(Json(mandates.into_iter().map(MandateShape::from).collect()))
}

/// What the organisation was told, the last first. Reading here marks nothing as read: that is for people.
#[utoipa::path(get, path = "/notices", tag = "本单位", summary = "消息", security(("token" = ["read:organisation"])), params(PageAsked),
    responses((status = 200, body = Rows<NoticeShape>)))]
async fn list_notices(
    State(api): State<Shared>,
    caller: Caller,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<Rows<NoticeShape>>, Problem> {
    let listed = notice::notices_of_organisation(&api.desk(), caller.acting(), page.page()).await?;
    Ok(Json(Rows::of(listed, NoticeShape::from)))
}
