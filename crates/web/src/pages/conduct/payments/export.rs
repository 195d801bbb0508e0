//! A list as a table for the bank.

use axum::response::Response;
use papers::sheet_out::{self, Cell, Column};
use records::access::Acting;
use records::payment_list::{PaymentItem, PaymentList};

use super::account;
use crate::errors::Error;
use crate::pages::download::{attached, xlsx_bytes};

/// As CSV.
pub(super) fn csv(acting: &Acting, list: &PaymentList) -> Response {
    let rows: String = rows(acting, list).map(|cells| sheet_out::csv_row(&cells)).collect();
    attached(
        "text/csv; charset=utf-8",
        &format!("{}.csv", list.label),
        format!("{}{rows}", sheet_out::csv_head(&columns())).into_bytes().into(),
    )
}

/// As a spreadsheet.
pub(super) fn xlsx(acting: &Acting, list: &PaymentList) -> Result<Response, Error> {
    let bytes = sheet_out::xlsx("拨付清单", &columns(), rows(acting, list), list.prepared_at.day()).map_err(|_| Error::TooLarge)?;
    Ok(xlsx_bytes(&format!("{}.xlsx", list.label), bytes))
}

fn columns() -> Vec<Column> {
    let all = [
        ("序号", 6),
        ("受理编号", 20),
        ("收款单位", 36),
        ("开户银行", 36),
        ("银行账号", 26),
        ("金额（元）", 16),
        ("结果", 12),
        ("台账末条摘要", 70),
    ];
    all.into_iter().map(|(head, width_chars)| Column { head: head.to_owned(), width_chars }).collect()
}

fn rows<'a>(acting: &'a Acting, list: &'a PaymentList) -> impl Iterator<Item = Vec<Cell>> + 'a {
    list.items.iter().zip(1..).map(move |(item, place)| row(acting, list, item, place))
}

fn row(acting: &Acting, list: &PaymentList, item: &PaymentItem, place: i64) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    vec![
        Cell::Count(place),
        text(&item.number),
        text(&item.payee_name),
        text(&item.bank),
        text(&account(acting, &item.bank_account)),
        Cell::Money { fen: item.award_fen },
        text(item.result.label()),
        text(&list.head),
    ]
}
