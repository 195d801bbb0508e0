//! Case files: TOML a clerk can read. Worked cases are case files with expectations and variations.

use super::draft::Draft;
use super::expect::Expect;
use crate::pack::Pack;
use crate::problem::{Problem, Source};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value as written, with its byte offset.
#[derive(Clone, Debug)]
pub(super) enum Raw {
    Text(String),
    List(Vec<String>),
    Table(BTreeMap<String, String>),
    Rows(Vec<(usize, BTreeMap<String, Raw>)>),
}

/// A fact as written.
#[derive(Clone, Debug)]
struct Fact {
    offset: usize,
    raw: Raw,
}

/// A row as written.
#[derive(Clone, Debug)]
struct RowText {
    offset: usize,
    id: String,
    cells: BTreeMap<String, Raw>,
}

/// A case file, read but not yet matched against a pack.
#[derive(Clone, Debug)]
pub struct Document {
    /// Title of the case.
    pub title: String,
    /// `id` or `id@version` of the pack, if named.
    pub pack: Option<String>,
    source: Source,
    facts: BTreeMap<(String, String), Fact>,
    rows: BTreeMap<String, Vec<RowText>>,
    /// What a worked case expects.
    pub expect: Option<Expect>,
    /// Variations of a worked case.
    pub vary: Vec<Vary>,
}

/// A variation of a worked case.
#[derive(Clone, Debug)]
pub struct Vary {
    /// Its title.
    pub title: String,
    /// The line it starts at.
    pub line: usize,
    set: Vec<(String, usize, Raw)>,
    unset: Vec<(String, usize)>,
    add: Vec<(usize, BTreeMap<String, Raw>)>,
    remove: Vec<(String, usize)>,
    /// What it expects.
    pub expect: Expect,
}

/// Reads a case file's text; matching it against a pack is [`Document::draft`].
///
/// # Errors
/// Problems with their line.
pub fn read(file: &str, text: &str) -> Result<Document, Vec<Problem>> {
    let source = Source { file: file.to_owned(), text: text.to_owned() };
    let table = DeTable::parse(text).map_err(|error| vec![crate::files::toml_problem(&source, &error)])?;
    let mut reader = Reader { problems: Vec::new(), document: Document::empty(source) };
    for (key, value) in table.get_ref() {
        reader.section(key.get_ref(), value);
    }
    if reader.problems.is_empty() { Ok(reader.document) } else { Err(reader.problems) }
}

struct Reader {
    problems: Vec<Problem>,
    document: Document,
}

type Value<'v> = Spanned<DeValue<'v>>;

impl Reader {
    fn wrong(&mut self, offset: usize, message: impl Into<String>) {
        let problem = self.document.source.problem(offset, message);
        self.problems.push(problem);
    }

    fn section(&mut self, key: &str, value: &Value) {
        let offset = value.span().start;
        match (key, value.get_ref()) {
            ("case", DeValue::Table(table)) => self.case(table),
            ("expect", DeValue::Table(table)) => self.document.expect = Some(self.expect(offset, table)),
            ("vary", DeValue::Array(all)) => all.iter().for_each(|vary| self.vary(vary)),
            (kind, DeValue::Array(rows)) => rows.iter().for_each(|row| self.row(kind, row)),
            (group, DeValue::Table(table)) => {
                for (name, fact) in table {
                    let fact_offset = fact.span().start;
                    let Some(raw) = self.raw(fact) else { continue };
                    self.document.facts.insert((group.to_owned(), name.get_ref().to_string()), Fact { offset: fact_offset, raw });
                }
            }
            _ => self.wrong(offset, format!("“{key}”应写作一节（[{key}]）或若干行（[[{key}]]）")),
        }
    }

    fn case(&mut self, table: &DeTable) {
        for (key, value) in table {
            let Some(Raw::Text(text)) = self.raw(value) else { continue };
            match key.get_ref().as_ref() {
                "title" => self.document.title = text,
                "pack" => self.document.pack = Some(text),
                "note" => {}
                other => self.wrong(key.span().start, format!("[case] 中未知的键“{other}”，可用 title、pack、note")),
            }
        }
    }

    fn row(&mut self, kind: &str, row: &Value) {
        let offset = row.span().start;
        let DeValue::Table(table) = row.get_ref() else {
            return self.wrong(offset, format!("“{kind}”应写作若干行（[[{kind}]]）"));
        };
        let mut cells = self.cells(table);
        let Some(Raw::Text(id)) = cells.remove("id") else {
            return self.wrong(offset, format!("[[{kind}]] 缺少编号 id"));
        };
        self.document.rows.entry(kind.to_owned()).or_default().push(RowText { offset, id, cells });
    }

