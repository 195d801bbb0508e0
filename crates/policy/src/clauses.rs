//! The policy text: Markdown with numbered clauses, and citations to them.

use crate::problem::{Problem, Source};
use std::collections::HashMap;

/// One document that travels in a pack.
#[derive(Clone, Debug)]
pub struct Document {
    /// Id used in citations, e.g. `guide`.
    pub id: String,
    /// Full title.
    pub title: String,
    /// Short title with its marks, e.g. 《申报指南》.
    pub short: String,
    /// Headings and clauses in the order of the text.
    pub parts: Vec<Part>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading with its depth, 1–6.
    Heading(u8, String),
    /// Text before the first clause or between heading and clause.
    Paragraph(String),
    /// A numbered clause.
    Clause(Clause),
}

/// A numbered passage (条款).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Number inside its document, e.g. `1.3`.
    pub id: String,
    /// Its text; lines are kept.
    pub text: String,
}

impl Clause {
    /// The number of what stands before the first numbered clause.
    const PREFACE: &'static str = "0";

    /// Its number as people read it: §0, a document's opening words, has none and is called 引言.
    pub fn printed(&self) -> &str {
        printed(&self.id)
    }
}

/// A clause's number as people read it.
pub fn printed(id: &str) -> &str {
    if id == Clause::PREFACE { "引言" } else { id }
}

/// Reads a document's text; problems are clauses numbered twice or without a number.
pub fn read(source: &Source, id: &str, title: &str, short: &str) -> (Document, Vec<Problem>) {
    let mut reader = Reader { source, parts: Vec::new(), seen: HashMap::new(), problems: Vec::new() };
    let mut offset = 0;
    for line in source.text.split_inclusive('\n') {
        reader.line(line.trim_end(), offset);
        offset += line.len();
    }
    let document = Document { id: id.into(), title: title.into(), short: short.into(), parts: reader.parts };
    (document, reader.problems)
}

struct Reader<'a> {
    source: &'a Source,
    parts: Vec<Part>,
    seen: HashMap<String, usize>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, offset: usize) {
        if let Some(rest) = line.strip_prefix('§') {
            return self.clause(rest, offset);
        }
        let depth = line.bytes().take_while(|byte| *byte == b'#').count();
        if (1..=6).contains(&depth) {
            return self.parts.push(Part::Heading(depth as u8, line[depth..].trim().to_owned()));
        }
        match self.parts.last_mut() {
            Some(Part::Clause(Clause { text, .. }) | Part::Paragraph(text)) => {
                if !(line.is_empty() && text.ends_with('\n')) {
                    text.push('\n');
                    text.push_str(line);
                }
            }
            _ if line.is_empty() => {}
            _ => self.parts.push(Part::Paragraph(line.to_owned())),
        }
    }

    fn clause(&mut self, rest: &str, offset: usize) {
        let (id, text) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let (line, _) = self.source.place(offset);
        if id.is_empty() || !id.chars().all(|letter| letter.is_alphanumeric() || letter == '.' || letter == '-') {
            let problem = self.source.problem(offset, format!("条款编号“{id}”不合规"));
            return self.problems.push(problem.suggest("编号由数字、字母、汉字、“.”和“-”组成，如 §1.3"));
        }
        if let Some(first) = self.seen.insert(id.to_owned(), line) {
            let problem = self.source.problem(offset, format!("条款 {id} 重复，首次出现在第{first}行"));
            self.problems.push(problem.suggest("请改正编号"));
        }
        self.parts.push(Part::Clause(Clause { id: id.to_owned(), text: text.trim().to_owned() }));
    }
}

impl Document {
    /// The clauses in order.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.parts.iter().filter_map(|part| match part {
            Part::Clause(clause) => Some(clause),
            _ => None,
        })
    }
}

/// A citation: pack (empty: this one), document (empty: the first), clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation<'a> {
    /// Pack id, empty for the pack that cites.
    pub pack: &'a str,
    /// Document id, empty for the pack's first document.
    pub document: &'a str,
    /// Clause id.
    pub clause: &'a str,
}

impl<'a> Citation<'a> {
    /// Splits `miit-2024/Q3`, `guide:1.3` or `1.3`.
    pub fn parse(text: &'a str) -> Self {
        let (pack, rest) = text.split_once('/').unwrap_or(("", text));
        let (document, clause) = rest.split_once(':').unwrap_or(("", rest));
        Self { pack, document, clause }
    }
}

/// Finds a cited clause among a pack's documents.
pub fn find<'a>(documents: &'a [Document], citation: &Citation) -> Option<(&'a Document, &'a Clause)> {
    let by_id = |document: &&Document| citation.document.is_empty() || document.id == citation.document;
    let document = documents.iter().find(by_id)?;
    let clause = document.clauses().find(|clause| clause.id == citation.clause)?;
    Some((document, clause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Vec<Part>, Vec<String>) {
        let source = Source { file: "t.md".into(), text: text.into() };
        let (document, problems) = read(&source, "t", "标题", "《标题》");
        (document.parts, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn clauses_run_to_the_next_mark_or_heading() {
        let (parts, problems) = parts("# 一\n前言\n§1.1 甲\n续\n\n§1.2 乙\n## 二\n");
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(parts.len(), 5);
        assert_eq!(parts[2], Part::Clause(Clause { id: "1.1".into(), text: "甲\n续\n".into() }));
    }

    #[test]
    fn a_number_used_twice_is_a_problem() {
        let (_, problems) = parts("§1 甲\n§1 乙\n§（2） 丙\n");
        assert!(problems[0].starts_with("t.md:2:1: 条款 1 重复，首次出现在第1行"), "{problems:?}");
        assert!(problems[1].starts_with("t.md:3:1: 条款编号“（2）”不合规"), "{problems:?}");
    }

    #[test]
    fn citations_split() {
        assert_eq!(Citation::parse("1.3"), Citation { pack: "", document: "", clause: "1.3" });
        assert_eq!(Citation::parse("plan:17"), Citation { pack: "", document: "plan", clause: "17" });
        assert_eq!(Citation::parse("miit-2024/Q3"), Citation { pack: "miit-2024", document: "", clause: "Q3" });
    }
}
