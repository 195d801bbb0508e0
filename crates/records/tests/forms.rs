//! What is said of a form that is not complete: every kind of field, all at once, each with what to do.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, by, filing, filled, row};
use records::FieldError;
use records::answers::Answers;

/// What is wrong with the award's forms as filled in.
fn problems(answers: Answers) -> Vec<FieldError> {
    let mut walk = Walk::of("subsidy");
    let done = walk.go(&by("甲", "clerk"), |file, at| file.prepare("apply", filing(answers), at));
    done.err().map(|refusal| refusal.errors).unwrap_or_default()
}

/// The one thing wrong once `path` holds `text`; empty when nothing is.
fn one(path: &str, text: &str) -> String {
    let mut answers = filled();
    answers.set(path, text);
    let found = problems(answers);
    assert!(found.len() <= 1 && found.iter().all(|error| error.path == path), "{path} = {text:?}: {found:?}");
    found.into_iter().next().map(|error| error.message).unwrap_or_default()
}

#[test]
fn a_complete_form_is_taken() {
    assert_eq!(problems(filled()), []);
}

#[test]
fn everything_missing_is_said_at_once() {
    let found = problems(Answers::default());
    let paths: Vec<&str> = found.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(
        paths,
        ["enterprise.abnormal", "project.completed_on", "profile.phone", "application.summary", "application.effects", "application.truth",]
    );
}

/// Each type of field: a text, and what is said of it; nothing where it is right.
#[test]
fn every_type_of_field() {
    for (path, text, says) in [
        ("application.address", "十个字以内的地址啊", ""),
        ("application.address", "这一个地址比十个字要长", "“地址”为11字，最多10字。"),
        ("application.email", "a@b.cn", ""),
        ("application.email", "a@b", "电子邮箱"),
        ("application.email", "a b@c.cn", "电子邮箱"),
        ("application.email", "@c.cn", "电子邮箱"),
        ("application.email", "a@c@d.cn", "电子邮箱"),
        ("application.owner", "91350100M000100Y43", ""),
        ("application.owner", "91350100M000100Y44", "控股单位代码"),
        ("application.founded_on", "2020-02-29", ""),
        ("application.founded_on", "2021-02-29", "成立日期"),
        ("application.founded_on", "去年", "成立日期"),
        ("application.from", "2025-03", ""),
        ("application.from", "2025-13", "“实施开始”应为年月，如2025-03。"),
        ("application.from", "三月", "应为年月"),
        ("application.floor", "1200.5", ""),
        ("application.floor", "１２００．５", ""),
        ("application.floor", "-3", ""),
        ("application.floor", "inf", "“厂房面积”应为数字。"),
        ("application.floor", "1e5", "应为数字"),
        ("application.floor", "1.", "应为数字"),
        ("application.floor", "大", "应为数字"),
        ("application.share", "12.5%", ""),
        ("application.share", "12.5", ""),
        ("application.share", "nan", "“研发占比”应为数字。"),
        ("application.staff", "1,200", ""),
        ("application.staff", "-1", "“职工人数”应为整数。"),
        ("application.staff", "1.5", "应为整数"),
        ("application.capital", "500", ""),
        ("application.capital", "500万元", ""),
        ("application.capital", "若干", "“注册资本”"),
        ("application.group", "yes", ""),
        ("application.group", "否", ""),
        ("application.group", "也许", "“属于集团”应为是或否。"),
        ("application.trade", "food", ""),
        ("application.trade", "steel", "“拟改造行业”没有选项“steel”。"),
        ("application.trades", "food,textile", ""),
        ("application.trades", "food,steel", "“服务行业”没有选项“steel”。"),
        ("profile.phone", "0471-1234567", ""),
        ("profile.phone", "+86 138 0013 8000", ""),
        ("profile.phone", "12345", "“联系电话”应为手机号码或者带区号的电话号码。"),
        ("profile.phone", "13800138000转1", "电话号码"),
        ("profile.phone", "", "请填写“联系电话”。"),
        ("project.completed_on", "2025-12-01", ""),
        ("project.completed_on", "明天", "完工日期"),
        ("project.completed_on", "", "请填写“完工日期”。"),
        ("enterprise.abnormal", "", "请填写“被列入经营异常名录”。"),
        ("application.truth", "", "请阅读并确认“申报承诺”。"),
        ("application.truth", "no", "请阅读并确认“申报承诺”。"),
        ("application.recognised", "999", ""),
    ] {
        let said = one(path, text);
        assert!(if says.is_empty() { said.is_empty() } else { said.contains(says) }, "{path} = {text:?}: {said:?}");
        assert!(said.is_empty() || said.ends_with('。'), "{said}");
    }
}

