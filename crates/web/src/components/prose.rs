//! The little Markdown that policy texts are written in: paragraphs, lists, tables, escapes.

use maud::{Markup, html};

/// A run of lines of one kind.
#[derive(Debug, PartialEq, Eq)]
enum Block<'a> {
    Paragraph(&'a str),
    List(Vec<&'a str>),
    Table(Vec<Vec<&'a str>>),
}

/// A text as paragraphs, lists and tables.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Block::Paragraph(line) => p { (plain(line)) },
                Block::List(lines) => ul { @for line in lines { li { (plain(line)) } } },
                Block::Table(rows) => (table(&rows)),
            }
        }
    }
}

fn table(rows: &[Vec<&str>]) -> Markup {
    let head = rows.first();
    html! {
        div.wide role="region" aria-label="表格" tabindex="0" {
            table {
                @if let Some(cells) = head {
                    thead { tr { @for cell in cells { th scope="col" { (plain(cell)) } } } }
                }
                tbody {
                    @for row in rows.iter().skip(1) {
                        tr { @for cell in row { td { (plain(cell)) } } }
                    }
                }
            }
        }
    }
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(item) = line.strip_prefix("- ") {
            push_item(&mut blocks, item);
        } else if line.starts_with('|') {
            push_row(&mut blocks, line);
        } else if !line.is_empty() {
            blocks.push(Block::Paragraph(line));
        }
    }
    blocks
}

fn push_item<'a>(blocks: &mut Vec<Block<'a>>, item: &'a str) {
    match blocks.last_mut() {
        Some(Block::List(items)) => items.push(item),
        _ => blocks.push(Block::List(vec![item])),
    }
}

fn push_row<'a>(blocks: &mut Vec<Block<'a>>, line: &'a str) {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let rule = cells.iter().all(|cell| cell.starts_with('-') || cell.starts_with(':'));
    match blocks.last_mut() {
        Some(Block::Table(_)) if rule => {}
        Some(Block::Table(rows)) => rows.push(cells),
        _ => blocks.push(Block::Table(vec![cells])),
    }
}

/// Without the backslashes that Markdown needs before its marks.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let escapes = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if escapes { letters.next() } else { Some(letter) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_make_blocks() {
        let text = "前言\n- 甲\n- 乙\n\n| 一 | |\n| --- | --- |\n| | 二 |\n";
        assert_eq!(
            blocks(text),
            vec![Block::Paragraph("前言"), Block::List(vec!["甲", "乙"]), Block::Table(vec![vec!["一", ""], vec!["", "二"]]),]
        );
    }

    #[test]
    fn markup_is_escaped_and_escapes_are_undone() {
        assert_eq!(prose("<b>产品设计\\*").into_string(), "<p>&lt;b&gt;产品设计*</p>");
    }
}
