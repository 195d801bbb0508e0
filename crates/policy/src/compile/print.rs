//! What the printing of forms names: answers and other forms.

use super::Compiler;
use super::form::of_form;
use crate::blanks::{Piece, pieces};
use crate::files::Entry;
use crate::pack::{Assessment, FILE, FILED_BY, FILED_ON, Question};
use crate::spec::{At, FormSpec, OfficialPrintSpec};

impl Compiler<'_> {
    /// Every answer and every form that a paper names is there.
    pub(super) fn check_printed(&mut self) {
        let sections = self.sections;
        let forms: Vec<String> = sections.form.iter().map(|entry| entry.id.value().clone()).collect();
        let known = self.printable();
        let above = self.printable_above(&known);
        for entry in &sections.form {
            self.known_all(entry.file, &entry.print.others, "表单", &forms, entry.clause.joined().as_str());
            for path in entry.print.cover.iter().filter_map(|line| line.path.as_ref()) {
                self.answer_printed(entry, path.start(), path.value(), &known);
            }
            for words in worded(entry) {
                self.blanks(entry, words, &known);
            }
            for words in headed(entry) {
                self.blanks(entry, words, &above);
            }
            self.placed(entry, &known);
            self.materials_printed(entry);
            for section in entry.section.iter() {
                section.print.official.iter().for_each(|official| self.official_printed(entry, official));
            }
        }
    }

    /// The questions and options whose order a form says are there.
    pub(super) fn options_printed(&mut self, assessment: Option<&Assessment>) {
        let sections = self.sections;
        let questions: &[Question] = assessment.map_or(&[], |assessment| &assessment.questions);
        for entry in &sections.form {
            let clause = entry.clause.joined();
            for (id, order) in entry.section.iter().flat_map(|section| &section.print.order) {
                match questions.iter().find(|question| question.id == *id) {
                    Some(question) => {
                        let known: Vec<String> = question.options.iter().map(|(word, _)| word.id.clone()).collect();
                        self.known_all(entry.file, order, "选项", &known, &clause);
                    }
                    None => {
                        let known: Vec<String> = questions.iter().map(|question| question.id.clone()).collect();
                        self.unknown_name(entry.file, entry.id.start(), &clause, "题目", id, &known);
                    }
                }
            }
        }
    }

    /// Where promises stand, and which answers stand twice.
    fn placed(&mut self, entry: &Entry<FormSpec>, known: &[String]) {
        let sections: Vec<String> = entry.section.iter().map(|section| section.id.clone()).collect();
        let clause = entry.clause.joined();
        self.known_all(entry.file, entry.print.promises_after.as_slice(), "部分", &sections, &clause);
        for path in entry.section.iter().flat_map(|section| &section.print.repeats) {
            self.answer_printed(entry, path.start(), path.value(), known);
        }
    }

    /// The materials that a form ends with are there.
    fn materials_printed(&mut self, entry: &Entry<FormSpec>) {
        let known: Vec<String> = self.sections.material.iter().map(|material| material.id.clone()).collect();
        if let Some(print) = &entry.print.materials {
            self.known_all(entry.file, &print.of, "材料", &known, &entry.clause.joined());
        }
    }

    /// An official table that rows fill: the table, its columns, the rows and what stands in them.
    fn official_printed(&mut self, entry: &Entry<FormSpec>, print: &OfficialPrintSpec) {
        let sections = self.sections;
        let clause = entry.clause.joined();
        let tables: Vec<String> = sections.official.iter().map(|table| table.id.value().clone()).collect();
        self.known_all(entry.file, std::slice::from_ref(&print.table), "附表", &tables, &clause);
        let kinds: Vec<String> = self.kinds.iter().skip(1).map(|kind| kind.id.clone()).collect();
        self.known_all(entry.file, std::slice::from_ref(&print.rows), "行类别", &kinds, &clause);
        self.known_all(entry.file, print.each.as_slice(), "行类别", &kinds, &clause);
        let names: Vec<String> = self.known_names().into_iter().chain(kinds).chain([FILE.to_owned()]).collect();
        let written: Vec<At<String>> = print.fill.values().chain(&print.per).cloned().collect();
        self.known_all(entry.file, &written, "名称", &names, &clause);
        let Some(table) = sections.official.iter().find(|table| table.id.value() == print.table.value()) else { return };
        let columns: Vec<String> = table.columns.iter().map(|column| column.id.clone()).collect();
        self.known_all(entry.file, print.by.as_slice(), "栏目", &columns, &clause);
        for column in print.fill.keys().filter(|column| !columns.contains(column)) {
            self.unknown_name(entry.file, print.table.start(), &clause, "栏目", column, &columns);
        }
    }

    fn blanks(&mut self, entry: &Entry<FormSpec>, words: &At<String>, known: &[String]) {
        for piece in pieces(words.value()) {
            if let Piece::Blank { path, .. } = piece {
                self.answer_printed(entry, words.start(), path, known);
            }
        }
    }

    fn answer_printed(&mut self, entry: &Entry<FormSpec>, at: usize, path: &str, known: &[String]) {
        if !known.iter().any(|one| one == path) {
            self.unknown_name(entry.file, at, &entry.clause.joined(), "字段", path, known);
        }
    }

    /// The facts of the case, and the own fields of every form.
    fn printable(&self) -> Vec<String> {
        let facts = self.inputs.first().into_iter().flatten().map(crate::pack::Input::id);
        let own = self.sections.form.iter().flat_map(|entry| {
            let ids = of_form(entry).filter_map(|field| field.id.as_ref());
            ids.map(|id| format!("{}.{}", entry.id.value(), id.value()))
        });
        facts.chain(own).collect()
    }

    /// What titles and the words above tables may name: facts of rows, too, and by whom and when the form was signed.
    fn printable_above(&self, known: &[String]) -> Vec<String> {
        let rows = self.inputs.iter().skip(1).flatten().map(crate::pack::Input::id);
        known.iter().cloned().chain(rows).chain([FILED_ON, FILED_BY].map(str::to_owned)).collect()
    }
}

/// Titles of a form and its tables, and words above the tables.
fn headed(entry: &FormSpec) -> impl Iterator<Item = &At<String>> {
    let tables = entry.section.iter().flat_map(|section| &section.print.official);
    entry.print.title.iter().chain(tables.flat_map(|table| table.title.iter().chain(&table.left)))
}

/// Words of a form that may have blanks.
fn worded(entry: &FormSpec) -> impl Iterator<Item = &At<String>> {
    let tables = entry.section.iter().flat_map(|section| section.print.table.iter().flatten());
    tables.chain(entry.promise.iter().filter_map(|promise| promise.print.as_ref()))
}
