//! What paper it is.

use records::ids::OrganisationId;

/// What paper it is. Forms and stages are those of the pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// A form of the pack with what the applicant answered.
    Form(String),
    /// A form that a member of a consortium filled in for itself.
    Member {
        /// The form.
        form: String,
        /// The member.
        organisation: OrganisationId,
    },
    /// What an official stated in a stage: a diagnosis, a review, an assessment, a supervision.
    Stage(String),
    /// 退回补正通知书
    Correction,
    /// 不予通过通知书
    Refusal,
    /// 核定投入审核表
    Audit,
    /// 决定书
    Decision,
    /// 全过程监督报告
    Supervision,
    /// 公示
    Publicity,
    /// 拨付清单
    PaymentList,
    /// 工作月报
    Monthly,
}

impl DocumentKind {
    /// The word in addresses and in the database.
    pub fn word(&self) -> String {
        match self {
            Self::Form(id) => format!("form-{id}"),
            Self::Member { form, organisation } => format!("member-{form}.{organisation}"),
            Self::Stage(id) => format!("stage-{id}"),
            other => other.plain().to_owned(),
        }
    }

    fn plain(&self) -> &'static str {
        match self {
            Self::Form(_) => "form",
            Self::Member { .. } => "member",
            Self::Stage(_) => "stage",
            Self::Correction => "correction",
            Self::Refusal => "refusal",
            Self::Audit => "audit",
            Self::Decision => "decision",
            Self::Supervision => "supervision",
            Self::Publicity => "publicity",
            Self::PaymentList => "payment_list",
            Self::Monthly => "monthly",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        let plain = [
            Self::Correction,
            Self::Refusal,
            Self::Audit,
            Self::Decision,
            Self::Supervision,
            Self::Publicity,
            Self::PaymentList,
            Self::Monthly,
        ];
        let of_pack = |(what, id): (&str, &str)| match what {
            "form" => Some(Self::Form(id.to_owned())),
            "member" => id.split_once('.').map(|(form, of)| Self::Member { form: form.to_owned(), organisation: of.into() }),
            "stage" => Some(Self::Stage(id.to_owned())),
            _ => None,
        };
        plain.into_iter().find(|kind| kind.plain() == word).or_else(|| word.split_once('-').and_then(of_pack))
    }

    /// What the public reads that checks a paper: its kind, and nothing of what stands in it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Form(_) => "申报表单",
            Self::Member { .. } => "参与单位填报的表单",
            Self::Stage(_) => "办理意见和报告",
            Self::Correction => "退回补正通知书",
            Self::Refusal => "不予通过通知书",
            Self::Audit => "核定投入审核表",
            Self::Decision => "决定书",
            Self::Supervision => "全过程监督报告",
            Self::Publicity => "公示",
            Self::PaymentList => "拨付清单",
            Self::Monthly => "工作月报",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_is_written() {
        for word in [
            "form-self-assessment",
            "member-participant-page.demo-enterprise-0001",
            "stage-audit",
            "correction",
            "refusal",
            "audit",
            "decision",
            "supervision",
            "publicity",
            "payment_list",
            "monthly",
        ] {
            assert_eq!(DocumentKind::parse(word).map(|kind| kind.word()).as_deref(), Some(word));
        }
        for word in ["", "form", "forms-a", "member-page", "decisions"] {
            assert_eq!(DocumentKind::parse(word), None, "{word}");
        }
    }
}
