//! Payment lists with their approvals, payments that fail, money that is claimed back.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, by, noon};
use records::payment_list::{PaymentItem, PaymentList, PaymentListEvent, PaymentResult, Voucher};
use records::{Noun as _, Refusal};

fn paths(refusal: &Refusal) -> Vec<&str> {
    refusal.errors.iter().map(|error| error.path.as_str()).collect()
}

fn list(items: &[(&str, i64)]) -> PaymentList {
    let item = |(id, award_fen): &(&str, i64)| PaymentItem {
        application: (*id).into(),
        number: String::new(),
        payee: (*id).into(),
        payee_name: (*id).into(),
        bank: "银行".into(),
        bank_account: "123".into(),
        award_fen: *award_fen,
        result: PaymentResult::Waiting,
    };
    PaymentList {
        id: "l".into(),
        programme: "example-award".into(),
        label: "第一批".into(),
        place: "hohhot".into(),
        prepared_by: "preparer".into(),
        prepared_at: noon("2026-02-02"),
        head: String::new(),
        items: items.iter().map(item).collect(),
        approvals: Vec::new(),
        cancelled: None,
    }
}

#[test]
fn what_a_payment_list_needs() {
    let mut nameless = list(&[("甲", 1)]);
    nameless.label = " ".into();
    let mut without_bank = list(&[("甲", 1)]);
    without_bank.items[0].bank_account = String::new();
    for (list, wrong) in [
        (list(&[("甲", 1)]), vec![]),
        (list(&[]), vec!["items"]),
        (list(&[("甲", 1), ("乙", 0)]), vec!["items"]),
        (nameless, vec!["label"]),
        (without_bank, vec!["items"]),
    ] {
        let prepared = PaymentList::prepare(list);
        assert_eq!(prepared.as_ref().err().map(paths).unwrap_or_default(), wrong, "{prepared:?}");
    }
}

/// Who approves after whom: two people, neither of them the one who drew the list up.
#[test]
fn two_others_approve() {
    for (approvers, refused_at, word) in [
        (vec!["one"], None, "待第二人审批"),
        (vec!["one", "two"], None, "已审批，待拨付"),
        (vec!["preparer"], Some("制单人"), "待审批"),
        (vec!["one", "preparer"], Some("制单人"), "待第二人审批"),
        (vec!["one", "one"], Some("还需另一名"), "待第二人审批"),
        (vec!["one", "two", "three"], Some("已完成审批"), "已审批，待拨付"),
    ] {
        let mut list = list(&[("甲", 10), ("乙", 20)]);
        let mut refused = None;
        for account in &approvers {
            match list.approve(&(*account).into(), noon("2026-02-02")) {
                Ok(events) => list = PaymentList::fold_all(Some(list), &events).unwrap(),
                Err(refusal) => refused = Some(refusal.message),
            }
        }
        assert_eq!(refused.is_some(), refused_at.is_some(), "{approvers:?}: {refused:?}");
        assert!(refused.unwrap_or_default().contains(refused_at.unwrap_or_default()), "{approvers:?}");
        assert_eq!((list.word(), list.total_fen()), (word, 30), "{approvers:?}");
    }
}

#[test]
fn results_are_recorded_once_and_after_the_approvals() {
    let mut list = list(&[("甲", 10), ("乙", 20)]);
    let paid = || PaymentResult::Paid { at: noon("2026-02-03"), voucher: Voucher::default() };
    assert!(list.record(&"甲".into(), paid()).unwrap_err().message.contains("还没有完成审批"));
    assert_eq!(paths(&list.cancel(" ").unwrap_err()), ["reason"]);
    for account in ["one", "two"] {
        let events = list.approve(&account.into(), noon("2026-02-02")).unwrap();
        list = PaymentList::fold_all(Some(list), &events).unwrap();
    }
    assert!(list.cancel("重复").is_err(), "an approved list stands");
    for (application, says) in [("丙", "不在清单中"), ("甲", ""), ("甲", "已登记结果"), ("乙", "")] {
        match list.record(&application.into(), paid()) {
            Ok(events) => list = PaymentList::fold_all(Some(list), &events).unwrap(),
            Err(refusal) => assert!(!says.is_empty() && refusal.message.contains(says), "{application}: {refusal:?}"),
        }
    }
    assert_eq!(list.word(), "已办结");
    let mut other = self::list(&[("甲", 10)]);
    let events = other.cancel("重复").unwrap();
    other = PaymentList::fold_all(Some(other), &events).unwrap();
    assert!(other.approve(&"one".into(), noon("2026-02-02")).is_err() && other.cancel("再次").is_err());
    assert_eq!(other.word(), "已作废");
}