    fn cells(&mut self, table: &DeTable) -> BTreeMap<String, Raw> {
        let mut cells = BTreeMap::new();
        for (key, value) in table {
            if let Some(raw) = self.raw(value) {
                cells.insert(key.get_ref().to_string(), raw);
            }
        }
        cells
    }

    fn raw(&mut self, value: &Value) -> Option<Raw> {
        let offset = value.span().start;
        match value.get_ref() {
            DeValue::Array(all) if all.iter().any(|one| matches!(one.get_ref(), DeValue::Table(_))) => {
                let rows = all.iter().filter_map(|row| match row.get_ref() {
                    DeValue::Table(table) => Some((row.span().start, self.cells(table))),
                    _ => None,
                });
                Some(Raw::Rows(rows.collect()))
            }
            DeValue::Array(all) => Some(Raw::List(all.iter().filter_map(|one| self.text(one)).collect())),
            DeValue::Table(table) => {
                let entries = table.iter().filter_map(|(key, one)| Some((key.get_ref().to_string(), self.text(one)?)));
                Some(Raw::Table(entries.collect()))
            }
            _ => self.text(value).map(Raw::Text),
        }
        .or_else(|| {
            self.wrong(offset, "此处不能这样书写");
            None
        })
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
            DeValue::Float(number) => Some(number.as_str().replace('_', "")),
            DeValue::Boolean(yes) => Some(yes.to_string()),
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => {
                self.wrong(value.span().start, "此处应为文字、数字、日期或 true/false");
                None
            }
        }
    }

    fn expect(&mut self, offset: usize, table: &DeTable) -> Expect {
        let line = self.document.source.place(offset).0;
        let mut expect = Expect::at(line);
        for (key, value) in table {
            let Some(raw) = self.raw(value) else { continue };
            if !expect.add(key.get_ref(), raw) {
                self.wrong(key.span().start, format!("expect 中未知的键“{}”或写法不合规", key.get_ref()));
            }
        }
        expect
    }

    fn vary(&mut self, value: &Value) {
        let offset = value.span().start;
        let DeValue::Table(table) = value.get_ref() else { return self.wrong(offset, "[[vary]] 应为一节") };
        let line = self.document.source.place(offset).0;
        let mut vary =
            Vary { title: String::new(), line, set: vec![], unset: vec![], add: vec![], remove: vec![], expect: Expect::at(line) };
        for (key, value) in table {
            let at = value.span().start;
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("title", DeValue::String(title)) => vary.title = title.to_string(),
                ("note", DeValue::String(_)) => {}
                ("expect", DeValue::Table(expect)) => vary.expect = self.expect(at, expect),
                ("set", DeValue::Table(set)) => {
                    for (path, value) in set {
                        let raw = self.raw(value);
                        vary.set.extend(raw.map(|raw| (path.get_ref().to_string(), value.span().start, raw)));
                    }
                }
                ("unset" | "remove", DeValue::Array(all)) => {
                    let paths: Vec<(String, usize)> = all.iter().filter_map(|one| Some((self.text(one)?, one.span().start))).collect();
                    if key.get_ref() == "unset" { vary.unset = paths } else { vary.remove = paths }
                }
                ("add", DeValue::Array(_)) => {
                    if let Some(Raw::Rows(rows)) = self.raw(value) {
                        vary.add = rows;
                    }
                }
                (other, _) => self.wrong(key.span().start, format!("[[vary]] 中未知的键“{other}”或写法不合规")),
            }
        }
        self.document.vary.push(vary);
    }
}

impl Document {
    fn empty(source: Source) -> Self {
        Self { title: String::new(), pack: None, source, facts: BTreeMap::new(), rows: BTreeMap::new(), expect: None, vary: Vec::new() }
    }

    /// The same case with a variation applied.
    ///
    /// # Errors
    /// A path that names nothing of the case.
    pub fn varied(&self, vary: &Vary) -> Result<Document, Vec<Problem>> {
        let mut document = self.clone();
        let mut problems = Vec::new();
        document.title = format!("{} · {}", self.title, vary.title);
        for (path, offset) in &vary.remove {
            let (kind, id) = path.split_once('.').unwrap_or((path, ""));
            let rows = document.rows.entry(kind.to_owned()).or_default();
            let before = rows.len();
            rows.retain(|row| row.id != id);
            if rows.len() == before {
                problems.push(self.source.problem(*offset, format!("没有“{path}”这一行")));
            }
        }
        for (path, offset) in &vary.unset {
            document.change(path, *offset, None, &mut problems);
        }
        for (offset, cells) in &vary.add {
            document.append(*offset, cells, &mut problems);
        }
        for (path, offset, raw) in &vary.set {
            document.change(path, *offset, Some(raw.clone()), &mut problems);
        }
        if problems.is_empty() { Ok(document) } else { Err(problems) }
    }

