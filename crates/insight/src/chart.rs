//! Cost before and after by group as an SVG of bars. Its table twin is the simulation's groups.
//!
//! Colours are attributes, not styles, so that the picture stands alone and a page's style sheet may still choose its own
//! by the classes `before` and `after`.

use crate::simulation::{Group, Simulation};
use standards::words::amount_in_wan;
use std::fmt::Write as _;

const BAR: usize = 22;
const GAP: usize = 4;
const LABEL: usize = 30;
const HEAD: usize = 34;
const GROUP: usize = LABEL + 2 * (BAR + GAP) + 8;
const FULL: i128 = 320;

/// Pairs of bars, grey before and blue after, for every grouping; amounts are written beside each bar.
pub fn chart(simulation: &Simulation) -> String {
    drawn("各组现行与调整后所需资金", &simulation.groups, true)
}

/// The same for the groups of one grouping.
pub fn group_chart(groups: &[Group]) -> String {
    let by = groups.first().map_or("", |group| group.by.as_str());
    drawn(&format!("按{by}：现行与调整后所需资金"), groups, false)
}

fn drawn(title: &str, groups: &[Group], heads: bool) -> String {
    let most = groups.iter().map(|group| group.before_fen.max(group.after_fen)).max().unwrap_or(1).max(1);
    let (mut body, mut top, mut by) = (String::new(), 0, "");
    for group in groups {
        if heads && group.by != by {
            by = &group.by;
            body.push_str(&text(0, top + 22, &format!("按{by}"), r#" font-weight="bold""#));
            top += HEAD;
        }
        body.push_str(&bars(group, most, top));
        top += GROUP;
    }
    let title = escaped(title);
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="before-after" viewBox="0 0 540 {top}" role="img" aria-label="{title}，数据见表格" font-size="15" fill="currentColor"><title>{title}（灰：现行，蓝：调整后）</title>{body}</svg>"#
    )
}

fn bars(group: &Group, most: i64, top: usize) -> String {
    let mut body = text(0, top + 22, &group.word, "");
    for (at, (class, colour, fen)) in
        [("before", "#8a94a6", group.before_fen), ("after", "#1f5fbf", group.after_fen)].into_iter().enumerate()
    {
        let (y, width) = (top + LABEL + at * (BAR + GAP), i128::from(fen.max(0)) * FULL / i128::from(most));
        let _ = write!(body, r#"<rect class="{class}" x="0" y="{y}" width="{width}" height="{BAR}" fill="{colour}"/>"#);
        body.push_str(&text(width + 8, y + 17, &amount_in_wan(fen), ""));
    }
    body
}

fn text(x: impl std::fmt::Display, y: usize, words: &str, more: &str) -> String {
    format!(r#"<text x="{x}" y="{y}"{more}>{}</text>"#, escaped(words))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(by: &str, word: &str, before_fen: i64, after_fen: i64) -> Group {
        Group { by: by.into(), word: word.into(), cases: 1, before_fen, after_fen, gain: 0, lose: 0 }
    }

    #[test]
    fn bars_share_one_scale_and_names_are_escaped() {
        let groups = [group("行业<b>", "甲&", 100, 50), group("行业<b>", "乙", 0, 0)];
        let svg = group_chart(&groups);
        for part in [r#"width="320""#, r#"width="160""#, r#"width="0""#, "甲&amp;", "按行业&lt;b&gt;", "viewBox=\"0 0 540 180\""] {
            assert!(svg.contains(part), "{part} is missing in {svg}");
        }
        assert!(!svg.contains("style="), "a strict content security policy stops inline style");
    }
}
