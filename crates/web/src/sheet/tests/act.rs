//! Rows added and removed by buttons.

use super::{answers, pack};
use crate::sheet::Action;

#[test]
fn a_row_gets_an_id_that_no_row_has() {
    let mut all = answers(&[("contract.2.seller", "甲"), ("contract.x.seller", "乙")]);
    let anchor = Action::AddRow("contract".into()).apply(pack(), &mut all);
    assert_eq!(anchor.as_deref(), Some("contract-3"));
    assert_eq!(all.rows("contract").iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["2", "x", "3"]);
    let anchor = Action::DeleteRow { kind: "contract".into(), id: "2".into() }.apply(pack(), &mut all);
    assert_eq!((anchor.as_deref(), all.rows("contract").len()), (Some("contract"), 2));
    for nothing in [
        Action::AddRow("none".into()),
        Action::AddRow("case".into()),
        Action::DeleteRow { kind: "none".into(), id: "1".into() },
        Action::Save,
    ] {
        assert_eq!(nothing.apply(pack(), &mut all), None, "{nothing:?}");
    }
    assert_eq!(all.rows("contract").len(), 2);
}
