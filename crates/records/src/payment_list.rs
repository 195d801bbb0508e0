//! 拨付清单: what the finance bureau pays, after two people other than the one who drew it up approved it.

use serde::{Deserialize, Serialize};
use standards::Date;

use crate::ids::{AccountId, ApplicationId, OrganisationId, PaymentListId};
use crate::{FieldError, Moment, Noun, Refusal};

/// How many approvals a list needs.
pub const APPROVALS: usize = 2;
/// Characters of a bank's number for a payment.
pub const REFERENCE_MAX_CHARS: usize = 64;

/// A payment list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentList {
    /// Identifier.
    pub id: PaymentListId,
    /// The programme.
    pub programme: String,
    /// What it is called.
    pub label: String,
    /// The place of the finance bureau that pays, an id of `standards::division`.
    pub place: String,
    /// Who drew it up.
    pub prepared_by: AccountId,
    /// When.
    pub prepared_at: Moment,
    /// The journal's head when it was drawn up; printed on it.
    pub head: String,
    /// What is to be paid.
    pub items: Vec<PaymentItem>,
    /// Who approved it, in order.
    pub approvals: Vec<(AccountId, Moment)>,
    /// Why it was given up.
    pub cancelled: Option<String>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentItem {
    /// The file.
    pub application: ApplicationId,
    /// Its number.
    pub number: String,
    /// Who is paid.
    pub payee: OrganisationId,
    /// The name of the account.
    pub payee_name: String,
    /// 开户银行
    pub bank: String,
    /// 银行账号
    pub bank_account: String,
    /// How much, in fen.
    pub award_fen: i64,
    /// What became of it.
    pub result: PaymentResult,
}

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum PaymentResult {
    /// 待拨付
    Waiting,
    /// 已拨付
    Paid {
        /// When it was recorded.
        at: Moment,
        /// What the bank's paper says of it.
        #[serde(default, skip_serializing_if = "Voucher::is_empty")]
        voucher: Voucher,
    },
    /// 退票或者失败
    Failed {
        /// What the bank said.
        reason: String,
        /// When it was recorded.
        at: Moment,
        /// What the bank's paper says of it.
        #[serde(default, skip_serializing_if = "Voucher::is_empty")]
        voucher: Voucher,
    },
}

/// 回单: what the bank's paper says of a payment beside its outcome; empty where nobody recorded it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// The day on which the bank carried it out or sent it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_on: Option<Date>,
    /// 流水号: the bank's own number for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
}

impl Voucher {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl PaymentResult {
    /// When it was recorded; none while it waits.
    pub fn at(&self) -> Option<Moment> {
        match self {
            Self::Waiting => None,
            Self::Paid { at, .. } | Self::Failed { at, .. } => Some(*at),
        }
    }

    /// What the bank's paper says of it; none while it waits.
    pub fn voucher(&self) -> Option<&Voucher> {
        match self {
            Self::Waiting => None,
            Self::Paid { voucher, .. } | Self::Failed { voucher, .. } => Some(voucher),
        }
    }

    /// The Chinese word.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Waiting => "待拨付",
            Self::Paid { .. } => "已拨付",
            Self::Failed { .. } => "拨付失败",
        }
    }
}

/// What happens to a payment list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PaymentListEvent {
    /// It was drawn up.
    Prepared {
        /// As it stands from now on.
        list: Box<PaymentList>,
    },
    /// Somebody approved it.
    Approved {
        /// Who.
        account: AccountId,
        /// When.
        at: Moment,
    },
    /// It was given up before anything was paid.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// What became of one payment.
    Recorded {
        /// The file.
        application: ApplicationId,
        /// What became of it.
        result: PaymentResult,
    },
}

impl PaymentList {
    /// Draws a list up.
    ///
    /// # Errors
    /// It is empty or unnamed, a sum is not positive, or a payee has no bank account on file.
    pub fn prepare(list: PaymentList) -> Result<Vec<PaymentListEvent>, Refusal> {
        let mut errors = Vec::new();
        if list.label.trim().is_empty() {
            errors.push(FieldError::new("label", "请填写清单名称。"));
        }
        if list.items.is_empty() {
            errors.push(FieldError::new("items", "请选择需要拨付的申报件。"));
        }
        let without = list.items.iter().filter(|item| item.bank_account.trim().is_empty() || item.bank.trim().is_empty());
        errors
            .extend(without.map(|item| {
                FieldError::new("items", format!("{}没有登记开户银行和账号，请通知该单位在单位信息中补充。", item.payee_name))
            }));
        if list.items.iter().any(|item| item.award_fen <= 0) {
            errors.push(FieldError::new("items", "拨付金额应大于0。"));
        }
        if errors.is_empty() { Ok(vec![PaymentListEvent::Prepared { list: Box::new(list) }]) } else { Err(Refusal::fields(errors)) }
    }

