//! What people read of a file's state. Applicants and the public see fewer words than there are states: who works on a
//! file inside an office is not their business, that it is being worked on is.

use policy::pack::{Pack, Work};
use policy::spec::StageSpec;

use super::{Application, Phase, Progress};

/// Where one stage stands, in the words of a task list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageWord {
    /// 未到本环节
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
            Self::Blocked => "未到本环节",
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

/// Where a whole file stands, in a word anybody may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileWord {
    /// 填报中
    Preparing,
    /// 需补正
    ToCorrect,
    /// 审核中
    InReview,
    /// 公示中
    InPublicity,
    /// 待拨付
    Paying,
    /// 已拨付
    Paid,
    /// 已办结
    Concluded,
    /// 未通过
    Refused,
    /// 已终止
    Ended,
    /// 追回中
    ClaimingBack,
    /// 已追回
    ClaimedBack,
}

impl FileWord {
    /// All words, in the order of a file's life.
    pub const ALL: [Self; 11] = [
        Self::Preparing,
        Self::ToCorrect,
        Self::InReview,
        Self::InPublicity,
        Self::Paying,
        Self::Paid,
        Self::Concluded,
        Self::Refused,
        Self::Ended,
        Self::ClaimingBack,
        Self::ClaimedBack,
    ];

    /// The word the database holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::ToCorrect => "to_correct",
            Self::InReview => "in_review",
            Self::InPublicity => "in_publicity",
            Self::Paying => "paying",
            Self::Paid => "paid",
            Self::Concluded => "concluded",
            Self::Refused => "refused",
            Self::Ended => "ended",
            Self::ClaimingBack => "claiming_back",
            Self::ClaimedBack => "claimed_back",
        }
    }

    /// The one of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// The Chinese word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Preparing => "填报中",
            Self::ToCorrect => "需补正",
            Self::InReview => "审核中",
            Self::InPublicity => "公示中",
            Self::Paying => "待拨付",
            Self::Paid => "已拨付",
            Self::Concluded => "已办结",
            Self::Refused => "未通过",
            Self::Ended => "已终止",
            Self::ClaimingBack => "追回中",
            Self::ClaimedBack => "已追回",
        }
    }
}

impl Application {
    /// The word for the whole file.
    pub fn word(&self) -> FileWord {
        let money = &self.money;
        match &self.phase {
            Phase::Preparing => FileWord::Preparing,
            Phase::Correcting(_) => FileWord::ToCorrect,
            Phase::Refused { .. } => FileWord::Refused,
            Phase::Withdrawn { .. } => FileWord::Ended,
            Phase::Concluded { .. } if money.claimed_back_fen > money.returned_fen => FileWord::ClaimingBack,
            Phase::Concluded { .. } if money.claimed_back_fen > 0 => FileWord::ClaimedBack,
            Phase::Concluded { .. } if money.paid_fen > 0 => FileWord::Paid,
            Phase::Concluded { .. } => FileWord::Concluded,
            Phase::UnderWay => self.under_way(),
        }
    }

    /// A file whose publicity has ended waits for its money; before its publicity it is in review.
    fn under_way(&self) -> FileWord {
        match (&self.publicity, self.money.listed.is_some() || self.has_passed) {
            (_, true) => FileWord::Paying,
            (Some(_), false) => FileWord::InPublicity,
            (None, false) => FileWord::InReview,
        }
    }
}
