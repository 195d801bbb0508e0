//! Promises, with the places to sign and seal under them.

use papers::paper::{Block, Level, Paragraph, Place, Signatures};
use policy::pack::Promise;
use standards::Date;

use super::{Sheet, cell};

/// The answer under a promise's path when it is given.
const GIVEN: &str = "yes";

/// The words and the places, under their name where the form's heading does not say it; what was signed on line says by whom
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
        blocks.push(Block::Signatures(signatures(signer, signed.filter(|_| sheet.answers.text(&promise.path) == GIVEN))));
    }
    blocks
}

/// Who signed on the platform.
fn online(name: &str) -> String {
    if name.is_empty() { "网上签发".to_owned() } else { format!("{name}（网上签发）") }
}

fn signatures(signer: &str, signed: Option<(&str, Date)>) -> Signatures {
    let place = |words: &str| {
        let label = words.trim().trim_end_matches('：').replace("：盖章", "（盖章）").replace("：签字", "（签字）");
        let name = signed.map(|(name, _)| online(name)).filter(|_| label.contains("签字"));
        Place { label, signed: name }
    };
    Signatures { places: signer.split('；').map(place).collect(), day: signed.map(|(_, day)| day.chinese()) }
}
