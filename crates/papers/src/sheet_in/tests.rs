use standards::Date;

use super::*;
use crate::Limits;

fn roster() -> Template {
    let choices = Choices::new(vec![
        Choice { id: "none".into(), label: "无".into(), also: vec![] },
        Choice { id: "giant".into(), label: "专精特新“小巨人”企业".into(), also: vec!["小巨人".into()] },
    ]);
    let until = Date::parse("2026-01-20").unwrap();
    Template {
        label: "企业".into(),
        columns: vec![
            Column::new("name", "企业名称", Kind::Text { max_chars: 20 }).required().also(&["单位名称"]),
            Column::new("code", "统一社会信用代码", Kind::CreditCode).required(),
            Column::new("place", "所在地区", Kind::Place),
            Column::new("revenue", "营业收入", Kind::Money(Unit::WanYuan)),
            Column::new("founded_on", "成立日期", Kind::Day { until }),
            Column::new("staff", "从业人员", Kind::Count { unit: "人".into(), most: 1_000_000 }),
            Column::new("quality", "优质中小企业情况", Kind::Choice(choices)),
        ],
        notes: vec!["一行一家企业。".into()],
    }
}

/// The problems of a CSV as `cell what`, or its first row's values.
fn said(csv: &str) -> String {
    let (mut problems, mut rows) = (Vec::new(), Vec::new());
    let reading = read_columns("a.csv", csv.as_bytes(), Limits::MOST, &roster(), &Corrections::new(), &mut |row| {
        problems.extend(row.problems.iter().map(|one| format!("{} {}", one.cell(), one.what)));
        rows.push(row.values.iter().map(|value| value.as_ref().map_or("-".to_owned(), shown)).collect::<Vec<_>>().join("|"));
    })
    .unwrap();
    let heads = reading.problems.iter().map(|one| format!("{} {}", one.cell(), one.what));
    let all: Vec<String> = heads.chain(problems).collect();
    if all.is_empty() { rows.join("\n") } else { all.join("\n") }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Option(text) => text.clone(),
        Value::Fen(fen) => format!("{fen}分"),
        Value::Day(day) => day.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Share(hundredths) => format!("{hundredths}%"),
        Value::Options(ids) => ids.join("+"),
        Value::Negotiable => "面议".to_owned(),
    }
}

const CODE: &str = "91350100M000100Y43";

#[test]
fn heads_are_matched_with_tolerance() {
    for (csv, expected) in [
        (format!("企业名称,统一社会信用代码\n甲,{CODE}"), format!("甲|{CODE}|-|-|-|-|-")),
        (format!("试点企业名单\n\n序号, 单位 名称*,统一社会信用代码（18位）\n1,甲,{CODE}"), format!("甲|{CODE}|-|-|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入（元）\n{CODE},甲,12.5"), format!("甲|{CODE}|-|1250分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入(万元)\n{CODE},甲,12.5"), format!("甲|{CODE}|-|12500000分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入\n{CODE},甲,１２.5元"), format!("甲|{CODE}|-|1250分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入(单位:元)\n{CODE},甲,12.5"), format!("甲|{CODE}|-|1250分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入（千元）\n{CODE},甲,12.34567"), format!("甲|{CODE}|-|1234567分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入（百万元）\n{CODE},甲,12.5"), format!("甲|{CODE}|-|1250000000分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入（亿元）\n{CODE},甲,1.5"), format!("甲|{CODE}|-|15000000000分|-|-|-")),
        (format!("企业情况表,单位：元\n统一社会信用代码,企业名称,营业收入\n{CODE},甲,12.5"), format!("甲|{CODE}|-|1250分|-|-|-")),
        (format!("企业情况表,单位：元\n统一社会信用代码,企业名称,营业收入（万元）\n{CODE},甲,1"), format!("甲|{CODE}|-|1000000分|-|-|-")),
        (format!("统一社会信用代码,企业名称,营业收入（千元）\n{CODE},甲,0.000001"), "C2 金额“0.000001”精确到了分以下".into()),
        (format!("统一社会信用代码,企业名称,营业收入（美元）\n{CODE},甲,1"), "C1 不能按单位“美元”读取营业收入".into()),
        (format!(",,单位：万美元\n统一社会信用代码,企业名称,营业收入\n{CODE},甲,1"), "C1 不能按单位“万美元”读取营业收入".into()),
        ("企业名称\n甲".into(), "B1 缺少“统一社会信用代码”列".into()),
        (format!("企业名称,单位名称,统一社会信用代码\n甲,甲,{CODE}"), "B1 有两列都是“企业名称”".into()),
        ("甲,乙\n丙,丁".into(), "A1 没有找到表头".into()),
    ] {
        let found = said(&csv);
        assert!(found == expected || (expected.contains(' ') && found.starts_with(&expected)), "{csv}: {found}");
    }
}

