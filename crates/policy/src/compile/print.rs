//! What the printing of forms names: answers and other forms.

use super::Compiler;
use super::form::of_form;
use crate::blanks::{Piece, pieces};
use crate::files::Entry;
use crate::spec::{At, FormSpec};

impl Compiler<'_> {
    /// Every answer and every form that a paper names is there.
    pub(super) fn check_printed(&mut self) {
        let sections = self.sections;
        let forms: Vec<String> = sections.form.iter().map(|entry| entry.id.value().clone()).collect();
        let known = self.printable();
        for entry in &sections.form {
            self.known_all(entry.file, &entry.print.others, "表单", &forms, entry.clause.joined().as_str());
            for path in entry.print.cover.iter().filter_map(|line| line.path.as_ref()) {
                self.answer_printed(entry, path.start(), path.value(), &known);
            }
            for words in worded(entry) {
                self.blanks(entry, words, &known);
            }
        }
    }

    fn blanks(&mut self, entry: &Entry<FormSpec>, words: &At<String>, known: &[String]) {
        for piece in pieces(words.value()) {
            if let Piece::Blank(path) = piece {
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
}

/// Words of a form that may have blanks.
fn worded(entry: &FormSpec) -> impl Iterator<Item = &At<String>> {
    let tables = entry.section.iter().flat_map(|section| section.print.table.iter().flatten());
    tables.chain(entry.promise.iter().filter_map(|promise| promise.print.as_ref()))
}
