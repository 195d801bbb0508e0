//! Whether a pack can be used: it compiles beside those it uses, fits the other versions of its programme, and every worked
//! case comes out as it says.

use std::sync::Arc;

use policy::check::{Checked, examine as examine_cases, passed};
use policy::coverage::coverage;
use policy::files::PackFiles;
use policy::library::Library;
use policy::load::Loaded;
use policy::problem::Problem;

/// One thing wrong, as whoever wrote the pack finds it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// File inside the pack; empty for the pack as a whole.
    pub file: String,
    /// Line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What stands in that line.
    pub text: String,
    /// The clause the faulty rule cites, if it cites one.
    pub clause: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What would mend it.
    pub suggestion: Option<String>,
}

/// A pack that can be used.
#[derive(Clone, Debug)]
pub struct Examined {
    /// It with its files.
    pub loaded: Arc<Loaded>,
    /// Its worked cases, all of which hold.
    pub cases: Vec<Checked>,
    /// Rules that no worked case tries, with the reason each gives.
    pub untried: Vec<String>,
}

/// A pack that cannot be used.
pub type Unfit = Vec<Fault>;

/// Characters of a line that are shown.
const LINE_MAX_CHARS: usize = 160;
/// Characters of an id or a version: they stand in addresses.
const NAME_MAX_CHARS: usize = 60;

/// Compiles a pack beside a library and runs its worked cases.
///
/// # Errors
/// Everything that is wrong, by file and line.
pub fn examine(library: &Library, files: &PackFiles) -> Result<Examined, Unfit> {
    let faults = |problems: Vec<Problem>| problems.into_iter().map(|problem| fault(files, problem)).collect::<Vec<_>>();
    let (grown, pack) = library.with(files.clone()).map_err(faults)?;
    let named = [("id", &pack.id), ("version", &pack.version)];
    let wrong: Vec<Fault> = named.into_iter().filter(|(_, name)| !is_name(name)).map(|(key, name)| misnamed(key, name)).collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let loaded = grown.loaded(&pack.id, &pack.version).cloned().ok_or_else(Vec::new)?;
    let (cases, worked) = passed(examine_cases(&pack, files));
    let failed: Vec<Fault> = cases.iter().flat_map(|case| failures(files, case)).collect();
    if !failed.is_empty() {
        return Err(failed);
    }
    let untried = coverage(&loaded, &worked).gaps.into_iter().map(|gap| format!("{}：{}", gap.what, gap.says)).collect();
    Ok(Examined { loaded, cases, untried })
}

fn is_name(name: &str) -> bool {
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
    !name.is_empty() && name.chars().count() <= NAME_MAX_CHARS && name.chars().all(plain) && !name.starts_with('.')
}

fn misnamed(key: &str, name: &str) -> Fault {
    let message = format!("{key}“{name}”不能使用，只能由英文字母、数字、“-”、“_”、“.”组成，最多{NAME_MAX_CHARS}个字符");
    Fault { file: "pack.toml".to_owned(), line: 0, text: String::new(), clause: None, message, suggestion: None }
}

fn fault(files: &PackFiles, problem: Problem) -> Fault {
    let text = line_of(files, &problem.file, problem.line);
    let Problem { file, line, clause, message, suggestion, .. } = problem;
    Fault { file, line, text, clause, message, suggestion }
}

fn failures<'c>(files: &'c PackFiles, case: &'c Checked) -> impl Iterator<Item = Fault> + 'c {
    case.differences.iter().map(|difference| Fault {
        file: case.file.clone(),
        line: case.line,
        text: line_of(files, &case.file, case.line),
        clause: None,
        message: format!("案例“{}”不成立：{difference}", case.title),
        suggestion: None,
    })
}

fn line_of(files: &PackFiles, file: &str, line: usize) -> String {
    let text = files.get(file).and_then(|text| text.lines().nth(line.checked_sub(1)?));
    text.map_or(String::new(), |text| text.trim().chars().take(LINE_MAX_CHARS).collect())
}