    fn append(&mut self, offset: usize, cells: &BTreeMap<String, Raw>, problems: &mut Vec<Problem>) {
        let mut cells = cells.clone();
        match (cells.remove("row"), cells.remove("id")) {
            (Some(Raw::Text(kind)), Some(Raw::Text(id))) => self.rows.entry(kind).or_default().push(RowText { offset, id, cells }),
            _ => problems.push(self.source.problem(offset, "add 的每一项须有 row（行类别）和 id")),
        }
    }

    fn change(&mut self, path: &str, offset: usize, raw: Option<Raw>, problems: &mut Vec<Problem>) {
        let (group, rest) = path.split_once('.').unwrap_or((path, ""));
        if let Some(rows) = self.rows.get_mut(group) {
            let (id, name) = rest.rsplit_once('.').unwrap_or((rest, ""));
            let row = rows.iter_mut().find(|row| row.id == id);
            match (row, raw) {
                (None, _) => problems.push(self.source.problem(offset, format!("没有“{group}.{id}”这一行"))),
                (Some(row), Some(raw)) => drop(row.cells.insert(name.to_owned(), raw)),
                (Some(row), None) => drop(row.cells.remove(name)),
            }
            return;
        }
        let key = (group.to_owned(), rest.to_owned());
        match raw {
            Some(raw) => drop(self.facts.insert(key, Fact { offset, raw })),
            None if self.facts.remove(&key).is_some() => {}
            None => problems.push(self.source.problem(offset, format!("原案例没有“{path}”，无法去掉"))),
        }
    }

    /// The case's facts as the pack declares them.
    ///
    /// # Errors
    /// Every fact that does not fit, with its line.
    pub fn draft(&self, pack: &Pack) -> Result<Draft, Vec<Problem>> {
        let mut filler = Filler { pack, source: &self.source, draft: Draft::new(pack), problems: Vec::new() };
        for ((group, name), fact) in self.facts.iter().filter(|((group, name), _)| !is_rest(group, name)) {
            filler.fact(group, name, fact);
        }
        filler.rest(&self.facts);
        filler.rows(&self.rows);
        for (path, message) in filler.draft.contradictions(pack) {
            filler.problems.push(self.source.problem(self.offset_of(pack, &path), message));
        }
        filler.problems.sort_by_key(|problem| (problem.line, problem.column));
        if filler.problems.is_empty() { Ok(filler.draft) } else { Err(filler.problems) }
    }

    /// Where a fact was written, by whatever name; the start of the file for a path that was not.
    fn offset_of(&self, pack: &Pack, path: &str) -> usize {
        let target = pack.input(path);
        let same = |(group, name): &(String, String)| fact_path(pack, group, name).and_then(|path| pack.input(&path)) == target;
        self.facts.iter().find(|(key, _)| same(key)).map_or(0, |(_, fact)| fact.offset)
    }
}

struct Filler<'a> {
    pack: &'a Pack,
    source: &'a Source,
    draft: Draft,
    problems: Vec<Problem>,
}

