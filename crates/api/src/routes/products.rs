//! 数字化产品: the catalogue of what providers offer, for everybody.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use records::product::{Delivery, Price, ProductKind};
use serde::{Deserialize, Serialize};
use service::product::{self, Shown, Wanted};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Asked, Caller, Named, Sent};
use crate::problem::Problem;
use crate::shape::{PageAsked, Rows};
use crate::state::Shared;

pub(super) fn routes() -> OpenApiRouter<Shared> {
    OpenApiRouter::new().routes(routes!(list_products)).routes(routes!(open_product)).routes(routes!(take_down_product))
}

/// Which products are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ProductsAsked {
    /// Words of the product, or of its provider's name or credit code.
    search: Option<String>,
    /// Serving this scenario.
    scenario: Option<String>,
    /// `software`, `cloud`, `hardware`, `service` or `solution`.
    kind: Option<String>,
}

/// A product of the catalogue.
#[derive(Serialize, ToSchema)]
#[schema(as = Product)]
struct ProductShape {
    /// Id.
    id: String,
    /// Its name.
    name: String,
    /// `software`, `cloud`, `hardware`, `service` or `solution`.
    kind: String,
    /// Ids of the scenarios it serves.
    scenarios: Vec<String>,
    /// Numbers of the sub-industries it is made for; none: for all.
    industries: Vec<u8>,
    /// `cloud`, `local` or `hybrid`; none for what does not run.
    delivery: Option<String>,
    /// None where it is agreed on.
    price: Option<PriceShape>,
    /// What it does.
    summary: String,
    /// Whose it is.
    provider: ProviderShape,
}

/// What a product costs.
#[derive(Serialize, ToSchema)]
#[schema(as = Price)]
struct PriceShape {
    /// At least.
    from_fen: i64,
    /// At most.
    to_fen: i64,
    /// For what: 套, 年.
    per: String,
}

/// Who offers it.
#[derive(Serialize, ToSchema)]
#[schema(as = Provider)]
struct ProviderShape {
    /// Id.
    id: String,
    /// Its name.
    name: String,
    /// 统一社会信用代码
    credit_code: Option<String>,
    /// The place it lies in.
    place: String,
}

impl From<Shown> for ProductShape {
    fn from(shown: Shown) -> Self {
        let (offer, provider) = (shown.product.offer, shown.provider);
        let price = match offer.price {
            Price::Negotiable => None,
            Price::Range { from_fen, to_fen, per } => Some(PriceShape { from_fen, to_fen, per }),
        };
        Self {
            id: shown.product.id.0,
            name: offer.name,
            kind: offer.kind.as_str().to_owned(),
            scenarios: offer.scenarios.into_iter().collect(),
            industries: offer.industries.into_iter().collect(),
            delivery: offer.delivery.map(|delivery| Delivery::as_str(delivery).to_owned()),
            price,
            summary: offer.summary,
            provider: ProviderShape { id: provider.id, name: provider.name, credit_code: provider.credit_code, place: provider.place },
        }
    }
}

/// Why a product is taken out of the catalogue.
#[derive(Deserialize, ToSchema)]
struct TakingDown {
    /// At most 200 characters; the provider reads it.
    reason: String,
}

/// The catalogue of what providers offer, by name.
#[utoipa::path(get, path = "/products", tag = "数字化产品", summary = "数字化产品目录", security(()),
    params(ProductsAsked, PageAsked), responses((status = 200, body = Rows<ProductShape>)))]
async fn list_products(
    State(api): State<Shared>,
    Asked(asked): Asked<ProductsAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Json<Rows<ProductShape>>, Problem> {
    let wanted = Wanted {
        search: asked.search.unwrap_or_default(),
        scenario: asked.scenario,
        kind: asked.kind.as_deref().and_then(ProductKind::parse),
    };
    Ok(Json(Rows::of(product::catalogue(&api.desk(), &wanted, page.page()).await?, ProductShape::from)))
}

/// One product of the catalogue.
#[utoipa::path(get, path = "/products/{product}", tag = "数字化产品", summary = "一个数字化产品", security(()),
    responses((status = 200, body = ProductShape)))]
async fn open_product(State(api): State<Shared>, Named(id): Named<String>) -> Result<Json<ProductShape>, Problem> {
    Ok(Json(product::offered(&api.desk(), &id).await?.into()))
}

/// Takes a product of a provider of the bureau's place out of the catalogue; its provider is told why and may list it again.
#[utoipa::path(post, path = "/products/{product}/take-down", tag = "数字化产品", summary = "下架产品", security(("token" = ["conduct"])),
    request_body = TakingDown, responses((status = 204)))]
async fn take_down_product(
    State(api): State<Shared>,
    caller: Caller,
    Named(id): Named<String>,
    Sent(said): Sent<TakingDown>,
) -> Result<StatusCode, Problem> {
    product::take_down(&api.desk(), caller.acting(), &id, None, &said.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
