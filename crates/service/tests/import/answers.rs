//! 填报表: what goes out comes in again, what is wrong says where and changes nothing, and nobody takes in what is not theirs.

use papers::sheet_in::Problem;
use papers::sheet_out::{Cell, OfficialHead, OfficialTable, official_xlsx};
use records::access::Acting;
use service::application::{self, FillDraft};
use service::import::{self, AnswersAt, AnswersOf, Preview, Target};
use service::{ServiceError, ledger};
use standards::Date;

use crate::city::{City, assessed, filled, name, person};
use crate::four;
use crate::given::{city, table, workbook};

fn form(file: &str, form: &str) -> AnswersOf {
    AnswersOf { application: file.into(), stage: "apply".into(), at: AnswersAt::Form { form: form.into() } }
}

fn stage(file: &str, stage: &str, work: &str) -> AnswersOf {
    AnswersOf { application: file.into(), stage: stage.into(), at: AnswersAt::Stage { work: work.into() } }
}

/// The rows of a workbook, each at its place.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    papers::read("a.xlsx", bytes, &mut |number, cells| {
        rows.resize(number, Vec::new());
        rows[number - 1] = cells.to_vec();
        rows[number - 1].resize(6, String::new());
    })
    .unwrap();
    rows
}

async fn out(city: &City, who: &str, of: &AnswersOf, filled: bool) -> Vec<Vec<String>> {
    rows(&import::answers_out(&city.desk(), &person(who), of, filled).await.unwrap())
}

/// Where a question stands, from 0.
fn at(rows: &[Vec<String>], question: &str) -> usize {
    rows.iter().position(|row| row[2].starts_with(question)).unwrap_or_else(|| panic!("{question} is not in {rows:?}"))
}

fn with(rows: &[Vec<String>], cells: &[(&str, &str)]) -> Vec<Vec<String>> {
    let mut rows = rows.to_vec();
    for (question, text) in cells {
        let row = at(&rows, question);
        rows[row][3] = (*text).into();
    }
    rows
}

async fn look(city: &City, who: &str, of: &AnswersOf, rows: &[Vec<String>]) -> Preview {
    look_at(city, &person(who), of, workbook(rows)).await.unwrap()
}

async fn look_at(city: &City, who: &Acting, of: &AnswersOf, bytes: Vec<u8>) -> Result<Preview, ServiceError> {
    import::preview(&city.desk(), who, &Target::Answers(of.clone()), &table("表.xlsx", bytes)).await
}

async fn take(city: &City, who: &str, of: &AnswersOf, rows: &[Vec<String>]) -> Result<[usize; 4], ServiceError> {
    let table = table("表.xlsx", workbook(rows));
    import::take_in(&city.desk(), &person(who), &Target::Answers(of.clone()), &table, None).await.map(|taken| four(taken.counts))
}

async fn draft(city: &City, id: &str) -> (i64, FillDraft) {
    application::draft(&city.desk(), &person("enterprise"), id, "apply").await.unwrap()
}

/// The fields of every kind, as somebody types them into the cells.
const TYPED: [(&str, &str, &str); 17] = [
    ("被列入经营异常名录", "无", "no"),
    ("完工日期", "2025年12月1日", "2025-12-01"),
    ("总集成商", "示例集成有限公司", "示例集成有限公司"),
    ("地址", "示例路1号", "示例路1号"),
    ("邮箱", "a@example.cn", "a@example.cn"),
    ("成立日期", "2010/3/5", "2010-03-05"),
    ("实施开始", "2025年3月", "2025-03"),
    ("厂房面积", "1200.5", "1200.5"),
    ("职工人数", "１２０", "１２０"),
    ("注册资本", "500", "500"),
    ("研发占比", "3.5%", "3.5"),
    ("属于集团", "否", "no"),
    ("拟改造行业", "食 品", "food"),
    ("服务行业——食品", "☑", "food,textile"),
    ("服务行业——纺织", "是", "food,textile"),
    ("改造总结", "企业完成设备联网和系统上线，生产效率有明显提升。", "企业完成设备联网和系统上线，生产效率有明显提升。"),
    ("成效——产能——改造前", "一千台", "一千台"),
];

