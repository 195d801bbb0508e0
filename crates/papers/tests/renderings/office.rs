//! LibreOffice opens what is written.

use crate::given;
use crate::machine;
use crate::words::check_words;

#[test]
fn libreoffice_opens_every_docx_and_loses_nothing() {
    if machine::skips_office() {
        return;
    }
    let folder = machine::folder("docx");
    let papers = given::all();
    let mut files = Vec::new();
    for (name, paper) in &papers {
        let file = folder.join(format!("{name}.docx"));
        std::fs::write(&file, papers::docx(paper).unwrap()).unwrap();
        files.push(file);
    }
    machine::convert(&files, &folder);
    for ((name, paper), file) in papers.iter().zip(files) {
        let pdf = file.with_extension("pdf");
        check_words(name, paper, &machine::words(&pdf), machine::pages(&pdf));
    }
}
