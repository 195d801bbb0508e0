//! The entries of a pack's files, each as a flat list of what is written in it, told in Chinese.
//!
//! They are read from the TOML itself, not from the typed sections, so that no key of the format can be overlooked.

use super::names;
use crate::files::PackFiles;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// An entry of a section: a table, a condition, a stage.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `condition.roster`.
    pub path: String,
    /// 条件“纳入名单”.
    pub name: String,
    /// What is written in it.
    pub leaves: Vec<Leaf>,
}

/// One thing written in an entry.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Where: `rows[2].cap`.
    pub path: String,
    /// Where in Chinese: （等级 2）最高限额.
    pub name: String,
    /// The row, rule or option it belongs to, if any: path and Chinese name.
    pub part: Option<(String, String)>,
    /// What is written.
    pub text: String,
    /// The clauses nearest to it.
    pub clauses: Vec<String>,
}

/// Every entry of a pack's files in the order they are told.
pub fn entries(files: &PackFiles) -> Vec<Entry> {
    let rules = files.iter().filter(|(path, _)| path.ends_with(".toml") && !path.starts_with("cases/"));
    let tables: Vec<Table> = rules.filter_map(|(_, text)| text.parse().ok()).collect();
    let words = choices(&tables);
    let mut all = Vec::new();
    for (section, _) in names::SECTIONS.iter().chain([&names::STAGE]) {
        for found in tables.iter().filter_map(|table| table.get(*section)) {
            read_section(section, found, &words, &mut all);
        }
    }
    all
}

/// Labels of the words of each choice.
pub(super) type Words = BTreeMap<String, BTreeMap<String, String>>;

fn choices(tables: &[Table]) -> Words {
    let lists = tables.iter().filter_map(|table| table.get("choice")?.as_table()).flatten();
    let one = |(id, choice): (&String, &Value)| {
        let options = choice.get("options").and_then(Value::as_array).into_iter().flatten();
        (id.clone(), options.filter_map(|option| Some((string(option, "id")?, string(option, "label")?))).collect())
    };
    lists.map(one).collect()
}

pub(super) fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key).map(|found| scalar(key, found))
}

fn read_section(section: &str, found: &Value, words: &Words, all: &mut Vec<Entry>) {
    match (section, found) {
        ("choice" | "rows", Value::Table(entries)) => {
            all.extend(entries.iter().filter_map(|(id, one)| Some(entry(section, id, one.as_table()?, words))));
        }
        ("input", Value::Table(groups)) => {
            let facts = groups.iter().flat_map(|(group, facts)| facts.as_table().into_iter().flatten().map(move |fact| (group, fact)));
            all.extend(facts.filter_map(|(group, (name, fact))| Some(entry(section, &format!("{group}.{name}"), fact.as_table()?, words))));
        }
        ("known", Value::Table(facts)) => {
            all.extend(facts.iter().map(|(fact, source)| entry(section, fact, &known_source(source), words)));
        }
        (_, Value::Array(entries)) => {
            all.extend(entries.iter().filter_map(Value::as_table).map(|one| entry(section, &identity(section, one), one, words)));
        }
        (_, Value::Table(one)) => all.push(entry(section, "", one, words)),
        _ => {}
    }
}

/// A source as a table, whether it was written as one or as text; `from` is a date elsewhere.
fn known_source(source: &Value) -> Table {
    let mut table = source.as_table().cloned().unwrap_or_default();
    let from = table.remove("from").unwrap_or_else(|| source.clone());
    table.insert("source".to_owned(), from);
    table
}

/// What tells an entry from the others of its section.
fn identity(section: &str, one: &Table) -> String {
    let text = |key: &str| one.get(key).map_or(String::new(), |value| scalar(key, value));
    match (section, one.get("rows").filter(|rows| rows.is_str())) {
        ("recognise", _) => format!("{}.{}", text("rows"), text("gives")),
        ("level", _) => text("level"),
        (_, Some(_)) => format!("{}.{}", text("rows"), text("id")),
        _ => text("id"),
    }
}

