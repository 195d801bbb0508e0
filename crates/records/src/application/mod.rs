//! 申报件: something applied for, and where it stands. Every procedure of every programme runs through this one noun.
//!
//! Invariant: which stages there are and who acts in them stands in the pack; a stage opens when all before it are done.

pub mod as_filed;
mod asked;
mod asks;
mod assess;
mod assign;
mod audit;
mod case;
mod check;
mod claims;
mod close;
mod complete;
mod event;
mod fill;
mod flow;
mod gather;
mod invoice;
mod join;
mod known;
mod review;
mod state;
mod word;
mod written;

pub use asked::Asked;
pub use asks::{ASKED_FORM, asked_at, asked_form, fact_field};
pub use assess::Settled;
pub use assign::takes_assignment;
pub use audit::Lowered;
pub use case::{Assessed, Case, Knowing, Leading, build, draft_of, sections_fields, unit, with_unit};
pub use check::{Finding, Judgement, Official, Point};
pub use claims::Claimed;
pub use complete::{missing_papers, official_problems, own_field_problem, problems};
pub use event::ApplicationEvent;
pub use fill::Filing;
pub use gather::gathered;
pub use invoice::{CountedKey, Founded, InvoiceRows, PaperInvoice, counted_invoices, invoices_of, pays};
pub use join::{Joining, Member, Participant};
pub use known::squeezed;
pub use review::{Lots, Parties, Reviewer, Score, ScoredSheet, conflicts};
pub use state::*;
pub use word::{FileWord, StageWord, stage_words};
pub use written::granted_row;

use policy::pack::{Pack, Procedure, Work};
use policy::spec::StageSpec;
use standards::calendar::Calendar;

use crate::moment::By;
use crate::{Moment, Refusal};

/// What a command is decided in: the rules, the time, who gives it, and what the platform knows.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The pack of the file's version.
    pub pack: &'a Pack,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Now.
    pub now: Moment,
    /// Who gives the command.
    pub by: &'a By,
    /// What the platform knows of the applicant, the standings and the batch.
    pub knowing: &'a Knowing,
}

impl Situation<'_> {
    /// The procedure of a file.
    pub(crate) fn procedure(&self, application: &Application) -> Result<&Procedure, Refusal> {
        self.pack.procedure(&application.procedure).ok_or_else(|| Refusal::new("该申报件所依据的政策版本没有这个事项，请联系平台管理。"))
    }

    /// Fails where what the pack requires for a stage is not known to hold for a file.
    pub(crate) fn required(&self, application: &Application, spec: &StageSpec) -> Result<(), Refusal> {
        let Some(requirement) = self.pack.requirement(&spec.id) else { return Ok(()) };
        let case = build(self.pack, application, self.knowing, self.now);
        if case::holds(self.pack, &case.draft, &requirement.met) {
            return Ok(());
        }
        let why = if requirement.failed.is_empty() { "所要求的条件还没有满足。" } else { &requirement.failed };
        Err(Refusal::by(requirement.clause.clone(), format!("“{}”环节还不能办理：{why}", spec.label)))
    }

    /// A stage of a file's procedure in which this work is done, while it is open.
    pub(crate) fn open_stage(&self, application: &Application, stage: &str, work: Work) -> Result<&StageSpec, Refusal> {
        let spec = self.pack.stages_of(&application.procedure).into_iter().find(|spec| spec.id == stage);
        let spec = spec.ok_or_else(|| Refusal::new("该事项没有这个环节。"))?;
        if spec.work != Some(work) {
            return Err(Refusal::new(format!("“{}”环节不能这样办理。", spec.label)));
        }
        if application.has_ended() {
            return Err(Refusal::new("该申报件已办结或者已终止，不能再办理。"));
        }
        match application.stages.get(stage) {
            Some(state) if state.is_open() => Ok(spec),
            Some(_) => Err(Refusal::new(format!("“{}”环节已办结，请刷新页面查看结果。", spec.label))),
            None => Err(Refusal::new(format!("还没有到“{}”环节。", spec.label))),
        }
    }
}