#[test]
fn what_the_bank_says_is_kept_beside_the_outcome() {
    let mut list = list(&[("甲", 10), ("乙", 20)]);
    for account in ["one", "two"] {
        let events = list.approve(&account.into(), noon("2026-02-02")).unwrap();
        list = PaymentList::fold_all(Some(list), &events).unwrap();
    }
    let on = |day: &str| Voucher { value_on: Some(given::day(day)), reference: "20260202-1".into() };
    let paid = |day: &str| PaymentResult::Paid { at: noon("2026-02-03"), voucher: on(day) };
    assert!(list.record(&"甲".into(), paid("2026-02-01")).unwrap_err().errors[0].message.contains("早于"), "before it was approved");
    assert_eq!(paths(&list.record(&"甲".into(), paid("2026-02-04")).unwrap_err()), ["value_on"], "it is the third today");
    let long = PaymentResult::Paid { at: noon("2026-02-03"), voucher: Voucher { value_on: None, reference: "1".repeat(65) } };
    assert_eq!(paths(&list.record(&"甲".into(), long).unwrap_err()), ["reference"]);
    let events = list.record(&"甲".into(), paid("2026-02-02")).unwrap();
    let list = PaymentList::fold_all(Some(list), &events).unwrap();
    assert_eq!(list.items[0].result.voucher(), Some(&on("2026-02-02")));

    // A journal of before the bank's paper was recorded is read, and written, as it was.
    let old = r#"{"event":"recorded","application":"甲","result":{"result":"paid","at":1770000000000}}"#;
    let event: PaymentListEvent = serde_json::from_str(old).unwrap();
    let PaymentListEvent::Recorded { result, .. } = &event else { panic!("{event:?}") };
    assert_eq!(result.voucher(), Some(&Voucher::default()));
    assert_eq!(serde_json::to_string(&event).unwrap(), old);
}

/// A payment that failed waits for another list; what was paid is not paid again.
#[test]
fn a_failed_payment_can_be_listed_again() {
    let mut walk = Walk::at("listed");
    let finance = by("财政局", "clerk");
    assert_eq!(walk.file.payable_fen(), 30_000_000);
    assert!(walk.go(&finance, |file, at| file.pay(29_999_999, at)).is_err());
    assert!(walk.run("list", &finance).is_err(), "on one list at a time");
    walk.run("unlist", &finance).unwrap();
    assert!(walk.run("pay", &finance).is_err(), "not without a list");
    walk.run("list", &finance).unwrap();
    walk.run("pay", &finance).unwrap();
    assert_eq!((walk.file.money.paid_fen, walk.file.payable_fen()), (30_000_000, 0));
}

/// Claims and repayments one after another, each taken or not; 30万元 were paid.
#[test]
fn no_more_comes_back_than_was_paid() {
    let mut walk = Walk::at("concluded");
    let finance = by("财政局", "clerk");
    for (claims, fen, taken, word) in [
        (true, 0, false, "已拨付"),
        (true, -1, false, "已拨付"),
        (true, 30_000_001, false, "已拨付"),
        (false, 1, false, "已拨付"),
        (true, 20_000_000, true, "追回中"),
        (true, 10_000_001, false, "追回中"),
        (false, 20_000_001, false, "追回中"),
        (false, 5_000_000, true, "追回中"),
        (false, 15_000_000, true, "已追回"),
        (true, 10_000_000, true, "追回中"),
        (true, 1, false, "追回中"),
        (false, 10_000_000, true, "已追回"),
    ] {
        let done = walk.go(&finance, |file, at| match claims {
            true => file.claim_back(fen, "骗取补贴", "3.9", at),
            false => file.repay(fen, "", at),
        });
        assert_eq!(done.is_ok(), taken, "{fen}: {done:?}");
        assert_eq!(walk.file.word().label(), word, "{fen}");
    }
    for (reason, clause, path) in [(" ", "3.9", "reason"), ("骗取", "9.9", "clause"), ("骗取", "", "clause")] {
        let mut walk = Walk::at("concluded");
        let refusal = walk.go(&finance, |file, at| file.claim_back(1, reason, clause, at)).unwrap_err();
        assert_eq!(paths(&refusal), [path]);
    }
    assert!(Walk::at("listed").run("claim", &finance).is_err(), "nothing was paid");
}
