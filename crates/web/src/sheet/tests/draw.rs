//! What pages show.

use records::FieldError;
use records::answers::Answers;
use records::application::asked_form;

use super::{answers, case, form, pack};
use crate::sheet::{Holder, Mode, Note, Sheet, fields, shown};

fn has(page: &str, parts: &[&str]) {
    for part in parts {
        assert!(page.contains(part), "{part} is missing in {page}");
    }
}

#[test]
fn every_kind_of_field_has_its_control() {
    let holders = [("pool", "P1", "甲<公司"), ("other", "P2", "乙公司")];
    let holders = holders.map(|(standing, id, name)| Holder { standing: standing.into(), id: id.into(), name: name.into() });
    let none = Answers::default();
    let page = fields(&Sheet { holders: &holders, ..Sheet::new(pack(), vec![form("plain")], &none) }).into_string();
    has(
        &page,
        &[
            r#"<input id="project-kind" type="radio" name="project.kind" value="a">"#,
            r#"<select id="project-place" name="project.place">"#,
            r#"name="project.spent" type="text" value="" inputmode="decimal" autocomplete="off"></input><span class="unit" aria-hidden="true">万元"#,
            r#"name="project.staff" type="text" value="" inputmode="numeric""#,
            r#"name="project.done_on" type="date""#,
            r#"<textarea id="plain-basics" name="plain.basics" rows="5" autocomplete="off" aria-describedby="plain-basics-count">"#,
            "不少于10字，最多200字",
            r#"name="plain.due" type="month""#,
            "填写年月，如2025-03",
            r#"type="tel" value="" inputmode="tel" autocomplete="tel""#,
            r#"type="email" value="" inputmode="email" autocomplete="email""#,
            r#"type="checkbox" name="plain.several" value="b""#,
            r#"<td data-label="改造后"><input id="plain-effects-1-after""#,
            r#"aria-label="设备，改造后""#,
            r#"<option value="P1">甲&lt;公司</option>"#,
            r#"data-shown="plain.double""#,
            r#"name="shown" value="plain.facts""#,
            "打印件签字处：法定代表人",
            "href=\"/programmes/sheet?version=1#guide-1\"",
            "<span class=\"must\">必填</span>",
        ]
        .map(|part| part.replace("</input>", "")).iter().map(String::as_str).collect::<Vec<_>>(),
    );
    assert!(!page.contains("乙公司"), "only holders of the standing are offered");
}

#[test]
fn sections_and_computed_values_follow_the_case() {
    let check = |kind: &str, applies: bool| {
        let typed = answers(&[("project.kind", kind), ("project.spent", "60")]);
        let case = case(&typed);
        let sheet = Sheet { case: Some(&case), ..Sheet::new(pack(), vec![form("plain")], &typed) };
        assert_eq!(fields(&sheet).into_string().contains("乙类补充"), applies, "{kind}");
        assert_eq!(shown(&sheet), [("plain.double".to_owned(), "120万元".to_owned())]);
    };
    check("b", true);
    check("a", false);
}

#[test]
fn what_the_platform_knows_is_shown_and_not_asked() {
    let typed = answers(&[("contract.1.seller", "甲公司")]);
    let mut case = case(&typed);
    case.inputs.set("enterprise.name", "演示公司");
    case.inputs.set("enterprise.legal_person", "否");
    case.inputs.set("enterprise.recognised", "是");
    let draw = |typed: &Answers| {
        fields(&Sheet { case: Some(&case), ..Sheet::new(pack(), vec![form("plain"), form("rest")], typed) }).into_string()
    };
    let page = draw(&typed);
    has(&page, &["演示公司", "系统登记：单位信息", "系统核对：申报", "填写“乙方”并保存后，由系统核对"]);
    for asked in
        ["name=\"enterprise.name\"", "name=\"enterprise.legal_person\"", "name=\"enterprise.recognised\"", "name=\"row.contract.1.held\""]
    {
        assert!(!page.contains(asked), "{asked}");
    }
    let unknown = fields(&Sheet::new(pack(), vec![form("plain")], &Answers::default())).into_string();
    assert!(unknown.contains("name=\"enterprise.legal_person\""), "what the platform does not know is asked");
}

#[test]
fn an_error_stands_beside_its_field_and_so_does_a_remark() {
    let typed = answers(&[("contract.1.seller", "甲"), ("invoice.1.amount", "x")]);
    let errors = [("plain.title", "请填写“项目名称”。"), ("invoice.1.amount", "应为金额。"), ("invoice.1", "没有写明所属的合同。")];
    let errors = errors.map(|(path, message)| FieldError::new(path, message));
    let notes = [Note { path: "plain.title".into(), label: "需补正".into(), text: "名称有误。".into(), clause: "1".into() }];
    let page =
        fields(&Sheet { errors: &errors, notes: &notes, ..Sheet::new(pack(), vec![form("plain"), form("rest")], &typed) }).into_string();
    has(
        &page,
        &[
            r#"id="plain-title-error"><span class="hidden">需要修改：</span>请填写“项目名称”。"#,
            r#"aria-describedby="plain-title-error" aria-invalid="true""#,
            r#"id="invoice-1-amount-error""#,
            r#"id="invoice-1-error"><span class="hidden">需要修改：</span>没有写明所属的合同。"#,
            r#"<fieldset class="row-card wrong" id="invoice-1""#,
            r#"<option value="1" selected>第1行：甲</option>"#,
            "<strong>需补正：</strong>名称有误。",
        ],
    );
}

