//! 工作月报: what happened in a month in one place, and where everything stands.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Level, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::{Grants, Pack, Procedure};
use records::application::FileWord;
use standards::Date;
use standards::words::{money, total_in_wan};

use super::month::{Happened, Stood, Sums};
use Figure::{Count, Money, OfMoney};

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
    /// The day of the report; of a month that is not over, everything stands as on that day.
    pub made_on: Date,
    /// By procedure.
    pub happened: &'a BTreeMap<String, Happened>,
    /// Where everything stood at the month's end.
    pub stood: &'a Stood,
}

/// The paper.
pub fn monthly_paper(month: &Month) -> Paper {
    let name = format!("{}年{}月", month.first.year(), month.first.month());
    let place = standards::division::find(month.place).map_or(month.place, |division| division.name.as_str());
    let blocks = vec![
        Block::heading(Level::One, 1, "本月办理情况"),
        Block::body(summary(month, &name)),
        Block::Table(happened(month)),
        Block::heading(Level::One, 2, &format!("累计情况（截至{}）", as_of(month).chinese())),
        Block::Table(standing(month)),
        Block::Table(states(month)),
        Block::heading(Level::One, 3, "存在的问题和下一步工作"),
        Block::Space { lines: 5 },
        Block::Signatures(Signatures { places: vec![Place::to_seal(month.bureau)], day: Some(month.made_on.chinese()) }),
    ];
    Paper { title: format!("{}\n{name}工作月报", month.pack.title), number: Some(place.to_owned()), blocks, ..Paper::default() }
}

/// The month's last day; of a month that is not over the day of the report.
fn as_of(month: &Month) -> Date {
    month.first.add_months(1).add_days(-1).min(month.made_on)
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
    let nothing = Happened::default();
    let of = |procedure: &Procedure| month.happened.get(&procedure.id).unwrap_or(&nothing);
    let figures = |procedure: &Procedure| {
        let one = of(procedure);
        let money = [one.decided, one.decided_fen, one.paid, one.paid_fen];
        [one.submitted, one.returned, one.refused].into_iter().chain(money).chain([one.concluded]).collect()
    };
    let rows = rows(month, &heads, &HAPPENED, figures);
    Table {
        caption: Some("表1　本月办理情况".to_owned()),
        widths: vec![22, 9, 10, 10, 10, 11, 9, 11, 9],
        head_rows: 1,
        rows,
        size: TextSize::SmallFive,
    }
}

fn standing(month: &Month) -> Table {
    let nothing = Sums::default();
    let figures = |procedure: &Procedure| {
        let one = month.stood.by_procedure.get(&procedure.id).unwrap_or(&nothing);
        vec![one.files, one.recognised_fen, one.award_fen]
    };
    let rows = rows(month, &["事项", "申报件（件）", "核定投入（万元）", "决定金额（万元）"], &STOOD, figures);
    Table {
        caption: Some("表2　累计受理和金额".to_owned()), widths: vec![40, 20, 20, 20], head_rows: 1, rows, size: TextSize::Five
    }
}

fn states(month: &Month) -> Table {
    let mut rows: Vec<Row> = vec![["状态", "申报件（件）"].map(Cell::head).to_vec().into()];
    for word in FileWord::ALL {
        if let Some(count) = month.stood.by_state.get(&word) {
            rows.push(vec![Cell::value(word.label()), Cell::figure(count.to_string())].into());
        }
    }
    rows.push(match month.stood.by_state.values().sum::<i64>() {
        0 => vec![Cell::value("没有申报件").across(2)].into(),
        sum => vec![Cell::label("合计"), Cell::figure(sum.to_string())].into(),
    });
    Table { caption: Some("表3　按状态".to_owned()), widths: vec![60, 40], head_rows: 1, rows, size: TextSize::Five }
}

/// What a figure of a column is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figure {
    /// How many.
    Count,
    /// How many decisions or payments: blank where the procedure ends in no money.
    OfMoney,
    /// Money in fen, blank likewise.
    Money,
}

const HAPPENED: [Figure; 8] = [Count, Count, Count, OfMoney, Money, OfMoney, Money, Count];
const STOOD: [Figure; 3] = [Count, Money, Money];

/// A row a procedure, and their sums.
fn rows(month: &Month, heads: &[&str], kinds: &[Figure], of: impl Fn(&Procedure) -> Vec<i64>) -> Vec<Row> {
    let mut all: Vec<Row> = vec![heads.iter().map(|head| Cell::head(*head)).collect::<Vec<_>>().into()];
    let mut sums = vec![0; kinds.len()];
    for procedure in &month.pack.procedures {
        let figures = of(procedure);
        sums.iter_mut().zip(&figures).for_each(|(sum, figure)| *sum += figure);
        all.push(row(Cell::value(procedure.label.as_str()), &figures, kinds, procedure.grants == Grants::Award));
    }
    all.push(row(Cell::label("合计"), &sums, kinds, true));
    all
}

fn row(name: Cell, figures: &[i64], kinds: &[Figure], money: bool) -> Row {
    let cell = |(figure, kind): (&i64, &Figure)| match kind {
        Count => figure.to_string(),
        OfMoney | Money if !money && *figure == 0 => String::new(),
        OfMoney => figure.to_string(),
        Money => total_in_wan(*figure),
    };
    let figures = figures.iter().zip(kinds).map(|pair| Cell::figure(cell(pair)));
    std::iter::once(name).chain(figures).collect::<Vec<_>>().into()
}
