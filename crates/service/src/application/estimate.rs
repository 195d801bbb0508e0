//! 如全部认定: what an applicant's file would come to if everything that waits for recognition were recognised. An estimate for screens, never
//! on a paper: it decides nothing.
//!
//! No rule stands here. What officials are asked of each row and have not stated is answered yes or no, whichever leaves more of the claims
//! counting; a level that an assessment has yet to settle is taken from the applicant's own answers. The policy's own rules say what follows.

use policy::case::Draft;
use policy::granted::evaluate_within;
use policy::outcome::Outcome;
use policy::pack::Pack;
use policy::program::{Kind, Type};
use policy::spec::StageSpec;

use super::FileView;

/// Facts that are tried both ways, together; packs ask for three or four of each kind of row.
const TRIED_MAX: usize = 6;

/// What a file would come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What the rules would say.
    pub outcome: Outcome,
    /// The applicant's own level, where it stands for one that is not settled yet.
    pub own_level: Option<u8>,
}

/// The outcome if all that waits were recognised; none where nothing waits, it was decided, or it would come to no more.
pub fn if_all_recognised(view: &FileView) -> Option<Estimate> {
    let now = view.outcome.as_ref().filter(|_| view.application.decision.is_none() && !view.application.has_ended())?;
    if !now.items.iter().any(|item| item.pending) {
        return None;
    }
    let open = open_facts(&view.pack, &view.application.procedure);
    let (levelled, own_level) = with_own_level(view, now);
    let outcome = evaluated(view, &best(view, &levelled, &open));
    let more = (outcome.award_fen, outcome.recognised_fen) > (now.award_fen, now.recognised_fen);
    more.then_some(Estimate { outcome, own_level })
}

/// The case with the applicant's own level where a stage has yet to settle one.
fn with_own_level(view: &FileView, now: &Outcome) -> (Draft, Option<u8>) {
    let mut draft = view.case.draft.clone();
    let own = now.assessed.first().and_then(|assessed| assessed.level);
    let stages = view.pack.stages_of(&view.application.procedure);
    let unsettled = stages.iter().filter_map(|stage| stage.settles.as_ref()).find(|fact| view.case.inputs.text(fact.as_str()).is_empty());
    let (Some(level), Some(fact)) = (own, unsettled) else { return (draft, None) };
    let taken = draft.set(&view.pack, fact.as_str(), &level.to_string()).is_ok();
    (draft, taken.then_some(level))
}

fn evaluated(view: &FileView, draft: &Draft) -> Outcome {
    evaluate_within(&view.pack, &draft.facts(), &view.application.procedure)
}

/// Yes-or-no facts of rows that stages ask their officials for.
fn open_facts(pack: &Pack, procedure: &str) -> Vec<(Kind, usize)> {
    let stages = pack.stages_of(procedure);
    let asked = |id: &str| stages.iter().any(|stage: &&StageSpec| stage.asks.iter().any(|ask| ask.as_str() == id));
    let of =
        |kind: usize| pack.inputs[kind].iter().enumerate().filter(|(_, input)| matches!(input.meta.ty, Type::YesNo) && asked(&input.id()));
    (1..pack.kinds.len()).flat_map(|kind| of(kind).map(move |(input, _)| (kind as Kind, input))).collect()
}

/// The case with every open fact answered in the rows that do not say it, so that the most of what is claimed counts. What makes an invoice
/// count may be said of the invoice and of its payment, so that answers are tried together and not one after the other.
fn best(view: &FileView, draft: &Draft, open: &[(Kind, usize)]) -> Draft {
    let tried = open.len().min(TRIED_MAX);
    let drafts = (0..1_usize << tried).map(|noes| {
        let word = |at: usize| if at < tried && noes >> at & 1 == 1 { "否" } else { "是" };
        open.iter().enumerate().fold(draft.clone(), |draft, (at, fact)| with(view, &draft, *fact, word(at)))
    });
    let recognised = |draft: Draft| (evaluated(view, &draft).recognised_fen.unwrap_or(0), draft);
    // Of equals the first: all yes before any no.
    drafts.map(recognised).reduce(|most, next| if next.0 > most.0 { next } else { most }).map_or_else(|| draft.clone(), |(_, draft)| draft)
}

fn with(view: &FileView, draft: &Draft, (kind, input): (Kind, usize), word: &str) -> Draft {
    let (mut draft, pack) = (draft.clone(), &view.pack);
    let name = &pack.inputs[kind as usize][input].name;
    let rows = view.case.inputs.rows(&pack.kinds[kind as usize].id).iter();
    for row in rows.filter(|row| row.texts.get(name).is_none_or(String::is_empty)) {
        // A row that cannot be read is none of the case either.
        let _ = draft.set_row(pack, kind, &row.id, name, word);
    }
    draft
}