const PATHS: [&str; 17] = [
    "enterprise.abnormal",
    "project.completed_on",
    "project.integrator",
    "application.address",
    "application.email",
    "application.founded_on",
    "application.from",
    "application.floor",
    "application.staff",
    "application.capital",
    "application.share",
    "application.group",
    "application.trade",
    "application.trades",
    "application.trades",
    "application.summary",
    "application.effects.0.before",
];

#[tokio::test]
async fn a_form_is_filled_in_by_its_workbook_once() {
    let mut city = city("answers").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    let empty = out(&city, "enterprise", &of, false).await;
    assert!(empty[3..].iter().all(|row| row[3].is_empty()), "{empty:?}");
    assert!(!empty.iter().any(|row| row[2].starts_with("企业名称") || row[2].contains("测算的投入")), "what is known is not asked");
    let before = draft(&city, &id).await;
    assert_eq!(take(&city, "enterprise", &of, &empty).await.unwrap(), [0, 0, 0, 0]);
    assert_eq!(draft(&city, &id).await, before, "an empty workbook changes nothing");

    let given = with(&empty, &TYPED.map(|(question, text, _)| (question, text)));
    let looked = look(&city, "enterprise", &of, &given).await;
    assert_eq!((looked.problems, looked.counts.rows), (Vec::new(), TYPED.len()));
    assert_eq!(draft(&city, &id).await, before, "looking writes nothing");
    assert_eq!(take(&city, "enterprise", &of, &given).await.unwrap(), [TYPED.len(), 0, 0, 0]);
    let (version, after) = draft(&city, &id).await;
    for (path, (question, _, kept)) in PATHS.iter().zip(TYPED) {
        assert_eq!(after.answers.text(path), kept, "{question}");
    }
    assert_eq!(after.papers, before.1.papers);

    assert_eq!(take(&city, "enterprise", &of, &given).await.unwrap(), [0, 0, TYPED.len(), 0]);
    let filled = out(&city, "enterprise", &of, true).await;
    let answered = filled[3..].iter().filter(|row| !row[3].is_empty()).count();
    assert_eq!(take(&city, "enterprise", &of, &filled).await.unwrap(), [0, 0, answered, 0]);
    assert_eq!(draft(&city, &id).await, (version, after), "the same again writes nothing");

    let less = with(&filled, &[("服务行业——食品", "否"), ("地址", "")]);
    assert_eq!(take(&city, "enterprise", &of, &less).await.unwrap(), [0, 1, answered - 2, 0]);
    let (_, last) = draft(&city, &id).await;
    assert_eq!((last.answers.text("application.trades"), last.answers.text("application.address")), ("textile", "示例路1号"));
    assert_eq!(ledger::verify(&city.store, city.library()).await.unwrap().broken, Vec::<String>::new());
}

#[tokio::test]
async fn an_organisation_stands_in_its_cell_by_name_alone() {
    let mut city = city("answers_named").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    for (kept, cell) in [("provider", name("provider")), ("nobody-known", String::new())] {
        let (version, mut before) = draft(&city, &id).await;
        before.answers.set("filing.provider", kept);
        application::save_draft(&city.desk(), &person("enterprise"), &id, "apply", version, &before).await.unwrap();
        let rows = out(&city, "enterprise", &of, true).await;
        assert_eq!(rows[at(&rows, "服务商")][3], cell);
        take(&city, "enterprise", &of, &rows).await.unwrap();
        assert_eq!(draft(&city, &id).await.1.answers.text("filing.provider"), kept, "an empty cell leaves what is there");
    }
}

/// A question, what stands in its cell, and what is said of it.
const WRONG: [(&str, &str, &str); 22] = [
    ("被列入经营异常名录", "也许", "也许"),
    ("完工日期", "昨天", "昨天"),
    ("完工日期", "45678", "45678"),
    ("完工日期", "2025-02-30", "2月30日"),
    ("服务商", "没有的有限公司", "没有的有限公司"),
    ("联系电话", "138", "电话"),
    ("地址", "示例路1号示例大厦1201室", "最多10"),
    ("邮箱", "example.cn", "邮箱"),
    ("控股单位代码", "91150105", "代码"),
    ("成立日期", "很久以前", "很久以前"),
    ("实施开始", "三月", "年月"),
    ("厂房面积", "很大", "数字"),
    ("职工人数", "12.5", "整数"),
    ("注册资本", "很多", "注册资本"),
    ("研发占比", "0.035", "百分之多少"),
    ("研发占比", "三成", "数字"),
    ("属于集团", "A集团", "A集团"),
    ("拟改造行业", "钢铁", "钢铁"),
    ("服务行业——食品", "可能", "可能"),
    ("职工人数", "#REF!", "公式"),
    ("地址", "示例\u{7}路", "控制字符"),
    ("注册资本", "#DIV/0!", "公式"),
];

