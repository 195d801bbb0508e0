//! What people read of a file's state. Applicants and the public see fewer words than there are states: who works on a
//! file inside an office is not their business, that it is being worked on is.

use policy::pack::{Pack, Work};
use policy::spec::StageSpec;

use super::{Application, Phase, Progress};

/// Where one stage stands, in the words of a task list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageWord {
    /// 不能开始
    Blocked,
    /// 未开始
    NotStarted,
    /// 进行中
    UnderWay,
    /// 需补正
    ToCorrect,
    /// 待签发
    ToSign,
    /// 已完成
    Done,
    /// 不需要
    Skipped,
    /// 已终止
    Ended,
}

impl StageWord {
    /// The Chinese word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Blocked => "不能开始",
            Self::NotStarted => "未开始",
            Self::UnderWay => "进行中",
            Self::ToCorrect => "需补正",
            Self::ToSign => "待签发",
            Self::Done => "已完成",
            Self::Skipped => "不需要",
            Self::Ended => "已终止",
        }
    }
}

/// The stages of a file in order, with the word of each.
pub fn stage_words<'a>(pack: &'a Pack, application: &Application) -> Vec<(&'a StageSpec, StageWord)> {
    let stages = pack.stages_of(&application.procedure).into_iter().filter(|stage| stage.work.is_some());
    stages.map(|stage| (stage, stage_word(application, stage))).collect()
}

fn stage_word(application: &Application, stage: &StageSpec) -> StageWord {
    if stage.work == Some(Work::Open) {
        return StageWord::Done;
    }
    let correcting = matches!(&application.phase, Phase::Correcting(correction) if correction.fill == stage.id);
    match application.stages.get(&stage.id).map(|state| &state.progress) {
        Some(Progress::Done { skipped: true, .. }) => StageWord::Skipped,
        Some(Progress::Done { .. }) => StageWord::Done,
        _ if application.has_ended() => StageWord::Ended,
        Some(Progress::Prepared { .. }) => StageWord::ToSign,
        Some(Progress::Open) if correcting => StageWord::ToCorrect,
        Some(Progress::Open) if application.phase == Phase::Preparing && application.filed.is_empty() => StageWord::NotStarted,
        Some(Progress::Open) => StageWord::UnderWay,
        None => StageWord::Blocked,
    }
}

/// The word for a whole file that anybody may read.
pub fn public_word(application: &Application) -> &'static str {
    match &application.phase {
        Phase::Preparing => "填报中",
        Phase::Correcting(_) => "需补正",
        Phase::Refused { .. } => "未通过",
        Phase::Withdrawn { .. } => "已终止",
        Phase::Concluded { .. }
            if application.money.paid_fen > 0 && application.money.claimed_back_fen > application.money.returned_fen =>
        {
            "追回中"
        }
        Phase::Concluded { .. } if application.money.claimed_back_fen > 0 => "已追回",
        Phase::Concluded { .. } if application.money.paid_fen > 0 => "已拨付",
        Phase::Concluded { .. } => "已办结",
        Phase::UnderWay if application.money.listed.is_some() => "拨付中",
        Phase::UnderWay if application.publicity.is_some() => "公示中",
        Phase::UnderWay => "审核中",
    }
}
