//! A pack's files as read: sections merged, every entry remembering its file.

use crate::problem::{Problem, Source};
use crate::spec::*;
use sm3::{Digest, Sm3};
use std::collections::BTreeMap;
use std::ops::Deref;

/// An entry of a section with the index of its file.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// Index among the sources.
    pub file: usize,
    /// What was written.
    pub spec: At<T>,
}

impl<T> Deref for Entry<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.spec.value()
    }
}

/// The files of one pack folder, path → text, relative to the folder, with `/`.
pub type PackFiles = BTreeMap<String, String>;

/// All sections of all TOML files of a pack; each field is the section of its name, described in [`PackFile`].
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Sections {
    /// The TOML files.
    pub sources: Vec<Source>,
    pub pack: Vec<Entry<PackSpec>>,
    pub applies: Vec<Entry<AppliesSpec>>,
    pub text: Vec<Entry<TextSpec>>,
    pub choice: Vec<(String, Entry<ChoiceSpec>)>,
    pub rows: Vec<(String, Entry<RowsSpec>)>,
    pub input: Vec<(String, String, Entry<InputSpec>)>,
    pub table: Vec<Entry<TableSpec>>,
    pub value: Vec<Entry<ValueSpec>>,
    pub condition: Vec<Entry<ConditionSpec>>,
    pub recognise: Vec<Entry<RecogniseSpec>>,
    pub award: Vec<Entry<AwardSpec>>,
    pub stack: Vec<Entry<StackSpec>>,
    pub calculator: Vec<Entry<CalculatorSpec>>,
    pub indicator_set: Vec<Entry<IndicatorSetSpec>>,
    pub dimension: Vec<Entry<DimensionSpec>>,
    pub indicator: Vec<Entry<IndicatorSpec>>,
    pub question: Vec<Entry<QuestionSpec>>,
    pub figure: Vec<Entry<FigureSpec>>,
    pub scenario: Vec<Entry<ScenarioSpec>>,
    pub level: Vec<Entry<LevelSpec>>,
    pub assessment: Vec<Entry<AssessmentSpec>>,
    pub variant: Vec<Entry<VariantSpec>>,
    pub quota: Vec<Entry<QuotaSpec>>,
    pub material: Vec<Entry<MaterialSpec>>,
    pub procedure: Vec<Entry<ProcedureSpec>>,
    pub stage: Vec<Entry<StageSpec>>,
    pub form: Vec<Entry<FormSpec>>,
    pub official: Vec<Entry<OfficialSpec>>,
    pub known: Vec<(String, Entry<KnownSpec>)>,
    pub entitlement: Vec<Entry<EntitlementSpec>>,
}

/// SM3 over every file, path and text: which files a pack was loaded from, whatever program reads them.
pub fn digest(files: &PackFiles) -> String {
    let mut hash = Sm3::new();
    for part in files.iter().flat_map(|(path, text)| [path, text]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file proves the rules instead of stating them: worked cases, and what was argued about them.
pub fn is_proof(path: &str) -> bool {
    path.starts_with("cases/") || matches!(path, "uncovered.toml" | "survivors.toml")
}

/// Reads every TOML file of a pack except its proofs; one problem a file that cannot be read.
pub fn read(files: &PackFiles) -> (Sections, Vec<Problem>) {
    let mut sections = Sections::default();
    let mut problems = Vec::new();
    let rules = files.iter().filter(|(path, _)| path.ends_with(".toml") && !is_proof(path));
    for (path, text) in rules {
        let source = Source { file: path.clone(), text: text.clone() };
        match toml::from_str::<PackFile>(text) {
            Ok(file) => sections.add(file, sections.sources.len()),
            Err(error) => problems.push(toml_problem(&source, &error)),
        }
        sections.sources.push(source);
    }
    (sections, problems)
}

impl Sections {
    fn add(&mut self, file: PackFile, at: usize) {
        fn entries<T>(to: &mut Vec<Entry<T>>, from: impl IntoIterator<Item = At<T>>, file: usize) {
            to.extend(from.into_iter().map(|spec| Entry { file, spec }));
        }
        entries(&mut self.pack, file.pack, at);
        entries(&mut self.applies, file.applies, at);
        entries(&mut self.text, file.text, at);
        self.choice.extend(by_place(file.choice).map(|(id, spec)| (id, Entry { file: at, spec })));
        self.rows.extend(by_place(file.rows).map(|(id, spec)| (id, Entry { file: at, spec })));
        for (group, facts) in file.input {
            self.input.extend(by_place(facts).map(|(name, spec)| (group.clone(), name, Entry { file: at, spec })));
        }
        self.input.sort_by_key(|(_, _, entry)| (entry.file, entry.spec.start()));
        entries(&mut self.table, file.table, at);
        entries(&mut self.value, file.value, at);
        entries(&mut self.condition, file.condition, at);
        entries(&mut self.recognise, file.recognise, at);
        entries(&mut self.award, file.award, at);
        entries(&mut self.stack, file.stack, at);
        entries(&mut self.calculator, file.calculator, at);
        entries(&mut self.indicator_set, file.indicator_set, at);
        entries(&mut self.dimension, file.dimension, at);
        entries(&mut self.indicator, file.indicator, at);
        entries(&mut self.question, file.question, at);
        entries(&mut self.figure, file.figure, at);
        entries(&mut self.scenario, file.scenario, at);
        entries(&mut self.level, file.level, at);
        entries(&mut self.assessment, file.assessment, at);
        entries(&mut self.variant, file.variant, at);
        entries(&mut self.quota, file.quota, at);
        entries(&mut self.material, file.material, at);
        entries(&mut self.procedure, file.procedure, at);
        entries(&mut self.stage, file.stage, at);
        entries(&mut self.form, file.form, at);
        entries(&mut self.official, file.official, at);
        self.known.extend(by_place(file.known).map(|(fact, spec)| (fact, Entry { file: at, spec })));
        entries(&mut self.entitlement, file.entitlement, at);
    }
}

fn by_place<T>(map: BTreeMap<String, At<T>>) -> impl Iterator<Item = (String, At<T>)> {
    let mut all: Vec<_> = map.into_iter().collect();
    all.sort_by_key(|(_, spec)| spec.start());
    all.into_iter()
}

/// A TOML error as a problem in Chinese, with a near name where a key is unknown.
pub fn toml_problem(source: &Source, error: &toml::de::Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.split_first() {
        Some((key, known)) if message.starts_with("unknown field") => {
            let problem = source.problem(offset, format!("未知的键“{key}”"));
            let listed = problem.clone().suggest(format!("可用的键：{}", known.join("、")));
            let near = problem.did_you_mean(key, known.iter().copied());
            if near.suggestion.is_some() { near } else { listed }
        }
        Some((key, _)) if message.starts_with("missing field") => source.problem(offset, format!("缺少必填的键“{key}”")),
        Some((word, known)) if message.starts_with("unknown variant") => {
            let problem = source.problem(offset, format!("不认识的取值“{word}”"));
            problem.suggest(format!("可用的取值：{}", known.join("、")))
        }
        Some((key, _)) if message.starts_with("duplicate") => source.problem(offset, format!("键“{key}”重复")),
        _ => source.problem(offset, format!("TOML格式错误：{message}")),
    }
}
