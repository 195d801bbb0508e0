//! The uploaded materials at the end of a form: a list, and the pictures among them.

use papers::paper::{Attached, Block, Cell, Level, Row, Table, TextSize};
use policy::spec::MaterialsPrintSpec;

use super::Sheet;

/// Pictures of one paper.
const PICTURES_MOST: usize = 30;
/// Bytes of one of them.
const PICTURE_BYTES_MOST: i64 = 8 << 20;
/// Bytes of all of them: they are held while the paper is written.
const ALL_BYTES_MOST: i64 = 64 << 20;
/// Characters of a digest: enough to find the file by, while the whole stands in the index of the archive.
pub(crate) const DIGEST_CHARS: usize = 16;

/// A material that a file quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// The material it is.
    pub slot: String,
    /// By what it is found.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type, by its content.
    pub media_type: String,
    /// How large it is.
    pub bytes: i64,
    /// How many pages it has, where that was counted.
    pub pages: Option<i64>,
    /// SM3 of its content.
    pub digest: String,
}

impl Uploaded {
    fn is_picture(&self) -> bool {
        matches!(self.media_type.as_str(), "image/png" | "image/jpeg") && self.bytes <= PICTURE_BYTES_MOST
    }
}

/// The list, and the pictures if the form shows them.
pub(super) fn materials(sheet: &Sheet, print: &MaterialsPrintSpec) -> Vec<Block> {
    let heading = Block::Heading { level: Level::Two, text: print.heading.clone() };
    let pictures = if print.pictures { pictures(sheet, print) } else { Vec::new() };
    [heading, Block::Table(list(sheet, print))].into_iter().chain(pictures).collect()
}

fn list(sheet: &Sheet, print: &MaterialsPrintSpec) -> Table {
    let digest = format!("SM3 摘要（前{DIGEST_CHARS}位）");
    let heads = ["序号", "材料", "文件名称", "页数", &digest];
    let mut rows: Vec<Row> = vec![heads.map(Cell::head).to_vec().into()];
    for (slot, number) in print.of.iter().zip(1_usize..) {
        rows.extend(lines(sheet, slot.value(), number));
    }
    Table { caption: None, widths: vec![8, 27, 33, 8, 24], head_rows: 1, rows, size: TextSize::Five }
}

/// A line a file; a material without any has one to write in.
fn lines(sheet: &Sheet, slot: &str, number: usize) -> Vec<Row> {
    let own: Vec<&Uploaded> = sheet.uploads.iter().filter(|one| one.slot == slot).collect();
    let down = own.len().max(1);
    let mut first = vec![Cell::middle(number.to_string()).down(down), Cell::value(label(sheet, slot)).down(down)];
    if own.is_empty() {
        first.extend([Cell::value(""), Cell::value(""), Cell::value("")]);
        return vec![first.into()];
    }
    own.into_iter().map(|one| std::mem::take(&mut first).into_iter().chain(said(one)).collect::<Vec<_>>().into()).collect()
}

fn said(one: &Uploaded) -> [Cell; 3] {
    let pages = one.pages.map_or_else(String::new, |pages| pages.to_string());
    let digest: String = one.digest.chars().take(DIGEST_CHARS).collect();
    [Cell::value(one.name.as_str()), Cell::middle(pages), Cell::value(digest)]
}

fn label<'a>(sheet: &'a Sheet, slot: &'a str) -> &'a str {
    sheet.pack.material(slot).map_or(slot, |material| &material.spec.label)
}

/// The pictures in the order of the list; what is too large or too many is in the list alone.
fn pictures(sheet: &Sheet, print: &MaterialsPrintSpec) -> Vec<Block> {
    let own = print.of.iter().flat_map(|slot| sheet.uploads.iter().filter(|one| one.slot == *slot.value() && one.is_picture()));
    let mut left = ALL_BYTES_MOST;
    let fits = own.filter(|one| {
        let fits = one.bytes <= left;
        left -= if fits { one.bytes } else { 0 };
        fits
    });
    let block = |(one, number): (&Uploaded, usize)| {
        let description = format!("附图{number}　{}：{}", label(sheet, &one.slot), one.name);
        Block::Attached(Attached { id: one.id.clone(), digest: one.digest.clone(), description, address: None })
    };
    fits.take(PICTURES_MOST).zip(1_usize..).map(block).collect()
}
