//! A line about a payment that was recorded before.

use papers::sheet_in::Row;
use records::payment_list::{PaymentResult, Voucher};
use standards::text::squash;

use super::read::key;
use crate::payment::Banked;

/// Such a line says the same, as far as it says anything; where it does not, that is added to it.
pub(super) fn again(row: &mut Row<'_>, recorded: &PaymentResult, banked: &Banked, voucher: &Voucher) {
    let (same, reason) = match (recorded, banked) {
        (PaymentResult::Paid { .. }, Banked::Paid) => (true, None),
        (PaymentResult::Failed { reason, .. }, Banked::Failed(_)) => (true, Some(reason.as_str())),
        (PaymentResult::Failed { reason, .. }, _) => (false, Some(reason.as_str())),
        _ => (false, None),
    };
    let remedy = "一笔拨付只登记一次；请核对，与登记不一致的请选择“不导入本行”或者从表中删除该行";
    let known = recorded.voucher().cloned().unwrap_or_default();
    let mut wrong = Vec::new();
    if !same {
        let what = format!("该笔拨付已登记为{}{}", recorded.label(), reason.map_or(String::new(), |reason| format!("（{reason}）")));
        wrong.push(row.problem("result", what, remedy));
    } else if reason.is_some_and(|reason| squash(reason) != squash(row.text("reason"))) {
        wrong.push(row.problem("reason", format!("已登记的失败原因是“{}”", reason.unwrap_or_default()), remedy));
    }
    if let (Some(known), Some(said)) = (known.value_on, voucher.value_on)
        && known != said
    {
        wrong.push(row.problem("value_on", format!("已登记的日期是{}", known.chinese()), remedy));
    }
    if !known.reference.is_empty() && !voucher.reference.is_empty() && key(&known.reference) != key(&voucher.reference) {
        wrong.push(row.problem("reference", format!("已登记的流水号是{}", known.reference), remedy));
    }
    row.problems.extend(wrong);
}
