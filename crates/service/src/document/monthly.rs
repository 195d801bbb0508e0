//! 工作月报: what happened in a month in one place, and where everything stands.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Level, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::Pack;
use records::application::{ApplicationEvent, FileWord};
use standards::Date;
use standards::words::{money, total_in_wan};

use crate::application::Dashboard;

/// What happened in a month to the files of one procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// First handed in.
    pub submitted: i64,
    /// Returned for correction.
    pub returned: i64,
    /// Refused.
    pub refused: i64,
    /// Decided: how many.
    pub decided: i64,
    /// Decided: how much, in fen.
    pub decided_fen: i64,
    /// Paid: how many.
    pub paid: i64,
    /// Paid: how much, in fen.
    pub paid_fen: i64,
    /// Ended well.
    pub concluded: i64,
}

impl Happened {
    /// Counts an event.
    pub fn count(&mut self, event: &ApplicationEvent) {
        use ApplicationEvent as E;
        match event {
            E::Signed { number: Some(_), .. } => self.submitted += 1,
            E::Returned { .. } => self.returned += 1,
            E::Refused { .. } => self.refused += 1,
            E::Decided { receipt, .. } => {
                self.decided += 1;
                self.decided_fen += receipt.award_fen.unwrap_or(0);
            }
            E::Paid { fen, .. } => {
                self.paid += 1;
                self.paid_fen += fen;
            }
            E::Concluded { .. } => self.concluded += 1,
            _ => {}
        }
    }
}

/// What a report is about.
pub struct Month<'a> {
    /// The programme.
    pub pack: &'a Pack,
    /// The place of the bureau that reports.
    pub place: &'a str,
    /// The bureau.
    pub bureau: &'a str,
    /// The month's first day.
    pub first: Date,
    /// The day of the report, on which everything stands as it says.
    pub made_on: Date,
    /// By procedure.
    pub happened: &'a BTreeMap<String, Happened>,
    /// Where everything stands.
    pub figures: &'a Dashboard,
}

/// The paper.
pub fn monthly_paper(month: &Month) -> Paper {
    let name = format!("{}年{}月", month.first.year(), month.first.month());
    let place = standards::division::find(month.place).map_or(month.place, |division| division.name.as_str());
    let blocks = vec![
        Block::heading(Level::One, 1, "本月办理情况"),
        Block::body(summary(month, &name)),
        Block::Table(happened(month)),
        Block::heading(Level::One, 2, &format!("累计情况（截至{}）", month.made_on.chinese())),
        Block::Table(standing(month)),
        Block::Table(states(month)),
        Block::heading(Level::One, 3, "存在的问题和下一步工作"),
        Block::Space { lines: 5 },
        Block::Signatures(Signatures { places: vec![Place::to_seal(month.bureau)], day: Some(month.made_on.chinese()) }),
    ];
    Paper { title: format!("{}\n{name}工作月报", month.pack.title), number: Some(place.to_owned()), blocks, ..Paper::default() }
}

fn summary(month: &Month, name: &str) -> String {
    let all = month.happened.values();
    let sum = |of: fn(&Happened) -> i64| all.clone().map(of).sum::<i64>();
    format!(
        "{name}新受理申报件{}件，退回补正{}次，不予通过{}件，作出资金决定{}件、{}，拨付{}笔、{}。",
        sum(|one| one.submitted),
        sum(|one| one.returned),
        sum(|one| one.refused),
        sum(|one| one.decided),
        money(sum(|one| one.decided_fen)),
        sum(|one| one.paid),
        money(sum(|one| one.paid_fen)),
    )
}

fn happened(month: &Month) -> Table {
    let heads = [
        "事项",
        "新受理（件）",
        "退回补正（次）",
        "不予通过（件）",
        "作出决定（件）",
        "决定金额（万元）",
        "拨付（笔）",
        "拨付金额（万元）",
        "办结（件）",
    ];
    let mut rows: Vec<Row> = vec![heads.map(Cell::head).to_vec().into()];
    for procedure in &month.pack.procedures {
        let nothing = Happened::default();
        let one = month.happened.get(&procedure.id).unwrap_or(&nothing);
        let figures = [
            one.submitted.to_string(),
            one.returned.to_string(),
            one.refused.to_string(),
            one.decided.to_string(),
            total_in_wan(one.decided_fen),
            one.paid.to_string(),
            total_in_wan(one.paid_fen),
            one.concluded.to_string(),
        ];
        rows.push(std::iter::once(Cell::value(procedure.label.as_str())).chain(figures.map(Cell::figure)).collect::<Vec<_>>().into());
    }
    Table {
        caption: Some("表1　本月办理情况".to_owned()),
        widths: vec![22, 9, 10, 10, 10, 11, 9, 11, 9],
        head_rows: 1,
        rows,
        size: TextSize::SmallFive,
    }
}

fn standing(month: &Month) -> Table {
    let mut rows: Vec<Row> = vec![["事项", "申报件（件）", "核定投入（万元）", "决定金额（万元）"].map(Cell::head).to_vec().into()];
    for procedure in &month.pack.procedures {
        let count = month.figures.by_procedure.iter().find(|count| count.key == procedure.id);
        let figures = [
            count.map_or(0, |count| count.applications).to_string(),
            total_in_wan(count.map_or(0, |count| count.recognised_fen)),
            total_in_wan(count.map_or(0, |count| count.award_fen)),
        ];
        rows.push(std::iter::once(Cell::value(procedure.label.as_str())).chain(figures.map(Cell::figure)).collect::<Vec<_>>().into());
    }
    Table {
        caption: Some("表2　累计受理和金额".to_owned()), widths: vec![40, 20, 20, 20], head_rows: 1, rows, size: TextSize::Five
    }
}

fn states(month: &Month) -> Table {
    let mut rows: Vec<Row> = vec![["状态", "申报件（件）"].map(Cell::head).to_vec().into()];
    for word in FileWord::ALL {
        if let Some(count) = month.figures.by_state.iter().find(|count| count.key == word.as_str()) {
            rows.push(vec![Cell::value(word.label()), Cell::figure(count.applications.to_string())].into());
        }
    }
    if rows.len() == 1 {
        rows.push(vec![Cell::value("没有申报件").across(2)].into());
    }
    Table { caption: Some("表3　按状态".to_owned()), widths: vec![60, 40], head_rows: 1, rows, size: TextSize::Five }
}
