//! Identifiers: 26 characters that sort by time, made by the caller. One type each, so that none stands for another.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text of it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// 单位
    OrganisationId;
    /// 人员账号
    AccountId;
    /// 授权代办
    MandateId;
    /// 批次
    BatchId;
    /// 申报件
    ApplicationId;
    /// 公示
    PublicityId;
    /// 异议
    ObjectionId;
    /// 拨付清单
    PaymentListId;
    /// 上传的材料
    PaperId;
    /// 一组名额
    AllotmentId;
    /// 表格导入
    ImportId;
    /// 出具的文书
    DocumentId;
    /// 数字化产品
    ProductId;
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The text of a fresh identifier: 48 bits of time and 80 random ones, five bits a character.
pub fn fresh(at_unix_ms: i64, random: [u8; 10]) -> String {
    let time = at_unix_ms.max(0) as u128 & ((1 << 48) - 1);
    let bits = random.iter().fold(time, |bits, byte| bits << 8 | u128::from(*byte));
    (0..26).rev().map(|place| ALPHABET[(bits >> (5 * place) & 31) as usize] as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_ones_sort_later_and_fit_an_address() {
        let ids: Vec<String> = (0..100).map(|at| fresh(1_700_000_000_000 + at, [255 - at as u8; 10])).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.len() == 26 && id.bytes().all(|byte| ALPHABET.contains(&byte))));
        assert_eq!(fresh(0, [0; 10]), "00000000000000000000000000");
    }
}
