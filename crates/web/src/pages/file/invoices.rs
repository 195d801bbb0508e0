//! What is said beside the rows that are invoices.

use service::application::InvoiceRemark;

use crate::sheet::Note;

/// The remarks as notes of a sheet.
pub(super) fn notes(remarks: &[InvoiceRemark]) -> impl Iterator<Item = Note> {
    remarks.iter().map(|remark| Note {
        path: remark.path.clone(),
        label: if remark.doubtful { "发票核对有疑问" } else { "电子发票" }.to_owned(),
        text: remark.text.clone(),
        clause: String::new(),
    })
}