impl Filler<'_> {
    fn wrong(&mut self, offset: usize, message: impl Into<String>) {
        self.problems.push(self.source.problem(offset, message));
    }

    fn fact(&mut self, group: &str, name: &str, fact: &Fact) {
        let done = match (group, &fact.raw) {
            ("confirmed", Raw::Table(table)) => self.judgement(group, name, "met", table),
            ("exception", Raw::Table(table)) => self.judgement(group, name, "", table),
            ("settled", Raw::Table(table)) => self.judgement(group, name, "amount", table),
            ("confirmed" | "exception" | "settled", _) => Err("应写作 { … }，并写明由谁认定、依据或理由".to_owned()),
            (_, raw) => {
                let path = fact_path(self.pack, group, name).unwrap_or_else(|| format!("{group}.{name}"));
                plain(raw).and_then(|text| self.draft.set(self.pack, &path, &text))
            }
        };
        if let Err(message) = done {
            self.wrong(fact.offset, message);
        }
    }

    /// A person's judgement: the value under `key` (an exception's is yes), and a note of who and why.
    fn judgement(&mut self, group: &str, name: &str, key: &str, table: &BTreeMap<String, String>) -> Result<(), String> {
        let path = format!("{group}.{name}");
        let known = ["met", "amount", "by", "evidence", "reason", "on"];
        if let Some(other) = table.keys().find(|given| !known.contains(&given.as_str())) {
            return Err(format!("未知的键“{other}”，可用：{}", known.join("、")));
        }
        let why = table.get("evidence").or(table.get("reason")).filter(|why| !why.trim().is_empty());
        let Some(why) = why else {
            return Err(format!("“{path}”须写明依据（evidence）或理由（reason）"));
        };
        let value = match key {
            "" => "true",
            key => table.get(key).ok_or_else(|| format!("“{path}”缺少“{key}”"))?,
        };
        self.draft.set(self.pack, &path, value)?;
        let by = table.get("by").map_or(String::new(), |by| format!("{by}："));
        self.draft.note(&path, &format!("{by}{why}"));
        Ok(())
    }

    /// `其余` under `[scenarios]` gives every scenario not listed one level.
    fn rest(&mut self, facts: &BTreeMap<(String, String), Fact>) {
        let Some((_, fact)) = facts.iter().find(|((group, name), _)| is_rest(group, name)) else { return };
        let scenarios = self.pack.assessment.as_ref().map_or(&[][..], |assessment| assessment.scenarios.as_slice());
        for scenario in scenarios {
            let path = format!("scenarios.{}", scenario.id);
            let listed = |(group, name): &(String, String)| group == "scenarios" && (*name == scenario.id || *name == scenario.label);
            if !facts.keys().any(listed)
                && let Err(message) = plain(&fact.raw).and_then(|text| self.draft.set(self.pack, &path, &text))
            {
                return self.wrong(fact.offset, message);
            }
        }
    }

    fn rows(&mut self, rows: &BTreeMap<String, Vec<RowText>>) {
        for kind in rows.keys().filter(|kind| self.pack.kind(kind).is_none_or(|kind| kind == 0)) {
            let offset = rows[kind].first().map_or(0, |row| row.offset);
            let known: Vec<&str> = self.pack.kinds.iter().skip(1).map(|kind| kind.id.as_str()).collect();
            let problem = self.source.problem(offset, format!("没有行类别“{kind}”，可用：{}", known.join("、")));
            self.problems.push(problem.did_you_mean(kind, known));
        }
        for (kind, declared) in self.pack.kinds.iter().enumerate().skip(1) {
            for row in rows.get(&declared.id).into_iter().flatten() {
                self.row(kind as u8, row);
            }
        }
    }

    fn row(&mut self, kind: u8, row: &RowText) {
        let declared = &self.pack.kinds[kind as usize];
        let above = &self.pack.kinds[declared.parent as usize].id;
        let parent = match row.cells.get(above) {
            Some(Raw::Text(parent)) if declared.parent > 0 => Some(parent.as_str()),
            _ => None,
        };
        if let Err(message) = self.draft.add_row(self.pack, kind, &row.id, parent) {
            return self.wrong(row.offset, message);
        }
        for (name, raw) in row.cells.iter().filter(|(name, _)| declared.parent == 0 || *name != above) {
            let done = plain(raw).and_then(|text| self.draft.set_row(self.pack, kind, &row.id, name, &text));
            if let Err(message) = done {
                self.wrong(row.offset, format!("{}“{}”：{message}", declared.label, row.id));
            }
        }
    }
}

fn is_rest(group: &str, name: &str) -> bool {
    group == "scenarios" && matches!(name, "其余" | "rest")
}

fn plain(raw: &Raw) -> Result<String, String> {
    match raw {
        Raw::Text(text) => Ok(text.clone()),
        Raw::List(all) => Ok(all.join(",")),
        Raw::Table(_) | Raw::Rows(_) => Err("此处应为文字、数字、日期或列表".to_owned()),
    }
}

/// The `group.name` a fact is declared under, also when it was written by number or Chinese label.
fn fact_path(pack: &Pack, group: &str, name: &str) -> Option<String> {
    let assessment = pack.assessment.as_ref();
    let by_number = |assessment: &crate::pack::Assessment| {
        let number: u16 = name.parse().ok()?;
        assessment.questions.iter().find(|question| question.number == number).map(|question| format!("answers.{}", question.id))
    };
    match group {
        "answers" => assessment.and_then(by_number).or_else(|| Some(format!("{group}.{name}"))),
        _ => Some(format!("{group}.{name}")),
    }
}