#[tokio::test]
async fn a_line_that_is_left_out_answers_nothing() {
    let mut city = city("left_out_answers").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    let rows = with(&out(&city, "enterprise", &of, false).await, &[("厂房面积", "800"), ("联系电话", "138")]);
    let (right, wrong) = (at(&rows, "厂房面积") + 1, at(&rows, "联系电话") + 1);
    let target = Target::Answers(of);
    let left_out = |bytes: Vec<u8>, rows: &[usize]| {
        let mut table = table("表.xlsx", bytes);
        table.corrections.left_out = rows.iter().copied().collect();
        table
    };
    for (rows, bytes, problems, answered) in [
        (vec![], workbook(&rows), 1, 2),
        (vec![wrong], workbook(&rows), 0, 1),
        (vec![right, wrong], workbook(&rows), 0, 0),
        // What is merged with the rows below it goes with the first of them.
        (vec![3], merged(), 0, 1),
    ] {
        let looked = import::preview(&city.desk(), &person("enterprise"), &target, &left_out(bytes, &rows)).await.unwrap();
        assert_eq!((looked.problem_count, looked.counts.rows), (problems, answered), "{rows:?}: {:?}", looked.problems);
    }
    let take = async |rows: Vec<usize>, bytes: Vec<u8>| {
        import::take_in(&city.desk(), &person("enterprise"), &target, &left_out(bytes, &rows), None).await
    };
    assert!(matches!(take(vec![right, wrong], workbook(&rows)).await, Err(ServiceError::Refused(_))));
    let taken = take(vec![wrong], workbook(&rows)).await.unwrap();
    assert_eq!((four(taken.counts), taken.left_out), ([1, 0, 0, 0], vec![wrong]));
}

#[tokio::test]
async fn what_is_wrong_says_where_and_changes_nothing() {
    let mut city = city("wrong_answers").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    let (good, before) = (out(&city, "enterprise", &of, false).await, draft(&city, &id).await);
    for (question, text, said) in WRONG {
        let rows = with(&good, &[("总集成商", "甲"), (question, text)]);
        let looked = look(&city, "enterprise", &of, &rows).await;
        let place = format!("D{}", at(&rows, question) + 1);
        let problem = looked.problems.iter().find(|one| one.cell() == place);
        let problem = problem.unwrap_or_else(|| panic!("{question} {text} is not found wrong at {place}: {:?}", looked.problems));
        assert!(problem.what.contains(said) && !problem.remedy.is_empty(), "{question} {text}: {problem:?}");
        assert!(matches!(take(&city, "enterprise", &of, &rows).await, Err(ServiceError::Refused(_))), "{question} {text}");
    }
    for (told, rows, cell) in lines(&good) {
        let looked = look(&city, "enterprise", &of, &rows).await;
        assert!(looked.problems.iter().any(|one| one.cell() == cell && !one.remedy.is_empty()), "{told}: {:?}", looked.problems);
        assert!(take(&city, "enterprise", &of, &rows).await.is_err(), "{told}");
    }
    let merged = merged();
    let looked = look_at(&city, &person("enterprise"), &of, merged.clone()).await.unwrap();
    assert_eq!(looked.problems.iter().map(Problem::cell).collect::<Vec<_>>(), ["B3"], "{:?}", looked.problems);
    for bytes in [merged, b"%PDF".to_vec(), Vec::new(), workbook(&good)[..900].to_vec()] {
        let table = table("表.xlsx", bytes);
        assert!(import::take_in(&city.desk(), &person("enterprise"), &Target::Answers(of.clone()), &table, None).await.is_err());
    }
    assert_eq!(draft(&city, &id).await, before);
}

