//! 相似联合体: consortia whose members or texts are nearly the same, side by side, what they share marked. Whether they are the
//! same application handed in twice a person judges.

use std::ops::Range;

use axum::extract::State;
use axum::response::Html;
use insight::alike::{Compared, Pair, Thresholds, alike, passages};
use maud::{Markup, html};
use policy::library::Library;
use policy::pack::{Pack, Procedure};
use records::access::{Acting, concerns};
use service::application::{self, Consortium};
use service::identity::Session;
use tokio::task::spawn_blocking;

use super::conducts;
use crate::errors::Error;
use crate::extract::Asked;
use crate::pages::desk::page_under_tab;
use crate::session::Signed;
use crate::site::Shared;

/// From which shares on pairs are shown, in thousandths; the texts of policies say "highly similar" and no number.
const AT: Thresholds = Thresholds { members: 500, text: 500 };
/// Characters of a passage that is marked.
const PASSAGE_MIN_CHARS: usize = 12;
/// Pairs shown side by side.
const SHOWN_MAX: usize = 100;

/// `GET /conduct/alike?programme=&procedure=`
pub(crate) async fn show(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Html<String>, Error> {
    let acting = signed.session.acting();
    if !conducts(acting) {
        return Err(Error::NoPage);
    }
    let all = procedures(site.library(), acting);
    let wanted = (asked.get("programme").unwrap_or_default(), asked.get("procedure").unwrap_or_default());
    let found = all.iter().find(|(pack, procedure)| (pack.id.as_str(), procedure.id.as_str()) == wanted).or_else(|| all.first());
    let Some((pack, procedure)) = found else {
        return Ok(page(&signed.session, &[], None, &html! { p { "没有联合申报的事项。" } }));
    };
    let files = application::consortia(&site.desk(), acting, &pack.id, &procedure.id).await?;
    let compared: Vec<Compared> = files.iter().map(compared).collect();
    let pairs = spawn_blocking(move || alike(&compared, AT)).await.map_err(Error::Broken)?;
    Ok(page(&signed.session, &all, Some(procedure), &list(&files, &pairs)))
}

/// The procedures in which members join.
fn procedures<'a>(library: &'a Library, acting: &Acting) -> Vec<(&'a Pack, &'a Procedure)> {
    let of = |pack: &'_ std::sync::Arc<Pack>| {
        pack.procedures.iter().map(|one| one.id.clone()).filter(|id| pack.members(id).is_some()).collect::<Vec<_>>()
    };
    let all = library.packs().filter(|pack| concerns(acting, pack)).flat_map(|pack| of(pack).into_iter().map(move |id| (pack, id)));
    all.filter_map(|(pack, id)| Some((pack.as_ref(), pack.procedure(&id)?))).collect()
}

fn compared(file: &Consortium) -> Compared {
    Compared { id: file.id.clone(), members: file.members.iter().map(|(id, _)| id.clone()).collect(), text: file.text.clone() }
}

fn page(session: &Session, all: &[(&Pack, &Procedure)], shown: Option<&Procedure>, main: &Markup) -> Html<String> {
    let body = html! {
        p.lead { "参与单位重合或者申报内容重复达到" (AT.members / 10) "%的，逐对列出，由人判断是否属于重复申报。" }
        @if all.len() > 1 {
            nav.parts aria-label="事项" {
                ul { @for (pack, procedure) in all {
                    li { a href=(format!("/conduct/alike?programme={}&procedure={}", pack.id, procedure.id)) aria-current=[shown.filter(|one| one.id == procedure.id).map(|_| "page")] { (pack.title) "：" (procedure.label) } }
                } }
            }
        }
        (main)
    };
    page_under_tab(session, "相似联合体", "/conduct/alike", &body)
}

fn list(files: &[Consortium], pairs: &[Pair]) -> Markup {
    html! {
        p { "在办的联合申报" (files.len()) "件，相似的" (pairs.len()) "对" @if pairs.len() > SHOWN_MAX { "，列出前" (SHOWN_MAX) "对" } "。" }
        @for pair in pairs.iter().take(SHOWN_MAX) { (side_by_side(&files[pair.one], &files[pair.other], *pair)) }
    }
}

fn side_by_side(one: &Consortium, other: &Consortium, pair: Pair) -> Markup {
    let shared = passages(&one.text, &other.text, PASSAGE_MIN_CHARS);
    let mut first: Vec<Range<usize>> = shared.iter().map(|passage| passage.one.clone()).collect();
    first.sort_by_key(|range| range.start);
    let second: Vec<Range<usize>> = shared.iter().map(|passage| passage.other.clone()).collect();
    html! {
        section {
            h2 { (one.lead) "、" (other.lead) }
            p {
                @if pair.in_both(AT) { span.tag.bad { "参与单位和申报内容都相似" } " " }
                "参与单位重合" (share(pair.members)) "，申报内容重复" (share(pair.text)) "，相同段落" (shared.len()) "处"
            }
            div.twins { (half(one, other, &first)) (half(other, one, &second)) }
        }
    }
}

fn half(file: &Consortium, beside: &Consortium, marked: &[Range<usize>]) -> Markup {
    let both = |id: &str| beside.members.iter().any(|(known, _)| known == id);
    html! {
        article {
            h3 { a href=(format!("/files/{}", file.id)) { (file.lead) } span.quiet { " 受理编号" (file.number) } }
            ul { @for (id, name) in &file.members { li { @if both(id) { mark { (name) } } @else { (name) } } } }
            details { summary { "申报内容" } p.prose { (marks(&file.text, marked)) } }
        }
    }
}

/// A text with these parts of it marked; what overlaps one before is left to that.
fn marks(text: &str, marked: &[Range<usize>]) -> Markup {
    let (mut parts, mut at) = (Vec::new(), 0);
    for range in marked {
        let (start, end) = (range.start.max(at), range.end.max(at));
        parts.extend([(false, &text[at..start]), (true, &text[start..end])]);
        at = end;
    }
    parts.push((false, &text[at..]));
    html! {
        @for (is_marked, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
            @if is_marked { mark { (part) } } @else { (part) }
        }
    }
}

/// 85.3%
fn share(thousandths: u32) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_marked_once() {
        let text = "甲乙丙丁";
        let check = |marked: &[(usize, usize)], expected: &str| {
            let marked: Vec<Range<usize>> = marked.iter().map(|(from, until)| *from..*until).collect();
            assert_eq!(marks(text, &marked).into_string(), expected);
        };
        check(&[], "甲乙丙丁");
        check(&[(3, 9)], "甲<mark>乙丙</mark>丁");
        check(&[(0, 6), (3, 9)], "<mark>甲乙</mark><mark>丙</mark>丁");
        assert_eq!(share(853), "85.3%");
    }
}
