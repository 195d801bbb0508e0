//! A file's review as one person may see it: who scores, what is in, what follows.

use std::sync::Arc;

use insight::assignment::{Spread, Verdict};
use policy::pack::{Pack, Review};
use records::Moment;
use records::access::{Acting, Sight, may_assign, may_see, may_see_scores};
use records::application::{Application, Case, Parties, Reviewer, ScoredSheet, StageState, build, conflicts};
use records::organisation::Organisation;

use super::{pool, propose::provider};
use crate::application::{FileAt, seen};
use crate::desk::Desk;
use crate::on_file::load;
use crate::{ServiceError, compiled_once};

/// A review.
pub struct Reviewing {
    /// The version of the record.
    pub version: i64,
    /// The file.
    pub application: Application,
    /// Its pack.
    pub pack: Arc<Pack>,
    /// How experts score in this stage.
    pub review: Review,
    /// Who applies.
    pub applicant: Organisation,
    /// The provider it names.
    pub provider: Option<Organisation>,
    /// The case it makes.
    pub case: Case,
    /// The experts who were asked, as far as the person may know of them.
    pub scored: Vec<Scored>,
    /// What follows from the scores; none where the person may not know.
    pub verdict: Option<Verdict>,
    /// How the scores lie that are in; the same.
    pub spread: Option<Spread>,
    /// How many experts are to be asked now.
    pub lacks: usize,
    /// Whether the person may ask experts and settle a score.
    pub conducts: bool,
    /// The experts who could be asked, for who may ask them.
    pub candidates: Vec<Candidate>,
}

/// An expert who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Who, for those who may know.
    pub name: Option<String>,
    /// Where the expert works, for the same.
    pub employer: String,
    /// It is the person.
    pub own: bool,
    /// When the expert was asked.
    pub asked_at: Moment,
    /// The expert declared to have no interest.
    pub declared: bool,
    /// The sheet is in.
    pub handed_in: bool,
    /// The sheet, for those who may read it.
    pub sheet: Option<ScoredSheet>,
}

/// An expert who could be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: String,
    /// The expert's name.
    pub name: String,
    /// What the expert knows.
    pub fields: Vec<String>,
    /// Where the expert works.
    pub employer: String,
    /// The expert knows the file's field.
    pub matched: bool,
    /// Files at hand.
    pub load: usize,
    /// Why the expert must not; empty: may.
    pub reasons: Vec<String>,
}

/// Opens a file's review in a stage that has begun.
///
/// # Errors
/// [`ServiceError::NotFound`] for a person who may not see the file, and where nobody reviews.
#[compiled_once]
pub async fn view(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Reviewing, ServiceError> {
    let file = seen(desk, acting, id).await?;
    let sight = may_see(acting, file.state(), &file.pack, desk.today()).ok_or(ServiceError::NotFound)?.sight();
    if matches!(sight, Sight::Applicant | Sight::Provider) {
        return Err(ServiceError::NotFound);
    }
    let review = file.pack.review(stage).ok_or(ServiceError::NotFound)?.clone();
    let state = file.state().stages.get(stage).ok_or(ServiceError::NotFound)?.clone();
    let insider = sight != Sight::Expert;
    let mut scored = Vec::new();
    for reviewer in &state.reviewers {
        scored.extend(one(desk, acting, &file, &review, &state, reviewer, insider).await?);
    }
    let conducts = may_assign(acting, file.state()) && state.is_open();
    let (provider, lacks) = (provider(desk, &file).await?, if state.is_open() { state.lacks(&review) } else { 0 });
    let case = build(&file.pack, file.state(), &file.knowing, desk.edge.now);
    let candidates = match conducts && lacks > 0 {
        true => candidates(desk, acting, &file, &review, provider.as_ref(), &case).await?,
        false => Vec::new(),
    };
    Ok(Reviewing {
        version: file.on_file.version,
        verdict: insider.then(|| state.verdict(&review)),
        spread: state.spread().filter(|_| insider),
        applicant: file.knowing.applicant,
        application: file.on_file.state,
        pack: file.pack,
        review,
        provider,
        case,
        scored,
        lacks,
        conducts,
        candidates,
    })
}

/// An expert sees himself, and of the others no more than their sheets, once he may.
async fn one(
    desk: &Desk<'_>,
    acting: &Acting,
    file: &FileAt,
    review: &Review,
    state: &StageState,
    reviewer: &Reviewer,
    insider: bool,
) -> Result<Option<Scored>, ServiceError> {
    let own = reviewer.expert == acting.organisation;
    let sees = may_see_scores(acting, file.state(), &file.pack, review, &reviewer.expert, desk.today());
    if !insider && !own && !sees {
        return Ok(None);
    }
    let known = match insider || own {
        true => load::<Organisation>(desk.store, reviewer.expert.as_str()).await?.map(|found| found.state),
        false => None,
    };
    let declared = state.declarations.iter().rev().find(|declared| declared.organisation == reviewer.expert);
    Ok(Some(Scored {
        employer: known.as_ref().map_or(String::new(), |known| known.profile.employer.clone()),
        name: known.map(|known| known.name),
        own,
        asked_at: reviewer.asked_at,
        declared: declared.is_some_and(|declared| !declared.conflict),
        handed_in: reviewer.sheet.is_some(),
        sheet: reviewer.sheet.clone().filter(|_| sees),
    }))
}

/// Those who may come first, then those who know the field, then those with little at hand.
async fn candidates(
    desk: &Desk<'_>,
    acting: &Acting,
    file: &FileAt,
    review: &Review,
    provider: Option<&Organisation>,
    case: &Case,
) -> Result<Vec<Candidate>, ServiceError> {
    let choice = pool::choice(&file.pack, review);
    let field = review.field.map_or("", |input| case.inputs.text(&file.pack.inputs[0][input].id()));
    let option = choice.and_then(|choice| choice.options.iter().find(|word| word.id == field || word.label == field));
    let asked = |expert: &Organisation| file.state().stages.get(&review.stage).is_some_and(|state| state.reviewer(&expert.id).is_some());
    let parties = Parties { applicant: &file.knowing.applicant, provider };
    let mut all = Vec::new();
    for expert in pool::experts(desk, acting).await?.into_iter().filter(|expert| !asked(expert)) {
        all.push(Candidate {
            matched: option.is_some_and(|word| pool::fields(choice, &expert).contains(&word.id)),
            load: pool::load(desk, &expert).await?,
            reasons: conflicts(file.state(), parties, review, &expert),
            id: expert.id.to_string(),
            name: expert.name,
            fields: expert.profile.fields,
            employer: expert.profile.employer,
        });
    }
    all.sort_by_key(|one| (!one.reasons.is_empty(), !one.matched, one.load));
    Ok(all)
}
