//! What can go wrong on the way to an answer, mapped to HTTP once, as `application/problem+json` (RFC 9457).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use records::{FieldError, Refusal};
use serde::Serialize;
use service::ServiceError;
use service::token::Scope;
use utoipa::ToSchema;

/// Why a request got no answer. The message is the problem's title.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// There is no such address.
    #[error("没有这个接口")]
    NoRoute,
    /// The address does not answer to this method.
    #[error("接口不支持该方法")]
    WrongMethod,
    /// No token, or one that does not count.
    #[error("令牌缺失或者无效")]
    NoToken,
    /// The token is not made for this.
    #[error("令牌没有此项权限")]
    Scope(Vec<Scope>),
    /// The body or the query cannot be read; what is wrong with it.
    #[error("请求无法读取")]
    Unreadable(String),
    /// The body is larger than any.
    #[error("请求内容过大")]
    TooLarge,
    /// A command without the version it was decided on.
    #[error("缺少版本号")]
    NoVersion,
    /// Too many calls.
    #[error("请求过于频繁")]
    TooMany,
    /// The use case was not carried out.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// A problem as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Told {
    /// What kind of problem it is: `urn:shuzhuan:` and one of `no-route`, `wrong-method`, `no-token`, `scope`, `unreadable`,
    /// `too-large`, `no-version`, `too-many`, `forbidden`, `not-found`, `refused`, `conflict`, `broken`.
    r#type: String,
    /// The same in words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What to do.
    detail: String,
    /// The clause of the policy it follows, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ToldField>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub(crate) struct ToldField {
    /// Its path; `invoice.<row id>.amount` for a row's, empty for the whole.
    path: String,
    /// What to do.
    message: String,
}

impl From<FieldError> for ToldField {
    fn from(error: FieldError) -> Self {
        Self { path: error.path, message: error.message }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Service(refusal.into())
    }
}

impl Problem {
    fn kind(&self) -> (&'static str, StatusCode) {
        use ServiceError as E;
        match self {
            Self::NoRoute => ("no-route", StatusCode::NOT_FOUND),
            Self::WrongMethod => ("wrong-method", StatusCode::METHOD_NOT_ALLOWED),
            Self::NoToken => ("no-token", StatusCode::UNAUTHORIZED),
            Self::Scope(_) => ("scope", StatusCode::FORBIDDEN),
            Self::Unreadable(_) => ("unreadable", StatusCode::BAD_REQUEST),
            Self::TooLarge | Self::Service(E::TooLarge { .. }) => ("too-large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::NoVersion => ("no-version", StatusCode::PRECONDITION_REQUIRED),
            Self::TooMany => ("too-many", StatusCode::TOO_MANY_REQUESTS),
            Self::Service(E::Forbidden) => ("forbidden", StatusCode::FORBIDDEN),
            Self::Service(E::NotFound) => ("not-found", StatusCode::NOT_FOUND),
            Self::Service(E::Refused(_)) => ("refused", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Service(E::Conflict) => ("conflict", StatusCode::CONFLICT),
            Self::Service(E::Broken | E::Store(_)) => ("broken", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Service(ServiceError::NotFound) => "没有找到".to_owned(),
            Self::Service(ServiceError::Refused(_)) => "未能办理".to_owned(),
            other => other.to_string(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoRoute => "请核对地址，接口清单见 openapi.json。".to_owned(),
            Self::WrongMethod => "请核对请求方法，接口清单见 openapi.json。".to_owned(),
            Self::NoToken => "请在 Authorization 中以 Bearer 方式提供有效的令牌。令牌由本单位管理员建立，可能已到期或者停用。".to_owned(),
            Self::Scope(scopes) => {
                let words: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
                format!("需要权限：{}。请由本单位管理员另建令牌；本单位不办理的事项不能授予。", words.join("、"))
            }
            Self::Unreadable(why) => why.clone(),
            Self::TooLarge => "请精简内容后重试。".to_owned(),
            Self::NoVersion => "请在 If-Match 或者 version 中给出所依据的版本号，先读取最新内容。".to_owned(),
            Self::TooMany => "请等候一分钟后重试。".to_owned(),
            Self::Service(ServiceError::NotFound) => "请核对编号；无权查看的内容同样按没有找到处理。".to_owned(),
            Self::Service(error) => error.to_string(),
        }
    }

    fn told(self) -> Told {
        let (kind, status) = self.kind();
        let (title, detail) = (self.title(), self.detail());
        let (clause, errors) = match self {
            Self::Service(ServiceError::Refused(refusal)) => (refusal.clause, refusal.errors),
            _ => (None, Vec::new()),
        };
        let errors = errors.into_iter().map(ToldField::from).collect();
        Told { r#type: format!("urn:shuzhuan:{kind}"), title, status: status.as_u16(), detail, clause, errors }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        // The only place where the cause of a failure leaves the program: its log.
        if let Self::Service(cause @ (ServiceError::Store(_) | ServiceError::Broken)) = &self {
            eprintln!("api: {cause:?}");
        }
        let (_, status) = self.kind();
        let mut response = (status, Json(self.told())).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match status {
            StatusCode::TOO_MANY_REQUESTS => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"))),
            StatusCode::UNAUTHORIZED => drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            _ => {}
        }
        response
    }
}
