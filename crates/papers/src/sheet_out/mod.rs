//! Tables out: CSV as any spreadsheet program opens it, XLSX with typed cells, widths, a frozen head and filters.

mod csv_out;
mod official;
mod official_page;
mod xlsx_out;

pub use csv_out::{csv_head, csv_row};
pub use official::{OfficialHead, OfficialTable, official_xlsx};
pub use xlsx_out::xlsx;
pub(crate) use xlsx_out::{Looks, SHARE_FORMAT, write};

use standards::Date;

/// Rows of one XLSX: it is made in memory. Longer lists go out as CSV, which has no limit.
pub const XLSX_MAX_ROWS: usize = 100_000;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head, the unit of its figures included.
    pub head: String,
    /// How wide it is, in Latin characters.
    pub width_chars: u16,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words. Numbers of papers and organisations are words too, or their digits would be lost.
    Text(String),
    /// A whole number.
    Count(i64),
    /// A number as its decimal digits, such as an amount in 万元: printed as it stands, a number to whoever adds it up.
    Figure(String),
    /// Money, shown in yuan with two decimals.
    Money {
        /// How much.
        fen: i64,
    },
    /// A share as the decimal digits of its hundredths: `4.35` is shown as 4.35%, and read back as that.
    Share(String),
    /// A day.
    Day(Date),
}

/// A table that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// More rows than [`XLSX_MAX_ROWS`].
    #[error("超过{XLSX_MAX_ROWS}行，请缩小筛选范围，或者导出 CSV")]
    TooLong,
    /// The writer refused.
    #[error("无法生成表格：{0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

/// Longest name of a sheet, as spreadsheet programs count: in units of UTF-16.
const SHEET_NAME_UNITS: usize = 31;

/// A name that a sheet may have, as near to a text as there is one.
pub(crate) fn sheet_name(text: &str) -> String {
    let (mut name, mut units) = (String::new(), 0);
    for one in text.trim_matches('\'').chars() {
        let one = if one.is_control() || "[]:*?/\\".contains(one) { '_' } else { one };
        units += one.len_utf16();
        if units <= SHEET_NAME_UNITS {
            name.push(one);
        }
    }
    let name = name.trim_matches(['\'', ' ']);
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "表".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        ["编号", "金额（元）", "件数", "日期"].map(|head| Column { head: head.into(), width_chars: 14 }).to_vec()
    }

    fn rows() -> Vec<Vec<Cell>> {
        let day = Date::parse("2026-01-20").unwrap();
        vec![
            vec![Cell::Text("0012,\"甲\"".into()), Cell::Money { fen: -1_205 }, Cell::Count(3), Cell::Day(day)],
            vec![Cell::Text("=HYPERLINK(1)".into()), Cell::Money { fen: 123_456_789 }, Cell::Empty, Cell::Empty],
        ]
    }

    #[test]
    fn csv_opens_in_spreadsheet_programs_and_runs_nothing() {
        let head = csv_head(&columns());
        assert_eq!(head, "\u{feff}编号,金额（元）,件数,日期\r\n");
        let lines: String = rows().iter().map(|row| csv_row(row)).collect();
        assert_eq!(lines, "\"0012,\"\"甲\"\"\",-12.05,3,2026-01-20\r\n'=HYPERLINK(1),1234567.89,,\r\n");
    }

    #[test]
    fn sheets_are_named_within_what_programs_allow() {
        for (text, expected) in [
            ("申报表", "申报表"),
            ("申报表/附件：[一]*?", "申报表_附件：_一___"),
            ("'甲' ", "甲"),
            ("History", "表"),
            ("", "表"),
            (&"长".repeat(40), &"长".repeat(31)),
            (&"𠮷".repeat(20), &"𠮷".repeat(15)),
        ] {
            assert_eq!(sheet_name(text), expected);
            assert!(xlsx(text, &columns(), std::iter::empty(), Date::MAX).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let bytes = xlsx("申报件", &columns(), rows().into_iter(), Date::parse("2026-01-20").unwrap()).unwrap();
        let mut read = Vec::new();
        crate::read("a.xlsx", &bytes, &mut |number, cells| read.push(format!("{number}:{}", cells.join("|")))).unwrap();
        assert_eq!(read, ["1:编号|金额（元）|件数|日期", "2:0012,\"甲\"|-12.05|3|2026-01-20", "3:=HYPERLINK(1)|1234567.89"]);
    }

    #[test]
    fn an_official_table_has_its_title_heads_lines_and_notes_where_they_are_printed() {
        let head = |head: &str, group: Option<&str>| OfficialHead { head: head.into(), group: group.map(Into::into), width_chars: 12 };
        let text = |text: &str| Some(Cell::Text(text.into()));
        let table = OfficialTable {
            name: "附4".into(),
            title: "成本测算表".into(),
            annex: Some("附4".into()),
            landscape: true,
            under: None,
            left: Some("（盖章）".into()),
            right: Some("单位：万元".into()),
            heads: vec![head("序号", None), head("期初", Some("水平")), head("目标", Some("水平"))],
            lines: vec![vec![text("1"), text("甲"), Some(Cell::Count(3))], vec![None, text("乙"), Some(Cell::Empty)]],
            notes: vec!["注：每家一行。".into()],
        };
        let mut read = Vec::new();
        let bytes = official_xlsx(&[table], Date::MAX).unwrap();
        crate::read("a.xlsx", &bytes, &mut |number, cells| read.push(format!("{number}:{}", cells.join("|")))).unwrap();
        let read: Vec<&str> = read.iter().map(|row| row.trim_end_matches('|')).collect();
        assert_eq!(
            read,
            [
                "1:附4",
                "2:成本测算表",
                "3:（盖章）||单位：万元",
                "4:序号|水平",
                "5:序号|期初|目标",
                "6:1|甲|3",
                "7:（与上方单元格合并）|乙",
                "8:注：每家一行。"
            ]
        );
    }

    #[test]
    fn an_official_table_is_on_paper_what_it_is_as_a_workbook() {
        let head = |head: &str| OfficialHead { head: head.into(), group: None, width_chars: 12 };
        let figure = |digits: &str| Some(Cell::Figure(digits.into()));
        let table = OfficialTable {
            heads: vec![head("序号"), head("金额")],
            lines: vec![vec![figure("1"), figure("12.5")], vec![None, figure("0.01")]],
            left: Some("（盖章）".into()),
            right: Some("单位：万元".into()),
            ..OfficialTable::default()
        };
        assert_eq!(table.above(), "（盖章）　　单位：万元");
        let grid = table.grid();
        let said = |row: &crate::paper::Row| row.cells.iter().map(|cell| cell.paragraphs[0].text()).collect::<Vec<_>>().join("|");
        assert_eq!(grid.rows.iter().map(said).collect::<Vec<_>>(), ["序号|金额", "1|12.5", "0.01"]);
        assert_eq!((grid.rows[1].cells[0].down, grid.placed().is_ok()), (2, true));
    }

    #[test]
    fn a_list_beyond_the_limit_is_refused() {
        let rows = (0..=XLSX_MAX_ROWS).map(|_| vec![Cell::Empty]);
        assert!(matches!(xlsx("表", &columns(), rows, Date::MAX), Err(SheetError::TooLong)));
    }
}
