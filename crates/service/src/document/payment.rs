//! The payment list (拨付清单) with its three signatures.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Orientation, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::Pack;
use records::Moment;
use records::ids::AccountId;
use records::payment_list::{APPROVALS, PaymentItem, PaymentList};
use standards::words::{amount_in_words, amount_in_yuan};

/// The paper; `names` are those who drew it up and approved it, `payer` is the bureau that pays.
pub fn payment_paper(pack: &Pack, list: &PaymentList, names: &BTreeMap<AccountId, String>, payer: &str) -> Paper {
    let total = list.total_fen();
    let waits =
        if list.cancelled.is_none() && list.approvals.len() < APPROVALS { "本清单尚未审批，不作为拨付依据。" } else { "" };
    let state = if list.cancelled.is_some() { "（已作废）" } else { "" };
    let blocks = vec![
        Block::Table(items(list)),
        Block::Table(signed(list, names)),
        // The seal is never parted from the paragraph before it: what is sealed stands above it, whatever page it comes to.
        Block::body(format!("以上共{}笔，合计{}（大写：{}）。{waits}", list.items.len(), amount_in_yuan(total), amount_in_words(total))),
        Block::Signatures(seal(list, payer)),
    ];
    Paper {
        title: format!("{}\n资金拨付清单{state}", pack.title),
        number: Some(list.label.clone()),
        orientation: Orientation::Landscape,
        blocks,
        ..Paper::default()
    }
}

fn items(list: &PaymentList) -> Table {
    let heads = ["序号", "受理编号", "收款单位", "开户银行", "银行账号", "金额（元）", "备注"];
    let mut rows: Vec<Row> = vec![heads.map(Cell::head).to_vec().into()];
    rows.extend(list.items.iter().zip(1_usize..).map(|(item, number)| row(item, number)));
    let total = Cell::figure(yuan(list.total_fen()));
    rows.push(vec![Cell::label("合计").across(5), total, Cell::value("")].into());
    Table { caption: None, widths: vec![5, 20, 21, 18, 18, 12, 6], head_rows: 1, rows, size: TextSize::Five }
}

fn row(item: &PaymentItem, number: usize) -> Row {
    vec![
        Cell::middle(number.to_string()),
        Cell::middle(item.number.as_str()),
        Cell::value(item.payee_name.as_str()),
        Cell::value(item.bank.as_str()),
        Cell::value(item.bank_account.as_str()),
        Cell::figure(yuan(item.award_fen)),
        Cell::value(""),
    ]
    .into()
}

/// Who drew it up, and the two who approved it, a line each: the person and the day where it was done on line, and a place for the
/// hand.
fn signed(list: &PaymentList, names: &BTreeMap<AccountId, String>) -> Table {
    let approved = |at: usize| list.approvals.get(at).map(|(account, at)| (account, *at));
    let people = [("编制", Some((&list.prepared_by, list.prepared_at))), ("审批一", approved(0)), ("审批二", approved(1))];
    let name = |account: &AccountId| names.get(account).map_or("", String::as_str).to_owned();
    let online = |(account, at): (&AccountId, Moment)| format!("{}（网上办理，{}）", name(account), at.day().chinese());
    let row = |(what, by): (&str, Option<(&AccountId, Moment)>)| {
        vec![Cell::label(what), Cell::value(by.map(online).unwrap_or_default()), Cell::value("签字：")].into()
    };
    Table { caption: None, widths: vec![12, 44, 44], head_rows: 0, rows: people.into_iter().map(row).collect(), size: TextSize::Five }
}

/// The place for the seal of who pays, and the day of the last approval.
fn seal(list: &PaymentList, payer: &str) -> Signatures {
    let day = list.approvals.last().filter(|_| list.approvals.len() == APPROVALS).map(|(_, at)| at.day().chinese());
    Signatures { places: vec![Place::to_seal(if payer.is_empty() { "拨付单位" } else { payer })], day }
}

fn yuan(fen: i64) -> String {
    amount_in_yuan(fen).trim_end_matches('元').to_owned()
}
