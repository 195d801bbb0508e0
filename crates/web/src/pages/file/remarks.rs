//! What is said beside invoices and evidence, as notes of a sheet.

use service::application::Remark;

use crate::sheet::Note;

/// The remarks as notes.
pub(super) fn notes(remarks: &[Remark]) -> impl Iterator<Item = Note> {
    remarks.iter().map(|remark| Note {
        path: remark.path.clone(),
        label: remark.about.label().to_owned(),
        text: remark.text.clone(),
        clause: String::new(),
    })
}
