//! 批量录入: the drafts of many files from one workbook, all of them or none, and only of those that wait for the person.

use papers::sheet_in::Problem;
use service::application;
use service::import::{self, ManyOf, Preview, Target};
use service::{ServiceError, ledger};

use crate::city::{City, PROGRAMME, assessed, checked, filled, person};
use crate::four;
use crate::given::{city, table, workbook};

fn of() -> ManyOf {
    ManyOf { programme: PROGRAMME.into(), stage: "evaluation".into() }
}

/// Two files that wait for the evaluator.
async fn waiting(city: &mut City) -> [String; 2] {
    let first = city.submitted("enterprise", "district").await;
    let mut files = vec![first];
    city.roster("enterprise2", "district2").await;
    city.project("enterprise2", "provider").await;
    let batch = city.call("subsidy").await;
    let second = city.start(&person("enterprise2"), &batch).await.unwrap();
    city.prepare(&person("enterprise2"), &second, "apply", filled()).await.unwrap();
    city.sign("enterprise2/certifier", &second, "apply").await.unwrap();
    files.push(second);
    for file in &files {
        city.approve("city", file, "check", checked()).await.unwrap();
        city.assign(file, "evaluation", "evaluator").await.unwrap();
    }
    [files[0].clone(), files[1].clone()]
}

async fn out(city: &City, who: &str) -> Result<Vec<Vec<String>>, ServiceError> {
    let bytes = import::many_out(&city.desk(), &person(who), &of()).await?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    papers::read("a.xlsx", &bytes, &mut |_, cells| rows.push(cells.to_vec())).unwrap();
    let width = rows[0].len();
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    Ok(rows)
}

async fn look(city: &City, rows: &[Vec<String>]) -> Preview {
    let table = table("表.xlsx", workbook(rows));
    import::preview(&city.desk(), &person("evaluator"), &Target::ManyAnswers(of()), &table).await.unwrap()
}

async fn take(city: &City, who: &str, rows: &[Vec<String>]) -> Result<[usize; 4], ServiceError> {
    let table = table("表.xlsx", workbook(rows));
    import::take_in(&city.desk(), &person(who), &Target::ManyAnswers(of()), &table, None).await.map(|taken| four(taken.counts))
}

fn column(rows: &[Vec<String>], head: &str) -> usize {
    rows[0].iter().position(|one| one.starts_with(head)).unwrap_or_else(|| panic!("{head} is not in {:?}", rows[0]))
}

/// Every file assessed to level three.
fn answered(city: &City, rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut rows = rows.to_vec();
    let own = [("1. 网络", "已建成"), ("2. 设备总数", "100"), ("2. 联网设备数", "80"), ("评测意见", "符合。")]
        .map(|(head, text)| (column(&rows, head), text));
    let pack = city.library().pack(PROGRAMME).unwrap().clone();
    let scenarios = &pack.assessment.as_ref().unwrap().scenarios;
    let scenarios: Vec<usize> = scenarios.iter().map(|one| column(&rows, &one.label)).collect();
    for row in rows.iter_mut().skip(1) {
        own.iter().for_each(|(at, text)| row[*at] = (*text).into());
        scenarios.iter().for_each(|at| row[*at] = "3级".into());
    }
    rows
}

async fn stated(city: &City, file: &str) -> (i64, records::answers::Answers) {
    application::official_draft(&city.desk(), &person("evaluator"), file, "evaluation").await.unwrap()
}

#[tokio::test]
async fn the_drafts_of_all_files_are_written_together() {
    let mut city = city("many").await;
    let [first, second] = waiting(&mut city).await;
    let empty = out(&city, "evaluator").await.unwrap();
    assert_eq!(empty.len(), 3, "{empty:?}");
    assert_eq!(take(&city, "evaluator", &empty).await.unwrap(), [0, 0, 2, 0]);
    assert_eq!((stated(&city, &first).await.0, stated(&city, &second).await.0), (0, 0));

    let given = answered(&city, &empty);
    let looked = look(&city, &given).await;
    assert_eq!((looked.problems, four(looked.counts)), (Vec::new(), [2, 0, 0, 0]));
    assert_eq!(take(&city, "evaluator", &given).await.unwrap(), [2, 0, 0, 0]);
    for file in [&first, &second] {
        let (version, stated) = stated(&city, file).await;
        assert_eq!((version, &stated.texts), (1, &assessed().stated.texts));
    }
    assert_eq!(take(&city, "evaluator", &given).await.unwrap(), [0, 0, 2, 0]);
    assert_eq!(take(&city, "evaluator", &out(&city, "evaluator").await.unwrap()).await.unwrap(), [0, 0, 2, 0]);

    let mut one = given.clone();
    one.truncate(2);
    let opinion = column(&one, "评测意见");
    one[1][opinion] = "基本符合。".into();
    assert_eq!(take(&city, "evaluator", &one).await.unwrap(), [0, 1, 0, 0]);
    assert_eq!(ledger::verify(&city.store, city.library()).await.unwrap().broken, Vec::<String>::new());
}

#[tokio::test]
async fn one_wrong_cell_keeps_every_file_as_it_was() {
    let mut city = city("many_wrong").await;
    let [first, second] = waiting(&mut city).await;
    let good = answered(&city, &out(&city, "evaluator").await.unwrap());
    let (number, name, network) = (0, 1, column(&good, "1. 网络"));
    let online = column(&good, "2. 联网设备数");
    let edits: [(&str, usize, usize, String); 8] = [
        ("no option", 2, network, "差不多".into()),
        ("more than there are", 2, online, "800".into()),
        ("no figure", 1, online, "八十".into()),
        ("a broken formula", 2, online, "#N/A".into()),
        ("an unknown number", 2, number, "20260101-XXXXXX".into()),
        ("no number", 2, number, String::new()),
        ("the same number twice", 2, number, good[1][number].clone()),
        ("the name of another", 2, name, good[1][name].clone()),
    ];
    for (told, row, column, text) in edits {
        let mut rows = good.clone();
        rows[row][column] = text;
        let cell = format!("{}{}", papers::column_name(if told == "the same number twice" { name } else { column }), row + 1);
        let looked = look(&city, &rows).await;
        let problem = looked.problems.iter().find(|one| one.cell() == cell);
        let problem = problem.unwrap_or_else(|| {
            panic!("{told} is not found at {cell}: {:?}", looked.problems.iter().map(Problem::cell).collect::<Vec<_>>())
        });
        assert!(!problem.remedy.is_empty(), "{told}");
        assert!(matches!(take(&city, "evaluator", &rows).await, Err(ServiceError::Refused(_))), "{told}");
    }
    assert_eq!((stated(&city, &first).await.0, stated(&city, &second).await.0), (0, 0));

    for who in ["evaluator2", "evaluator/certifier", "auditor", "enterprise", "city", "supervisor"] {
        let done = out(&city, who).await.map(|_| ());
        let expected =
            if who == "evaluator2" { matches!(done, Err(ServiceError::Refused(_))) } else { matches!(done, Err(ServiceError::Forbidden)) };
        assert!(expected, "{who}: {done:?}");
        assert!(take(&city, who, &good).await.is_err(), "{who}");
    }
}
