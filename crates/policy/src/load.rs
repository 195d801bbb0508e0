//! From a pack's files to a [`Pack`]. All or nothing.

use crate::clauses::{self, Document};
use crate::compile::{Context, compile};
use crate::edit::{self, Place};
use crate::files::{self, PackFiles, Sections};
use crate::pack::Pack;
use crate::problem::{Problem, Source};
use crate::program::Meta;
use sm3::{Digest, Sm3};
use std::sync::Arc;

/// A pack with the files it came from, so that it can be compiled again with values given.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The pack.
    pub pack: Arc<Pack>,
    /// Its files.
    pub files: Arc<PackFiles>,
    /// The packs it uses, loaded.
    pub used: Vec<Arc<Loaded>>,
}

/// The `id@version` of every pack that a pack's files say they use, read first so that those can be loaded before it.
pub fn uses(files: &PackFiles) -> Vec<String> {
    let (sections, _) = files::read(files);
    let uses = sections.pack.first().and_then(|pack| pack.uses.as_ref());
    uses.map_or(Vec::new(), |uses| uses.0.clone())
}

/// Loads a pack from its files and the packs it uses.
///
/// # Errors
/// Every problem found, by file and line.
pub fn load(files: PackFiles, used: impl IntoIterator<Item = Arc<Loaded>>) -> Result<Loaded, Vec<Problem>> {
    let files = Arc::new(files);
    let used: Vec<Arc<Loaded>> = used.into_iter().collect();
    let pack = Arc::new(Editor::read(&files, &used).pack(&[])?);
    Ok(Loaded { pack, files, used })
}

impl Loaded {
    /// The same pack with `values` entered from outside (group `given`) instead of computed.
    ///
    /// # Errors
    /// Problems of the shortened pack; none where the values exist.
    pub fn with_given(&self, values: &[String]) -> Result<Pack, Vec<Problem>> {
        self.edited(&[], values)
    }

    /// The same pack with other text at some places (see [`crate::edit`]) and with `values` entered from outside.
    ///
    /// # Errors
    /// A place that does not exist, or the problems of what was written there.
    pub fn edited(&self, edits: &[(String, String)], values: &[String]) -> Result<Pack, Vec<Problem>> {
        let meta = |id: &String| self.pack.value(id).map(|value| (id.clone(), self.given_meta(value.reg)));
        Editor::read(&self.files, &self.used).compiled(edits, values.iter().filter_map(meta).collect())
    }

    /// The pack's files read once, for many edits.
    pub fn editor(&self) -> Editor<'_> {
        Editor::read(&self.files, &self.used)
    }

    /// Every place another value may be tried in.
    pub fn places(&self) -> Vec<Place> {
        edit::places(&files::read(&self.files).0)
    }

    fn given_meta(&self, reg: u32) -> Meta {
        let meta = self.pack.metas[reg as usize];
        let plain = crate::compile::input_meta(meta.ty, 64);
        if plain.scale == meta.scale { plain } else { meta }
    }
}

/// A pack's files as read, to be compiled again and again with other text at some places.
pub struct Editor<'l> {
    files: &'l PackFiles,
    used: &'l [Arc<Loaded>],
    sections: Sections,
    used_sections: Vec<Sections>,
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

impl<'l> Editor<'l> {
    fn read(files: &'l PackFiles, used: &'l [Arc<Loaded>]) -> Self {
        let (sections, mut problems) = files::read(files);
        check_uses(&sections, used, &mut problems);
        let documents = documents(files, &sections, &mut problems);
        let used_sections = used.iter().map(|used| files::read(&used.files).0).collect();
        Self { files, used, sections, used_sections, documents, problems }
    }

    /// The pack with these edits.
    ///
    /// # Errors
    /// As [`Loaded::edited`].
    pub fn pack(&self, edits: &[(String, String)]) -> Result<Pack, Vec<Problem>> {
        self.compiled(edits, Vec::new())
    }

    fn compiled(&self, edits: &[(String, String)], given: Vec<(String, Meta)>) -> Result<Pack, Vec<Problem>> {
        let mut sections = self.sections.clone();
        let mut problems = self.problems.clone();
        if let Err(message) = edit::apply(&mut sections, edits) {
            problems.push(Problem { file: String::new(), line: 0, column: 0, clause: None, message, suggestion: None });
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let digest = digest(self.files, self.used, edits);
        let used = self.used_sections.iter().zip(self.used.iter().map(|used| used.pack.clone())).collect();
        compile(&sections, Context { documents: self.documents.clone(), used, digest, given })
    }
}

fn check_uses(sections: &Sections, used: &[Arc<Loaded>], problems: &mut Vec<Problem>) {
    let Some(entry) = sections.pack.first() else { return };
    let Some(uses) = &entry.uses else { return };
    let found: Vec<String> = used.iter().map(|used| format!("{}@{}", used.pack.id, used.pack.version)).collect();
    for missing in uses.0.iter().filter(|uses| !found.contains(uses)) {
        let problem = sections.sources[entry.file].problem(uses.start(), format!("引用的政策包“{missing}”不存在"));
        problems.push(problem.suggest("请写作 id@version，并确认该包已在政策包目录中"));
    }
}

fn documents(files: &PackFiles, sections: &Sections, problems: &mut Vec<Problem>) -> Vec<Document> {
    let mut documents = Vec::new();
    for entry in &sections.text {
        let file = &entry.spec.file;
        let Some(text) = files.get(file.value()) else {
            let source = &sections.sources[entry.file];
            let problem = source.problem(file.start(), format!("政策文本“{}”不存在", file.value()));
            problems.push(problem.did_you_mean(file, files.keys().map(String::as_str)));
            continue;
        };
        let source = Source { file: file.value().clone(), text: text.clone() };
        let short = entry.short.clone().unwrap_or_else(|| format!("《{}》", entry.title));
        let (document, found) = clauses::read(&source, &entry.id, &entry.title, &short);
        documents.push(document);
        problems.extend(found);
    }
    documents
}

/// SM3 over the engine's version and every file, path and text, of the pack and the packs it uses; proofs left out.
fn digest(files: &PackFiles, used: &[Arc<Loaded>], edits: &[(String, String)]) -> String {
    let mut hash = Sm3::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    for (path, text) in files.iter().filter(|(path, _)| !files::is_proof(path)) {
        for part in [path, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    used.iter().for_each(|used| hash.update(&used.pack.digest));
    edits.iter().for_each(|(path, text)| hash.update(format!("\n{path}={text}")));
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The id and version a pack's files say, read before anything else.
pub fn identity(files: &PackFiles) -> Option<(String, String)> {
    let (sections, _) = files::read(files);
    sections.pack.first().map(|pack| (pack.id.clone(), pack.version.clone()))
}
