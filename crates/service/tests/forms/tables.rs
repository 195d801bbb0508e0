//! Official tables of forms as workbooks: cell by cell what stands on paper, opened by LibreOffice, and kept.

use std::fmt::Write as _;
use std::path::PathBuf;

use papers::paper::{Block, Paper, Table};
use papers::sheet_out::{Cell, OfficialTable, official_xlsx};
use policy::pack::{Form, Pack};
use records::answers::Answers;
use service::document::{form_alone, printed_table, tables_alone};
use standards::Date;

use crate::{KEPT, compare, folders, given, machine};

/// Characters that fonts and tables lose.
const RARE: &str = "王龘靐齉𠮷";

#[test]
fn workbooks_say_what_papers_say() {
    let (library, _) = policy::library::Library::load(folders());
    let mut opened = Vec::new();
    for pack in library.packs().filter(|pack| KEPT.contains(&pack.id.as_str())) {
        for (form, id) in pack.forms.iter().flat_map(printed) {
            for (how, answers) in [("empty", Answers::default()), ("full", given::answers(pack)), ("rare", rare(pack))] {
                let name = format!("{}-{}-{id}-{how}", pack.id, form.id);
                let tables = tables_alone(pack, form, &answers, &id);
                on_paper(&name, &form_alone(pack, form, &answers), &tables);
                opened.extend(written(&name, &tables));
                if how != "rare" {
                    compare(&format!("tables/{name}.txt"), &kept(&tables));
                }
            }
        }
    }
    opens(&opened);
}

/// The official tables that a form is printed as.
fn printed(form: &Form) -> impl Iterator<Item = (&Form, String)> {
    form.sections.iter().flat_map(|section| &section.print.official).map(move |print| (form, print.table.value().clone()))
}

/// Every name is one that fonts lose.
fn rare(pack: &Pack) -> Answers {
    let mut answers = given::answers(pack);
    answers.texts.iter_mut().filter(|(path, _)| path.ends_with(".name")).for_each(|(_, text)| *text = RARE.to_owned());
    let rows = answers.rows.iter_mut().filter(|(kind, _)| *kind != "industry").flat_map(|(_, rows)| rows);
    rows.flat_map(|row| row.texts.get_mut("name")).for_each(|text| *text = RARE.to_owned());
    answers
}

/// The grids of the paper are the tables of the workbook.
fn on_paper(name: &str, paper: &Paper, tables: &[OfficialTable]) {
    for table in tables {
        let grid = Block::Table(table.grid());
        assert!(paper.blocks.contains(&grid), "{name}: not on paper: {grid:?}");
    }
}

/// What each cell holds, numbers behind `=`, cells that continue the one above as `^`.
fn kept(tables: &[OfficialTable]) -> String {
    let mut kept = String::new();
    for table in tables {
        let parts = [Some(&table.name), Some(&table.title), table.under.as_ref(), table.left.as_ref(), table.right.as_ref()];
        parts.into_iter().flatten().for_each(|part| writeln!(kept, "{part}").unwrap());
        let heads: Vec<&str> = table.heads.iter().map(|head| head.head.as_str()).collect();
        writeln!(kept, "{}", heads.join("\t")).unwrap();
        for line in &table.lines {
            let cells: Vec<String> = line.iter().map(|cell| cell.as_ref().map_or("^".to_owned(), typed)).collect();
            writeln!(kept, "{}", cells.join("\t")).unwrap();
        }
        table.notes.iter().for_each(|note| writeln!(kept, "{note}").unwrap());
    }
    kept
}

fn typed(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Figure(digits) => format!("={digits}"),
        other => format!("{other:?}"),
    }
}

/// Each table in a workbook of its own, with the cells it has.
fn written(name: &str, tables: &[OfficialTable]) -> Vec<(PathBuf, Vec<Vec<String>>)> {
    let one = |(at, table): (usize, &OfficialTable)| {
        let bytes = official_xlsx(std::slice::from_ref(table), Date::parse("2026-11-23").unwrap()).unwrap();
        let file = machine::folder("tables").join(format!("{name}-{at}.xlsx"));
        std::fs::write(&file, &bytes).unwrap();
        let rows = rows("a.xlsx", &bytes);
        assert_eq!(cells(&rows), all_cells(table), "{file:?}");
        (file, rows)
    };
    let all = official_xlsx(tables, Date::parse("2026-11-23").unwrap()).unwrap();
    std::fs::write(machine::folder("tables").join(format!("{name}.xlsx")), all).unwrap();
    tables.iter().enumerate().map(one).collect()
}

fn rows(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let merged = papers::sheet_in::merged(bytes, papers::Limits::MOST);
    let goes_on =
        |number: usize, at: usize| merged.iter().any(|(rows, column)| *column == at && *rows.start() < number && rows.contains(&number));
    let mut rows = Vec::new();
    papers::read(name, bytes, &mut |number, cells| {
        let cell = |(at, cell): (usize, &String)| if goes_on(number, at) { String::new() } else { cell.clone() };
        rows.push(cells.iter().enumerate().map(cell).collect());
    })
    .unwrap();
    rows
}

/// What is written, in reading order; a merged cell once.
fn cells(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().flatten().filter(|cell| !cell.is_empty()).cloned().collect()
}

/// The same as the table has it: what stands above its heads, and the cells of its grid.
fn all_cells(table: &OfficialTable) -> Vec<String> {
    let above = [table.annex.as_ref(), Some(&table.title), table.under.as_ref(), table.left.as_ref(), table.right.as_ref()];
    let above = above.into_iter().flatten().map(|part| part.trim().to_owned());
    above.chain(of_grid(&table.grid())).filter(|cell| !cell.is_empty()).collect()
}

fn of_grid(grid: &Table) -> Vec<String> {
    grid.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.paragraphs[0].text().trim().to_owned()).collect()
}

/// LibreOffice reads the same cells.
fn opens(all: &[(PathBuf, Vec<Vec<String>>)]) {
    if machine::skips_office() {
        return;
    }
    let folder = machine::folder("tables-office");
    let files: Vec<PathBuf> = all.iter().map(|(file, _)| file.clone()).collect();
    machine::convert_to("csv:Text - txt - csv (StarCalc):44,34,76,1", &files, &folder);
    for (file, rows) in all {
        let made = folder.join(file.with_extension("csv").file_name().unwrap());
        assert_eq!(cells(&self::rows("a.csv", &std::fs::read(&made).unwrap())), cells(rows), "{made:?}");
    }
    let rare = all.iter().filter(|(_, rows)| rows.iter().flatten().any(|cell| cell.contains(RARE))).count();
    assert!(rare >= 5, "only {rare} tables have the rare name");
}

#[test]
fn blank_tables_are_workbooks_too() {
    let (library, _) = policy::library::Library::load(folders());
    let officials: Vec<OfficialTable> =
        library.packs().flat_map(|pack| pack.officials.iter().map(|one| printed_table(pack, one))).collect();
    assert!(officials.len() >= 6);
    officials.iter().for_each(|table| drop(written("blank", std::slice::from_ref(table))));
}
