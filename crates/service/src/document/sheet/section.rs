//! A section of a form: its fields, rows, questions or scenarios, or the official table or words it is printed as.

use papers::paper::{Align, Block, Level, Paragraph, Span};
use policy::pack::{Body, Field, Section};
use policy::spec::SectionPrintSpec;

use super::{Sheet, cell, grid, official, questions, rows, scenarios};

impl Sheet<'_> {
    /// A section; the first on a paper goes without a page of its own.
    pub(super) fn section(&self, section: &Section, title: Option<&str>) -> Vec<Block> {
        let print = &section.print;
        if print.omit {
            return Vec::new();
        }
        let mut blocks = print.page.as_deref().map_or_else(Vec::new, |words| page(words, title.is_some()));
        if !print.official.is_empty() {
            for (table, at) in print.official.iter().zip(0_usize..) {
                blocks.extend(official::official(self, table, title.filter(|_| at == 0)));
            }
            if !print.and_fields {
                return blocks;
            }
            blocks.push(Block::PageBreak);
        }
        if print.table.is_empty() {
            blocks.extend(self.with_repeated(section));
            blocks.extend(self.members.iter().filter(|_| section.members.is_some()).cloned());
            return blocks;
        }
        let heading = Block::Heading { level: Level::Two, text: section.label.clone() };
        blocks.extend([heading, Block::Table(cell::worded(self, print))]);
        blocks
    }

    /// A section's own body, after the answers of others that stand in it too.
    fn with_repeated(&self, section: &Section) -> Vec<Block> {
        if let Body::Questions { evidence } = section.body {
            return heading(&section.label).into_iter().chain(questions::questions(self, evidence, &section.print)).collect();
        }
        let Body::Fields(own) = &section.body else { return self.part(&section.label, &section.body) };
        let repeated = section.print.repeats.iter().filter_map(|path| self.field(path.value()));
        let all: Vec<Field> = repeated.chain(own).cloned().collect();
        self.part(&section.label, &Body::Fields(all))
    }

    /// Something that may stand in a section, under its heading.
    pub(crate) fn part(&self, label: &str, body: &Body) -> Vec<Block> {
        let mut blocks: Vec<Block> = heading(label).into_iter().collect();
        match body {
            Body::Fields(fields) => blocks.extend(grid::fields(self, label, fields)),
            Body::Rows { kind, fields } if self.member == Some(*kind) => blocks.extend(grid::fields(self, label, fields)),
            Body::Rows { kind, fields } => blocks.push(rows::rows(self, label, *kind, fields)),
            Body::Questions { evidence } => blocks.extend(questions::questions(self, *evidence, &SectionPrintSpec::default())),
            Body::Scenarios { evidence } => blocks.extend(scenarios::scenarios(self, *evidence)),
        }
        blocks.iter_mut().for_each(|block| without_echo(block, label));
        blocks
    }

    /// Whether a section applies to the case; what is not known applies.
    pub(super) fn applies(&self, section: &Section) -> bool {
        section.when.as_ref().is_none_or(|when| self.trace.case(when.reg).get() != Some(0))
    }
}

fn heading(label: &str) -> Option<Block> {
    (!label.is_empty()).then(|| Block::Heading { level: Level::Two, text: label.to_owned() })
}

/// Words in the middle of their line, on a new page unless they are the first on the paper.
fn page(words: &str, first: bool) -> Vec<Block> {
    let line = |line: &str| Block::Paragraph(Paragraph { spans: vec![Span::strong(line)], align: Align::Centre, ..Paragraph::default() });
    (!first).then_some(Block::PageBreak).into_iter().chain(words.lines().map(line)).collect()
}

/// A table's caption that says no more than the heading above it is not said twice.
fn without_echo(block: &mut Block, heading: &str) {
    if let Block::Table(table) = block {
        table.caption.take_if(|caption| heading.ends_with(caption.as_str()));
    }
}