/// A row that only sums up others is no data; one that says anything else is.
#[test]
fn rows_of_totals_are_passed_over() {
    let head = "序号,企业名称,统一社会信用代码,所在地区,营业收入";
    for (row, totals, rows) in [
        ("合计,,,,12.5".to_owned(), vec![3], 1),
        (",合 计,,,\"1,200.50\"".into(), vec![3], 1),
        (",总计：3家,,,￥12".into(), vec![3], 1),
        (",小计,,,-".into(), vec![3], 1),
        (format!(",合计,{CODE},,12.5"), vec![], 2),
        (",合计公司,,,12.5".into(), vec![], 2),
        (",合计,,赛罕区,12.5".into(), vec![], 2),
        ("2,,,,12.5".into(), vec![], 2),
    ] {
        let csv = format!("{head}\n1,甲,{CODE},,1\n{row}");
        let mut read = 0;
        let reading = read_columns("a.csv", csv.as_bytes(), Limits::MOST, &roster(), &Corrections::new(), &mut |_| read += 1).unwrap();
        assert_eq!((reading.totals, reading.rows, read), (totals, rows, rows), "{row}");
    }
}

#[test]
fn every_cell_is_read_by_its_kind() {
    let head = "企业名称,统一社会信用代码,所在地区,营业收入,成立日期,从业人员,优质中小企业情况";
    for (row, expected) in [
        (
            format!("甲,{CODE},赛罕区,3000,2020年1月2日,１２０人,小巨人"),
            format!("甲|{CODE}|hohhot-saihan|3000000000分|2020-01-02|120|giant"),
        ),
        (format!(",{CODE}"), "A2 没有填写企业名称".into()),
        ("甲,91350100M000100Y44".into(), "B2 ".into()),
        (format!("甲,{CODE},赛罕市"), "C2 没有“赛罕市”这个地区".into()),
        (format!("甲,{CODE},呼和浩特市"), "C2 “呼和浩特市”不是最小的地区".into()),
        (format!("甲,{CODE},,很多"), "D2 ".into()),
        (format!("甲,{CODE},,-1"), "D2 金额小于0".into()),
        (format!("甲,{CODE},,#REF!"), "D2 单元格是公式错误值#REF!".into()),
        (format!("甲,{CODE},,=A1*2"), "D2 单元格是公式，文件中没有它的计算结果".into()),
        (format!("公式 =A1,{CODE}"), "A2 单元格是公式".into()),
        (format!("=A1,{CODE}"), format!("=A1|{CODE}")),
        (format!("2.51520000000123E+19,{CODE}"), "A2 该单元格被存成了数字，位数可能已丢失".into()),
        ("甲,9.11501000000000E+17".into(), "B2 该单元格被存成了数字，位数可能已丢失".into()),
        (format!("甲,{CODE},,（与上方单元格合并）"), "D2 单元格与上方合并".into()),
        (format!("E+,{CODE}"), format!("E+|{CODE}")),
        (format!("甲,{CODE},,,2015-3-2 00:00:00"), format!("甲|{CODE}|-|-|2015-03-02|-|-")),
        (format!("甲,{CODE},,,2015-3-2 09:30:00"), "E2 ".into()),
        (format!("甲,{CODE},,,2025-02-30"), "E2 2025年没有2月30日".into()),
        (format!("甲,{CODE},,,45678"), "E2 “45678”不是日期".into()),
        (format!("甲,{CODE},,,2027-01-01"), "E2 2027年1月1日晚于2026年1月20日".into()),
        (format!("甲,{CODE},,,,十人"), "F2 “十人”不是0或者正整数".into()),
        (format!("甲,{CODE},,,,,优秀"), "G2 没有“优秀”这个选项".into()),
        (format!("{},{CODE}", "长".repeat(21)), "A2 内容有21个字，最多20个字".into()),
    ] {
        let found = said(&format!("{head}\n{row}"));
        assert!(found.starts_with(&expected), "{row}: {found}");
    }
}

