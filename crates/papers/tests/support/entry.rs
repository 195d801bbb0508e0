//! What the fuzz targets run: bytes of a file in, nothing out, and no panic whatever the bytes.

use std::io::Cursor;

use papers::invoice::{Against, Format, check, read};
use papers::sniff::sniff;
use papers::{Limits, pdf_in};

use super::dice::Dice;
use super::invoices;

/// Bytes in, nothing out.
pub type Reader = fn(&[u8]);

/// The readers of files that come from outside.
pub const READERS: [(&str, Reader); 5] = [("e-invoice", xml), ("OFD", ofd), ("PDF", pdf), ("XLSX", xlsx), ("office", office)];

/// An invoice as data.
pub fn xml(bytes: &[u8]) {
    invoice(Format::Xml, bytes);
}

/// An invoice in OFD.
pub fn ofd(bytes: &[u8]) {
    invoice(Format::Ofd, bytes);
}

/// The pages and words of a PDF.
pub fn pdf(bytes: &[u8]) {
    let pages = pdf_in::page_count(bytes);
    let runs = pdf_in::runs(bytes);
    assert!(runs.is_err() || pages.is_ok(), "words without a page");
    invoice(Format::Pdf, bytes);
}

/// A spreadsheet.
pub fn xlsx(bytes: &[u8]) {
    let limits = Limits { file_bytes: 1 << 20, unpacked_bytes: 4 << 20, rows: 1_000 };
    let _ = papers::read_within("a.xlsx", bytes, limits, &mut |_, cells| assert!(cells.len() <= papers::MAX_COLUMNS));
}

/// A file that says it is a spreadsheet.
pub fn office(bytes: &[u8]) {
    if let Err(refused) = sniff("a.xlsx", &mut Cursor::new(bytes)) {
        assert!(!refused.to_string().is_empty());
    }
}

/// What is read of an invoice can be held against anything and said.
fn invoice(format: Format, bytes: &[u8]) {
    match read(format, bytes) {
        Ok(invoice) => {
            let against = Against { buyer: Some("甲"), seller: Some("乙"), ..Against::default() };
            check(&invoice, &against).iter().for_each(|finding| assert!(!finding.to_string().is_empty()));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Files to change, for each reader.
pub fn seeds(reader: &str) -> Vec<Vec<u8>> {
    let xml = || invoices::xml(&[]);
    match reader {
        "e-invoice" => vec![xml().into_bytes(), invoices::red().into_bytes()],
        "OFD" => vec![invoices::ofd_attached(&xml()), invoices::ofd_tagged(&invoices::page()), invoices::ofd_bare()],
        "PDF" => vec![invoices::pdf(false, "备注"), invoices::pdf(true, "备注"), invoices::pdf_form()],
        _ => vec![invoices::workbook()],
    }
}

/// A file with one to six changes: of its bytes, or, in an archive, of the text of one of its parts.
pub fn changed(seed: &[u8], dice: &mut Dice<'_>) -> Vec<u8> {
    if dice.chance(3, 4)
        && let Some(repacked) = repacked(seed, dice)
    {
        return repacked;
    }
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(6) {
        change(&mut bytes, dice);
    }
    bytes
}

fn repacked(seed: &[u8], dice: &mut Dice<'_>) -> Option<Vec<u8>> {
    let mut parts = invoices::parts(seed)?;
    let at = dice.below(parts.len());
    for _ in 0..=dice.below(4) {
        change(&mut parts.get_mut(at)?.1, dice);
    }
    Some(invoices::archived(&parts))
}

/// What is put into files to break them.
const PIECES: [&[u8]; 40] = [
    b"<",
    b">",
    b"</",
    b"&",
    b"&x;",
    b"&#x110000;",
    b"<!DOCTYPE a>",
    b"<![CDATA[",
    b"]]>",
    b"\0",
    b"\xff\xfe",
    b"-",
    b"99999999999999999999",
    b"0.001",
    b"(",
    b")",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"/Length 1 ",
    b" obj ",
    b"stream\n",
    b"endstream",
    b" R ",
    b" Tj ",
    b" Do ",
    b" 1e9 ",
    b"\xe9\x94",
    b"\t",
    b"/Kids [2 0 R 2 0 R]",
    b"<si/>",
    b" r=\"XFD1048576\"",
    b" t=\"s\"",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b" uniqueCount=\"99999999999\"",
    b"/Columns 4000000000 /Colors 4000000000 ",
    b" 1 beginbfrange <0000> <ffffffff> <d800> endbfrange ",
    b"<</A 1>>",
    b"1 0 0 1 9999999999999999999999999999999999999 0 Tm ",
];

fn change(bytes: &mut Vec<u8>, dice: &mut Dice<'_>) {
    let at = dice.within(0, bytes.len() as i64) as usize;
    let to = (at + dice.below(60)).min(bytes.len());
    match dice.below(6) {
        0 => drop(bytes.drain(at..to)),
        1 => drop(bytes.splice(at..at, dice.pick(&PIECES).iter().copied())),
        2 => drop(bytes.splice(at..to, dice.pick(&PIECES).iter().copied())),
        3 => {
            let piece = bytes[at..to].to_vec();
            let times = 1 + dice.below(40);
            drop(bytes.splice(at..at, piece.repeat(times)));
        }
        4 => bytes[at..to].reverse(),
        _ => bytes[at..to].iter_mut().take(3).for_each(|byte| *byte = dice.below(256) as u8),
    }
}
