//! What the renderings say.

use std::path::Path;

use papers::paper::{Block, Cell, Paper, PaperError, Paragraph, Picture, Table};

use crate::given::{self, RARE, pictures};
use crate::machine::{self, fonts};
use crate::words::check_words;

/// Compares with a kept text; `SNAPSHOTS=keep` keeps the new one.
fn check_kept(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/renderings/snapshots").join(name);
    if std::env::var("SNAPSHOTS").is_ok_and(|wanted| wanted == "keep") {
        std::fs::write(&file, text).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == text, "{name} changed; look at it, then run with SNAPSHOTS=keep\n{text}");
}

#[test]
fn the_words_of_every_paper_are_kept() {
    for (name, paper) in given::all() {
        check_kept(&format!("{name}.txt"), &papers::text(&paper).unwrap());
    }
}

#[test]
fn the_page_counts_are_kept() {
    let count = |(name, paper): (&str, Paper)| format!("{name} {}\n", papers::pdf(&paper, fonts()).unwrap().pages);
    check_kept("pages.txt", &given::all().into_iter().map(count).collect::<String>());
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    for (name, paper) in given::all() {
        assert!(papers::docx(&paper).unwrap() == papers::docx(&paper).unwrap(), "{name}.docx");
        assert!(papers::pdf(&paper, fonts()).unwrap() == papers::pdf(&paper, fonts()).unwrap(), "{name}.pdf");
    }
}

#[test]
fn a_pdf_says_what_the_paper_says() {
    if machine::skips_office() {
        return;
    }
    let folder = machine::folder("pdf");
    for (name, paper) in given::all() {
        let pdf = papers::pdf(&paper, fonts()).unwrap();
        let file = folder.join(format!("{name}.pdf"));
        std::fs::write(&file, &pdf.bytes).unwrap();
        assert_eq!(machine::pages(&file), pdf.pages, "{name}");
        assert_eq!(papers::pdf_pages(&paper, fonts()).unwrap(), pdf.pages, "{name}");
        check_words(name, &paper, &machine::words(&file), pdf.pages);
    }
}

/// Without spaces, line by line as it is read.
fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && !character.is_control()).collect()
}