/// Lines and heads that were moved, renamed, written twice.
fn lines(good: &[Vec<String>]) -> Vec<(&'static str, Vec<Vec<String>>, String)> {
    let given = with(good, &[("地址", "示例路1号")]);
    let (address, share) = (at(good, "地址"), at(good, "研发占比"));
    let edited = |edit: &dyn Fn(&mut Vec<Vec<String>>)| {
        let mut rows = given.clone();
        edit(&mut rows);
        rows
    };
    let last = given.len();
    vec![
        ("the same line twice", edited(&|rows| rows.push(rows[address].clone())), format!("D{}", last + 1)),
        (
            "an unknown question",
            edited(&|rows| rows.push(["", "", "没有这题", "甲", "", ""].map(Into::into).to_vec())),
            format!("C{}", last + 1),
        ),
        ("no question at all", edited(&|rows| rows.push(["", "", "", "甲", "", ""].map(Into::into).to_vec())), format!("C{}", last + 1)),
        ("a key of another line", edited(&|rows| rows[address][5] = rows[share][5].clone()), format!("C{}", address + 1)),
        ("no column to fill in", edited(&|rows| rows[2][3] = "别的".into()), "G3".to_owned()),
        ("two of them", edited(&|rows| rows[2][4] = "答案".into()), "E3".to_owned()),
        ("no heads", edited(&|rows| drop(rows.drain(..3))), "A1".to_owned()),
    ]
}

/// One answer merged over two questions.
fn merged() -> Vec<u8> {
    let head = |head: &str| OfficialHead { head: head.into(), group: None, width_chars: 12 };
    let text = |text: &str| Some(Cell::Text(text.into()));
    let heads = vec![head("题目"), head("填写")];
    let lines = vec![vec![text("地址"), text("示例路1号")], vec![text("总集成商"), None]];
    let table = OfficialTable { name: "表".into(), heads, lines, ..OfficialTable::default() };
    official_xlsx(&[table], Date::MAX).unwrap()
}

#[tokio::test]
async fn lines_are_found_by_their_names_where_the_key_is_lost() {
    let mut city = city("named_answers").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    let good = out(&city, "enterprise", &of, false).await;
    let mut rows = with(&good, &[("地址", "示例路2号"), ("注册资本", "300"), ("职工人数", "12"), ("服务行业——纺织", "√")]);
    rows.iter_mut().for_each(|row| row[5].clear());
    rows[2] = ["序 号", "所属部分", " 题 目", "填写内容", "备注", "甲"].map(Into::into).to_vec();
    let (capital, staff) = (at(&rows, "注册资本"), at(&rows, "职工人数"));
    // Somebody keeps the books in yuan, and writes so.
    rows[capital][2] = "注册资本（元）".into();
    rows[staff][2] = "职工 人数".into();
    let dropped = at(&rows, "邮箱");
    rows.remove(dropped);
    rows[3..].reverse();
    assert_eq!(take(&city, "enterprise", &of, &rows).await.unwrap(), [4, 0, 0, 0]);
    let (_, after) = draft(&city, &id).await;
    let of = |path: &str| after.answers.text(path).to_owned();
    assert_eq!(
        [of("application.address"), of("application.capital"), of("application.staff"), of("application.trades")],
        ["示例路2号", "300元", "12", "textile"]
    );
}

#[tokio::test]
async fn what_the_form_would_not_show_is_said_and_left_out() {
    let mut city = city("hidden_answers").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    let rows = with(&out(&city, "enterprise", &of, false).await, &[("分阶段情况", "分两期。"), ("地址", "甲路")]);
    let looked = look(&city, "enterprise", &of, &rows).await;
    assert_eq!((looked.unknown.len(), four(looked.counts)), (1, [1, 0, 0, 0]), "{:?}", looked.unknown);
    assert!(looked.unknown[0].contains("分阶段情况") && looked.unknown[0].contains("不适用"), "{:?}", looked.unknown);
    take(&city, "enterprise", &of, &rows).await.unwrap();
    let after = draft(&city, &id).await.1.answers;
    assert_eq!((after.text("application.phases"), after.text("application.address")), ("", "甲路"));

    // With invoices above the line the same section applies.
    let (version, mut draft) = draft(&city, &id).await;
    draft.answers.rows = filled().rows;
    draft.answers.rows.get_mut("invoice").unwrap()[0].texts.insert("amount".into(), "200万元".into());
    application::save_draft(&city.desk(), &person("enterprise"), &id, "apply", version, &draft).await.unwrap();
    assert_eq!(take(&city, "enterprise", &of, &rows).await.unwrap(), [1, 0, 1, 0]);
}

