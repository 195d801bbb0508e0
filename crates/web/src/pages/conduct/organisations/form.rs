//! Adding an office that does not register itself.

use axum::response::Html;
use maud::html;
use records::organisation::OrganisationKind;

use crate::components::entry::{self, Line};
use crate::components::form::{Form, line};
use crate::components::layout;
use crate::pages::identity::places;
use crate::session::token_field;

/// The form.
pub(super) fn page(form: &Form) -> Html<String> {
    let kinds: Vec<(String, String, String)> = OrganisationKind::ALL
        .into_iter()
        .filter(|kind| kind.is_staff())
        .map(|kind| (String::new(), kind.as_str().to_owned(), kind.label().to_owned()))
        .collect();
    let main = html! {
        div.narrow {
            h1 { "添加单位" }
            p.lead { "企业和服务商自行注册；主管部门、财政部门、评测和审计机构等由平台管理添加，首位人员通过邮件邀请加入。" }
            (form.summary(None))
            form method="post" action="/organisations" {
                (token_field())
                (entry::select(&form.typed, "kind", "单位类型", None, &kinds))
                (line(form, "organisation", "单位全称", None))
                (line(form, "credit_code", "统一社会信用代码", Some("没有的可以不填。")))
                (entry::select(&form.typed, "place", "地区", Some("主管部门、财政部门选择所管辖的地区，机构选择所在地。"), &places()))
                h2 { "首位人员" }
                p { "接受邀请后，成为该单位的管理员和经办人。" }
                (line(form, "name", "姓名", None))
                (entry::line(&form.typed, &Line { path: "email", label: "邮箱", hint: Some("邀请邮件发送到这里，也是登录名。"), kind: "email", autocomplete: "off", ..Line::default() }))
                div.submit { button type="submit" { "添加并发送邀请" } }
            }
        }
    };
    layout::page("添加单位", &super::view::WAY, main)
}
