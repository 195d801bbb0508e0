//! 单位: every party that acts, from the enterprise to the supervisor.

use std::fmt;

use policy::spec::Actor;
use serde::{Deserialize, Serialize};
use standards::date::Date;
use standards::size::{SizeClass, SizeFacts, SizeIndustry, size_class};

use crate::ids::OrganisationId;
use crate::{FieldError, Noun, Refusal};

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// 企业
    Enterprise,
    /// 服务商
    Provider,
    /// 旗县区主管部门
    DistrictBureau,
    /// 市级主管部门
    CityBureau,
    /// 自治区（省）主管部门
    RegionBureau,
    /// 财政部门
    FinanceBureau,
    /// 第三方评测机构
    Evaluator,
    /// 审计机构
    Auditor,
    /// 评审专家：一人一个单位
    Expert,
    /// 监督机构
    Supervisor,
    /// 平台管理
    Administrator,
}

impl OrganisationKind {
    /// All kinds, in the order of the lists.
    pub const ALL: [Self; 11] = [
        Self::Enterprise,
        Self::Provider,
        Self::DistrictBureau,
        Self::CityBureau,
        Self::RegionBureau,
        Self::FinanceBureau,
        Self::Evaluator,
        Self::Auditor,
        Self::Expert,
        Self::Supervisor,
        Self::Administrator,
    ];

    /// The word the database holds.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Provider => "provider",
            Self::DistrictBureau => "district_bureau",
            Self::CityBureau => "city_bureau",
            Self::RegionBureau => "region_bureau",
            Self::FinanceBureau => "finance_bureau",
            Self::Evaluator => "evaluator",
            Self::Auditor => "auditor",
            Self::Expert => "expert",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Supervisor => "监督机构",
            Self::Administrator => "平台管理",
            other => other.actor().map_or("", Actor::label),
        }
    }

    /// The actor of a stage it may be; the supervisor and the administrator act in none.
    pub fn actor(self) -> Option<Actor> {
        match self {
            Self::Enterprise => Some(Actor::Enterprise),
            Self::Provider => Some(Actor::Provider),
            Self::DistrictBureau => Some(Actor::DistrictBureau),
            Self::CityBureau => Some(Actor::CityBureau),
            Self::RegionBureau => Some(Actor::RegionBureau),
            Self::FinanceBureau => Some(Actor::FinanceBureau),
            Self::Evaluator => Some(Actor::Evaluator),
            Self::Auditor => Some(Actor::Auditor),
            Self::Expert => Some(Actor::Expert),
            Self::Supervisor | Self::Administrator => None,
        }
    }

    /// Whether its people work on others' files and so need a second factor.
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Enterprise | Self::Provider)
    }
}

impl fmt::Display for OrganisationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// 优质中小企业情况; the words stand in the packs' choices by these ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// 无
    #[default]
    None,
    /// 创新型中小企业
    Innovative,
    /// 专精特新中小企业
    Specialised,
    /// 专精特新“小巨人”企业
    Giant,
}

impl Quality {
    /// All of them, the highest last.
    pub const ALL: [Self; 4] = [Self::None, Self::Innovative, Self::Specialised, Self::Giant];

    /// The word of the packs' choices.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Innovative => "innovative",
            Self::Specialised => "specialised",
            Self::Giant => "giant",
        }
    }

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "无",
            Self::Innovative => "创新型中小企业",
            Self::Specialised => "专精特新中小企业",
            Self::Giant => "专精特新“小巨人”企业",
        }
    }
}

/// What an organisation says of itself once and every form quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// 通讯地址
    pub address: String,
    /// 法定代表人
    pub legal_representative: String,
    /// 联系人
    pub contact: String,
    /// 联系电话
    pub phone: String,
    /// 成立日期
    pub founded_on: Option<Date>,
    /// 划型行业, for the size class.
    pub trade: Option<SizeIndustry>,
    /// 从业人员, 营业收入, 资产总额
    #[serde(default)]
    pub figures: SizeFacts,
    /// 优质中小企业情况
    #[serde(default)]
    pub quality: Quality,
    /// 开户银行
    #[serde(default)]
    pub bank: String,
    /// 银行账号
    #[serde(default)]
    pub bank_account: String,
    /// 评审专家的专业领域
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// 评审专家的任职单位
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub employer: String,
}

