//! From sections to a [`Pack`]: names resolved, types checked, citations found, rules compiled. All problems are
//! collected; with any, there is no pack.

mod arithmetic;
mod assessment;
mod award;
mod builder;
mod calls;
mod condition;
mod declare;
mod entitlement;
mod field;
mod field_kind;
mod form;
mod formula;
mod invoice;
mod known;
mod level;
mod lookups;
mod member;
mod names;
mod official;
mod print;
mod procedure;
mod question;
mod quota;
mod recognition;
mod review;
mod rows;
mod stage;
mod table;
mod template;
mod value;
mod variant;

use crate::clauses::{self, Document};
use crate::files::{Entry, Sections};
use crate::formula::Expr;
use crate::pack::{self, Pack};
use crate::problem::{Problem, Source};
use crate::program::{Kind, Meta, Reg};
use crate::spec::{At, OneOrMany, PackSpec};
use builder::Builder;
use std::collections::HashMap;
use std::sync::Arc;

pub use builder::input_meta;
pub use table::read_cell;

/// What a value is while the pack compiles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waiting,
    Running,
    Done,
    Broken,
}

/// Where a formula stands, for problems and for what it may name.
#[derive(Clone)]
pub struct Place {
    file: usize,
    offset: usize,
    clause: String,
    kind: Kind,
}

/// A pack being compiled.
pub struct Compiler<'a> {
    sections: &'a Sections,
    used: Vec<(&'a Sections, Arc<Pack>)>,
    documents: Vec<Document>,
    problems: Vec<Problem>,
    builder: Builder,
    choices: Vec<pack::Choice>,
    kinds: Vec<pack::RowKind>,
    inputs: Vec<Vec<pack::Input>>,
    tables: Vec<table::Compiled>,
    values: Vec<Option<pack::Value>>,
    progress: Vec<Progress>,
    recognitions: Vec<Option<pack::Recognition>>,
    recognition_progress: Vec<Progress>,
    assessed: HashMap<String, (Reg, String)>,
    given: Vec<(String, Meta)>,
}

/// What [`compile`] needs beside the sections.
pub struct Context<'a> {
    /// The texts, read.
    pub documents: Vec<Document>,
    /// Sections and pack of every used pack.
    pub used: Vec<(&'a Sections, Arc<Pack>)>,
    /// Digest of everything that goes in.
    pub digest: String,
    /// Values entered from outside instead of computed, with their type (for the calculator).
    pub given: Vec<(String, Meta)>,
}

/// Compiles a pack; every problem found, or the pack.
pub fn compile(sections: &Sections, context: Context) -> Result<Pack, Vec<Problem>> {
    let Some(identity) = sections.pack.first() else {
        let problem =
            Problem { file: "pack.toml".into(), line: 0, column: 0, clause: None, message: "缺少 [pack]".into(), suggestion: None };
        return Err(vec![problem.suggest("请在 pack.toml 中写明 [pack] 的 id、version、title、authority")]);
    };
    let digest = context.digest.clone();
    let mut compiler = Compiler::new(sections, context);
    compiler.once("pack", &sections.pack);
    let place = compiler.place_of_programme(identity);
    compiler.declare();
    compiler.compile_tables();
    let assessment = compiler.assessment();
    let values = compiler.compile_values();
    let recognitions = compiler.compile_recognitions();
    let conditions = compiler.compile_conditions();
    let awards = compiler.compile_awards(&conditions, &recognitions);
    let (stacks, total) = compiler.compile_stacks(&awards);
    let calculator = compiler.calculator();
    let quotas = compiler.quotas(&awards);
    let materials = compiler.materials();
    let procedures = compiler.procedures();
    let leads = compiler.leads();
    let stages = compiler.stages();
    let requirements = compiler.requirements();
    let forms = compiler.forms(&awards);
    compiler.options_printed(assessment.as_ref());
    let reviews = compiler.reviews(&forms);
    let officials = compiler.officials();
    let known = compiler.known();
    let entitlement = compiler.entitlement();
    let applies = compiler.applies();
    let names = compiler.case_names();
    if !compiler.problems.is_empty() {
        let mut problems = compiler.problems;
        problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        problems.dedup();
        return Err(problems);
    }
    Ok(Pack {
        id: identity.id.clone(),
        version: identity.version.clone(),
        title: identity.title.clone(),
        authority: identity.authority.clone(),
        place,
        digest,
        applies,
        documents: compiler.documents,
        used: compiler.used.into_iter().map(|(_, used)| used).collect(),
        choices: compiler.choices,
        kinds: compiler.kinds,
        inputs: compiler.inputs,
        tables: compiler.tables.into_iter().map(|table| table.printed).collect(),
        values,
        conditions,
        recognitions,
        awards,
        stacks,
        total,
        calculator,
        assessment,
        quotas,
        materials,
        procedures,
        leads,
        requirements,
        stages,
        forms,
        reviews,
        officials,
        known,
        entitlement,
        program: compiler.builder.program,
        metas: compiler.builder.metas,
        names,
    })
}

