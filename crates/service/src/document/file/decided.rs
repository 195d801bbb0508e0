//! What a decision says before its figures: what was applied for, which stages it went through, on which clauses it rests, and its
//! day.

use policy::pack::{Grants, Pack, Procedure, Work};
use policy::spec::StageSpec;
use records::Moment;
use records::application::{Application, Phase, Progress};

use super::Given;

/// What somebody applied for, in the pack's words: 你单位申请列入名单; else by the name of the procedure.
pub(super) fn applied(given: &Given) -> String {
    match procedure(given).and_then(|procedure| procedure.decision.as_ref()) {
        Some(decision) => format!("你单位申请{}", decision.title),
        None => format!("你单位提交的“{}”申报件", given.procedure()),
    }
}

/// 关于列入名单的决定
pub(super) fn title(given: &Given) -> String {
    let worded = procedure(given).and_then(|procedure| procedure.decision.as_ref());
    worded.map_or_else(|| format!("关于“{}”的决定", given.procedure()), |decision| format!("关于{}的决定", decision.title))
}

/// What was applied for, what it went through, its basis, and what is decided.
pub(super) fn opening(given: &Given, money: bool) -> String {
    let stages: Vec<&str> = done(given).into_iter().map(|(stage, _)| stage.label.as_str()).collect();
    let through = if stages.is_empty() { String::new() } else { format!("经{}，", stages.join("、")) };
    let basis = given.cited(&basis(given));
    let basis = if basis.is_empty() { String::new() } else { format!("依据{basis}，") };
    let worded = procedure(given).and_then(|procedure| procedure.decision.as_ref()).map(|decision| decision.does.as_str());
    let does = worded.unwrap_or(if money { "给予资金支持" } else { "予以通过" });
    let end = if money { "，具体如下：" } else { "。" };
    format!("{}，{through}符合规定条件。{basis}决定{does}{end}", applied(given))
}

/// Its day: that on which the last of what it rests on was done.
pub(super) fn day(given: &Given) -> Option<Moment> {
    let file = &given.view.application;
    let last = done(given).into_iter().map(|(_, at)| at).max();
    last.max(file.decision.as_ref().map(|decision| decision.at)).or(concluded_at(&file.phase))
}

fn concluded_at(phase: &Phase) -> Option<Moment> {
    if let Phase::Concluded { at } = phase { Some(*at) } else { None }
}

/// The stages of offices and third parties that are behind it, with the moment each was done; a publicity only once it has closed
/// with nothing open.
fn done<'a>(given: &Given<'a>) -> Vec<(&'a StageSpec, Moment)> {
    let file = &given.view.application;
    let stages = given.view.pack.stages_of(&file.procedure).into_iter();
    let official = stages.filter(|stage| !matches!(stage.work, Some(Work::Fill | Work::Open | Work::Join | Work::Pay) | None));
    let closed = official.filter(|stage| stage.work != Some(Work::Publicise) || file.has_passed);
    closed.filter_map(|stage| Some((stage, done_at(file, stage)?))).collect()
}

fn done_at(file: &Application, stage: &StageSpec) -> Option<Moment> {
    match file.stages.get(&stage.id)?.progress {
        Progress::Done { skipped: false, at, .. } => Some(at),
        _ => None,
    }
}

/// The clauses it rests on: where money is granted those of its awards and of the payment, else those of the procedure.
fn basis(given: &Given) -> String {
    let Some(procedure) = procedure(given) else { return String::new() };
    let pack = &given.view.pack;
    let clauses = match procedure.grants {
        Grants::Standing => vec![procedure.clause.clone()],
        Grants::Award => awards(pack, procedure).into_iter().chain(payment(pack, procedure)).collect(),
    };
    clauses.join("、")
}

fn awards(pack: &Pack, procedure: &Procedure) -> Vec<String> {
    let own = pack.awards.iter().filter(|award| procedure.awards.is_empty() || procedure.awards.contains(&award.id));
    own.map(|award| award.clause.clone()).collect()
}

fn payment(pack: &Pack, procedure: &Procedure) -> Option<String> {
    let stages = pack.stages_of(&procedure.id);
    stages.into_iter().find(|stage| stage.work == Some(Work::Pay)).map(|stage| stage.clause.joined())
}

fn procedure<'a>(given: &Given<'a>) -> Option<&'a Procedure> {
    given.view.pack.procedure(&given.view.application.procedure)
}
