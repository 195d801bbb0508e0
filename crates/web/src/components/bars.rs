//! Horizontal bars as SVG; the figures stand beside them as text.

use maud::{Markup, html};

/// A bar filled to so many thousandths. The figure beside it says the same, so it is hidden from
/// screen readers.
pub(crate) fn share(permille: u16) -> Markup {
    let filled = permille.min(1000);
    html! {
        svg.bar viewBox="0 0 1000 60" preserveAspectRatio="none" aria-hidden="true" {
            rect.track width="1000" height="60" rx="8" {}
            rect.fill width=(filled) height="60" rx="8" {}
        }
    }
}

/// One bar of a chart: name, length and what is written beside it.
pub(crate) struct Bar {
    /// Name of the bar.
    pub(crate) label: String,
    /// Its length in any unit, at least 0.
    pub(crate) length: i64,
    /// The figure with its unit.
    pub(crate) figure: String,
    /// Whether it stands out.
    pub(crate) strong: bool,
}

const ROW: usize = 44;
const LEFT: i128 = 90;
const FULL: i128 = 330;

/// A chart of bars on one scale; the page puts a table beside it that says the same.
pub(crate) fn chart(title: &str, bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.length).max().unwrap_or(0).max(1);
    let height = bars.len() * ROW + 8;
    html! {
        svg.chart viewBox=(format!("0 0 540 {height}")) role="img" aria-label=(format!("{title}，数据见表格")) {
            @for (at, bar) in bars.iter().enumerate() { (row(at * ROW, bar, most)) }
        }
    }
}

fn row(top: usize, bar: &Bar, most: i64) -> Markup {
    let width = i128::from(bar.length.max(0)) * FULL / i128::from(most);
    html! {
        text x=(LEFT - 10) y=(top + 29) text-anchor="end" { (bar.label) }
        rect.fill.strong[bar.strong] x=(LEFT) y=(top + 8) width=(width.max(2)) height="30" rx="4" {}
        text x=(LEFT + width + 10) y=(top + 29) { (bar.figure) }
    }
}
