//! A paper as a page to print: one `<article class="paper">`, laid out by [`CSS`], without styles of its own, so that a
//! page under a strict content security policy can hold it.

mod foot;
mod table;

use std::fmt::Write as _;

use crate::markup::{base64, escaped};
use crate::paper::{Align, Block, Check, Cover, Face, Orientation, Paper, PaperError, Paragraph, Picture, Signatures, Span};

pub use foot::foot_css;

/// The style sheet of printed papers.
pub const CSS: &str = include_str!("paper.css");

/// The paper as an HTML fragment, everything in it escaped.
///
/// # Errors
/// [`PaperError::Table`] as every rendering.
pub fn html(paper: &Paper) -> Result<String, PaperError> {
    paper.proven()?;
    let side = if paper.orientation == Orientation::Landscape { " landscape" } else { "" };
    let mut out = format!("<article class=\"paper{side}\" lang=\"zh-CN\">\n");
    if let Some(annex) = &paper.annex {
        let _ = writeln!(out, "<p class=\"annex\">{}</p>", lines(annex));
    }
    let class = if paper.cover.is_some() { " class=\"on-cover\"" } else { "" };
    let _ = writeln!(out, "<h1{class}>{}</h1>", lines(&paper.title));
    if let Some(number) = &paper.number {
        let _ = writeln!(out, "<p class=\"number\">{}</p>", lines(number));
    }
    paper.cover.iter().for_each(|cover| add_cover(&mut out, cover));
    let room_mpt = paper.orientation.sheet().room_mpt();
    paper.blocks.iter().for_each(|block| add(&mut out, block, room_mpt));
    paper.check.iter().for_each(|check| add_check(&mut out, check));
    out.push_str("</article>\n");
    Ok(out)
}

fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

fn add_cover(out: &mut String, cover: &Cover) {
    out.push_str("<dl class=\"cover\">\n");
    for (label, value) in &cover.entries {
        let _ = writeln!(out, "<div><dt>{}：</dt><dd>{}</dd></div>", lines(label), lines(value));
    }
    out.push_str("</dl>\n");
    let foot = cover.foot.as_deref().unwrap_or_default();
    let _ = writeln!(out, "<p class=\"cover-foot\">{}</p>", lines(foot));
}

fn add(out: &mut String, block: &Block, room_mpt: i32) {
    match block {
        Block::Heading { level, text } => {
            let tag = *level as usize + 2;
            let _ = writeln!(out, "<h{tag}>{}</h{tag}>", lines(text));
        }
        Block::Paragraph(paragraph) => add_paragraph(out, paragraph),
        Block::Table(table) => table::add(out, &table.fitted(room_mpt)),
        Block::Signatures(signatures) => add_signatures(out, signatures),
        Block::Picture(picture) => add_picture(out, picture),
        Block::Attached(attached) => add_figure(out, attached.address.as_deref().map(escaped), &attached.description),
        Block::Space { lines } => (0..*lines).for_each(|_| out.push_str("<div class=\"space\"></div>\n")),
        Block::PageBreak => out.push_str("<div class=\"page-break\"></div>\n"),
    }
}

/// A `<p>` whose classes say how it stands.
fn add_paragraph(out: &mut String, paragraph: &Paragraph) {
    let mut classes = match paragraph.align {
        Align::Left => String::new(),
        Align::Centre => "centre ".to_owned(),
        Align::Right => "right ".to_owned(),
        Align::Both => "both ".to_owned(),
    };
    for (name, chars) in [("first", paragraph.first_chars), ("left", paragraph.left_chars), ("right", paragraph.right_chars)] {
        if chars > 0 {
            let _ = write!(classes, "{name}-{} ", chars.min(8));
        }
    }
    out.push_str("<p");
    if !classes.is_empty() {
        let _ = write!(out, " class=\"{}\"", classes.trim_end());
    }
    out.push('>');
    paragraph.spans.iter().for_each(|span| add_span(out, span));
    out.push_str("</p>\n");
}

fn add_span(out: &mut String, span: &Span) {
    let words = lines(&span.text);
    let words = if span.underlined { format!("<u>{words}</u>") } else { words };
    let face = span.face.map(|face| match face {
        Face::Fang => "fang",
        Face::Song => "song",
        Face::Hei => "hei",
        Face::Kai => "kai",
    });
    let classes: Vec<&str> = face.into_iter().chain(span.whole.then_some("whole")).collect();
    let _ = if classes.is_empty() { write!(out, "{words}") } else { write!(out, "<span class=\"{}\">{words}</span>", classes.join(" ")) };
}

fn add_signatures(out: &mut String, signatures: &Signatures) {
    out.push_str("<div class=\"signatures\">\n<div class=\"places\">\n");
    for place in &signatures.places {
        let _ = writeln!(out, "<p>{}</p>", lines(&place.line()));
    }
    let _ = writeln!(out, "</div>\n<p class=\"right right-4\">{}</p>\n</div>", lines(&signatures.day_line()));
}

fn add_picture(out: &mut String, picture: &Picture) {
    let address = picture.address.as_deref().map(escaped);
    let address = address.unwrap_or_else(|| format!("data:{};base64,{}", picture.media_type(), base64(picture.bytes())));
    add_figure(out, Some(address), &picture.description);
}

/// The address escaped; without one the words alone.
fn add_figure(out: &mut String, address: Option<String>, description: &str) {
    let image = address.map(|address| format!("<img src=\"{address}\" alt=\"\">")).unwrap_or_default();
    let _ = writeln!(out, "<figure>{image}<figcaption>{}</figcaption></figure>", lines(description));
}

fn add_check(out: &mut String, check: &Check) {
    out.push_str("<footer class=\"check\">\n");
    for line in check.lines() {
        let _ = writeln!(out, "<p>{}</p>", lines(&line));
    }
    out.push_str("</footer>\n");
}
