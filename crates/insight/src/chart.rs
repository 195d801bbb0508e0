//! Cost before and after by group as an SVG of bars. Its table twin is the simulation's groups.

use crate::simulation::{Group, Simulation};
use policy::say::money;

const BAR: i64 = 16;
const WIDTH: i64 = 420;

/// Pairs of bars, grey before and blue after, for every grouping; amounts are written beside each bar.
pub fn chart(simulation: &Simulation) -> String {
    let most = simulation.groups.iter().map(|group| group.before_fen.max(group.after_fen)).max().unwrap_or(1).max(1);
    let mut body = String::new();
    let mut y = 24;
    let mut by = "";
    for group in &simulation.groups {
        if group.by != by {
            body.push_str(&format!(r##"<text x="0" y="{y}" font-weight="bold">按{}</text>"##, escaped(&group.by)));
            y += 12;
            by = &group.by;
        }
        body.push_str(&bars(group, most, y));
        y += 2 * BAR + 14;
        if simulation.groups.iter().skip_while(|other| *other != group).nth(1).is_some_and(|next| next.by != by) {
            y += 24;
        }
    }
    let title = "各组现行与调整后所需资金";
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {}" role="img" aria-label="{title}" font-size="13" fill="currentColor"><title>{title}（灰：现行，蓝：调整后）</title>{body}</svg>"##,
        y + 8
    )
}

fn bars(group: &Group, most: i64, y: i64) -> String {
    let length = |fen: i64| (i128::from(fen.max(0)) * i128::from(WIDTH) / i128::from(most)) as i64;
    let (before, after) = (length(group.before_fen), length(group.after_fen));
    format!(
        r##"<text x="150" y="{label}" text-anchor="end">{word}</text><rect x="160" y="{y}" width="{before}" height="{BAR}" fill="#8a94a6"/><text x="{bx}" y="{by}">{bm}</text><rect x="160" y="{ay}" width="{after}" height="{BAR}" fill="#1f5fbf"/><text x="{ax}" y="{aty}">{am}</text>"##,
        label = y + BAR + 4,
        word = escaped(&group.word),
        bx = 166 + before,
        by = y + 12,
        bm = money(group.before_fen),
        ay = y + BAR + 2,
        ax = 166 + after,
        aty = y + BAR + 14,
        am = money(group.after_fen),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
