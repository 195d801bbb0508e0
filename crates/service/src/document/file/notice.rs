//! Notices to the applicant: what to correct, why it was refused.

use papers::paper::{Block, Cell, Paper, Paragraph, Place, Row, Signatures, Table, TextSize};
use records::application::Phase;
use standards::Date;

use super::{Given, decided};

/// 退回补正通知书
pub(super) fn correction(given: &Given) -> Option<Paper> {
    let Phase::Correcting(correction) = &given.view.application.phase else { return None };
    let returned = given.view.application.set_aside.get(&correction.stage).map(|state| state.opened_at.day());
    let opened = given.view.application.stages.get(&correction.fill).map(|state| state.opened_at.day());
    let said = format!(
        "{}（受理编号：{}），在“{}”环节需要补正（第{}次）。请于{}前补正并重新提交。依据：{}。需要补正的内容如下：",
        decided::applied(given),
        given.number(),
        given.stage(&correction.stage),
        correction.round,
        correction.due_on.chinese(),
        given.cited(&correction.clause),
    );
    let lines = correction.points.iter().map(|point| (point.message.as_str(), given.cited(&point.clause)));
    Some(notice(given, "退回补正通知书", said, reasons("需要补正的内容", lines), opened.or(returned)))
}

/// 不予通过通知书
pub(super) fn refusal(given: &Given) -> Option<Paper> {
    let Phase::Refused { stage, findings, at } = &given.view.application.phase else { return None };
    let said = format!(
        "{}（受理编号：{}），经“{}”环节核查，不予通过。理由和依据如下：",
        decided::applied(given),
        given.number(),
        given.stage(stage),
    );
    let lines = findings.iter().map(|finding| (finding.message.as_str(), given.cited(&finding.clause)));
    Some(notice(given, "不予通过通知书", said, reasons("理由", lines), Some(at.day())))
}

fn notice(given: &Given, title: &str, said: String, table: Table, day: Option<Date>) -> Paper {
    let seal = Place::to_seal(&given.view.pack.authority);
    Paper {
        title: title.to_owned(),
        number: Some(format!("受理编号：{}", given.number())),
        blocks: vec![
            Block::Paragraph(Paragraph::flush(format!("{}：", given.view.applicant.name))),
            Block::body(said),
            Block::Table(table),
            Block::Space { lines: 1 },
            Block::Signatures(Signatures { places: vec![seal], day: day.map(Date::chinese) }),
        ],
        ..Paper::default()
    }
}

fn reasons<'a>(head: &str, lines: impl Iterator<Item = (&'a str, String)>) -> Table {
    let mut rows: Vec<Row> = vec![["序号", head, "依据"].map(Cell::head).to_vec().into()];
    for ((said, clauses), number) in lines.zip(1..) {
        rows.push(vec![Cell::middle(number.to_string()), Cell::value(said), Cell::value(clauses)].into());
    }
    Table { caption: None, widths: vec![8, 62, 30], head_rows: 1, rows, size: TextSize::SmallFour }
}
