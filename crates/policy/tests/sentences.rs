//! What reasons say: each test as an official would write it, whether it holds or not.
#![allow(clippy::unwrap_used)]

mod support;

use policy::case::read;
use policy::evaluate::evaluate;
use support::packs;

/// The sentence of a condition under the pack that has every shape.
fn check(facts: &str, condition: &str, expected: &str) {
    let pack = &packs::named("every-shape").pack;
    let draft = read("case.toml", facts).unwrap().draft(pack).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let outcome = evaluate(pack, &draft.facts());
    let found = outcome.findings.iter().find(|finding| finding.id == condition).unwrap_or_else(|| panic!("no condition {condition}"));
    assert_eq!(found.reasons.text, expected, "{facts}");
}

#[test]
fn facts_of_yes_and_no_are_their_own_statement_or_its_contrary() {
    check("[enterprise]\nregistered_here = true", "place", "符合“在示例市注册”。");
    check("[enterprise]\nsupported = true", "not_supported", "不符合“未获上级同类专项支持”：已获上级同类专项支持。");
    check("[enterprise]\nsupported = false", "not_supported", "符合“未获上级同类专项支持”。");
}

#[test]
fn choices_are_what_they_are() {
    check("[enterprise]\nsize = 'small'", "size", "符合“中小微企业”：企业规模为小型，不是大型。");
    check("[enterprise]\nsize = 'large'", "size", "不符合“中小微企业”：企业规模为大型。");
    check("[enterprise]\nindustry = 'food'", "industry", "符合“属于支持的行业”：所属行业为食品（范围：食品、纺织、机械）。");
    check("[enterprise]\nindustry = 'other'", "industry", "不符合“属于支持的行业”：所属行业为其他，不在食品、纺织、机械之内。");
}

#[test]
fn a_comparison_that_fails_says_what_is_so() {
    let filed = |accepted: &str| format!("[project]\nfiled_on = '2024-01-10'\naccepted_on = '{accepted}'");
    check(&filed("2025-01-10"), "in_time", "符合“备案后18个月内验收”：验收日期2025年1月10日不晚于备案日期2024年1月10日起18个月。");
    check(&filed("2026-01-10"), "in_time", "不符合“备案后18个月内验收”：验收日期2026年1月10日晚于备案日期2024年1月10日起18个月。");
}

#[test]
fn levels_are_compared_by_name_and_marks_inside_marks_are_single() {
    let pack = packs::hohhot();
    let said = |level: u8, condition: &str| {
        let text = format!("[project]\nsettled_level = {level}\n[enterprise]\ngiant_with_central_funds = false");
        let outcome = evaluate(pack, &read("case.toml", &text).unwrap().draft(pack).unwrap().facts());
        outcome.findings.iter().find(|finding| finding.id == condition).map(|finding| finding.reasons.text.clone()).unwrap()
    };
    let met = said(3, "level-reached");
    assert_eq!(met, "符合“改造后数字化水平达到二级及以上”：评测验收核定的改造后数字化水平为三级，达到二级。");
    let quoted = said(3, "no-central-funds");
    assert!(quoted.starts_with("符合“不属于获得中央财政支持的‘小巨人’企业”："), "{quoted}");
    assert!(quoted.ends_with("不属于获得中央财政中小企业发展专项资金支持的专精特新“小巨人”企业。"), "{quoted}");
}

#[test]
fn what_stands_before_the_first_number_is_cited_as_such() {
    let check = |citation: &str, expected: &str| assert_eq!(packs::hohhot().cite(citation), expected);
    check("0", "《申报指南》引言");
    check("1.2", "《申报指南》1.2");
}

#[test]
fn clauses_of_one_document_are_cited_under_one_title() {
    let check = |citations: &str, expected: &str| assert_eq!(packs::hohhot().cite_all(citations), expected);
    check("", "");
    check("3.9", "《申报指南》3.9");
    check("3.9、3.2、plan:26、3.3、3.9", "《申报指南》3.2、3.3、3.9、《工作方案》26");
    check("plan:4、1.1、0", "《工作方案》4、《申报指南》引言、1.1");
    check("3.2、nowhere", "《申报指南》3.2、nowhere");
}
