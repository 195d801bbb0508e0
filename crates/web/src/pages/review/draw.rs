//! A draw of experts, with all that is needed to repeat it.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};
use records::application::Lots;
use service::review::{self, Order};

use super::unknown;
use crate::components::layout;
use crate::errors::Error;
use crate::extract::Names;
use crate::session::Signed;
use crate::site::Shared;

/// `GET …/draw`: for everybody who may see the file, the applicant too.
pub(super) async fn show(
    State(site): State<Shared>,
    Signed { session, .. }: Signed,
    Names(id, stage): Names,
) -> Result<Html<String>, Error> {
    let all = review::draws(&site.desk(), session.acting(), &id, &stage).await.map_err(unknown)?;
    let file = format!("/files/{id}");
    let main = html! {
        h1 { "专家抽取情况" }
        @if all.is_empty() { p { "本环节没有经过抽取的专家。" } } @else { p.lead { "本件的专家由公布的种子抽取。以下内容足以使任何人重做一次抽取；为保证独立评审，不显示专家姓名和各专家评审的申报件。" } }
        @for draw in &all { section { h2 { (draw.at.day().chinese()) "的抽取" } (body(&draw.lots, &draw.order)) } }
    };
    Ok(layout::page("专家抽取情况", &[("申报件", &file)], html! { div.desk { (main) } }))
}

/// On a proposal, before it is confirmed.
pub(super) fn proposed(lots: &Lots) -> Markup {
    html! { details { summary { "抽取情况（可由任何人重做）" } (body(lots, &review::order(lots))) } }
}

fn body(lots: &Lots, order: &Order) -> Markup {
    let pool: Vec<String> = lots.pool.iter().map(ToString::to_string).collect();
    let files: Vec<String> = lots.files.iter().map(ToString::to_string).collect();
    html! {
        dl.facts {
            dt { "种子" } dd { code data-draw="seed" { (lots.seed) } }
            dt { "专家库" } dd { (pool.len()) "人" }
            @if let Some(count) = lots.count { dt { "抽取人数" } dd { span data-draw="count" { (count) } "人" } }
            dt { "申报件" } dd { (files.len()) "件" }
        }
        p { (METHOD) }
        p { "也可以把专家库的编号每行一个存为文本文件，用本平台的程序重做：" code { "shuzhuan draw --seed 种子 --count 人数 文件" } "。" }
        (list("pool", "专家库的编号", &pool))
        @if lots.count.is_some() { (list("drawn", "抽中的编号（依抽中先后）", &order.drawn)) }
        (list("experts", "专家的先后", &order.experts))
        (list("files", "申报件的编号", &files))
        (list("files-order", "申报件的先后", &order.files))
    }
}

/// The method of `insight::assignment::draw`, so plain that it can be done without this program.
const METHOD: &str = "抽取方法：编号按字节从小到大排列。计数器从1起，每次加1；将种子、一个换行符和十进制的计数器依次相连，以UTF-8编码求SM3杂凑值（GB/T 32905—2016），\
取前8个字节作为一个无符号整数（高位在前）。剩余m个编号时，整数不小于2^64减去（2^64除以m的余数）的，舍去，取下一个；否则除以m，余数为r，\
把剩余编号中的第r+1个与剩余编号中的第一个对换位置，第一个即为抽中。依次重复，直到抽满人数。抽中的专家再用同一种子全部抽取一遍，排出先后；\
申报件也这样排出先后。有几个同样好的分配方案时，依这两个先后取用。";

fn list(key: &str, label: &str, ids: &[String]) -> Markup {
    html! {
        details {
            summary { (label) "（" (ids.len()) "个）" }
            ol.ids data-draw=(key) { @for id in ids { li { code { (id) } } } }
        }
    }
}
