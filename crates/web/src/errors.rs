//! What can go wrong on the way to a page, mapped to HTTP once.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use records::Refusal;
use service::ServiceError;

use crate::KEPT_DAYS;
use crate::components::layout;

/// Why a request got no page of its own. The message is the page's heading.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no such address.
    #[error("没有找到这个页面")]
    NoPage,
    /// There is no programme of that id, or it has no such page.
    #[error("没有找到这个项目")]
    NoProgramme,
    /// Nothing is kept under this link.
    #[error("没有找到这个结果")]
    NoResult,
    /// The pack version a result was made under is no longer there.
    #[error("这个结果所依据的政策版本已不再提供")]
    NoVersion {
        /// Where the same answers can be opened under the current version.
        again: Option<String>,
    },
    /// The address does not answer to this method.
    #[error("不能这样访问这个页面")]
    WrongMethod,
    /// The post comes from a page of another site.
    #[error("提交被拒绝")]
    CrossSite,
    /// The post is larger than any form.
    #[error("提交的内容过大")]
    TooLarge,
    /// The post is no form.
    #[error("提交的内容无法读取")]
    Unreadable,
    /// The form carries no token, or another browser's.
    #[error("页面已过期")]
    StaleForm,
    /// Only for somebody who is signed in; leads there and back.
    #[error("请先登录")]
    SignIn {
        /// Where to go.
        address: String,
    },
    /// A form was sent after the session had ended.
    #[error("登录已失效，尚未提交")]
    SignedOut,
    /// A form was sent after the person could no longer act for the organisation: a mandate was withdrawn or has ended.
    #[error("授权已撤回或者到期，尚未提交")]
    ActingOver,
    /// The link of a letter was used, taken back or is past its time.
    #[error("这个链接已失效")]
    LinkOver,
    /// The use case was not carried out; what to do next stands in the refusal.
    #[error("未能办理")]
    Refused(#[source] Refusal),
    /// Somebody else changed the same thing in between.
    #[error("内容已被他人修改")]
    Conflict,
    /// Too many posts from one address.
    #[error("操作过于频繁")]
    TooMany,
    /// As many long requests run as may at once.
    #[error("同时测算的人较多")]
    Busy,
    /// The use case failed.
    #[error("系统暂时无法处理")]
    Service(#[source] ServiceError),
    /// A computation ended without an answer.
    #[error("系统暂时无法处理")]
    Broken(#[source] tokio::task::JoinError),
}

impl From<ServiceError> for Error {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::TooLarge { .. } => Self::TooLarge,
            // One page for both: nobody learns that there is something he may not see.
            ServiceError::NotFound | ServiceError::Forbidden => Self::NoPage,
            ServiceError::Refused(refusal) => Self::Refused(refusal),
            ServiceError::Conflict => Self::Conflict,
            other => Self::Service(other),
        }
    }
}

/// How long a client that posted too often should wait, in seconds.
const WAIT_S: HeaderValue = HeaderValue::from_static("60");

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoPage | Self::NoProgramme | Self::NoResult => StatusCode::NOT_FOUND,
            Self::NoVersion { .. } | Self::LinkOver => StatusCode::GONE,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::SignIn { .. } => StatusCode::SEE_OTHER,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::ActingOver => StatusCode::FORBIDDEN,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Service(_) | Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn advice(&self) -> String {
        match self {
            Self::NoPage => "请核对网址，或者从首页重新进入。".into(),
            Self::NoProgramme => "该项目可能已更名或撤下，请从首页选择。".into(),
            Self::NoResult => format!("请核对链接是否完整。结果自生成之日起保存{KEPT_DAYS}天，到期自动删除，删除后无法找回，请重新填写。"),
            Self::NoVersion { .. } => "填写的内容仍然保存，可以按现行政策版本重新计算。".into(),
            Self::WrongMethod => "请返回上一页，按页面上的按钮操作。".into(),
            Self::CrossSite => "提交的来源不是本网站。请打开本网站的填报页面后再提交。".into(),
            Self::StaleForm => "请返回上一页，刷新后重新提交；仍然出现时，请允许浏览器保存本网站的 Cookie。".into(),
            Self::SignIn { .. } => "登录后继续办理。".into(),
            Self::ActingOver => "您现在不能代表该单位办理。如需继续，请联系该单位重新授权；已填写的内容可以返回上一页复制保存。".into(),
            Self::SignedOut => "请在新窗口中登录，再回到本窗口返回上一页重新提交，已填写的内容不会丢失。".into(),
            Self::LinkOver => "链接只能使用一次，并且有时限。请核对是否打开了最近一封邮件中的链接，或者重新办理。".into(),
            Self::Refused(refusal) => refusal.message.clone(),
            Self::Conflict => "请返回上一页，刷新后核对最新内容，再重新提交。".into(),
            Self::TooLarge => "请返回上一页，精简填写内容后重新提交。".into(),
            Self::Unreadable => "请返回上一页，在本网站的填报页面中重新提交。".into(),
            Self::TooMany => "同一网络短时间内提交次数过多，请等候一分钟，再返回上一页重新提交，已填写的内容不会丢失。".into(),
            Self::Busy => "请等候一分钟，再返回上一页重新提交，已填写的内容不会丢失。".into(),
            Self::Broken(_) => "没有算出结果。请返回上一页稍后重新提交；多次出现时，请联系平台运行单位。".into(),
            Self::Service(_) => "填写的内容没有保存。请返回上一页稍后重新提交；多次出现时，请联系平台运行单位。".into(),
        }
    }

    fn again(&self) -> Option<&str> {
        match self {
            Self::NoVersion { again } => again.as_deref(),
            _ => None,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        // The only place where the cause of a failure leaves the program: its log.
        match &self {
            Self::Service(cause) => eprintln!("web: {cause:?}"),
            Self::Broken(cause) => eprintln!("web: {cause:?}"),
            _ => {}
        }
        if let Self::SignIn { address } = &self {
            return Redirect::to(address).into_response();
        }
        let status = self.status();
        let title = self.to_string();
        let body = html! {
            div.narrow {
                h1 { (title) }
                p.lead { (self.advice()) }
                @if let Some(address) = self.again() {
                    p { a.button href=(address) { "按现行版本重新计算" } }
                }
                @if matches!(self, Self::SignedOut) {
                    p { a.button href="/sign-in" target="_blank" { "在新窗口中登录" } }
                }
                p { a href="/" { "返回首页" } }
                p.quiet { "状态码 " (status.as_u16()) }
            }
        };
        let mut response = (status, layout::page(&title, &[], body)).into_response();
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            response.headers_mut().insert(header::RETRY_AFTER, WAIT_S);
        }
        response
    }
}
