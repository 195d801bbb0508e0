//! Saved views: filters, columns and order under a name of one's own.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use service::ServiceError;
use service::saved_view::{self, NAME_MAX_CHARS, SavedView};

use super::filters::Wished;
use super::list::{List, Wish};
use super::tabs;
use crate::components::layout;
use crate::errors::Error;
use crate::session::{self, Sent};
use crate::site::Shared;

/// `POST /desk/views`: keeps or drops one.
pub(super) async fn send(State(site): State<Shared>, wished: Wished, sent: Sent) -> Result<Response, Error> {
    let (desk, acting) = (site.desk(), sent.session.acting());
    let query = Wish::of(&wished).query();
    let done = match sent.text("do") {
        "drop" => saved_view::drop_view(&desk, acting, sent.text("name")).await.map(|()| "dropped"),
        _ => saved_view::save_view(&desk, acting, sent.text("name"), &query).await.map(|()| "saved"),
    };
    match done {
        Ok(done) => Ok(Redirect::to(&format!("/desk/files?{query}&view={done}")).into_response()),
        Err(ServiceError::Refused(refusal)) => {
            let list = List::load(&site, &sent.session, &wished).await?;
            let page = tabs::page(&sent.session, "/desk/files", &list.view(&layout::error_summary(&refusal.errors)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What was done to views just now.
pub(super) fn said(wished: &Wished) -> Markup {
    html! {
        @match wished.get("view") {
            Some("saved") => div.notice role="status" { p { "已保存视图。" } },
            Some("dropped") => div.notice role="status" { p { "已删除视图。" } },
            _ => {},
        }
    }
}

/// The person's views, and a form that keeps the list at hand as another.
pub(super) fn bar(views: &[SavedView], query: &str) -> Markup {
    let action = format!("/desk/views?{query}");
    html! {
        div.views {
            @if !views.is_empty() {
                nav aria-label="我的视图" {
                    span { "我的视图：" }
                    @for view in views {
                        a href=(format!("/desk/files?{}", view.query)) aria-current=[(view.query == query).then_some("true")] { (view.name) }
                    }
                }
            }
            details {
                summary { "保存或删除视图" }
                form.inline method="post" action=(action) {
                    (session::token_field())
                    div.field { label for="name" { "把当前筛选保存为" } input #name name="name" type="text" maxlength=(NAME_MAX_CHARS) autocomplete="off"; }
                    button.second type="submit" { "保存视图" }
                }
                @for view in views {
                    form.inline method="post" action=(action) {
                        (session::token_field())
                        input type="hidden" name="name" value=(view.name);
                        span { (view.name) }
                        button.second type="submit" name="do" value="drop" { "删除" span.hidden { "“" (view.name) "”" } }
                    }
                }
            }
        }
    }
}
