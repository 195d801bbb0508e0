//! The computation itself, off the server's own threads: it takes up to a second of a whole core.

use std::cell::OnceCell;
use std::sync::Arc;

use insight::{Portfolio, PortfolioError, Prepared, Reader, Simulation, given_values};
use papers::Limits;
use policy::load::Loaded;
use policy::pack::Pack;
use policy::problem::Problem;

use super::upload::{CASES, File};
use crate::forms::FieldError;

/// What a table on this page may have; the command takes millions of rows.
pub(super) const LIMITS: Limits = Limits { file_bytes: 8 << 20, unpacked_bytes: 48 << 20, rows: 20_000 };
/// How many changed cases are explained.
pub(super) const LISTED: usize = 50;

/// A value written at a place.
pub(super) struct Edit {
    /// The name of its field.
    pub(super) path: String,
    /// Where it stands, in words.
    pub(super) label: String,
    /// The place and the text.
    pub(super) place: (String, String),
}

/// What is to be computed.
pub(super) struct Request {
    /// The rules as they are.
    pub(super) base: Arc<Loaded>,
    /// Another version to compare with.
    pub(super) other: Option<Arc<Loaded>>,
    /// What is changed.
    pub(super) edits: Vec<Edit>,
    /// The budget.
    pub(super) budget_fen: Option<i64>,
    /// The table.
    pub(super) file: Option<File>,
}

/// Why nothing was computed.
#[derive(Debug, Default)]
pub(super) struct Refused {
    /// What is wrong with the form.
    pub(super) errors: Vec<FieldError>,
    /// What is wrong with the table, by row and column.
    pub(super) cells: Vec<String>,
}

impl Refused {
    fn table(cells: Vec<String>) -> Self {
        let message = format!("表格有{}处问题，列在“申报件表格”一栏，请改正后重新选择。", cells.len());
        Self { errors: vec![FieldError::new(CASES, message)], cells }
    }

    fn because(message: impl Into<String>) -> Self {
        Self { errors: vec![FieldError::new(CASES, message)], cells: Vec::new() }
    }
}

/// Computes both sides, or says everything that is wrong; `errors` are those already found.
pub(super) fn simulate(request: &Request, errors: Vec<FieldError>) -> Result<Simulation, Refused> {
    let changed = changed(request, &[]);
    let read = read(request);
    let mut refused = Refused { errors, cells: Vec::new() };
    refused.errors.extend(changed.err().unwrap_or_default());
    match read {
        Ok(table) if refused.errors.is_empty() => compared(request, &table),
        Ok(_) => Err(refused),
        Err(more) => {
            refused.errors.extend(more.errors);
            refused.cells = more.cells;
            Err(refused)
        }
    }
}

fn compared(request: &Request, table: &Table) -> Result<Simulation, Refused> {
    let after = changed(request, &table.given).map_err(|errors| Refused { errors, cells: Vec::new() })?;
    let prepared = Prepared::new(&table.before, &after, &table.cases).map_err(|error| Refused::because(error.to_string()))?;
    Ok(prepared.simulation(LISTED, request.budget_fen))
}

/// The rules on the other side; what is wrong with them, each at the field it comes from.
fn changed(request: &Request, given: &[String]) -> Result<Pack, Vec<FieldError>> {
    let loaded = request.other.as_ref().unwrap_or(&request.base);
    let places: Vec<(String, String)> = request.edits.iter().map(|edit| edit.place.clone()).collect();
    loaded.edited(&places, given).map_err(|problems| blamed(&request.base, &request.edits, problems))
}

/// A problem that one change also makes alone is that change's; what only several make together is the form's.
fn blamed(base: &Loaded, edits: &[Edit], mut problems: Vec<Problem>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let editor = base.editor();
    for edit in edits {
        let alone = editor.pack(std::slice::from_ref(&edit.place)).err().unwrap_or_default();
        if let Some(found) = problems.iter().find(|problem| alone.contains(problem)) {
            errors.push(FieldError::new(&edit.path, format!("{}：{}", edit.label, said(found))));
        }
        problems.retain(|problem| !alone.contains(problem));
    }
    errors.extend(problems.iter().map(|problem| FieldError::new("", format!("调整后的规则不能使用：{}", said(problem)))));
    errors
}

fn said(problem: &Problem) -> String {
    let suggestion = problem.suggestion.as_ref().map_or(String::new(), |text| format!("{text}。"));
    format!("{}。{suggestion}", problem.message).replace("？。", "？")
}

/// A table that was read, with the rules as they are for its columns.
struct Table {
    given: Vec<String>,
    before: Pack,
    cases: Portfolio,
}

fn read(request: &Request) -> Result<Table, Refused> {
    let Some(file) = &request.file else { return Err(Refused::because("请选择申报件表格。")) };
    if file.too_large {
        let most = LIMITS.file_bytes >> 20;
        return Err(Refused::because(format!("表格超过{most}兆字节，请减少行数或列数，或者在服务器上用命令测算。")));
    }
    rows(&request.base, file)
}

/// Reads the table in one pass: its head decides what the rows are read against.
fn rows(base: &Loaded, file: &File) -> Result<Table, Refused> {
    let compiled: OnceCell<Result<(Vec<String>, Pack), Refused>> = OnceCell::new();
    let mut reader: Option<Reader> = None;
    let mut row = |number: usize, cells: &[String]| match &mut reader {
        Some(reader) => reader.row(number, cells),
        None if compiled.get().is_some() => {}
        None => {
            let head = compiled.get_or_init(|| for_head(base, cells));
            reader = head.as_ref().ok().map(|(_, pack)| Reader::new(pack, cells));
        }
    };
    papers::read_within(&file.name, &file.bytes, LIMITS, &mut row).map_err(|error| Refused::because(format!("{error}。")))?;
    let cases = reader.map(|reader| reader.finish(&file.name)).transpose().map_err(|error| match error {
        PortfolioError::Cells(cells) => Refused::table(cells),
        other => Refused::because(format!("{other}。")),
    })?;
    let (given, before) = compiled.into_inner().unwrap_or_else(|| Err(Refused::because(format!("{}。", PortfolioError::Empty))))?;
    let cases = cases.ok_or_else(|| Refused::because(format!("{}。", PortfolioError::Empty)))?;
    Ok(Table { given, before, cases })
}

/// The rules as they are, with the values that the head names entered instead of computed.
fn for_head(base: &Loaded, heads: &[String]) -> Result<(Vec<String>, Pack), Refused> {
    let given = given_values(&base.pack, heads);
    match base.edited(&[], &given) {
        Ok(pack) => Ok((given, pack)),
        Err(problems) => Err(Refused::table(problems.iter().map(said).collect())),
    }
}