/// A fragment without its tags.
fn untagged(html: &str) -> String {
    let mut words = String::new();
    for piece in html.split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn a_page_to_print_says_what_the_paper_says_in_its_order() {
    let folder = machine::folder("print");
    for (name, paper) in given::all() {
        let html = papers::print::html(&paper).unwrap();
        assert_eq!(squeezed(&untagged(&html)), squeezed(&papers::text(&paper).unwrap()), "{name}");
        assert!(!html.contains("style="), "{name} needs a style that a strict policy refuses");
        let page = format!("<!doctype html><meta charset=utf-8><title>{name}</title><style>{}</style>{html}", papers::print::CSS);
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
}

#[test]
fn a_page_is_read_in_the_order_of_the_paper() {
    if machine::skips_office() {
        return;
    }
    let file = machine::folder("order").join("decision.pdf");
    let paper = given::decision(7);
    std::fs::write(&file, papers::pdf(&paper, fonts()).unwrap().bytes).unwrap();
    let text = squeezed(&papers::text(&paper).unwrap());
    let check = squeezed(&paper.check.iter().flat_map(papers::paper::Check::lines).collect::<String>());
    let expected = format!("{}—1—{check}", text.strip_suffix(&check).unwrap());
    assert_eq!(squeezed(&machine::words(&file)), expected);
}

#[test]
fn rare_characters_and_markup_stand_in_every_rendering() {
    let said = format!("{RARE}<b>&\"'");
    let paper = Paper {
        title: said.clone(),
        annex: Some(said.clone()),
        number: Some(said.clone()),
        blocks: vec![
            Block::heading(papers::paper::Level::Two, 1, &said),
            Block::body(&said),
            Block::Table(Table { widths: vec![1], rows: vec![vec![Cell::value(&said)].into()], ..Table::default() }),
        ],
        ..Paper::default()
    };
    assert_eq!(papers::text(&paper).unwrap().matches(&said).count(), 6);
    let escaped = format!("{RARE}&lt;b&gt;&amp;&quot;&#39;");
    assert_eq!(papers::print::html(&paper).unwrap().matches(&escaped).count(), 6);
    let docx = document(&papers::docx(&paper).unwrap());
    assert_eq!(docx.matches(&escaped).count(), 6);
    assert_eq!(fonts().missing(&said).unwrap(), []);
    if !machine::skips_office() {
        let file = machine::folder("rare").join("rare.pdf");
        std::fs::write(&file, papers::pdf(&paper, fonts()).unwrap().bytes).unwrap();
        assert_eq!(machine::words(&file).matches(&said).count(), 6);
    }
}

#[test]
fn characters_that_share_a_glyph_are_copied_as_they_were_typed() {
    if machine::skips_office() {
        return;
    }
    let said = "⼀一⼀☑□☐☒✓";
    let paper = Paper { title: said.to_owned(), ..Paper::default() };
    let file = machine::folder("rare").join("shared.pdf");
    std::fs::write(&file, papers::pdf(&paper, fonts()).unwrap().bytes).unwrap();
    assert_eq!(squeezed(&machine::words(&file)), format!("{said}—1—"));
}

/// The main part of a DOCX.
fn document(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    std::io::read_to_string(zip.by_name("word/document.xml").unwrap()).unwrap()
}

#[test]
fn a_character_without_a_glyph_is_named() {
    let paper = Paper { title: "ᠮᠣᠩᠭᠣᠯ".to_owned(), ..Paper::default() };
    let error = papers::pdf(&paper, fonts()).unwrap_err();
    assert_eq!(error.to_string(), "现有字体缺少“ᠮ”（U+182E），无法出具，请安装收录该字的字体（如 fonts-noto-cjk）");
    assert_eq!(fonts().missing("王ᠮ\u{200b}☑\n").unwrap(), ['ᠮ']);
}

#[test]
fn a_table_that_does_not_fit_is_refused_by_every_rendering() {
    let table = Table { widths: vec![1, 1], rows: vec![vec![Cell::value("")].into()], ..Table::default() };
    let paper = Paper { blocks: vec![Block::Table(table)], ..Paper::default() };
    let refused = |error: PaperError| assert!(matches!(error, PaperError::Table { number: 1, row: 1 }), "{error}");
    refused(papers::text(&paper).unwrap_err());
    refused(papers::print::html(&paper).unwrap_err());
    refused(papers::docx(&paper).unwrap_err());
    refused(papers::pdf(&paper, fonts()).unwrap_err());
}

#[test]
fn a_cell_higher_than_a_page_goes_on() {
    for (lines, pages) in [(1, 1), (25, 1), (50, 2), (200, 7)] {
        let paragraphs = (0..lines).map(|line| Paragraph::flush(format!("第{line}行"))).collect();
        let rows = vec![
            vec![Cell::head("甲"), Cell::head("乙")].into(),
            vec![Cell::label("意见").down(2), Cell::lines(paragraphs)].into(),
            vec![Cell::value("末行")].into(),
        ];
        let table = Table { widths: vec![1, 3], head_rows: 1, rows, ..Table::default() };
        let paper = Paper { title: "长表".to_owned(), blocks: vec![Block::Table(table)], ..Paper::default() };
        let pdf = papers::pdf(&paper, fonts()).unwrap();
        assert_eq!(pdf.pages, pages, "{lines} lines");
        if !machine::skips_office() {
            let file = machine::folder("long").join(format!("{lines}.pdf"));
            std::fs::write(&file, &pdf.bytes).unwrap();
            check_words("long", &paper, &machine::words(&file), pages);
        }
    }
}

#[test]
fn pictures_of_every_kind_are_held_and_damaged_ones_refused() {
    let pdf = |bytes: Vec<u8>| {
        let picture = Picture::read(bytes, "图").unwrap();
        papers::pdf(&Paper { blocks: vec![Block::Picture(picture)], ..Paper::default() }, fonts())
    };
    let grey = pictures::png_of(0, |x, _| vec![x as u8]);
    let colour = pictures::png_of(2, |x, y| vec![x as u8, y as u8, 0]);
    let grey_through = pictures::png_of(4, |x, y| vec![x as u8, y as u8]);
    for good in [grey.clone(), colour.clone(), grey_through, pictures::png()] {
        assert_eq!(pdf(good).unwrap().pages, 1);
    }
    let changed = |at: usize, to: u8| {
        let mut bytes = pictures::png();
        bytes[at] = to;
        bytes
    };
    let interlaced = changed(28, 1);
    let seven_bits = changed(24, 7);
    let cut = grey[..grey.len() / 2].to_vec();
    let other_size = changed(19, 0);
    for bad in [interlaced, seven_bits, cut, other_size] {
        assert!(pdf(bad).is_err());
    }
}
