//! Papers that were kept as JSON are read by every later version: they were issued and stay open.

use papers::paper::{
    Align, Attached, Block, Cell, Check, Cover, Level, Orientation, Paper, Paragraph, Place, Row, Signatures, Span, Table, TextSize, ticks,
};

/// A paper as it was kept in 2026. It is never written anew: what is added to the model since needs a default.
const KEPT: &str = include_str!("kept/2026.json");

#[test]
fn a_paper_that_was_kept_is_read_for_ever() {
    let kept: Paper = serde_json::from_str(KEPT).unwrap();
    assert_eq!(kept, paper());
    assert!(papers::text(&kept).unwrap().ends_with("校验码：7K2M-9QXD-4TLA　核验网址：https://example.invalid/verify\n台账末条摘要：00\n"));
}

/// The same with everything that a paper may have.
fn paper() -> Paper {
    let levels = [Level::One, Level::Two, Level::Three, Level::Four].map(|level| Block::Heading { level, text: "标题".to_owned() });
    let mut blocks = levels.to_vec();
    blocks.extend([Block::Paragraph(paragraph()), Block::Table(table(TextSize::Five)), Block::Table(table(TextSize::SmallFive))]);
    blocks.extend([Block::Table(table(TextSize::SmallFour)), Block::Signatures(signatures()), Block::Space { lines: 2 }, Block::PageBreak]);
    let attached = Attached { id: "01".to_owned(), digest: "00".to_owned(), description: "附图1".to_owned(), address: None };
    blocks.push(Block::Attached(attached));
    Paper {
        title: "申报书\n（样式）".to_owned(),
        annex: Some("附件1".to_owned()),
        number: Some("1号".to_owned()),
        cover: Some(Cover { entries: vec![("企业".to_owned(), "甲".to_owned())], foot: Some("日期".to_owned()) }),
        orientation: Orientation::Landscape,
        blocks,
        check: Some(Check {
            code: "7K2M-9QXD-4TLA".to_owned(),
            address: Some("https://example.invalid/verify".to_owned()),
            head: "00".to_owned(),
        }),
    }
}

fn paragraph() -> Paragraph {
    let spans = vec![Span::plain("正文"), Span::strong("加重"), Span::filled("填写", 6), Span { whole: true, ..Span::plain("（共2字）") }];
    Paragraph { spans, align: Align::Right, first_chars: 1, left_chars: 2, right_chars: 3 }
}

fn table(size: TextSize) -> Table {
    let head: Row = vec![Cell::head("项目").across(2)].into();
    let boxes = Cell::lines(ticks([(true, "是"), (false, "否")]));
    let first: Row = vec![Cell::label("名称").down(2), boxes].into();
    let second = Row { min_lines: 3, ..Row::from(vec![Cell::figure("1.00")]) };
    let body = vec![Paragraph::body("甲"), Paragraph::centred("乙")];
    let last: Row = vec![Cell::lines(body), Cell::middle("丙")].into();
    Table { caption: Some("表".to_owned()), widths: vec![1, 2], head_rows: 1, rows: vec![head, first, second, last], size }
}

fn signatures() -> Signatures {
    Signatures {
        places: vec![Place::to_seal("甲"), Place { label: "签字".to_owned(), signed: Some("乙".to_owned()) }],
        day: Some("日".to_owned()),
    }
}
