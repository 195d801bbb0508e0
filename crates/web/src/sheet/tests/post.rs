//! Posts as answers.

use super::{answers, form, pack, pairs};
use crate::sheet::{Action, merged, read, version};

#[test]
fn only_what_the_forms_have_is_read() {
    let check = |posted: &[(&str, &str)], expected: &[(&str, &str)]| {
        let found = read(pack(), &[form("plain"), form("rest")], &pairs(posted));
        assert_eq!(found, answers(expected), "{posted:?}");
    };
    check(&[("project.spent", "60"), ("project.none", "1"), ("double", "9"), ("plain.double", "9")], &[("project.spent", "60")]);
    check(&[("plain.title", "  ")], &[]);
    check(&[("plain.title", "a"), ("plain.title", "b")], &[("plain.title", "b")]);
    check(&[("plain.several", "b"), ("plain.several", "a")], &[("plain.several", "b,a")]);
    check(&[("plain.basics", "一\r\n二")], &[("plain.basics", "一\n二")]);
    check(&[("plain.effects.0.after", "1"), ("plain.effects.2.after", "1"), ("plain.effects.0.x", "1")], &[("plain.effects.0.after", "1")]);
    check(
        &[("row.contract.1.seller", "甲"), ("row.contract.1.matches", "yes"), ("row.none.1.seller", "乙")],
        &[("contract.1.seller", "甲")],
    );
    check(&[("row.contract.1", ""), ("row.contract.1.seller", "")], &[]);
    check(&[("row.invoice.1.parent", "2"), ("row.invoice.1.amount", "")], &[]);
    check(&[("row.contract.__row__.seller", "甲"), ("row.contract..seller", "甲"), ("row.contract.a/b.seller", "甲")], &[]);
}

#[test]
fn rows_keep_the_order_of_the_page() {
    let posted = pairs(&[("row.contract.9.seller", "甲"), ("row.contract.2.seller", "乙"), ("row.contract.9.amount", "1")]);
    let read = read(pack(), &[form("rest")], &posted);
    assert_eq!(read.rows("contract").iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["9", "2"]);
}

#[test]
fn a_page_replaces_what_it_showed_and_nothing_else() {
    let before = answers(&[
        ("project.spent", "60"),
        ("plain.title", "旧"),
        ("plain.why", "理由"),
        ("plain.truth", "yes"),
        ("contract.1.seller", "甲"),
        ("contract.1.signed", "别的表填的"),
        ("contract.2.seller", "乙"),
        ("evidence.network", "材料"),
    ]);
    let check = |form_id: &str, posted: &[(&str, &str)], expected: &[(&str, &str)]| {
        let found = merged(pack(), &[form(form_id)], &before, &pairs(posted));
        assert_eq!(found, answers(expected), "{posted:?}");
    };
    let others =
        [("contract.1.seller", "甲"), ("contract.1.signed", "别的表填的"), ("contract.2.seller", "乙"), ("evidence.network", "材料")];
    check(
        "plain",
        &[("shown", "plain.own"), ("plain.title", "新")],
        &[&others[..], &[("project.spent", "60"), ("plain.title", "新"), ("plain.why", "理由"), ("plain.truth", "yes")]].concat(),
    );
    check(
        "plain",
        &[("shown", "plain"), ("plain.title", "新")],
        &[&others[..], &[("project.spent", "60"), ("plain.title", "旧"), ("plain.why", "理由")]].concat(),
    );
    check(
        "rest",
        &[("shown", "rest.contracts"), ("row.contract.1", ""), ("row.contract.1.amount", "5")],
        &[
            ("project.spent", "60"),
            ("plain.title", "旧"),
            ("plain.why", "理由"),
            ("plain.truth", "yes"),
            ("contract.1.signed", "别的表填的"),
            ("contract.1.amount", "5"),
            ("evidence.network", "材料"),
        ],
    );
}

#[test]
fn the_version_and_the_button_are_found() {
    assert_eq!(version(&pairs(&[("version", "7")])), 7);
    assert_eq!(version(&pairs(&[("version", "x")])), 0);
    let check = |word: &str, action: Action| assert_eq!(Action::of(&pairs(&[("do", word)])), action);
    check("save", Action::Save);
    check("add-row:invoice", Action::AddRow("invoice".into()));
    check("delete-row:invoice:3", Action::DeleteRow { kind: "invoice".into(), id: "3".into() });
    check("next", Action::Other("next".into()));
    assert_eq!(Action::of(&[]), Action::Save);
}