fn entry(section: &str, id: &str, one: &Table, words: &Words) -> Entry {
    let label = one.get("label").or(one.get("title")).and_then(Value::as_str).unwrap_or(id);
    let called = if id.is_empty() { String::new() } else { format!("“{label}”") };
    let mut reader = Reader { words, leaves: Vec::new() };
    let mut rest = one.clone();
    rest.remove("id");
    if section == "table" {
        reader.table(&mut rest);
    }
    reader.read(&rest, &Place { clauses: clauses(one, &[]), ..Place::default() });
    let path = if id.is_empty() { section.to_owned() } else { format!("{section}.{id}") };
    Entry { path, name: format!("{}{called}", names::section(section)), leaves: reader.leaves }
}

/// Where the reader is.
#[derive(Clone, Default)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) part: Option<(String, String)>,
    pub(super) clauses: Vec<String>,
}

impl Place {
    pub(super) fn key(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { path: format!("{}{dot}{key}", self.path), name: format!("{}{}", self.name, names::key(key)), ..self.clone() }
    }

    /// An element of a list: a row, a rule, an option.
    pub(super) fn element(&self, id: &str, name: String, own: &Table) -> Self {
        let path = format!("{}[{id}]", self.path);
        Self { part: Some((path.clone(), name.clone())), name, path, clauses: clauses(own, &self.clauses) }
    }
}

/// The clauses an entry cites itself, else those of what it stands in.
pub(super) fn clauses(own: &Table, above: &[String]) -> Vec<String> {
    match own.get("clause") {
        Some(Value::Array(all)) => all.iter().map(|one| scalar("clause", one)).collect(),
        Some(one) => vec![scalar("clause", one)],
        None => above.to_vec(),
    }
}

/// Gathers what is written in one entry.
pub(super) struct Reader<'a> {
    pub(super) words: &'a Words,
    leaves: Vec<Leaf>,
}

impl Reader<'_> {
    fn read(&mut self, table: &Table, place: &Place) {
        let mut keys: Vec<&String> = table.keys().collect();
        keys.sort_by_key(|key| names::order(key));
        for key in keys {
            self.value(key, &table[key.as_str()], &place.key(key));
        }
    }

    pub(super) fn value(&mut self, key: &str, value: &Value, place: &Place) {
        match value {
            Value::Table(below) => self.read(below, &Place { clauses: clauses(below, &place.clauses), ..place.clone() }),
            Value::Array(all) if all.iter().any(Value::is_table) => self.elements(all, place),
            Value::Array(all) => self.leaf(place, all.iter().map(|one| scalar(key, one)).collect::<Vec<_>>().join("、")),
            one => self.leaf(place, scalar(key, one)),
        }
    }

    fn elements(&mut self, all: &[Value], place: &Place) {
        for (at, element) in all.iter().enumerate() {
            let Some(element) = element.as_table() else { continue };
            let id = element
                .get("id")
                .or_else(|| element.get("fact"))
                .or_else(|| element.get("same"))
                .map_or((at + 1).to_string(), |id| scalar("id", id));
            let label = element.get("label").map_or(id.clone(), |label| scalar("label", label));
            let mut rest = element.clone();
            rest.remove("id");
            self.read(&rest, &place.element(&id, format!("{}“{label}”", place.name), element));
        }
    }

    fn leaf(&mut self, place: &Place, text: String) {
        self.leaves.push(Leaf {
            path: place.path.clone(),
            name: place.name.clone(),
            part: place.part.clone(),
            text,
            clauses: place.clauses.clone(),
        });
    }
}

/// A scalar as told: words of closed lists and yes/no in Chinese.
pub(super) fn scalar(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => names::word(key, text).to_owned(),
        Value::Boolean(yes) => if *yes { "是" } else { "否" }.to_owned(),
        other => other.to_string(),
    }
}
