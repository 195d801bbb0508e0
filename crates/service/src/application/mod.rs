//! 申报件: what people do with files.

mod assess;
mod assign;
mod audit;
mod check;
mod consortia;
mod draft;
mod fill;
mod index;
mod join;
mod lead;
mod list;
mod load;
mod many;
mod money;
mod named;
mod papers;
mod places;
mod prefill;
mod quota;
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
pub use consortia::{Consortium, consortia};
pub use draft::{FillDraft, draft, official_draft, save_draft, save_official_draft};
pub use fill::{give_back, prepare, sign, withdraw};
pub use join::{decline_join, join, join_draft, join_problems, prepare_join, remove_member, replace_member, save_join_draft};
pub use list::{Dashboard, Wanted, applications, applications_after, dashboard, due_days, inbox};
pub use many::{MANY_MAX, ManyOutcome, approve_many, assign_many};
pub use money::{claim_back, repay};
pub use papers::{open_paper, papers};
pub use quota::{QuotaAt, QuotaWaiting, quotas, sees_quotas};
pub use slots::{draft_papers, problems, save_papers};
pub use start::{may_start, start};
pub use timeline::{Happening, timeline};
pub use view::{FileView, Workable, open};

pub(crate) use load::{FileAt, file};
pub(crate) use many::outcome;
pub(crate) use save::{Together, commit_file};
