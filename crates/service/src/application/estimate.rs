//! 如全部认定: what an applicant's file would come to if everything that waits for recognition were recognised. An estimate for screens, never
//! on a paper: it decides nothing.
//!
//! No rule stands here. What officials are asked of each row and have not stated is answered yes or no, whichever leaves more of the claims
//! counting, and the policy's own rules say what follows.

use std::cmp::Ordering;

use policy::case::Draft;
use policy::granted::evaluate_within;
use policy::outcome::Outcome;
use policy::pack::Pack;
use policy::program::{Kind, Type};
use policy::spec::StageSpec;

use super::FileView;

/// The outcome if all that waits were recognised; none where nothing waits, it was decided, or it would come to the same.
pub fn if_all_recognised(view: &FileView) -> Option<Outcome> {
    let now = view.outcome.as_ref().filter(|_| view.application.decision.is_none() && !view.application.has_ended())?;
    if !now.items.iter().any(|item| item.pending) {
        return None;
    }
    let open = open_facts(&view.pack, &view.application.procedure);
    let best = open.into_iter().fold(view.case.draft.clone(), |draft, fact| answered(view, draft, fact));
    let then = evaluated(view, &best);
    (then.award_fen > now.award_fen).then_some(then)
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

/// The case with a fact answered in every row that does not say it, so that the most of what is claimed counts or may still count.
fn answered(view: &FileView, draft: Draft, (kind, input): (Kind, usize)) -> Draft {
    let sides = ["是", "否"].map(|word| with(view, &draft, kind, input, word));
    let worth = |draft: &Draft| {
        let outcome = evaluated(view, draft);
        (outcome.recognised_fen.unwrap_or(0), outcome.items.iter().filter(|item| item.pending).count())
    };
    let [yes, no] = sides;
    match worth(&yes).cmp(&worth(&no)) {
        Ordering::Greater => yes,
        Ordering::Less => no,
        Ordering::Equal => draft,
    }
}

fn with(view: &FileView, draft: &Draft, kind: Kind, input: usize, word: &str) -> Draft {
    let (mut draft, pack) = (draft.clone(), &view.pack);
    let name = &pack.inputs[kind as usize][input].name;
    let rows = view.case.inputs.rows(&pack.kinds[kind as usize].id).iter();
    for row in rows.filter(|row| row.texts.get(name).is_none_or(String::is_empty)) {
        // A row that cannot be read is none of the case either.
        let _ = draft.set_row(pack, kind, &row.id, name, word);
    }
    draft
}
