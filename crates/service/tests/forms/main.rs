//! Every form of every pack as a paper, from nothing and from a file whose every field is filled: all render, every label is in
//! the words, LibreOffice opens the DOCX; the papers of documents that print their layout are kept word for word.
//! `WRITE_SNAPSHOTS=1` renews what is kept.
#![allow(clippy::unwrap_used, clippy::panic)]

mod given;
#[allow(dead_code)]
#[path = "../../../papers/tests/renderings/machine.rs"]
mod machine;
mod members;
mod tables;
#[path = "../../../papers/tests/renderings/words.rs"]
mod words;
mod workbook;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use papers::paper::Paper;
use policy::library::Library;
use policy::pack::{Body, Form};
use records::answers::Answers;
use service::document::form_alone;

/// Packs whose papers are kept: their documents print the layout of their forms, or no city of the demonstration has them.
const KEPT: [&str; 5] = ["inner-mongolia-2023", "changji-benchmark", "provincial-template", "hohhot-plan", "yunting-reform"];

#[test]
fn every_form_of_every_pack_full_and_empty() {
    let (library, failed) = Library::load(folders());
    assert!(failed.is_empty(), "{failed:#?}");
    let (folder, mut pages, mut docx) = (machine::folder("forms"), String::new(), Vec::new());
    for pack in library.packs() {
        for form in &pack.forms {
            for (how, answers) in [("empty", Answers::default()), ("full", given::answers(pack))] {
                let name = format!("{}-{}-{how}", pack.id, form.id);
                let paper = form_alone(pack, form, &answers);
                let pdf = papers::pdf(&paper, machine::fonts()).unwrap_or_else(|error| panic!("{name}: {error}"));
                std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes).unwrap();
                papers::print::html(&paper).unwrap();
                let file = folder.join(format!("{name}.docx"));
                std::fs::write(&file, papers::docx(&paper).unwrap()).unwrap();
                let words = papers::text(&paper).unwrap();
                if KEPT.contains(&pack.id.as_str()) {
                    writeln!(pages, "{name} {}", pdf.pages).unwrap();
                    compare(&format!("{name}.txt"), &words);
                    docx.push((name, file, paper));
                } else {
                    labelled(form, &name, &words);
                }
            }
        }
    }
    compare("pages.txt", &pages);
    opens("forms-office", &docx).iter().for_each(|pages| compare("pages-office.txt", pages));
}

/// The packs that the platform comes with and the examples.
fn folders() -> BTreeMap<String, policy::files::PackFiles> {
    let example = testkit::files(&testkit::root().join("examples/yunting-reform/2026"));
    let own = testkit::folders().into_iter().filter(|(folder, _)| folder.contains("programmes"));
    own.chain([("examples/yunting-reform/2026".to_owned(), example)]).collect()
}

/// Every section and field is named on the paper.
fn labelled(form: &Form, name: &str, words: &str) {
    for section in form.sections.iter().filter(|section| section.when.is_none() && section.print.table.is_empty()) {
        let fields = match &section.body {
            Body::Fields(fields) | Body::Rows { fields, .. } => fields.as_slice(),
            Body::Questions { .. } | Body::Scenarios { .. } => &[],
        };
        for field in fields {
            let label = field.print.label.as_ref().unwrap_or(&field.label);
            assert!(words.contains(label.as_str()) || section.label.ends_with(label.as_str()), "{name}: {label}");
        }
    }
}

/// One start of LibreOffice turns every DOCX into PDF; all of its words are there, and nothing else. Gives the pages of each.
fn opens(folder: &str, all: &[(String, std::path::PathBuf, Paper)]) -> Option<String> {
    if machine::skips_office() {
        return None;
    }
    let folder = machine::folder(folder);
    let files: Vec<std::path::PathBuf> = all.iter().map(|(_, file, _)| file.clone()).collect();
    machine::convert(&files, &folder);
    let mut kept = String::new();
    for (name, _, paper) in all {
        let made = folder.join(format!("{name}.pdf"));
        let pages = machine::pages(&made);
        words::check_words(name, paper, &machine::words(&made), pages);
        writeln!(kept, "{name} {pages}").unwrap();
    }
    Some(kept)
}

fn compare(name: &str, made: &str) {
    testkit::kept::compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms/snapshots").join(name), made);
}