#[test]
fn a_share_is_read_with_its_sign_or_by_its_head() {
    let mut template = roster();
    template.columns.push(Column::new("share", "研发占比", Kind::Share));
    let read = |head: &str, cell: &str| {
        let (mut said, csv) = (Vec::new(), format!("企业名称,统一社会信用代码,{head}\n甲,{CODE},{cell}"));
        read_columns("a.csv", csv.as_bytes(), Limits::MOST, &template, &Corrections::new(), &mut |row| {
            said.extend(row.problems.iter().map(|one| format!("{} {} {}", one.cell(), one.what, one.remedy)));
            said.extend(row.value("share").map(shown));
        })
        .unwrap();
        said.concat()
    };
    for (head, cell, expected) in [
        ("研发占比", "4.35%", "4.35%"),
        ("研发占比", "0.0435", "C2 “0.0435”没有百分号，不清楚是百分之多少 请写成百分数，例如 4.35%"),
        ("研发占比", "4.35", "C2 “4.35”没有百分号，不清楚是百分之多少 请写成百分数，例如 4.35%"),
        ("研发占比（%）", "4.35", "4.35%"),
        ("研发占比（单位：％）", "0.0435", "0.0435%"),
    ] {
        assert_eq!(read(head, cell), expected, "{head} {cell}");
    }
    // A cell with the format of a percentage is exact, and so is what goes out.
    let share = |figure: &str| crate::sheet_out::Cell::Share(figure.into());
    for figure in ["4.35", "0.0435", "100", "33.3333", "-3.5", "0", "7", "12.345678901234567"] {
        let text = |text: &str| crate::sheet_out::Cell::Text(text.into());
        let cells = vec![text("甲"), text(CODE), share(figure)];
        let columns =
            ["企业名称", "统一社会信用代码", "研发占比"].map(|head| crate::sheet_out::Column { head: head.into(), width_chars: 9 });
        let bytes = crate::sheet_out::xlsx("a", &columns, [cells].into_iter(), Date::MAX).unwrap();
        let mut said = Vec::new();
        read_columns("a.xlsx", &bytes, Limits::MOST, &template, &Corrections::new(), &mut |row| {
            assert_eq!(row.problems, []);
            said.extend(row.value("share").map(shown));
        })
        .unwrap();
        assert_eq!(said, [format!("{figure}%")]);
    }
}

