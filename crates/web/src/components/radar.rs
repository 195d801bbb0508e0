//! A radar of levels, drawn as SVG; the page puts a table beside it that says the same.

use std::f64::consts::PI;

use maud::{Markup, html};

const MIDDLE: (f64, f64) = (270.0, 220.0);
const RADIUS: f64 = 160.0;
const LEVELS: u8 = 4;

/// One axis per name; a level that is not known is drawn as none.
pub(crate) fn radar(title: &str, axes: &[(&str, Option<u8>)]) -> Markup {
    let levels: Vec<u8> = axes.iter().map(|(_, level)| level.unwrap_or(0)).collect();
    html! {
        svg.radar viewBox="0 0 540 440" role="img" aria-label=(format!("{title}，数据见后面的表格")) {
            @for ring in 1..=LEVELS { polygon.ring points=(points(&vec![ring; axes.len()])) {} }
            @for (at, (name, _)) in axes.iter().enumerate() { (axis(at, axes.len(), name)) }
            polygon.shape points=(points(&levels)) {}
            @for (at, level) in levels.iter().enumerate() { (dot(at, axes.len(), *level)) }
            @for ring in 1..=LEVELS {
                text.scale x=(MIDDLE.0 + 4.0) y=(round(MIDDLE.1 - length(ring) + 12.0)) { (ring) }
            }
        }
    }
}

fn axis(at: usize, of: usize, name: &str) -> Markup {
    let (end, label) = (place(at, of, RADIUS), place(at, of, RADIUS + 16.0));
    let side = angle(at, of).cos();
    let anchor = if side > 0.1 {
        "start"
    } else if side < -0.1 {
        "end"
    } else {
        "middle"
    };
    html! {
        line.axis x1=(MIDDLE.0) y1=(MIDDLE.1) x2=(round(end.0)) y2=(round(end.1)) {}
        text x=(round(label.0)) y=(round(label.1 + 5.0)) text-anchor=(anchor) { (name) }
    }
}

fn dot(at: usize, of: usize, level: u8) -> Markup {
    let (x, y) = place(at, of, length(level));
    html! { circle.dot cx=(round(x)) cy=(round(y)) r="3.5" {} }
}

fn points(levels: &[u8]) -> String {
    let one = |(at, level): (usize, &u8)| {
        let (x, y) = place(at, levels.len(), length(*level));
        format!("{},{}", round(x), round(y))
    };
    levels.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}

fn length(level: u8) -> f64 {
    RADIUS * f64::from(level.min(LEVELS)) / f64::from(LEVELS)
}

/// The first axis points up, the others follow clockwise.
fn angle(at: usize, of: usize) -> f64 {
    2.0 * PI * at as f64 / of.max(1) as f64 - PI / 2.0
}

fn place(at: usize, of: usize, distance: f64) -> (f64, f64) {
    let angle = angle(at, of);
    (MIDDLE.0 + distance * angle.cos(), MIDDLE.1 + distance * angle.sin())
}

fn round(number: f64) -> String {
    format!("{number:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_levels_lie_on_the_outer_ring() {
        assert_eq!(points(&[4, 4, 4, 4]), "270.0,60.0 430.0,220.0 270.0,380.0 110.0,220.0");
        assert_eq!(points(&[0]), "270.0,220.0");
    }

    #[test]
    fn names_are_escaped() {
        assert!(radar("甲", &[("<i>", None)]).into_string().contains("&lt;i&gt;"));
    }
}
