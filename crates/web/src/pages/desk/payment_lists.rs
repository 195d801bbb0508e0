//! 待审批的拨付清单: what waits for a signer of the finance bureau, above everything else.

use maud::{Markup, html};
use records::payment_list::PaymentList;

use crate::components::layout::wide;

/// The lists this person may approve, each a link.
pub(super) fn to_approve(lists: &[PaymentList]) -> Markup {
    let table = html! {
        table.list.stack.tight {
            caption.hidden { "待审批的拨付清单" }
            thead { tr { th scope="col" { "清单" } th scope="col" { "状态" } th.number scope="col" { "笔数" } th.number scope="col" { "金额" } th scope="col" { "编制日期" } } }
            tbody {
                @for list in lists {
                    tr {
                        th scope="row" { a href=(format!("/conduct/payments/{}", list.id)) { (list.label) } }
                        td data-label="状态" { span.tag { (list.word()) } }
                        td.number data-label="笔数" { (list.items.len()) }
                        td.number data-label="金额" { (policy::say::money(list.total_fen())) }
                        td data-label="编制日期" { (list.prepared_at.day()) }
                    }
                }
            }
        }
    };
    html! {
        @if !lists.is_empty() {
            section aria-labelledby="to-approve" {
                h2 #to-approve { "待审批的拨付清单（" (lists.len()) "）" }
                (wide("待审批的拨付清单", &table))
            }
        }
    }
}
