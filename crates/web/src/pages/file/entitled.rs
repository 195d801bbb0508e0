//! 已获支持: what the platform itself has granted the applicant in other files, as it counts in this one.

use maud::{Markup, html};
use records::application::granted_row;
use standards::words::money;

use super::opened::Opened;
use crate::components::clause::cites;

/// Nothing where the policy does not look at it.
pub(super) fn entitled(opened: &Opened) -> Markup {
    let (Some(entitlement), view) = (&opened.pack().entitlement, &opened.view) else { return html! {} };
    let rows = view.case.inputs.rows(&entitlement.kind);
    let lines = view.entitled.iter().flat_map(|(programme, lines)| lines.iter().map(move |line| (granted_row(programme, line), line)));
    let counted: Vec<_> = lines.filter(|(id, _)| rows.iter().any(|row| row.id == *id)).map(|(_, line)| line).collect();
    html! {
        section aria-labelledby="entitled" {
            h2 #entitled { "在本平台已获的支持" }
            p.quiet { "同一事项就高、补足差额，不重复支持。" (cites(opened.pack(), &entitlement.clause)) }
            @if counted.is_empty() { p { "没有。" } }
            @else {
                ul.plain {
                    @for line in counted {
                        li {
                            (line.label) "：" strong { (money(line.kept_fen())) }
                            "，" (line.at.day().chinese()) "决定，" @if line.paid { "已拨付" } @else { "待拨付" }
                            "（" (line.number) "）"
                        }
                    }
                }
            }
        }
    }
}
