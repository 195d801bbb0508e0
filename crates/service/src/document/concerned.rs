//! What publicities and payment lists say of the files of one archive: their own lines, never those of others.

use std::collections::{BTreeMap, BTreeSet};

use journal::Entry;
use papers::paper::{Block, Cell, Level, Orientation, Paper, Row, Table, TextSize};
use records::Noun as _;
use records::access::Acting;
use records::application::ApplicationEvent;
use records::payment_list::{PaymentItem, PaymentList};
use records::publicity::{Publicity, PublicityItem};
use standards::words::amount_in_yuan;

use crate::desk::Desk;
use crate::on_file::demand;
use crate::{ServiceError, payment};

/// The publicities and payment lists that files stood in, each with those files.
#[derive(Default)]
pub(super) struct Concerned {
    shown: BTreeMap<String, BTreeSet<String>>,
    listed: BTreeMap<String, BTreeSet<String>>,
}

/// What they say of these files.
pub(super) struct Lines {
    /// Their lines; none where there are none.
    pub(super) paper: Option<Paper>,
    /// The entries with which they were made, each with what it is.
    pub(super) entries: Vec<(Entry, String)>,
}

impl Concerned {
    /// Notes where a file came to stand.
    pub(super) fn learn(&mut self, file: &str, event: &ApplicationEvent) {
        match event {
            ApplicationEvent::Publicised { publicity, .. } => {
                self.shown.entry(publicity.to_string()).or_default().insert(file.to_owned());
            }
            ApplicationEvent::Listed { list, .. } => {
                self.listed.entry(list.to_string()).or_default().insert(file.to_owned());
            }
            _ => {}
        }
    }

    /// The publicities.
    pub(super) fn publicities(&self) -> impl Iterator<Item = &String> {
        self.shown.keys()
    }

    /// The lines as somebody may read them.
    pub(super) async fn lines(&self, desk: &Desk<'_>, acting: &Acting, organisation: &str) -> Result<Lines, ServiceError> {
        let (mut shown, mut paid, mut entries) = (Vec::new(), Vec::new(), Vec::new());
        for (id, files) in &self.shown {
            let publicity = demand::<Publicity>(desk.store, id).await?.state;
            let own = publicity.items.iter().filter(|item| files.contains(item.application.as_str()));
            shown.extend(own.map(|item| shown_row(&publicity, item)));
            entries.extend(made(desk, Publicity::NOUN, id, format!("公示：{}", publicity.title)).await?);
        }
        for (id, files) in &self.listed {
            let list = demand::<PaymentList>(desk.store, id).await?.state;
            let own = list.items.iter().filter(|item| files.contains(item.application.as_str()));
            paid.extend(own.map(|item| paid_row(acting, &list, item)));
            entries.extend(made(desk, PaymentList::NOUN, id, format!("拨付清单：{}", list.label)).await?);
        }
        Ok(Lines { paper: (shown.len() + paid.len() > 0).then(|| paper(organisation, shown, paid)), entries })
    }
}

/// The entry with which a record was made.
async fn made(desk: &Desk<'_>, noun: &str, id: &str, what: String) -> Result<Option<(Entry, String)>, ServiceError> {
    let entries = desk.store.entries_of(noun, id).await?;
    Ok(entries.into_iter().next().map(|entry| (entry, what)))
}

fn paper(organisation: &str, shown: Vec<Row>, paid: Vec<Row>) -> Paper {
    let heads = ["公示", "公示期", "受理编号", "核定投入（元）", "金额（元）", "结果"];
    let shown = table(&heads, vec![30, 20, 16, 11, 11, 12], shown);
    let heads = ["拨付清单", "受理编号", "收款单位", "开户银行", "银行账号", "金额（元）", "结果", "日期"];
    let paid = table(&heads, vec![14, 15, 17, 14, 13, 10, 7, 10], paid);
    let tables = [("公示中与本单位有关的内容", shown), ("拨付清单中与本单位有关的内容", paid)];
    let blocks =
        (1..).zip(tables).flat_map(|(number, (heading, table))| [Block::heading(Level::One, number, heading), Block::Table(table)]);
    Paper {
        title: "公示和拨付情况".to_owned(),
        number: Some(organisation.to_owned()),
        orientation: Orientation::Landscape,
        blocks: blocks.collect(),
        ..Paper::default()
    }
}

fn table(heads: &[&str], widths: Vec<u16>, rows: Vec<Row>) -> Table {
    let head: Row = heads.iter().map(|head| Cell::head(*head)).collect::<Vec<_>>().into();
    let none = rows.is_empty().then(|| vec![Cell::value("无").across(heads.len())].into());
    Table { caption: None, widths, head_rows: 1, rows: std::iter::once(head).chain(rows).chain(none).collect(), size: TextSize::SmallFive }
}

fn shown_row(publicity: &Publicity, item: &PublicityItem) -> Row {
    let passed = publicity.passed.contains(&item.application);
    vec![
        Cell::value(publicity.title.as_str()),
        Cell::value(format!("{}至{}", publicity.starts_on.chinese(), publicity.ends_on.chinese())),
        Cell::middle(item.number.as_str()),
        Cell::figure(item.recognised_fen.map(yuan).unwrap_or_default()),
        Cell::figure(item.award_fen.map(yuan).unwrap_or_default()),
        Cell::value(if passed { "无异议或者异议已排除" } else { "" }),
    ]
    .into()
}

fn paid_row(acting: &Acting, list: &PaymentList, item: &PaymentItem) -> Row {
    let (bank, account) = account(acting, item);
    vec![
        Cell::value(list.label.as_str()),
        Cell::middle(item.number.as_str()),
        Cell::value(item.payee_name.as_str()),
        Cell::value(bank),
        Cell::value(account),
        Cell::figure(yuan(item.award_fen)),
        Cell::middle(item.result.label()),
        Cell::middle(item.result.at().map(|at| at.day().to_string()).unwrap_or_default()),
    ]
    .into()
}

/// Bank and account: its own whole, to those who read payment lists as much as there, to others nothing.
fn account(acting: &Acting, item: &PaymentItem) -> (String, String) {
    if acting.organisation == item.payee {
        return (item.bank.clone(), item.bank_account.clone());
    }
    let read = payment::may_read(acting);
    if read { (item.bank.clone(), payment::account_for(acting, &item.bank_account)) } else { Default::default() }
}

fn yuan(fen: i64) -> String {
    amount_in_yuan(fen).trim_end_matches('元').to_owned()
}
