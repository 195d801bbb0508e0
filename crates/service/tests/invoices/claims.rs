//! What is typed held against what is on paper: other numbers, files that differ, rows of one number, red letters, buyers.

use std::collections::BTreeMap;

use records::answers::Answers;
use records::ids::PaperId;
use service::application::{self, About, FillDraft};

use crate::city::{City, code, name, person, row};
use crate::given::{NUMBER as A, red, upload, xml};
use crate::on_both_engines::Database;

const B: &str = "26152000000099999999";
const C: &str = "26152000000033333333";

/// Files by name, rows by number and amount, what keeps them from being handed in, and what is asked: each as where and a part of the text.
struct Case {
    name: &'static str,
    files: Vec<(&'static str, String)>,
    rows: Vec<(&'static str, &'static str)>,
    problems: Vec<(&'static str, &'static str)>,
    doubts: Vec<(&'static str, &'static str)>,
}

fn other(number: &str) -> String {
    xml(&[(A, number), ("530973.45", "88495.58"), ("69026.55", "11504.42"), ("600000.00", "100000.00")])
}

/// Twice as much as the true invoice.
fn forged() -> String {
    xml(&[("530973.45", "1061946.90"), ("69026.55", "138053.10"), ("600000.00", "1200000.00")])
}

/// A red-letter invoice without a number of its own.
fn unnumbered(total: &str) -> String {
    red().replace("26152000000087654321", "").replace("-100000.00", total)
}

async fn check(city: &City, id: &str, case: &Case) {
    let (desk, who) = (city.desk(), person("enterprise"));
    let mut papers: Vec<PaperId> = Vec::new();
    for (file, content) in &case.files {
        papers.push(upload(city, "enterprise", &format!("{}-{file}", case.name), content).await);
    }
    let mut answers = Answers::default();
    answers.rows.insert("contract".into(), vec![row("c1", None, &[("seller", &name("provider")), ("signed_on", "2025-06-01")])]);
    let typed = case.rows.iter().enumerate().map(|(at, (number, amount))| {
        let all = [("amount", *amount), ("by_bill", "否"), ("number", *number)];
        let some: Vec<(&str, &str)> = all.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        row(&(at + 1).to_string(), Some("c1"), &some)
    });
    answers.rows.insert("invoice".into(), typed.collect());
    let (version, _) = application::draft(&desk, &who, id, "apply").await.unwrap();
    let draft = FillDraft { answers, papers: BTreeMap::from([("bills".to_owned(), papers)]) };
    application::save_draft(&desk, &who, id, "apply", version, &draft).await.unwrap();

    let problems = application::problems(&desk, &who, id, "apply").await.unwrap();
    let problems = problems.iter().filter(|one| one.path.ends_with(".number") || one.path == "paper.bills");
    said(case.name, problems.map(|one| (one.path.as_str(), one.message.as_str())).collect(), &case.problems);
    let remarks = application::remarks(&desk, &service::document::Press::default(), &who, id, Some("apply")).await.unwrap();
    let doubts = remarks.iter().filter(|one| one.about == About::InvoiceDoubt);
    said(case.name, doubts.map(|one| (one.path.as_str(), one.text.as_str())).collect(), &case.doubts);
}

/// As many as expected, and each of those among them.
fn said(name: &str, found: Vec<(&str, &str)>, expected: &[(&str, &str)]) {
    let has = |(path, part): &(&str, &str)| found.iter().any(|(at, text)| at == path && text.contains(part));
    assert!(found.len() == expected.len() && expected.iter().all(has), "{name}: {found:#?}");
}

crate::on_both_engines! {
    async fn what_is_typed_is_held_against_what_is_on_paper(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.ready("enterprise", "district").await;
        let nobody = format!("<BuyerIdNum>{}</BuyerIdNum>", code("enterprise"));
        let file_of_a = ("a.xml", xml(&[]));
        let cases = [
            Case {
                name: "the number of its file",
                files: vec![file_of_a.clone()],
                rows: vec![(A, "600000")],
                problems: vec![],
                doubts: vec![],
            },
            Case {
                name: "another number than the file with its amount",
                files: vec![file_of_a.clone()],
                rows: vec![(B, "600000"), (C, "1")],
                problems: vec![("invoice.1.number", "的发票号码是26152000000012345678，本行填的是26152000000099999999。请按文件改正")],
                doubts: vec![("invoice.1", "本行填的是26152000000099999999")],
            },
            Case {
                name: "another number and amount, the only row and file",
                files: vec![file_of_a.clone()],
                rows: vec![(B, "599999")],
                problems: vec![("invoice.1.number", "本行填的是26152000000099999999")],
                doubts: vec![("invoice.1", "本行填的是26152000000099999999")],
            },
            Case {
                name: "no number beside a file",
                files: vec![file_of_a.clone()],
                rows: vec![("", "600000")],
                problems: vec![("invoice.1.number", "的发票号码是26152000000012345678，本行没有填")],
                doubts: vec![("invoice.1", "本行没有填")],
            },
            Case {
                name: "a file that no row counts",
                files: vec![file_of_a.clone(), ("c.xml", other(C))],
                rows: vec![(A, "600000")],
                problems: vec![],
                doubts: vec![("invoice", "是发票26152000000033333333，价税合计100,000元，本表没有填写该发票")],
            },
            Case {
                name: "two files that no row counts, beside an invoice on paper",
                files: vec![file_of_a.clone(), ("c.xml", other(C))],
                rows: vec![(B, "5")],
                problems: vec![],
                doubts: vec![("invoice", "是发票26152000000033333333"), ("invoice", "是发票26152000000012345678")],
            },
            Case {
                name: "a forged file first",
                files: vec![("1.xml", forged()), ("2.xml", xml(&[]))],
                rows: vec![(A, "1200000")],
                problems: vec![("invoice.1.number", "各行的价税合计共1,200,000元，票面为600,000元，请改为不超过600,000元")],
                doubts: vec![
                    ("invoice.1", "各行的价税合计共1,200,000元"),
                    ("invoice.1", "不一致：价税合计为1,200,000元、600,000元，不含税金额为1,061,946.90元、530,973.45元，税额为"),
                ],
            },
            Case {
                name: "one number twice without a file",
                files: vec![],
                rows: vec![(A, "300000"), (B, "1"), (A, "200000")],
                problems: vec![],
                doubts: vec![("invoice.1", "发票第1行、发票第3行填写的是同一张发票"), ("invoice.3", "发票第1行、发票第3行填写的是同一张发票")],
            },
            Case {
                name: "one number twice within its file",
                files: vec![file_of_a.clone()],
                rows: vec![(A, "300000"), (A, "300000")],
                problems: vec![],
                doubts: vec![],
            },
            Case {
                name: "one number twice beyond its file",
                files: vec![file_of_a.clone()],
                rows: vec![(A, "300000"), (A, "300001")],
                problems: vec![("invoice.2.number", "共600,001元，票面为600,000元")],
                doubts: vec![("invoice.2", "共600,001元，票面为600,000元")],
            },
            Case {
                name: "two red letters without numbers are two",
                files: vec![file_of_a.clone(), ("r1.xml", unnumbered("-100000.00")), ("r2.xml", unnumbered("-50000.00"))],
                rows: vec![(A, "600000")],
                problems: vec![("invoice.1.number", "经红字发票冲减后为450,000元")],
                doubts: vec![("invoice.1", "经红字发票冲减后为450,000元")],
            },
            Case {
                name: "a red letter counts nothing itself",
                files: vec![("r.xml", red())],
                rows: vec![("26152000000087654321", "5")],
                problems: vec![("invoice.1.number", "票面为-100,000元")],
                doubts: vec![("invoice.1", "票面为-100,000元"), ("invoice", "对应的蓝字发票不在本表中")],
            },
            Case {
                name: "the buyer is somebody else",
                files: vec![("a.xml", crate::given::to("enterprise2"))],
                rows: vec![(A, "600000")],
                problems: vec![],
                doubts: vec![("invoice.1", "购买方税号为"), ("invoice.1", "购买方名称为")],
            },
            Case {
                name: "the buyer has no tax number",
                files: vec![("a.xml", xml(&[(&nobody, "")]))],
                rows: vec![(A, "600000")],
                problems: vec![],
                doubts: vec![("invoice.1", "没有读到购买方税号，不能确认购买方是本申报单位")],
            },
        ];
        for case in &cases {
            check(&city, &id, case).await;
        }
    }
}