/// A long text has a least and a most number of characters, spaces and line breaks not counted.
#[test]
fn long_texts_are_counted() {
    for (chars, says) in [
        (0, "请填写“改造总结”。"),
        (1, "“改造总结”为1字，不少于20字，还差19字。"),
        (19, "“改造总结”为19字，不少于20字，还差1字。"),
        (20, ""),
        (60, ""),
        (61, "“改造总结”为61字，最多60字。"),
    ] {
        let text = "字 \n".repeat(chars);
        assert_eq!(one("application.summary", &text), says, "{chars}");
    }
}

#[test]
fn a_table_wants_every_cell() {
    assert_eq!(one_of("application.effects.1.after", ""), ("application.effects".into(), "“成效”还有1格没有填写。".into()));
    let mut answers = filled();
    for line in 0..2 {
        for column in ["before", "after"] {
            answers.set(&format!("application.effects.{line}.{column}"), "");
        }
    }
    assert_eq!(problems(answers)[0].message, "“成效”还有4格没有填写。");
}

fn one_of(path: &str, text: &str) -> (String, String) {
    let mut answers = filled();
    answers.set(path, text);
    let error = problems(answers).remove(0);
    (error.path, error.message)
}

/// Rows: what each lacks or says wrongly, at its own path.
#[test]
fn rows_are_checked_one_by_one() {
    let invoice = |texts: &[(&str, &str)]| row("i1", Some("c1"), texts);
    for (kind, rows, path, says) in [
        ("invoice", vec![invoice(&[("amount", "1"), ("by_bill", "否")])], "", ""),
        ("invoice", vec![], "", ""),
        ("invoice", vec![invoice(&[("by_bill", "否")])], "invoice.i1.amount", "请填写第1行“价税合计”。"),
        ("invoice", vec![invoice(&[("amount", "若干"), ("by_bill", "否")])], "invoice.i1.amount", "价税合计"),
        ("invoice", vec![row("i1", Some("c9"), &[("amount", "1"), ("by_bill", "否")])], "invoice.i1", "合同“c9”不存在"),
        ("invoice", vec![row("i1", None, &[("amount", "1"), ("by_bill", "否")])], "invoice.i1", "没有写明所属的合同"),
        ("contract", vec![row("c1", None, &[])], "contract.c1.seller", "请填写第1行“乙方”。"),
        ("contract", vec![row("c1", None, &[("seller", "乙"), ("signed_on", "昨天")])], "contract.c1.signed_on", "签订日期"),
    ] {
        let mut answers = filled();
        answers.rows.insert(kind.into(), rows);
        let found = problems(answers);
        assert_eq!(found.first().map_or("", |error| error.path.as_str()), path, "{found:?}");
        assert!(found.first().is_none_or(|error| error.message.contains(says)), "{found:?}");
    }
    let mut twice = filled();
    twice.rows.insert("contract".into(), vec![row("c1", None, &[("seller", "乙")]), row("c1", None, &[("seller", "乙")])]);
    assert_eq!(problems(twice)[0].message, "有编号重复的行，请删除重复的行。");
}

/// A section and a paper that only some need.
#[test]
fn what_is_asked_for_follows_from_the_case() {
    for (amount, by_bill, wanted) in [
        ("1000000", "否", vec![]),
        ("1000000.01", "否", vec!["application.phases"]),
        ("1", "是", vec!["paper.bills"]),
        ("2000000", "是", vec!["application.phases", "paper.bills"]),
    ] {
        let mut answers = filled();
        answers.rows.insert("invoice".into(), vec![row("i1", Some("c1"), &[("amount", amount), ("by_bill", by_bill)])]);
        let found = problems(answers);
        assert_eq!(found.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), wanted, "{amount} {by_bill}");
    }
    let mut walk = Walk::of("subsidy");
    let bare = records::application::Filing { answers: filled(), ..Default::default() };
    let refusal = walk.go(&by("甲", "clerk"), |file, at| file.prepare("apply", bare, at)).unwrap_err();
    assert_eq!(refusal.errors, [FieldError::new("paper.application", "请上传“申报书”。")]);
}

/// A provider is chosen from those that hold the standing, a promise of the provider is its own.
#[test]
fn a_confirmation_asks_only_for_its_own_form() {
    let mut walk = Walk::of("project");
    let filed = given::answers(&[("profile.phone", "13800138000"), ("filing.plan", "联网。")]);
    let refusal = walk.go(&by("甲", "clerk"), |file, at| file.prepare("project-apply", filing(filed.clone()), at)).unwrap_err();
    assert_eq!(refusal.errors, [FieldError::new("filing.provider", "请选择“服务商”。")]);
    let mut filed = filed;
    filed.set("filing.provider", "服务商");
    walk.go(&by("甲", "clerk"), |file, at| file.prepare("project-apply", filing(filed.clone()), at)).unwrap();
    walk.run("sign project-apply", &by("甲", "chief")).unwrap();
    let refusal = walk.go(&by("服务商", "seller"), |file, at| file.prepare("project-provider", filing(filed), at)).unwrap_err();
    assert_eq!(refusal.errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["commitment.contact", "commitment.promise"]);
}
