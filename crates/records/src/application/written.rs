//! What the pack itself writes into a case: what its procedure is an application for, and what was granted before.

use policy::pack::Pack;

use super::{Application, Knowing};
use crate::answers::{Answers, RowAnswers};
use crate::entitlement::Entitled;

/// Facts that are the same in each file of the procedure.
pub(super) fn facts(pack: &Pack, application: &Application, all: &mut Answers) {
    for (path, text) in pack.procedure(&application.procedure).into_iter().flat_map(|procedure| &procedure.facts) {
        all.set(path, text);
    }
}

/// Rows that each file of the procedure has, and one for each award that was granted to the applicant before. They stand
/// above rows of the same id that anybody states; officials may state more of them.
pub(super) fn rows(pack: &Pack, application: &Application, knowing: &Knowing, all: &mut Answers) {
    for (kind, rows) in pack.procedure(&application.procedure).into_iter().flat_map(|procedure| &procedure.rows) {
        let row = |(at, texts): (usize, &policy::pack::RowTexts)| RowAnswers {
            id: format!("{}-{}", application.procedure, at + 1),
            texts: texts.iter().cloned().collect(),
            ..RowAnswers::default()
        };
        put(all, kind, rows.iter().enumerate().map(row).collect());
    }
    if let Some(entitlement) = &pack.entitlement {
        put(all, &entitlement.kind, before(pack, application, knowing));
    }
}

/// Once a file is decided, what counts is what stood in the decision: later files do not change it.
fn before(pack: &Pack, application: &Application, knowing: &Knowing) -> Vec<RowAnswers> {
    let Some(entitlement) = &pack.entitlement else { return Vec::new() };
    if let Some(decision) = &application.decision {
        let kept = decision.inputs.rows(&entitlement.kind).iter();
        return kept.filter(|row| row.id.starts_with(OWN)).cloned().collect();
    }
    let all = knowing.entitled.iter().flat_map(|(programme, lines)| lines.iter().map(move |line| (programme, line)));
    all.filter_map(|(programme, line)| {
        let of = entitlement.of(programme, &line.award)?;
        let amount = (entitlement.amount.clone(), yuan(line.kept_fen()));
        let texts = of.facts.iter().cloned().chain([amount]).collect();
        (line.kept_fen() > 0).then(|| RowAnswers { id: granted_row(programme, line), texts, ..RowAnswers::default() })
    })
    .collect()
}

/// How the ids of these rows begin; nothing typed in a form begins so.
const OWN: &str = "granted:";

/// The id of the row that a line of another file is.
pub fn granted_row(programme: &str, line: &Entitled) -> String {
    format!("{OWN}{programme}/{}/{}", line.number, line.award)
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}元", fen / 100, fen % 100)
}

fn put(all: &mut Answers, kind: &str, rows: Vec<RowAnswers>) {
    let there = all.rows.entry(kind.to_owned()).or_default();
    there.retain(|row| !row.id.starts_with(OWN) && rows.iter().all(|own| own.id != row.id));
    there.extend(rows);
}
