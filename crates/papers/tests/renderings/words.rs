//! Whether a rendering says every word of a paper and none besides, counted by characters.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, CellKind, Check, Paper, Paragraph};

/// How often each character stands in a text; spaces and the line under empty places left out.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for character in text.chars().filter(|character| !character.is_whitespace() && !character.is_control()) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

/// What a rendering adds to each page: its number, the head of a table, the names of rows that go on, the check lines.
fn added(paper: &Paper, pages: usize) -> String {
    let tables = paper.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    let heads = tables.clone().flat_map(|table| &table.rows[..table.head_rows]).flat_map(|row| &row.cells);
    let names = |cell: &&Cell| cell.down > 1 && cell.kind == CellKind::Label;
    let names = tables.flat_map(|table| &table.rows).flat_map(|row| &row.cells).filter(names);
    let repeated: String = heads.chain(names).flat_map(|cell| &cell.paragraphs).map(Paragraph::text).collect();
    let check: String = paper.check.iter().flat_map(Check::lines).collect();
    (1..=pages).map(|page| format!("{repeated}{check}—{page}—")).collect()
}

/// Every character of the plain text stands in the PDF, and nothing else but what is added to pages.
pub fn check_words(name: &str, paper: &Paper, read: &str, pages: usize) {
    let (words, read) = (counted(&papers::text(paper).unwrap()), counted(read));
    let most = counted(&added(paper, pages));
    let found = |character: &char| read.get(character).copied().unwrap_or_default();
    let lost: Vec<(char, usize, usize)> =
        words.iter().map(|(character, count)| (*character, found(character), *count)).filter(|(_, found, count)| found < count).collect();
    assert!(lost.is_empty(), "{name} lost (character, found, wanted): {lost:?}");
    for (character, count) in &read {
        let most = most.get(character).copied().unwrap_or_default() + words.get(character).copied().unwrap_or_default();
        assert!(*count <= most, "{name}: {character} {count} times, at most {most}");
    }
}
