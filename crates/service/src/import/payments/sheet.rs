//! The table that goes to the bank and comes back: what was approved is filled in, what the bank did is to be.

use papers::sheet_in::{Choice, Choices, Column, Kind, Template, Unit, filled_template};
use papers::sheet_out::{self, Cell};
use records::access::Acting;
use records::payment_list::{PaymentItem, PaymentList, PaymentResult, REFERENCE_MAX_CHARS};
use standards::Date;

use crate::ServiceError;
use crate::payment::account_for;

/// Characters of a number, of a name, of a line.
const NUMBER_MAX_CHARS: usize = 64;
const NAME_MAX_CHARS: usize = 100;
const LINE_MAX_CHARS: usize = 200;

/// The columns, the last four for the bank.
pub(in crate::import) fn template(until: Date) -> Template {
    let line = |name: &str, head: &str, max_chars| Column::new(name, head, Kind::Text { max_chars });
    let columns = vec![
        line("place", "序号", NUMBER_MAX_CHARS),
        line("number", "受理编号", NUMBER_MAX_CHARS).required().also(&["申报编号", "业务编号"]).note("与审批的清单一致，不要改动。"),
        line("payee", "收款单位", NAME_MAX_CHARS).also(&["收款人", "收款人名称", "收款单位名称", "收款户名", "户名", "单位名称"]),
        line("bank", "开户银行", LINE_MAX_CHARS).also(&["开户行", "收款人开户行", "收款银行"]),
        line("account", "银行账号", NUMBER_MAX_CHARS).required().also(&["账号", "收款账号", "收款人账号", "银行账户"]),
        Column::new("amount", "金额", Kind::Money(Unit::Yuan)).required().also(&["拨付金额", "支付金额", "实付金额", "交易金额"]),
        Column::new("result", "结果", Kind::Choice(results())).also(&[
            "拨付结果",
            "支付结果",
            "处理结果",
            "交易结果",
            "支付状态",
            "交易状态",
        ]),
        Column::new("value_on", "日期", Kind::Day { until })
            .also(&["拨付日期", "支付日期", "办理日期", "交易日期", "记账日期", "退回日期"])
            .note("银行办理或者退回的日期，不早于清单审批完成的日期。"),
        line("reason", "失败原因", LINE_MAX_CHARS).also(&["退回原因", "退票原因", "原因"]).note("结果为“退回”的必填，其他不填。"),
        line("reference", "流水号", REFERENCE_MAX_CHARS).also(&["交易流水号", "银行流水号", "支付流水号", "凭证号"]),
        line("head", "办理记录校验码", NUMBER_MAX_CHARS).note("用来核对表格属于哪份清单，不要改动。"),
    ];
    let notes = vec![
        "一行一笔拨付；银行办理后填写结果、日期、失败原因和流水号，再在平台的拨付清单页面导入。".to_owned(),
        "结果留空的，仍为待拨付；可以分几次导入，已登记的行不重复登记。".to_owned(),
        "列的顺序可以调整；不认识的列不读取。".to_owned(),
    ];
    Template { label: "拨付清单".to_owned(), columns, notes }
}

fn results() -> Choices {
    let one = |id: &str, label: &str, also: &[&str]| Choice {
        id: id.to_owned(),
        label: label.to_owned(),
        also: also.iter().map(|name| (*name).to_owned()).collect(),
    };
    Choices::new(vec![
        one("paid", "已拨付", &["已支付", "已付款", "成功", "拨付成功", "支付成功", "交易成功"]),
        one("failed", "退回", &["已退回", "退票", "退汇", "失败", "拨付失败", "支付失败", "交易失败"]),
        one("waiting", "待拨付", &["未拨付", "待支付", "处理中"]),
    ])
}

/// The columns of a list as a table that goes out.
pub fn columns() -> Vec<sheet_out::Column> {
    let all = template(Date::MAX).columns;
    all.iter().map(|column| sheet_out::Column { head: column.full_head(), width_chars: 20 }).collect()
}

/// The payments of a list as a person may read them.
pub fn rows(acting: &Acting, list: &PaymentList) -> Vec<Vec<Cell>> {
    list.items.iter().zip(1..).map(|(item, place)| row(acting, list, item, place)).collect()
}

fn row(acting: &Acting, list: &PaymentList, item: &PaymentItem, place: i64) -> Vec<Cell> {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let (result, reason) = match &item.result {
        PaymentResult::Waiting => ("", ""),
        PaymentResult::Paid { .. } => ("已拨付", ""),
        PaymentResult::Failed { reason, .. } => ("退回", reason.as_str()),
    };
    let voucher = item.result.voucher();
    vec![
        Cell::Count(place),
        text(&item.number),
        text(&item.payee_name),
        text(&item.bank),
        text(&account_for(acting, &item.bank_account)),
        Cell::Money { fen: item.award_fen },
        text(result),
        voucher.and_then(|voucher| voucher.value_on).map_or(Cell::Empty, Cell::Day),
        text(reason),
        text(voucher.map_or("", |voucher| &voucher.reference)),
        text(&list.head),
    ]
}

/// A list as the workbook that the bank fills in.
pub(in crate::import) fn workbook(acting: &Acting, list: &PaymentList, today: Date) -> Result<Vec<u8>, ServiceError> {
    filled_template(&template(today), rows(acting, list).into_iter(), list.prepared_at.day()).map_err(|_| ServiceError::Broken)
}
