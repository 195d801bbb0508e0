//! 文书: papers that are issued. What is on record is laid out as a paper, given a check code, kept as it was made, and can be
//! checked by anybody.
//!
//! Invariant: a paper is made by a pure function of what somebody may see; who may have it is asked when it is issued and
//! again each time it is opened.

mod archive;
mod blank;
mod bundle;
mod concerned;
mod extract;
mod file;
mod issue;
mod kept;
mod kind;
mod month;
mod monthly;
mod names;
mod of_file;
mod of_office;
mod open;
mod payment;
mod pictures;
mod press;
mod publicity;
mod sheet;
mod supervision;
mod tables;

pub use archive::archive;
pub use blank::{blank_form, form_to_fill, forms_to_fill};
pub use bundle::Bundle;
pub(crate) use file::forms;
pub use file::{Given, form_alone, form_with_members, may_have, member_alone, offered, paper as file_paper};
pub(crate) use issue::listed;
pub(crate) use kept::kept;
pub use kind::DocumentKind;
pub use month::{Happened, Stood, Sums};
pub use monthly::{Month, monthly_paper};
pub use names::{Names, names};
pub use of_file::{issue, uploads};
pub use of_office::{
    decisions_of_list, issue_monthly, issue_payment_list, issue_publicity, issue_supervision, may_have_payment_list, may_report,
    may_supervise,
};
pub use open::{Checked, Issued, check, issued_of_file, issued_of_publicity, open};
pub use payment::payment_paper;
pub use pictures::{picture, with_pictures};
pub use press::Press;
pub use publicity::publicity_paper;
pub use sheet::{Uploaded, printed as printed_table};
pub use supervision::{Supervised, last_days, supervision_paper, workers};
pub use tables::{offered_tables, tables_alone, tables_of_batch, tables_of_file, tables_of_procedure};