#[test]
fn several_options_stand_in_one_cell() {
    let one = |id: &str, label: &str| Choice { id: id.into(), label: label.into(), also: vec![] };
    let choices = vec![one("design", "产品设计"), one("pumps", "泵、阀门、压缩机"), one("pump", "泵"), one("erp", "ERP 软件")];
    let kind = Kind::Several(Choices::new(choices));
    for (text, expected) in [
        ("产品设计", "design"),
        ("产品设计、泵", "design+pump"),
        ("泵；产品设计;泵", "pump+design"),
        ("泵、阀门、压缩机、产品设计", "pumps+design"),
        ("产品设计 泵阀门压缩机/ｅｒｐ软件", "design+pumps+erp"),
        ("erp 软件，泵", "erp+pump"),
        ("产品设计、阀门", "没有“阀门”这个选项"),
        ("、；", "没有“、；”这个选项"),
    ] {
        let found = cell::read(&kind, None, text).map_or_else(|wrong| wrong.what, |value| shown(&value));
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_price_may_be_agreed_on() {
    for (text, expected) in
        [(" 面 议", "面议"), ("1.2", "1200000分"), ("800元", "80000分"), ("面谈", "不定价的填“面议”"), ("-1", "不小于0")]
    {
        let found = cell::read(&Kind::Price(Unit::WanYuan), None, text).map_or_else(|wrong| wrong.remedy, |value| shown(&value));
        assert!(found.contains(expected), "{text}: {found}");
    }
}

#[test]
fn corrected_cells_take_the_place_of_those_in_the_file() {
    let csv = "企业名称,统一社会信用代码\n甲,错\n乙,错".to_owned();
    let cells = [((2, 1), CODE.to_owned()), ((3, 3), "行外".to_owned())].into();
    let corrections = Corrections { cells, ..Corrections::new() };
    let mut problems = Vec::new();
    read_columns("a.csv", csv.as_bytes(), Limits::MOST, &roster(), &corrections, &mut |row| problems.extend(row.problems)).unwrap();
    assert_eq!(problems.iter().map(Problem::cell).collect::<Vec<_>>(), ["B3"]);
    assert!(problems[0].remedy.contains("营业执照"));
}

#[test]
fn a_template_is_read_with_its_own_columns() {
    let bytes = template(&roster(), Date::parse("2026-01-20").unwrap()).unwrap();
    let reading = read_columns("a.xlsx", &bytes, Limits::MOST, &roster(), &Corrections::new(), &mut |_| {}).unwrap();
    assert_eq!((reading.head_row, reading.rows, reading.problems.len(), reading.unknown.len()), (1, 0, 0, 0));
    assert_eq!(reading.heads[3], "营业收入（万元）");
}

#[test]
fn a_marked_copy_has_the_same_cells_at_the_same_places() {
    let csv = format!("名单\n企业名称,统一社会信用代码,别的\n甲,错,1.50\n\n乙,{CODE},2025/1/2");
    let problems = |name: &str, bytes: &[u8]| {
        let mut all = Vec::new();
        read_columns(name, bytes, Limits::MOST, &roster(), &Corrections::new(), &mut |row| all.extend(row.problems)).unwrap();
        all
    };
    let found = problems("a.csv", csv.as_bytes());
    let copy =
        marked_copy("a.csv", csv.as_bytes(), Limits::MOST, &Corrections::new(), &found, &Dress::Columns(roster()), Date::MAX).unwrap();
    assert_eq!(problems("a.xlsx", &copy), found);
    let rows = |name: &str, bytes: &[u8]| {
        let mut rows = Vec::new();
        crate::read(name, bytes, &mut |number, cells| rows.push((number, cells.to_vec()))).unwrap();
        rows
    };
    let mut original = rows("a.csv", csv.as_bytes());
    original[0].1.truncate(1);
    assert_eq!(rows("a.xlsx", &copy), original);
}

/// A part of a workbook as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn a_marked_copy_is_dressed_as_its_template() {
    let csv = format!("名单\n企业名称,所在地区,统一社会信用代码,别的\n甲,哪里,{CODE},1.50");
    let mut found = Vec::new();
    read_columns("a.csv", csv.as_bytes(), Limits::MOST, &roster(), &Corrections::new(), &mut |row| found.extend(row.problems)).unwrap();
    let dress = Dress::Columns(roster());
    let copy = marked_copy("a.csv", csv.as_bytes(), Limits::MOST, &Corrections::new(), &found, &dress, Date::MAX).unwrap();
    let sheet = part(&copy, "xl/worksheets/sheet1.xml");
    for expected in ["topLeftCell=\"A3\"", "sqref=\"B3:B100002\"", "<formula1>字典!$A$2:"] {
        assert!(sheet.contains(expected), "{expected}: {sheet}");
    }
    assert_eq!(sheet.matches("<dataValidation ").count(), 1, "columns that are not there have none");
    let names = part(&copy, "xl/workbook.xml");
    assert!(["问题", "填写说明", "字典"].iter().all(|name| names.contains(&format!("name=\"{name}\""))), "{names}");
    let notes = part(&copy, "xl/comments1.xml");
    assert!(notes.contains("没有“哪里”这个地区") && notes.contains("18位，按营业执照填写"), "{notes}");
    // Where no heads are found there is nothing to dress, and the copy is made all the same.
    let none = "甲,乙\n丙,丁";
    assert!(marked_copy("a.csv", none.as_bytes(), Limits::MOST, &Corrections::new(), &[], &dress, Date::MAX).is_ok());
}

#[test]
fn a_marked_questionnaire_keeps_its_drop_downs() {
    let line = |key: &str, options: &[&str]| Line {
        key: key.into(),
        part: "基本情况".into(),
        question: format!("题目{key}"),
        about: String::new(),
        options: options.iter().map(|one| (*one).to_owned()).collect(),
        look: LineLook::Words,
        required: false,
        answer: String::new(),
    };
    let lines = vec![line("a", &["是", "否"]), line("b", &[]), line("c", &["有", "无"])];
    let book = Lined { title: "表".into(), label: "表".into(), notes: vec!["只填一列。".into()], lines };
    let bytes = lined(&book, Date::MAX).unwrap();
    let copy = marked_copy("a.xlsx", &bytes, Limits::MOST, &Corrections::new(), &[], &Dress::Lines(book), Date::MAX).unwrap();
    let sheet = part(&copy, "xl/worksheets/sheet1.xml");
    assert!(["sqref=\"D4\"", "sqref=\"D6\"", "topLeftCell=\"A4\""].iter().all(|part| sheet.contains(part)), "{sheet}");
    assert!(sheet.contains("hidden=\"1\"") && part(&copy, "xl/worksheets/sheet3.xml").contains("<c "), "{sheet}");
}

#[test]
fn merged_cells_and_formulas_of_an_office_program() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.write_string(0, 0, "题目").unwrap().write_string(0, 1, "填写").unwrap();
    sheet.write_string(1, 0, "甲").unwrap().merge_range(1, 1, 3, 1, "是", &plain).unwrap();
    sheet.merge_range(4, 0, 4, 1, "一行之内", &plain).unwrap();
    sheet.write_formula(5, 1, rust_xlsxwriter::Formula::new("=60*2").set_result("120")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(merged(&bytes, Limits::MOST), [(2..=4, 1)]);
    assert_eq!(merged(b"PK nothing", Limits::MOST), []);
    let mut cells = Vec::new();
    crate::read("a.xlsx", &bytes, &mut |number, row| cells.push(format!("{number}:{}", row.join("|")))).unwrap();
    assert_eq!(cells.last().map(String::as_str), Some("6:|120"), "a formula is what it gives");
}

#[test]
fn what_a_template_was_filled_with_is_read_back() {
    use crate::sheet_out::Cell;
    let mut template = roster();
    template.columns[3].kind = Kind::Money(Unit::Yuan);
    let (day, text) = (Date::parse("2020-02-29").unwrap(), |text: &str| Cell::Text(text.into()));
    let cells = vec![text("甲"), text(CODE), Cell::Empty, Cell::Money { fen: 1_234_567 }, Cell::Day(day), Cell::Count(12), text("小巨人")];
    let bytes = filled_template(&template, [cells].into_iter(), Date::parse("2026-01-20").unwrap()).unwrap();
    let mut rows = Vec::new();
    let reading = read_columns("a.xlsx", &bytes, Limits::MOST, &template, &Corrections::new(), &mut |row| {
        assert_eq!(row.problems, []);
        rows.push(row.values.iter().map(|value| value.as_ref().map_or("-".to_owned(), shown)).collect::<Vec<_>>().join("|"));
    });
    assert_eq!((reading.unwrap().problems, rows), (vec![], vec![format!("甲|{CODE}|-|1234567分|2020-02-29|12|giant")]));
}

#[test]
fn a_template_of_any_label_has_a_sheet() {
    for label in ["申报表/附件：一[草]*?", "", "'", &"长".repeat(40)] {
        let named = Template { label: label.to_owned(), ..roster() };
        assert!(template(&named, Date::MAX).is_ok(), "{label}");
    }
}

#[test]
fn rows_that_are_left_out_are_not_handed() {
    let csv = format!("名单\n企业名称,统一社会信用代码\n甲,错\n\n乙,{CODE}\n丙,也错\n合计,3");
    // Rows that somebody left out: those that are passed over, those that are handed, problems.
    type Case<'a> = (&'a [usize], &'a [(usize, &'a str)], usize, &'a [&'a str]);
    let cases: [Case<'_>; 6] = [
        (&[], &[], 3, &["B3", "B6"]),
        (&[3], &[(3, "甲，错")], 2, &["B6"]),
        (&[3, 6], &[(3, "甲，错"), (6, "丙，也错")], 1, &[]),
        (&[3, 5, 6], &[(3, "甲，错"), (5, "乙，91350100M000100Y43"), (6, "丙，也错")], 0, &[]),
        // The heads, what is above them, what is empty and what is not there cannot be left out.
        (&[0, 1, 2, 4, 99], &[], 3, &["B3", "B6"]),
        (&[6], &[(6, "丙，也错")], 2, &["B3"]),
    ];
    for (left_out, passed, rows, wrong) in cases {
        let corrections = Corrections { left_out: left_out.iter().copied().collect(), ..Corrections::new() };
        let mut problems = Vec::new();
        let reading =
            read_columns("a.csv", csv.as_bytes(), Limits::MOST, &roster(), &corrections, &mut |row| problems.extend(row.problems)).unwrap();
        let said: Vec<(usize, &str)> = reading.left_out.iter().map(|one| (one.row, one.words.as_str())).collect();
        assert_eq!((said.as_slice(), reading.rows, reading.totals.len()), (passed, rows, 1), "{left_out:?}");
        assert_eq!(problems.iter().map(Problem::cell).collect::<Vec<_>>(), wrong, "{left_out:?}");
    }
}

