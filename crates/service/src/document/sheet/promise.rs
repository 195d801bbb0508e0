//! Promises, with the places to sign and seal under them.

use papers::paper::{Block, Level, Paragraph, Place, Signatures};
use policy::pack::Promise;
use standards::Date;

use super::{Sheet, cell};

/// The answer under a promise's path when it is given.
const GIVEN: &str = "yes";

/// The words and the empty places, under their name where the form's heading does not say it; above them who signed it on line,
/// and when.
pub(super) fn promise(sheet: &Sheet, promise: &Promise, signed: Option<(&str, Date)>, headed: bool) -> Vec<Block> {
    let words = promise.print.as_deref().unwrap_or(&promise.text);
    let heading = headed.then(|| Block::Heading { level: Level::Two, text: promise.label.clone() });
    let mut blocks: Vec<Block> = heading.into_iter().collect();
    for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
        blocks.push(Block::Paragraph(Paragraph { spans: cell::filled(sheet, line), ..Paragraph::body("") }));
    }
    if let Some(signer) = &promise.signer {
        blocks.push(Block::Space { lines: 1 });
        blocks.extend(signed.map(online));
        blocks.push(Block::Signatures(signatures(signer, signed.map(|(_, day)| day))));
    }
    blocks
}

/// Whether a promise is given in a form's own answers.
pub(super) fn is_given(sheet: &Sheet, promise: &Promise) -> bool {
    sheet.answers.text(&promise.path) == GIVEN
}

/// Who signed on the platform, and when: a line of its own, since it is not the hand that the places are for.
fn online((name, day): (&str, Date)) -> Block {
    let day = day.chinese();
    Block::body(if name.is_empty() { format!("网上签发日期：{day}") } else { format!("网上签发人：{name}（{day}）") })
}

/// The places for hand and seal, empty, and the day of who signed on line.
fn signatures(signer: &str, day: Option<Date>) -> Signatures {
    let label = |words: &str| words.trim().trim_end_matches('：').replace("：盖章", "（盖章）").replace("：签字", "（签字）");
    let place = |words: &str| Place { label: label(words), signed: None };
    Signatures { places: signer.split('；').map(place).collect(), day: day.map(Date::chinese) }
}