    /// Why this person may not approve; none: may. Said before the button is pressed.
    pub fn barred(&self, account: &AccountId) -> Option<&'static str> {
        match () {
            () if self.cancelled.is_some() => Some("该清单已作废。"),
            () if self.is_approved() => Some("该清单已完成审批。"),
            () if self.prepared_by == *account => Some("制单人不能审批自己编制的清单，请由另外两名签发人审批。"),
            () if self.approvals.iter().any(|(by, _)| by == account) => Some("您已审批过该清单，还需另一名签发人审批。"),
            () => None,
        }
    }

    /// Approves it.
    ///
    /// # Errors
    /// As [`PaymentList::barred`] says.
    pub fn approve(&self, account: &AccountId, at: Moment) -> Result<Vec<PaymentListEvent>, Refusal> {
        match self.barred(account) {
            Some(why) => Err(Refusal::new(why)),
            None => Ok(vec![PaymentListEvent::Approved { account: account.clone(), at }]),
        }
    }

    /// Gives it up.
    ///
    /// # Errors
    /// It was approved or given up, or no reason is given.
    pub fn cancel(&self, reason: &str) -> Result<Vec<PaymentListEvent>, Refusal> {
        if self.is_approved() || self.cancelled.is_some() {
            return Err(Refusal::new("已审批或者已作废的清单不能作废。"));
        }
        match reason.trim() {
            "" => Err(Refusal::fields(vec![FieldError::new("reason", "请写明作废的理由。")])),
            reason => Ok(vec![PaymentListEvent::Cancelled { reason: reason.to_owned() }]),
        }
    }

    /// Records what became of a payment.
    ///
    /// # Errors
    /// The list is not approved, the payment is not on it or was recorded before, or the bank is said to have done it before
    /// the approval.
    pub fn record(&self, application: &ApplicationId, result: PaymentResult) -> Result<Vec<PaymentListEvent>, Refusal> {
        if !self.is_approved() {
            return Err(Refusal::new("清单还没有完成审批，不能登记拨付结果。"));
        }
        self.proper(&result)?;
        let item = self.items.iter().find(|item| item.application == *application);
        match item.map(|item| &item.result) {
            Some(PaymentResult::Waiting) => Ok(vec![PaymentListEvent::Recorded { application: application.clone(), result }]),
            Some(_) => Err(Refusal::new("该笔拨付已登记结果。")),
            None => Err(Refusal::new("该申报件不在清单中。")),
        }
    }

    /// What the bank's paper says can be: it acted after the approval and not after today.
    fn proper(&self, result: &PaymentResult) -> Result<(), Refusal> {
        let (Some(voucher), Some(at)) = (result.voucher(), result.at()) else { return Ok(()) };
        let wrong = |path: &str, message: &str| Err(Refusal::fields(vec![FieldError::new(path, message)]));
        match voucher.value_on {
            Some(on) if Some(on) < self.approved_on() => wrong("value_on", "银行办理日期早于清单审批完成的日期，请核对。"),
            Some(on) if on > at.day() => wrong("value_on", "银行办理日期晚于今天，请核对。"),
            _ if voucher.reference.chars().count() > REFERENCE_MAX_CHARS => wrong("reference", "流水号过长，请核对。"),
            _ => Ok(()),
        }
    }

    /// The day of the last approval that it needs; none before.
    pub fn approved_on(&self) -> Option<Date> {
        self.approvals.get(APPROVALS - 1).map(|(_, at)| at.day())
    }

    /// Whether enough people approved it.
    pub fn is_approved(&self) -> bool {
        self.approvals.len() >= APPROVALS
    }

    /// The sum of all payments, in fen.
    pub fn total_fen(&self) -> i64 {
        self.items.iter().map(|item| item.award_fen).sum()
    }

    /// The word for the whole list.
    pub fn word(&self) -> &'static str {
        let waiting = self.items.iter().any(|item| item.result == PaymentResult::Waiting);
        match (self.cancelled.is_some(), self.approvals.len(), waiting) {
            (true, ..) => "已作废",
            (_, 0, _) => "待审批",
            (_, 1, _) => "待第二人审批",
            (.., true) => "已审批，待拨付",
            (.., false) => "已办结",
        }
    }
}

impl Noun for PaymentList {
    type Event = PaymentListEvent;
    const NOUN: &'static str = "payment_list";

    fn fold(state: Option<Self>, event: &PaymentListEvent) -> Option<Self> {
        use PaymentListEvent as E;
        let Some(mut list) = state else {
            return if let E::Prepared { list } = event { Some((**list).clone()) } else { None };
        };
        match event.clone() {
            E::Prepared { .. } => {}
            E::Approved { account, at } => list.approvals.push((account, at)),
            E::Cancelled { reason } => list.cancelled = Some(reason),
            E::Recorded { application, result } => {
                let item = list.items.iter_mut().find(|item| item.application == application);
                item.into_iter().for_each(|item| item.result = result.clone());
            }
        }
        Some(list)
    }
}