#[test]
fn of_several_rows_those_that_need_nothing_are_folded() {
    let check = |pairs: &[(&str, &str)], wrong: &[&str], noted: &[&str], expected: &[bool]| {
        let typed = answers(pairs);
        let errors: Vec<_> = wrong.iter().map(|path| FieldError::new(*path, "应为金额。")).collect();
        let note = |path: &&str| Note { path: (*path).into(), label: "需补正".into(), text: "有误。".into(), clause: String::new() };
        let notes: Vec<_> = noted.iter().map(note).collect();
        let sheet = Sheet { errors: &errors, notes: &notes, ..Sheet::new(pack(), vec![form("rest")], &typed) };
        let page = fields(&sheet).into_string();
        assert_eq!(crate::sheet::read(pack(), &[form("rest")], &super::sent(&page)), typed, "what is folded is sent");
        let page = super::without(&page, "<template>", "</template>");
        let cards =
            page.split("<fieldset class=\"row-card").skip(1).filter(|card| card.split('>').next().unwrap().contains("id=\"contract-"));
        let open: Vec<bool> = cards.map(|card| card.contains("<details open>")).collect();
        assert_eq!(open, expected, "{pairs:?} {wrong:?} {noted:?}");
    };
    let invoice = [("invoice.1.parent", "1"), ("invoice.1.amount", "5")];
    let [one, two, three] = [("contract.1.seller", "甲"), ("contract.2.seller", "乙"), ("contract.3.seller", "丙")];
    let all = [invoice.as_slice(), &[one, two, three]].concat();
    check(&[invoice.as_slice(), &[one]].concat(), &[], &[], &[true]);
    check(&[invoice.as_slice(), &[one, two]].concat(), &[], &[], &[false, false]);
    check(&all, &["contract.2.amount"], &[], &[false, true, false]);
    check(&all, &["contract.3"], &["contract.1.seller"], &[true, false, true]);
    check(&all, &["contract.33.amount"], &[], &[false, false, false]);
    check(&[invoice.as_slice(), &[one, ("contract.2.amount", "3"), three]].concat(), &[], &[], &[false, true, false]);
}

#[test]
fn an_official_states_facts_beside_what_was_filed() {
    let filed = answers(&[("project.level", "2"), ("invoice.4.amount", "600"), ("invoice.4.cost", "a")]);
    let own = answers(&[("invoice.4.matches", "no")]);
    let form = asked_form(pack(), &["project.level", "invoice.matches"]);
    let page = fields(&Sheet { mode: Mode::Official, filed: Some(&filed), ..Sheet::new(pack(), vec![&form], &own) }).into_string();
    has(&page, &["申报填写：二级", "第1行：甲&lt;b&gt;，600元", r#"name="row.invoice.4.matches" value="no" checked"#]);
    assert!(!page.contains("增加一行") && !page.contains("row.invoice.4.amount"));
    assert_eq!(crate::sheet::read(pack(), &[&form], &super::sent(&page)), own);
}

#[test]
fn a_sheet_is_read_in_words() {
    let typed = answers(&[
        ("project.kind", "第二类"),
        ("project.spent", "60"),
        ("project.rate", "70"),
        ("project.done_on", "2025-03-01"),
        ("plain.basics", "第一段\n第二段"),
        ("plain.due", "2025-12"),
        ("plain.several", "a,b"),
        ("plain.effects.0.before", "十台"),
        ("plain.truth", "yes"),
        ("contract.1.seller", "甲公司"),
        ("contract.1.amount", "5000"),
        ("invoice.1.parent", "1"),
        ("invoice.1.amount", "3000"),
        ("scenarios.product_design", "3"),
        ("evidence.network", "材料一"),
    ]);
    let notes =
        [Note { path: "invoice.1.amount".into(), label: "核查".into(), text: "超出合同金额。".into(), clause: String::new() }];
    let forms = vec![form("plain"), form("rest"), form("scored")];
    let sheet = Sheet { mode: Mode::Read, notes: &notes, ..Sheet::new(pack(), forms, &typed) };
    let page = fields(&sheet).into_string();
    has(
        &page,
        &[
            "乙",
            "60万元",
            "70%",
            "2025年3月1日",
            "<p>第一段</p>",
            "共6字",
            "2025年12月",
            "甲&lt;b&gt;、乙",
            "十台",
            "已确认",
            "甲公司",
            "5000元",
            "第1行",
            "三级",
            "材料一",
            "超出合同金额。",
            "未填写",
        ],
    );
    assert!(!page.contains("<input") && !page.contains("<button") && !page.contains("<select"));
}
