//! A questionnaire as LibreOffice saves it again: every answer, every key and every drop-down is still there.

use std::io::Read as _;

use papers::sheet_in::{Line, LineLook, Lined, lined, merged};
use standards::Date;

use crate::machine;

fn line(key: &str, options: &[String], look: LineLook, answer: &str) -> Line {
    Line {
        key: key.into(),
        part: "数字化基础".into(),
        question: format!("题目{key}"),
        about: "必填。单位写明。".into(),
        options: options.to_vec(),
        look,
        required: true,
        answer: answer.into(),
    }
}

fn questionnaire() -> Lined {
    let short = ["是", "否"].map(str::to_owned);
    let long: Vec<String> = (0..40).map(|at| format!("第{at}种名称很长的选项，含有逗号")).collect();
    let lines = vec![
        line("a", &short, LineLook::Words, "是"),
        line("b", &long, LineLook::Words, &long[3]),
        line("c", &long, LineLook::Words, ""),
        line("d", &[], LineLook::Figure, "12.5"),
        line("e", &[], LineLook::Figure, "007"),
        line("f", &[], LineLook::Figure, "12345678901234567890"),
        line("g", &[], LineLook::Day, "2026-01-20"),
        line("h", &[], LineLook::Words, "=1+1"),
        line("i", &[], LineLook::Words, "一行\n又一行"),
        line("j", &[], LineLook::Words, "70%"),
    ];
    Lined {
        title: "自评估报告[甲/乙]".into(),
        label: "自评估报告[甲/乙]：名称长得一张工作表放不下的填报表，要截短到三十一个字".into(),
        notes: vec!["只填“填写”一列。".into()],
        lines,
    }
}

fn answers(bytes: &[u8]) -> Vec<String> {
    let mut rows = Vec::new();
    papers::read("a.xlsx", bytes, &mut |number, cells| {
        if number > 3 {
            rows.push(format!("{}={}", cells[5], cells[3]));
        }
    })
    .unwrap();
    rows
}

/// A part of a workbook.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn answers_keys_and_drop_downs_survive_an_office_program() {
    let bytes = lined(&questionnaire(), Date::parse("2026-01-20").unwrap()).unwrap();
    let expected = [
        "a=是",
        "b=第3种名称很长的选项，含有逗号",
        "c=",
        "d=12.5",
        "e=007",
        "f=12345678901234567890",
        "g=2026-01-20",
        "h==1+1",
        "i=一行\n又一行",
        "j=70%",
    ];
    assert_eq!(answers(&bytes), expected);
    assert_eq!(merged(&bytes, papers::Limits::MOST), []);
    if machine::skips_office() {
        return;
    }
    let folder = machine::folder("lined");
    let file = folder.join("questionnaire.xlsx");
    std::fs::write(&file, &bytes).unwrap();
    let out = folder.join("again");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let arguments = [profile.as_str(), "--headless", "--convert-to", "xlsx", "--outdir", out.to_str().unwrap(), file.to_str().unwrap()];
    machine::run("soffice", &arguments.map(std::ffi::OsStr::new));
    let again = std::fs::read(out.join("questionnaire.xlsx")).unwrap();
    assert_eq!(answers(&again), expected);
    let sheet = part(&again, "xl/worksheets/sheet1.xml");
    assert_eq!(sheet.matches("type=\"list\"").count(), 3, "a drop-down for each line that has one");
    assert!(sheet.contains("hidden=\"true\"") || sheet.contains("hidden=\"1\""), "the keys stay out of sight");
}
