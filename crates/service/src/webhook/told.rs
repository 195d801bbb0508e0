//! What organisations are called for, and which of them.

use std::collections::BTreeSet;

use policy::pack::Pack;
use records::Noun as _;
use records::access::{Acting, Sight, may_see};
use records::application::{Application, ApplicationEvent};
use records::organisation::OrganisationKind;
use serde::Serialize;
use store::{NewOutbox, OrganisationRow, OutboxKind};

use crate::ServiceError;
use crate::application::FileAt;
use crate::desk::Desk;

/// What can happen to a file that programs are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum HappenedTo {
    /// The applicant, or whoever else fills in, has signed it.
    #[serde(rename = "file.submitted")]
    Submitted,
    /// A stage opened: somebody has to work on it.
    #[serde(rename = "file.stage_opened")]
    StageOpened,
    /// A third party was assigned; the applicant is not told.
    #[serde(rename = "file.assigned")]
    Assigned,
    /// It was returned for correction.
    #[serde(rename = "file.returned")]
    Returned,
    /// It was assessed.
    #[serde(rename = "file.assessed")]
    Assessed,
    /// The award was decided.
    #[serde(rename = "file.decided")]
    Decided,
    /// It was refused.
    #[serde(rename = "file.refused")]
    Refused,
    /// It stands in a publicity.
    #[serde(rename = "file.publicised")]
    Publicised,
    /// It was paid.
    #[serde(rename = "file.paid")]
    Paid,
    /// Money is claimed back.
    #[serde(rename = "file.claimed_back")]
    ClaimedBack,
    /// It ended well.
    #[serde(rename = "file.concluded")]
    Concluded,
    /// It ended without a result.
    #[serde(rename = "file.withdrawn")]
    Withdrawn,
}

impl HappenedTo {
    /// What an event is to a program, with the stage it was in; none for what only people look at.
    fn of(event: &ApplicationEvent) -> Option<(Self, &str)> {
        use ApplicationEvent as E;
        Some(match event {
            E::Signed { stage, .. } => (Self::Submitted, stage),
            E::StageOpened { stage, .. } => (Self::StageOpened, stage),
            E::Assigned { stage, .. } => (Self::Assigned, stage),
            E::Returned { correction, .. } => (Self::Returned, &correction.stage),
            E::Assessed { stage, .. } => (Self::Assessed, stage),
            E::Refused { stage, .. } => (Self::Refused, stage),
            E::Publicised { stage, .. } => (Self::Publicised, stage),
            E::Paid { stage, .. } => (Self::Paid, stage),
            E::Decided { .. } => (Self::Decided, ""),
            E::ClaimedBack { .. } => (Self::ClaimedBack, ""),
            E::Concluded { .. } => (Self::Concluded, ""),
            E::Withdrawn { .. } => (Self::Withdrawn, ""),
            _ => return None,
        })
    }
}

/// What a call says. Names, amounts and reasons are left to whoever asks with a token.
#[derive(Serialize)]
struct Said<'a> {
    event: HappenedTo,
    at_unix_ms: i64,
    programme: &'a str,
    procedure: &'a str,
    file: SaidFile<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    stage: &'a str,
}

/// The file after everything that happened in the same transaction.
#[derive(Serialize)]
struct SaidFile<'a> {
    id: &'a str,
    number: Option<&'a str>,
    state: &'static str,
}

/// The calls that events of a file lead to: one for each event and organisation that is called and may see the file then.
pub(crate) async fn calls(desk: &Desk<'_>, file: &FileAt, events: &[ApplicationEvent]) -> Result<Vec<NewOutbox>, ServiceError> {
    let happened: Vec<_> = events.iter().filter_map(|event| Some((HappenedTo::of(event)?, event.at()))).collect();
    if happened.is_empty() {
        return Ok(Vec::new());
    }
    let after = Application::fold_all(Some(file.state().clone()), events).ok_or(ServiceError::Broken)?;
    let mut calls = Vec::new();
    for (called, sight) in called(desk, &after, &file.pack).await? {
        for ((event, stage), at) in &happened {
            if *event == HappenedTo::Assigned && sight != Sight::Office {
                continue;
            }
            let body = serde_json::to_string(&said(&after, *event, stage, at.0)).map_err(|_| ServiceError::Broken)?;
            calls.push(NewOutbox { kind: OutboxKind::Webhook, target: called.id.clone(), body });
        }
    }
    Ok(calls)
}

fn said<'a>(file: &'a Application, event: HappenedTo, stage: &'a str, at_unix_ms: i64) -> Said<'a> {
    let number = file.number.as_deref();
    let told = SaidFile { id: file.id.as_str(), number, state: file.word().as_str() };
    Said { event, at_unix_ms, programme: &file.programme, procedure: &file.procedure, file: told, stage }
}

/// The parties to a file and the offices in charge of its place, as far as they are called and may see it.
async fn called(desk: &Desk<'_>, file: &Application, pack: &Pack) -> Result<Vec<(OrganisationRow, Sight)>, ServiceError> {
    use OrganisationKind as K;
    let assigned = file.begun_stages().filter_map(|stage| stage.assigned.as_ref());
    let parties: Vec<String> = [&file.applicant].into_iter().chain(&file.provider).chain(assigned).map(ToString::to_string).collect();
    let offices = [K::DistrictBureau, K::CityBureau, K::RegionBureau, K::FinanceBureau].map(|kind| kind.as_str().to_owned());
    let rows = desk.store.called_organisations(&parties, &offices).await?;
    let seen = rows.into_iter().filter_map(|row| {
        let sight = may_see(&looking(&row)?, file, pack, desk.today())?.sight();
        Some((row, sight))
    });
    Ok(seen.collect())
}

/// An organisation as the rules of access know it, without anybody acting for it.
fn looking(row: &OrganisationRow) -> Option<Acting> {
    Some(Acting {
        account: "webhook".into(),
        organisation: row.id.as_str().into(),
        kind: OrganisationKind::parse(&row.kind)?,
        place: row.place.clone(),
        roles: BTreeSet::new(),
        mandate: None,
    })
}
