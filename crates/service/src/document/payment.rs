//! The payment list (拨付清单) with its three signatures.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Orientation, Paper, Place, Row, Signatures, Table, TextSize};
use policy::pack::Pack;
use records::ids::AccountId;
use records::payment_list::{PaymentItem, PaymentList};
use standards::words::{amount_in_words, amount_in_yuan};

/// The paper; `names` are those who drew it up and approved it.
pub fn payment_paper(pack: &Pack, list: &PaymentList, names: &BTreeMap<AccountId, String>) -> Paper {
    let total = list.total_fen();
    let state = if list.cancelled.is_some() { "（已作废）" } else { "" };
    let blocks = vec![
        Block::body(format!(
            "本清单共{}笔，合计{}（大写：{}）。状态：{}。",
            list.items.len(),
            amount_in_yuan(total),
            amount_in_words(total),
            list.word(),
        )),
        Block::Table(items(list)),
        Block::Signatures(signatures(list, names)),
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
    Table { caption: None, widths: vec![5, 15, 24, 20, 17, 12, 7], head_rows: 1, rows, size: TextSize::Five }
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

/// Who drew it up, and the two who approved it, each with a place for the hand.
fn signatures(list: &PaymentList, names: &BTreeMap<AccountId, String>) -> Signatures {
    let name = |account: &AccountId| names.get(account).cloned();
    let approved = |at: usize| list.approvals.get(at).and_then(|(account, _)| name(account));
    let place = |label: &str, signed: Option<String>| Place {
        signed: signed.map(|name| format!("{name}（网上办理）")),
        ..Place::to_sign(label)
    };
    let places = vec![place("编制", name(&list.prepared_by)), place("审批一", approved(0)), place("审批二", approved(1))];
    Signatures { places, day: list.approvals.last().map(|(_, at)| at.day().chinese()) }
}

fn yuan(fen: i64) -> String {
    amount_in_yuan(fen).trim_end_matches('元').to_owned()
}