#[tokio::test]
async fn an_evaluator_states_the_whole_indicator_set() {
    let mut city = city("assessed_answers").await;
    let id = city.submitted("enterprise", "district").await;
    city.approve("city", &id, "check", crate::city::checked()).await.unwrap();
    let of = stage(&id, "evaluation", "assess");
    application::assign(&city.desk(), &person("city"), &id, Some(city.version(&id).await), "evaluation", "evaluator").await.unwrap();
    let undeclared = import::answers_out(&city.desk(), &person("evaluator"), &of, true).await;
    assert!(matches!(undeclared, Err(ServiceError::Refused(_))), "{undeclared:?}");
    application::declare(&city.desk(), &person("evaluator"), &id, city.version(&id).await, "evaluation", false, "").await.unwrap();

    let rows = out(&city, "evaluator", &of, false).await;
    let scenarios: Vec<String> = rows.iter().filter(|row| row[1] == "应用场景").map(|row| row[2].clone()).collect();
    assert!(!scenarios.is_empty(), "{rows:?}");
    let mut cells = vec![("1. 网络", "已建成"), ("2. 设备总数", "100"), ("2. 联网设备数", "80"), ("评测意见", "符合。")];
    cells.extend(scenarios.iter().map(|scenario| (scenario.as_str(), "三级")));
    let wrong = with(&with(&rows, &cells), &[("2. 联网设备数", "800")]);
    let looked = look(&city, "evaluator", &of, &wrong).await;
    assert_eq!(looked.problems.iter().map(Problem::cell).collect::<Vec<_>>(), [format!("D{}", at(&rows, "2. 联网设备数") + 1)]);
    let right = with(&rows, &cells);
    take(&city, "evaluator", &of, &right).await.unwrap();
    let (version, stated) = application::official_draft(&city.desk(), &person("evaluator"), &id, "evaluation").await.unwrap();
    assert_eq!((version, &stated.texts), (1, &assessed().stated.texts));
    assert_eq!(take(&city, "evaluator", &of, &right).await.unwrap(), [0, 0, cells.len(), 0]);
    let filled = out(&city, "evaluator", &of, true).await;
    assert_eq!(take(&city, "evaluator", &of, &filled).await.unwrap(), [0, 0, cells.len(), 0]);
    let done = application::assess(&city.desk(), &person("evaluator"), &id, city.version(&id).await, "evaluation", assessed()).await;
    done.unwrap();
}

#[tokio::test]
async fn nobody_takes_in_what_is_not_theirs() {
    let mut city = city("others_answers").await;
    let id = city.ready("enterprise", "district").await;
    let of = form(&id, "application");
    let (rows, before) = (out(&city, "enterprise", &of, false).await, draft(&city, &id).await);
    for who in ["enterprise2", "provider", "city", "evaluator", "supervisor", "administrator"] {
        let done = look_at(&city, &person(who), &of, workbook(&rows)).await.map(|_| ());
        assert!(matches!(done, Err(ServiceError::NotFound)), "{who}: {done:?}");
    }
    let done = look_at(&city, &person("enterprise/certifier"), &of, workbook(&rows)).await.map(|_| ());
    assert!(matches!(done, Err(ServiceError::Forbidden)), "{done:?}");
    for of in [form(&id, "site"), form("nothing", "application")] {
        let done = look_at(&city, &person("enterprise"), &of, workbook(&rows)).await.map(|_| ());
        assert!(matches!(done, Err(ServiceError::NotFound)), "{of:?}: {done:?}");
    }
    let official = stage(&id, "apply", "check");
    let done = look_at(&city, &person("enterprise"), &official, workbook(&rows)).await.map(|_| ());
    assert!(matches!(done, Err(ServiceError::Forbidden)), "{done:?}");
    assert_eq!(draft(&city, &id).await, before);
}
