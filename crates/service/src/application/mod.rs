//! 申报件: what people do with files.

mod assess;
mod assign;
mod audit;
mod check;
mod draft;
mod evidence;
mod fill;
mod index;
mod invoice;
mod list;
mod load;
mod many;
mod money;
mod papers;
mod prefill;
mod remark;
mod save;
mod slots;
mod start;
mod timeline;
mod told;
mod view;

pub use assess::assess;
pub use assign::{assign, assignable, declare};
pub use audit::{Audit, audit};
pub use check::{approve, refuse, return_for_correction, skip};
pub use draft::{FillDraft, draft, official_draft, save_draft, save_official_draft};
pub use fill::{give_back, prepare, sign, withdraw};
pub use invoice::{InvoicesRead, read_invoices};
pub use list::{Dashboard, Wanted, applications, applications_after, dashboard, due_days, inbox};
pub use many::{MANY_MAX, ManyOutcome, approve_many, assign_many};
pub use money::{claim_back, repay};
pub use papers::{open_paper, papers};
pub use remark::{About, Remark, remarks};
pub use slots::{draft_papers, problems, save_papers};
pub use start::{may_start, start};
pub use timeline::{Happening, timeline};
pub use view::{FileView, Workable, open};

pub(crate) use load::{FileAt, file};
pub(crate) use many::outcome;
pub(crate) use save::{Together, commit_file};
