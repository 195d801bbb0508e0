//! The fields of an invoice by name, and those that could not be read.

use serde::{Deserialize, Serialize};

/// A field of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// 发票代码, older invoices only.
    Code,
    /// 发票号码
    Number,
    /// 发票号码 of eight digits: of an older invoice, or of the form that a digital one is printed on.
    FormNumber,
    /// 开票日期
    IssuedOn,
    /// 购买方名称
    BuyerName,
    /// 购买方税号
    BuyerCode,
    /// 销售方名称
    SellerName,
    /// 销售方税号
    SellerCode,
    /// 合计金额（不含税）
    Net,
    /// 合计税额
    Tax,
    /// 价税合计
    Total,
    /// 价税合计（大写）
    TotalWords,
    /// 票种
    Kind,
    /// 明细
    Lines,
}

impl Field {
    /// As people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Code => "发票代码",
            Self::Number | Self::FormNumber => "发票号码",
            Self::IssuedOn => "开票日期",
            Self::BuyerName => "购买方名称",
            Self::BuyerCode => "购买方税号",
            Self::SellerName => "销售方名称",
            Self::SellerCode => "销售方税号",
            Self::Net => "不含税金额",
            Self::Tax => "税额",
            Self::Total => "价税合计",
            Self::TotalWords => "价税合计（大写）",
            Self::Kind => "票种",
            Self::Lines => "明细",
        }
    }
}

/// A field without a value, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Which.
    pub field: Field,
    /// What is wrong with what stands there; none where nothing stands.
    pub why: Option<String>,
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.why {
            None => write!(f, "没有读到{}", self.field.label()),
            Some(why) => write!(f, "{}无法识别：{why}", self.field.label()),
        }
    }
}
