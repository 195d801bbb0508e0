//! The form of a profile.

use axum::response::Html;
use maud::{Markup, html};
use records::organisation::{Organisation, Profile, Quality};
use service::organisation::trade_word;
use standards::size::{SizeIndustry, SizeOutcome, size_class};
use standards::words::amount_in_wan;

use crate::components::entry::{self, Line};
use crate::components::form::{Form, amount, date, line};
use crate::components::{layout, said};
use crate::session::token_field;

/// Every field: its path and name.
const FIELDS: [(&str, &str); 12] = [
    ("address", "通讯地址"),
    ("legal_representative", "法定代表人"),
    ("contact", "联系人"),
    ("phone", "联系电话"),
    ("founded_on", "成立日期"),
    ("trade", "划型行业"),
    ("staff", "从业人员"),
    ("revenue", "营业收入"),
    ("assets", "资产总额"),
    ("quality", "优质中小企业情况"),
    ("bank", "开户银行"),
    ("bank_account", "银行账号"),
];

/// The page; `form` is what was sent and did not go through.
pub(super) fn page(own: &Organisation, version: i64, form: Option<&Form>, may: bool, saved: bool) -> Html<String> {
    let on_file = opening(&own.profile);
    let shown = form.unwrap_or(&on_file);
    let typed = form.filter(|form| !form.is_conflict()).map_or(version, |form| form.typed.text("version").parse().unwrap_or(version));
    let main = html! {
        div.narrow {
            h1 { "单位信息" }
            p.lead { "填写一次，各类申报表自动引用。名称、统一社会信用代码、所在地区如有变更，请联系平台管理。" }
            @if saved { div.notice role="status" { p { "单位信息已保存。" } } }
            (shown.summary(None))
            @if shown.is_conflict() { (changed(shown, &on_file)) }
            (fixed(own))
            @if may { (fields(own, shown, typed)) } @else { p { "单位信息由本单位管理员或者经办人填写。" } }
        }
    };
    layout::page("单位信息", &[("我的办件", "/home")], main)
}

/// The form as the profile on file fills it.
fn opening(profile: &Profile) -> Form {
    let wan = |fen: Option<i64>| fen.map(|fen| amount_in_wan(fen).replace("万元", "")).unwrap_or_default();
    Form::with([
        ("address", profile.address.clone()),
        ("legal_representative", profile.legal_representative.clone()),
        ("contact", profile.contact.clone()),
        ("phone", profile.phone.clone()),
        ("founded_on", profile.founded_on.map(|day| day.to_string()).unwrap_or_default()),
        ("trade", profile.trade.map(trade_word).unwrap_or_default()),
        ("staff", profile.figures.staff.map(|staff| staff.to_string()).unwrap_or_default()),
        ("revenue", wan(profile.figures.revenue_fen)),
        ("assets", wan(profile.figures.assets_fen)),
        ("quality", profile.quality.as_str().to_owned()),
        ("bank", profile.bank.clone()),
        ("bank_account", profile.bank_account.clone()),
    ])
}

/// What somebody else wrote meanwhile, where it differs from what was typed here.
fn changed(form: &Form, on_file: &Form) -> Markup {
    let differs = FIELDS.iter().filter(|(path, _)| form.typed.text(path) != on_file.typed.text(path));
    html! {
        div.notice {
            p { "下列各项与现登记的内容不同，保存后以本页填写的为准：" }
            ul { @for (path, label) in differs { li { (label) "，现登记为“" (in_words(path, on_file.typed.text(path))) "”" } } }
        }
    }
}

fn in_words(path: &str, text: &str) -> String {
    let trade = || SizeIndustry::ALL.into_iter().find(|trade| trade_word(*trade) == text).map(|trade| trade.label().to_owned());
    let quality = || Quality::ALL.into_iter().find(|quality| quality.as_str() == text).map(|quality| quality.label().to_owned());
    let word = match path {
        "trade" => trade(),
        "quality" => quality(),
        _ => None,
    };
    word.unwrap_or_else(|| text.to_owned())
}

fn fixed(own: &Organisation) -> Markup {
    html! {
        dl.facts {
            dt { "单位名称" } dd { (own.name) }
            dt { "统一社会信用代码" } dd { (own.credit_code.as_deref().unwrap_or("未登记")) }
            dt { "类型" } dd { (own.kind) }
            dt { "所在地区" } dd { (said::place(&own.place)) }
        }
    }
}

fn fields(own: &Organisation, form: &Form, version: i64) -> Markup {
    html! {
        form method="post" action="/profile" novalidate {
            (token_field())
            input type="hidden" name="version" value=(version);
            h2 { "基本情况" }
            (line(form, "address", "通讯地址", None))
            (line(form, "legal_representative", "法定代表人", None))
            (line(form, "contact", "联系人", None))
            (entry::line(&form.typed, &Line { path: "phone", label: "联系电话", kind: "tel", autocomplete: "tel", ..Line::default() }))
            (date(form, "founded_on", "成立日期", None))
            @if own.kind.is_staff() { (hidden(form)) } @else { (size(own, form)) (bank(form)) }
            div.submit { button type="submit" { "保存" } }
        }
    }
}

/// An office has no size and no account to be paid on; what is on file stays.
fn hidden(form: &Form) -> Markup {
    html! { @for (path, _) in &FIELDS[5..] { input type="hidden" name=(path) value=(form.typed.text(path)); } }
}

fn size(own: &Organisation, form: &Form) -> Markup {
    let trades: Vec<(String, String, String)> =
        SizeIndustry::ALL.into_iter().map(|trade| (String::new(), trade_word(trade), trade.label().to_owned())).collect();
    let qualities = Quality::ALL.map(|quality| (quality.as_str(), quality.label(), ""));
    html! {
        h2 { "企业规模" }
        p.hint { "按上年度数据填写，系统按《中小企业划型标准规定》（工信部联企业〔2011〕300号）判定规模。" }
        (entry::select(&form.typed, "trade", "划型行业", None, &trades))
        (amount(form, "staff", "从业人员", "人", None))
        (amount(form, "revenue", "营业收入", "万元", None))
        (amount(form, "assets", "资产总额", "万元", None))
        (class(&own.profile))
        (entry::ticks(&form.typed, "quality", "优质中小企业情况", false, &qualities))
    }
}

/// The size class that the figures on file give, with its reasons.
fn class(profile: &Profile) -> Markup {
    let Some(trade) = profile.trade else { return html! { p.notice { "保存划型行业和数据后显示判定的规模。" } } };
    let outcome = size_class(trade, &profile.figures);
    html! {
        div.notice {
            @match &outcome {
                SizeOutcome::Settled { class, .. } => p { "已保存的数据判定为：" strong { (class.label()) "企业" } },
                SizeOutcome::Missing { measures, at_most, .. } => p {
                    "还不能判定规模（不高于" (at_most.label()) "），还需填写：" (measures.iter().map(|one| one.label()).collect::<Vec<_>>().join("、")) "。"
                },
            }
            ul { @for reason in outcome.reasons() { li { (reason) } } }
        }
    }
}

fn bank(form: &Form) -> Markup {
    html! {
        h2 { "收款账户" }
        p.hint { "用于拨付补贴，户名应与单位名称一致。" }
        (line(form, "bank", "开户银行", Some("写到支行。")))
        (entry::line(&form.typed, &Line { path: "bank_account", label: "银行账号", inputmode: Some("numeric"), autocomplete: "off", ..Line::default() }))
    }
}
