//! A proposal: which experts score which of the files that wait, and why none better can be had. The same wish on the
//! same records gives the same proposal, so what is confirmed is what was looked at.

use insight::assignment::{Conflict, Expert, Problem, ReviewFile, assign, draw};
use policy::pack::{Review, Word};
use records::FieldError;
use records::Refusal;
use records::access::{Acting, may_assign};
use records::application::{Lots, Parties, build, conflicts};
use records::ids::{ApplicationId, OrganisationId};
use records::organisation::Organisation;

use super::proposal::{Proposal, shown};
use super::{pool, waiting};
use crate::application::{FileAt, file};
use crate::desk::{Desk, only};
use crate::on_file::load;
use crate::{ServiceError, compiled_once};

/// Most files of one proposal.
pub const FILES_MAX: usize = 500;

/// What the bureau asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The programme.
    pub programme: String,
    /// The stage.
    pub stage: String,
    /// The published seed, empty for none: it draws the experts and decides between equally good assignments.
    pub seed: String,
    /// How many experts are drawn from the pool; none: all take part.
    pub draw: Option<usize>,
    /// Most files of one expert at a time.
    pub load_max: usize,
}

/// A file of the proposal with what it is decided in.
pub(super) struct Pending {
    pub(super) file: FileAt,
    pub(super) provider: Option<Organisation>,
    /// The option its field is; none where the pack matches none.
    pub(super) field: Option<Word>,
    pub(super) needs: usize,
}

/// Proposes experts for every file of a stage that lacks some.
///
/// # Errors
/// More are to be drawn than there are, or without a seed; nothing waits that the person may assign.
#[compiled_once]
pub async fn propose(desk: &Desk<'_>, acting: &Acting, wish: &Wish) -> Result<Proposal, ServiceError> {
    let (pending, left_over) = pending(desk, acting, wish).await?;
    let everybody = pool::experts(desk, acting).await?;
    let experts = drawn(&everybody, wish)?;
    let mut loads = Vec::with_capacity(experts.len());
    for expert in &experts {
        loads.push(pool::load(desk, expert).await?);
    }
    let problem = problem(&pending, &experts, &loads, wish)?;
    let found = assign(&problem);
    let lots = lots(&pending, &everybody, wish);
    Ok(shown(&pending, &experts, &problem, &found, everybody.len(), left_over, lots))
}

/// What the seed draws from, in the order the draw puts it first.
fn lots(pending: &[Pending], everybody: &[Organisation], wish: &Wish) -> Option<Lots> {
    let seed = wish.seed.trim();
    let mut pool: Vec<OrganisationId> = everybody.iter().map(|expert| expert.id.clone()).collect();
    let mut files: Vec<ApplicationId> = pending.iter().map(|one| one.file.state().id.clone()).collect();
    pool.sort_unstable();
    files.sort_unstable();
    (!seed.is_empty()).then(|| Lots { seed: seed.to_owned(), pool, count: wish.draw, files })
}

/// The files that lack experts.
async fn pending(desk: &Desk<'_>, acting: &Acting, wish: &Wish) -> Result<(Vec<Pending>, usize), ServiceError> {
    let items = waiting::of_stage(desk, acting, &wish.programme, &wish.stage).await?;
    let mut all = Vec::new();
    for item in items.iter().take(FILES_MAX) {
        let file = file(desk, &item.application.id, None).await?;
        only(may_assign(acting, file.state()))?;
        if let Some(pending) = lacking(desk, file, &wish.stage).await? {
            all.push(pending);
        }
    }
    Ok((all, items.len().saturating_sub(FILES_MAX)))
}

async fn lacking(desk: &Desk<'_>, file: FileAt, stage: &str) -> Result<Option<Pending>, ServiceError> {
    let state = file.state().stages.get(stage).filter(|state| state.is_open());
    let review = file.pack.review(stage);
    let needs = state.zip(review).map_or(0, |(state, review)| state.lacks(review));
    let Some(review) = review.filter(|_| needs > 0) else { return Ok(None) };
    let case = build(&file.pack, file.state(), &file.knowing, desk.edge.now);
    let field = review.field.map_or(String::new(), |input| case.inputs.text(&file.pack.inputs[0][input].id()).to_owned());
    let options = pool::choice(&file.pack, review).map_or(&[][..], |choice| choice.options.as_slice());
    let field = options.iter().find(|word| word.id == field || word.label == field).cloned();
    let provider = provider(desk, &file).await?;
    Ok(Some(Pending { file, provider, field, needs }))
}

/// The provider a file names.
pub(super) async fn provider(desk: &Desk<'_>, file: &FileAt) -> Result<Option<Organisation>, ServiceError> {
    match &file.state().provider {
        Some(provider) => Ok(load::<Organisation>(desk.store, provider.as_str()).await?.map(|found| found.state)),
        None => Ok(None),
    }
}

/// The experts who take part, drawn where a number is asked for.
fn drawn(everybody: &[Organisation], wish: &Wish) -> Result<Vec<Organisation>, Refusal> {
    let Some(count) = wish.draw else { return Ok(everybody.to_vec()) };
    let wrong = |path: &str, message: String| Refusal::fields(vec![FieldError::new(path, message)]);
    if wish.seed.trim().is_empty() {
        return Err(wrong("seed", "抽取专家应当填写已公布的种子。".into()));
    }
    let ids: Vec<String> = everybody.iter().map(|expert| expert.id.to_string()).collect();
    let chosen = draw(&ids, count, wish.seed.trim()).map_err(|error| wrong("draw", format!("{error}。")))?;
    Ok(everybody.iter().filter(|expert| chosen.iter().any(|id| id == expert.id.as_str())).cloned().collect())
}

fn problem(pending: &[Pending], experts: &[Organisation], loads: &[usize], wish: &Wish) -> Result<Problem, Refusal> {
    let id = |pending: &Pending| pending.file.state().id.to_string();
    let field = |one: &Pending| one.field.as_ref().map_or(String::new(), |word| word.id.clone());
    let files = pending.iter().map(|one| ReviewFile { id: id(one), field: field(one), needs: one.needs }).collect();
    let choice = pending.first().and_then(|one| pool::choice(&one.file.pack, one.file.pack.review(&wish.stage)?));
    let known = experts.iter().zip(loads).map(|(expert, load)| Expert {
        id: expert.id.to_string(),
        fields: pool::fields(choice, expert),
        load: *load,
        load_max: wish.load_max,
    });
    let mut all = Vec::new();
    for one in pending {
        let Some(review) = one.file.pack.review(&wish.stage) else { continue };
        let reasons = experts.iter().flat_map(|expert| reasons(one, review, expert).into_iter().map(|reason| (expert.id.clone(), reason)));
        all.extend(reasons.map(|(expert, reason): (OrganisationId, String)| Conflict { file: id(one), expert: expert.0, reason }));
    }
    let seed = Some(wish.seed.trim()).filter(|seed| !seed.is_empty());
    Problem::new(files, known.collect(), &all, seed).map_err(|error| Refusal::new(format!("{error}。")))
}

/// Why an expert must not score a file, or not once more.
pub(super) fn reasons(pending: &Pending, review: &Review, expert: &Organisation) -> Vec<String> {
    let file = pending.file.state();
    let parties = Parties { applicant: &pending.file.knowing.applicant, provider: pending.provider.as_ref() };
    let asked = file.stages.get(&review.stage).is_some_and(|state| state.reviewer(&expert.id).is_some());
    let mut reasons = conflicts(file, parties, review, expert);
    reasons.extend(asked.then(|| "已受邀评审本项目".to_owned()));
    reasons
}
