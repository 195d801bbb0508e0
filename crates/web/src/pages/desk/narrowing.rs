//! The form that narrows a list: a plain form with GET, so that filters stand in the address.

use std::collections::BTreeMap;

use maud::{Markup, html};
use policy::library::Library;
use policy::pack::Pack;
use records::access::concerns;
use records::application::FileWord;
use service::identity::Session;
use standards::{Date, division};

use super::filters::Filters;

/// What a list may be narrowed by beside programme, procedure, stage, place, words and being late.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Nothing more.
    Tasks,
    /// State and level too.
    Files,
}

/// Value and label of an option.
type Pick = (String, String);

/// The form; `more` stands beside its fields.
pub(super) fn form(library: &Library, session: &Session, address: &str, filters: &Filters, by: By, more: &Markup) -> Markup {
    let packs: Vec<&Pack> =
        library.packs().map(AsRef::as_ref).filter(|pack| concerns(session.acting(), pack) && !pack.procedures.is_empty()).collect();
    html! {
        form.filters method="get" action=(address) role="search" aria-label="筛选" {
            div.filter-fields {
                @if packs.len() > 1 { (select(filters, "programme", "项目", &programmes(&packs))) }
                (select(filters, "procedure", "事项", &procedures(&packs, filters)))
                (select(filters, "stage", "环节", &stages(&packs, filters)))
                @if by == By::Files {
                    (select(filters, "state", "状态", &states()))
                    (select(filters, "level", "核定等级", &levels()))
                }
                (select(filters, "place", "所在地", &places(&session.acting().place)))
                div.field {
                    label for="filter-q" { "单位名称、受理编号或信用代码" }
                    input #filter-q name="q" type="text" value=(filters.get("q")) autocomplete="off" spellcheck="false";
                }
                div.option {
                    input #filter-overdue name="overdue" type="checkbox" value="1" checked[!filters.get("overdue").is_empty()];
                    label for="filter-overdue" { "只看已逾期" }
                }
            }
            (more)
            @for key in ["due_on", "batch"] {
                @if !filters.get(key).is_empty() { input type="hidden" name=(key) value=(filters.get(key)); }
            }
            div.actions {
                button type="submit" { "筛选" }
                @if !filters.is_empty() { a.button.second href=(address) { "清除筛选" } }
            }
        }
    }
}

/// What the list is narrowed to, each with a link that takes it away; `more` is what else stands in the address.
pub(super) fn set(library: &Library, session: &Session, address: &str, filters: &Filters, more: &str) -> Markup {
    let packs: Vec<&Pack> = library.packs().map(AsRef::as_ref).filter(|pack| !pack.procedures.is_empty()).collect();
    let without = |key: &str| {
        let query = [filters.with(key, "").query(), more.to_owned()];
        let query = query.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        if query.is_empty() { address.to_owned() } else { format!("{address}?{query}") }
    };
    html! {
        @if !filters.is_empty() {
            p.narrowed {
                "已设条件："
                @for (key, text) in filters.pairs() {
                    @let said = said(&packs, session, filters, key, text);
                    a.tag href=(without(key)) { (said) " " span aria-hidden="true" { "×" } span.hidden { "（取消该条件）" } } " "
                }
            }
        }
    }
}

/// A filter in words.
fn said(packs: &[&Pack], session: &Session, filters: &Filters, key: &str, text: &str) -> String {
    let options = match key {
        "programme" => programmes(packs),
        "procedure" => procedures(packs, filters),
        "stage" => stages(packs, filters),
        "state" => states(),
        "level" => levels(),
        "place" => places(&session.acting().place),
        "overdue" => return "已逾期".to_owned(),
        "batch" => return "所选批次".to_owned(),
        "due_on" => return Date::parse(text).map_or_else(|_| text.to_owned(), |day| format!("期限为{}", day.chinese())),
        _ => Vec::new(),
    };
    options.into_iter().find(|(value, _)| value == text).map_or_else(|| text.to_owned(), |(_, label)| label)
}

fn select(filters: &Filters, key: &str, label: &str, options: &[Pick]) -> Markup {
    let id = format!("filter-{key}");
    let chosen = filters.get(key);
    let unlisted = !chosen.is_empty() && options.iter().all(|(value, _)| value != chosen);
    html! {
        @if !options.is_empty() || unlisted {
            div.field {
                label for=(id) { (label) }
                select #(id) name=(key) {
                    option value="" { "全部" }
                    @for (value, label) in options { option value=(value) selected[value == chosen] { (label) } }
                    @if unlisted { option value=(chosen) selected { (chosen) } }
                }
            }
        }
    }
}

fn programmes(packs: &[&Pack]) -> Vec<Pick> {
    packs.iter().map(|pack| (pack.id.clone(), pack.title.clone())).collect()
}

/// The packs of the chosen programme; all while none is chosen.
fn chosen<'a>(packs: &'a [&'a Pack], filters: &'a Filters) -> impl Iterator<Item = &'a Pack> {
    packs.iter().copied().filter(|pack| filters.get("programme").is_empty() || pack.id == filters.get("programme"))
}

fn procedures(packs: &[&Pack], filters: &Filters) -> Vec<Pick> {
    each(chosen(packs, filters).flat_map(|pack| &pack.procedures).map(|procedure| (&procedure.id, &procedure.label)))
}

/// Stages that wait for somebody, of the chosen procedure or of all.
fn stages(packs: &[&Pack], filters: &Filters) -> Vec<Pick> {
    let wanted = filters.get("procedure");
    let procedures = chosen(packs, filters).flat_map(|pack| pack.procedures.iter().map(move |procedure| (pack, procedure)));
    let procedures = procedures.filter(|(_, procedure)| wanted.is_empty() || procedure.id == wanted);
    let stages = procedures.flat_map(|(pack, procedure)| pack.stages_of(&procedure.id));
    let worked = stages.filter(|stage| stage.work.is_some_and(|work| work != policy::pack::Work::Open));
    each(worked.map(|stage| (&stage.id, &stage.label)))
}

/// Each once, in order; of two programmes' names for one id the first.
fn each<'a>(all: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<Pick> {
    let mut seen = BTreeMap::new();
    let fresh = all.filter(|(id, _)| seen.insert((*id).clone(), ()).is_none());
    fresh.map(|(id, label)| (id.clone(), label.clone())).collect()
}

fn states() -> Vec<Pick> {
    let shown = FileWord::ALL.iter().filter(|word| **word != FileWord::Preparing);
    shown.map(|word| (word.as_str().to_owned(), word.label().to_owned())).collect()
}

fn levels() -> Vec<Pick> {
    (0..=4).map(|level: i64| (level.to_string(), policy::say::level(level).to_owned())).collect()
}

/// The places below one's own.
fn places(own: &str) -> Vec<Pick> {
    division::children(own).map(|place| (place.id.clone(), place.name.clone())).collect()
}
