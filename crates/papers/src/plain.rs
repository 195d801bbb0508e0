//! A paper as plain text: its words in reading order, for snapshots, comparison and searching.

use crate::paper::{Block, Cover, Paper, PaperError, Paragraph, Signatures, Table, printable};

/// The words of a paper, a line each paragraph or row, tabs between cells, the check lines last.
///
/// # Errors
/// [`PaperError::Table`] as every rendering.
pub fn text(paper: &Paper) -> Result<String, PaperError> {
    paper.proven()?;
    let mut out = String::new();
    for line in [paper.annex.as_deref(), Some(&paper.title), paper.number.as_deref()].into_iter().flatten() {
        push(&mut out, line);
    }
    paper.cover.iter().for_each(|cover| add_cover(&mut out, cover));
    paper.blocks.iter().for_each(|block| add(&mut out, block));
    paper.check.iter().flat_map(crate::paper::Check::lines).for_each(|line| push(&mut out, &line));
    Ok(out)
}

fn push(out: &mut String, line: &str) {
    out.extend(printable(line));
    out.push('\n');
}

fn add_cover(out: &mut String, cover: &Cover) {
    for (label, value) in &cover.entries {
        push(out, &format!("{label}：{value}"));
    }
    cover.foot.iter().for_each(|foot| push(out, foot));
}

fn add(out: &mut String, block: &Block) {
    match block {
        Block::Heading { text, .. } => push(out, text),
        Block::Paragraph(paragraph) => push(out, &paragraph.text()),
        Block::Table(table) => add_table(out, table),
        Block::Signatures(signatures) => add_signatures(out, signatures),
        Block::Picture(picture) => push(out, &picture.description),
        Block::Attached(attached) => push(out, &attached.description),
        Block::Space { .. } => {}
        Block::PageBreak => out.push('\u{c}'),
    }
}

fn add_table(out: &mut String, table: &Table) {
    table.caption.iter().for_each(|caption| push(out, caption));
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| joined(&cell.paragraphs)).collect();
        push_row(out, &cells);
    }
}

fn add_signatures(out: &mut String, signatures: &Signatures) {
    let places: Vec<String> = signatures.places.iter().map(|place| printable(&place.line()).collect()).collect();
    push_row(out, &places);
    push(out, &signatures.day_line());
}

fn joined(paragraphs: &[Paragraph]) -> String {
    let lines: Vec<String> = paragraphs.iter().map(|paragraph| printable(&paragraph.text()).collect()).collect();
    lines.join(" ").replace('\n', " ")
}

fn push_row(out: &mut String, cells: &[String]) {
    out.push_str(&cells.join("\t"));
    out.push('\n');
}