impl<'a> Compiler<'a> {
    fn new(sections: &'a Sections, context: Context<'a>) -> Self {
        Self {
            sections,
            used: context.used,
            documents: context.documents,
            problems: Vec::new(),
            builder: Builder::default(),
            choices: Vec::new(),
            kinds: Vec::new(),
            inputs: Vec::new(),
            tables: Vec::new(),
            values: vec![None; sections.value.len()],
            progress: vec![Progress::Waiting; sections.value.len()],
            recognitions: vec![None; sections.recognise.len()],
            recognition_progress: vec![Progress::Waiting; sections.recognise.len()],
            assessed: HashMap::new(),
            given: context.given,
        }
    }

    fn source(&self, file: usize) -> &Source {
        &self.sections.sources[file]
    }

    fn report(&mut self, file: usize, offset: usize, clause: &str, message: impl Into<String>) -> &mut Problem {
        let problem = self.source(file).problem(offset, message).under(clause);
        self.problems.push(problem);
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// A problem at a formula's part, with a near name where one of `known` is near.
    fn report_at(&mut self, place: &Place, expr: &Expr, message: impl Into<String>) -> &mut Problem {
        self.report(place.file, place.offset + expr.span.start, &place.clause.clone(), message)
    }

    fn unknown_name(&mut self, file: usize, offset: usize, clause: &str, what: &str, name: &str, known: &[String]) {
        let problem = self.source(file).problem(offset, format!("未定义的{what}“{name}”")).under(clause);
        self.problems.push(problem.did_you_mean(name, known.iter().map(String::as_str)));
    }

    /// Only one entry of a section is allowed.
    fn once<T>(&mut self, section: &str, entries: &[Entry<T>]) {
        for extra in entries.iter().skip(1) {
            self.report(extra.file, extra.spec.start(), "", format!("[{section}] 重复，一个政策包只能有一个"));
        }
    }

    /// Where the programme is run, which must be a known place.
    fn place_of_programme(&mut self, identity: &Entry<PackSpec>) -> Option<String> {
        let place = identity.place.as_ref()?;
        if standards::division::find(place.value()).is_none() {
            let known: Vec<String> = standards::division::divisions().iter().map(|division| division.id.clone()).collect();
            self.unknown_name(identity.file, place.start(), "", "实施地区", place.value(), &known);
        }
        Some(place.value().clone())
    }

    /// Ids of a section must differ.
    fn unique<'s>(&mut self, what: &str, ids: impl IntoIterator<Item = (&'s str, usize, usize)>) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (id, file, offset) in ids {
            let (line, _) = self.source(file).place(offset);
            if let Some(first) = seen.insert(id, line) {
                self.report(file, offset, "", format!("{what}“{id}”重复，首次定义在第{first}行"));
            }
        }
    }

    /// Checks that the cited clauses exist and joins them; `prefix` is the pack's own when its rules are used elsewhere.
    fn cited(&mut self, file: usize, cites: &At<OneOrMany>) -> String {
        for cite in &cites.0 {
            self.check_citation(file, cites.start(), cite);
        }
        cites.joined()
    }

    fn cited_maybe(&mut self, file: usize, cites: Option<&At<OneOrMany>>) -> String {
        cites.map_or(String::new(), |cites| self.cited(file, cites))
    }

    fn check_citation(&mut self, file: usize, offset: usize, cite: &str) {
        let parsed = clauses::Citation::parse(cite);
        let used = self.used.iter().find(|(_, used)| used.id == parsed.pack);
        let documents = match used {
            Some((_, used)) => &used.documents,
            None if parsed.pack.is_empty() => &self.documents,
            None => return self.unknown_name(file, offset, cite, "政策包", parsed.pack, &[]),
        };
        if clauses::find(documents, &parsed).is_some() {
            return;
        }
        let candidates: Vec<&clauses::Document> = match documents.iter().find(|document| document.id == parsed.document) {
            Some(document) => vec![document],
            None if parsed.document.is_empty() => documents.iter().take(1).collect(),
            None => {
                let known: Vec<String> = documents.iter().map(|document| document.id.clone()).collect();
                return self.unknown_name(file, offset, cite, "政策文本", parsed.document, &known);
            }
        };
        let ids: Vec<String> = candidates.iter().flat_map(|document| document.clauses()).map(|clause| clause.id.clone()).collect();
        let near = nearest_clause(parsed.clause, &ids);
        let problem = self.report(file, offset, cite, format!("条款不存在：{cite}"));
        problem.suggestion = near.map(|near| format!("是否应为“{near}”？"));
    }
}

fn nearest_clause<'i>(cite: &str, ids: &'i [String]) -> Option<&'i str> {
    let near = crate::problem::nearest(cite, ids.iter().map(String::as_str));
    near.or_else(|| ids.iter().map(String::as_str).find(|id| cite.starts_with(*id) || id.starts_with(cite)))
}
