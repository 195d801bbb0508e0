//! A procedure drawn as boxes from left to right and arrows between them; stages that run side by side stand in one column.
//! The timeline below it says the same in words.

use maud::{Markup, html};
use policy::diagram::columns;
use policy::pack::{Pack, Procedure, limit_words};
use policy::spec::StageSpec;

const WIDTH: usize = 168;
const HEIGHT: usize = 76;
const GAP: usize = 36;
/// Characters of a line in a box.
const LINE_CHARS: usize = 10;
/// Columns in one row; what follows goes on below.
const ROW: usize = 4;

/// Where a stage stands.
struct Box<'a> {
    stage: &'a StageSpec,
    x: usize,
    y: usize,
}

/// The drawing, and where its words are.
pub(super) fn drawing(pack: &Pack, procedure: &Procedure) -> Markup {
    let (boxes, width, height) = placed(&columns(&pack.stages_of(&procedure.id)));
    let label = format!("{}的环节图：{}", procedure.label, said(&boxes));
    html! {
        @if boxes.len() > 1 {
            div.wide tabindex="0" role="region" aria-label=(format!("{}环节图", procedure.label)) {
                svg.stages viewBox=(format!("0 0 {width} {height}")) width=(width) height=(height) role="img" aria-label=(label) {
                    @for to in &boxes {
                        @for from in to.stage.after.iter().filter_map(|id| boxes.iter().find(|one| one.stage.id == *id.value())) { (arrow(from, to)) }
                    }
                    @for one in &boxes { (drawn(one)) }
                }
            }
        }
    }
}

/// Each stage in its place, and the size of the whole.
fn placed<'a>(columns: &[Vec<&'a StageSpec>]) -> (Vec<Box<'a>>, usize, usize) {
    let (mut boxes, mut top) = (Vec::new(), 8);
    for row in columns.chunks(ROW) {
        let deepest = row.iter().map(Vec::len).max().unwrap_or(0);
        for (column, stages) in row.iter().enumerate() {
            let place = |(at, stage): (usize, &&'a StageSpec)| Box { stage, x: 8 + column * (WIDTH + GAP), y: top + at * (HEIGHT + 16) };
            boxes.extend(stages.iter().enumerate().map(place));
        }
        top += deepest * (HEIGHT + 16) + GAP / 2;
    }
    let wide = columns.len().clamp(1, ROW);
    (boxes, wide * (WIDTH + GAP) - GAP + 16, top)
}

fn arrow(from: &Box, to: &Box) -> Markup {
    let path = if to.x > from.x {
        let (x, y) = (from.x + WIDTH, from.y + HEIGHT / 2);
        let (tip, end) = (to.x, to.y + HEIGHT / 2);
        let bend = tip - GAP / 2;
        format!("M{x} {y} H{bend} V{end} H{tip} m-6 -4 l6 4 l-6 4")
    } else {
        let (x, y) = (from.x + WIDTH / 2, from.y + HEIGHT);
        let (tip, end) = (to.x + WIDTH / 2, to.y);
        let bend = end - GAP / 2;
        format!("M{x} {y} V{bend} H{tip} V{end} m-4 -6 l4 6 l4 -6")
    };
    html! { path d=(path) fill="none" stroke="currentColor" stroke-width="1.5" {} }
}

fn drawn(one: &Box) -> Markup {
    let (stage, left) = (one.stage, one.x + 10);
    let label: Vec<char> = stage.label.chars().collect();
    let name: String =
        if label.len() > LINE_CHARS { label[..LINE_CHARS - 1].iter().chain(&['…']).collect() } else { stage.label.clone() };
    let (work, limited) = (stage.work.map_or("", |work| work.label()), limited(stage));
    html! {
        g {
            title { (stage.label) "：" (stage.does) }
            rect x=(one.x) y=(one.y) width=(WIDTH) height=(HEIGHT) rx="6" fill="none" stroke="currentColor" stroke-dasharray=[stage.optional.then_some("5 4")] {}
            text x=(left) y=(one.y + 24) font-size="15" font-weight="600" fill="currentColor" { (name) }
            text x=(left) y=(one.y + 44) font-size="12" fill="currentColor" { (stage.actor.label()) }
            text x=(left) y=(one.y + 63) font-size="12" fill="currentColor" { (work) @if !limited.is_empty() { "·" (limited) } }
        }
    }
}

/// What limits a stage most, in a few words.
fn limited(stage: &StageSpec) -> String {
    match (&stage.limit, stage.quotas.is_empty()) {
        (Some(limit), _) => limit_words(limit).split('（').next().unwrap_or_default().to_owned(),
        (None, false) => "占用名额".to_owned(),
        (None, true) if stage.optional => "需要时办理".to_owned(),
        _ => String::new(),
    }
}

/// The order in words.
fn said(boxes: &[Box]) -> String {
    boxes.iter().map(|one| format!("{}（{}）", one.stage.label, one.stage.actor.label())).collect::<Vec<_>>().join("，")
}
