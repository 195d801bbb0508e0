//! The headings of a report, numbered: its parts 一、, what stands in a part （一）.

use papers::paper::{Block, Level};

/// The same blocks with numbers before their headings.
pub(super) fn numbered(blocks: Vec<Block>) -> Vec<Block> {
    let (mut part, mut within) = (0, 0);
    let number = |block: Block| match block {
        Block::Heading { level: Level::Two, text } => {
            (part, within) = (part + 1, 0);
            Block::heading(Level::One, part, &text)
        }
        Block::Heading { level: Level::Three, text } => {
            within += 1;
            Block::heading(Level::Two, within, &text)
        }
        other => other,
    };
    blocks.into_iter().map(number).collect()
}