/// Whether it may act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OrganisationState {
    /// 正常
    Active,
    /// 停用
    Suspended {
        /// Why.
        reason: String,
    },
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Identifier.
    pub id: OrganisationId,
    /// What it is.
    pub kind: OrganisationKind,
    /// Full name.
    pub name: String,
    /// 统一社会信用代码; bureaus may have none on file.
    pub credit_code: Option<String>,
    /// The place it lies in or is in charge of, an id of `standards::division`.
    pub place: String,
    /// What it says of itself.
    pub profile: Profile,
    /// Whether it may act.
    pub state: OrganisationState,
}

impl Organisation {
    /// The size class its figures give (《中小企业划型标准规定》); none while figures are missing.
    pub fn size(&self) -> Option<SizeClass> {
        size_class(self.profile.trade?, &self.profile.figures).class()
    }

    /// Whether it may act.
    pub fn is_active(&self) -> bool {
        self.state == OrganisationState::Active
    }

    /// A new profile, if it differs.
    pub fn set_profile(&self, profile: Profile) -> Vec<OrganisationEvent> {
        if profile == self.profile { Vec::new() } else { vec![OrganisationEvent::ProfileSet { profile }] }
    }

    /// Stops it from acting.
    ///
    /// # Errors
    /// It is stopped already, or no reason is given.
    pub fn suspend(&self, reason: &str) -> Result<Vec<OrganisationEvent>, Refusal> {
        match (self.is_active(), reason.trim()) {
            (false, _) => Err(Refusal::new("该单位已停用。")),
            (true, "") => Err(Refusal::fields(vec![FieldError::new("reason", "请写明停用的理由。")])),
            (true, reason) => Ok(vec![OrganisationEvent::Suspended { reason: reason.to_owned() }]),
        }
    }

    /// Lets it act again.
    ///
    /// # Errors
    /// It was not stopped.
    pub fn restore(&self) -> Result<Vec<OrganisationEvent>, Refusal> {
        if self.is_active() { Err(Refusal::new("该单位未被停用。")) } else { Ok(vec![OrganisationEvent::Restored]) }
    }
}

/// What happens to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// It was entered.
    Registered {
        /// Identifier.
        id: OrganisationId,
        /// What it is.
        kind: OrganisationKind,
        /// Full name.
        name: String,
        /// 统一社会信用代码
        credit_code: Option<String>,
        /// An id of `standards::division`.
        place: String,
    },
    /// Somebody registered for it after it was entered by an office from a table.
    Claimed,
    /// It described itself.
    ProfileSet {
        /// The whole profile.
        profile: Profile,
    },
    /// It may not act any more.
    Suspended {
        /// Why.
        reason: String,
    },
    /// It may act again.
    Restored,
}

impl Noun for Organisation {
    type Event = OrganisationEvent;
    const NOUN: &'static str = "organisation";

    fn fold(state: Option<Self>, event: &OrganisationEvent) -> Option<Self> {
        use OrganisationEvent as E;
        Some(match (state, event.clone()) {
            (Some(state), E::Registered { .. }) => state,
            (None, E::Registered { id, kind, name, credit_code, place }) => {
                Self { id, kind, name, credit_code, place, profile: Profile::default(), state: OrganisationState::Active }
            }
            (state, E::Claimed) => state?,
            (state, E::ProfileSet { profile }) => Self { profile, ..state? },
            (state, E::Suspended { reason }) => Self { state: OrganisationState::Suspended { reason }, ..state? },
            (state, E::Restored) => Self { state: OrganisationState::Active, ..state? },
        })
    }
}