#[test]
fn what_was_typed_in_a_row_that_is_left_out_does_not_count() {
    let cells = [((3, 1), "甲".to_owned()), ((4, 1), "乙".to_owned()), ((4, 2), "丙".to_owned())];
    for (left_out, retyped) in [(vec![], 3), (vec![4], 1), (vec![3, 4], 0), (vec![9], 3)] {
        let corrections = Corrections { cells: cells.clone().into(), left_out: left_out.iter().copied().collect() };
        assert_eq!(corrections.retyped(), retyped, "{left_out:?}");
    }
}

#[test]
fn a_marked_copy_keeps_rows_that_are_left_out_and_says_so() {
    let csv = format!("企业名称,统一社会信用代码\n甲,错\n乙,{CODE}");
    let corrections = Corrections { left_out: [2].into(), ..Corrections::new() };
    let dress = Dress::Columns(roster());
    let copy = marked_copy("a.csv", csv.as_bytes(), Limits::MOST, &corrections, &[], &dress, Date::MAX).unwrap();
    let mut rows = Vec::new();
    crate::read("a.xlsx", &copy, &mut |_, cells| rows.push(cells.join(","))).unwrap();
    assert_eq!(rows.join("\n"), csv);
    assert!(part(&copy, "xl/comments1.xml").contains("本行已在网页上标为不导入"));
    let words = part(&copy, "xl/sharedStrings.xml");
    assert!(words.contains("第2行") && words.contains("甲，错"), "{words}");
    assert!(part(&copy, "xl/styles.xml").contains("<strike/>"));
}
