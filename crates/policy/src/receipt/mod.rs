//! A receipt for a decision (回执): digests of what it was made from and what came out, so that anybody who has the
//! pack and the facts can make it again and see that it is the same. What is digested is described at [`facts_text`]
//! and [`text_text`].

mod canonical;

pub use canonical::{facts_text, text_text};

use crate::evaluate::evaluate;
use crate::explained::Facts;
use crate::outcome::Outcome;
use crate::pack::Pack;
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

/// What a decision was made from, and what it said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Pack id.
    pub pack: String,
    /// Pack version.
    pub version: String,
    /// The pack's digest: every file but its proofs, the packs it uses, the engine's version.
    pub pack_digest: String,
    /// Digest of the policy texts alone.
    pub text_digest: String,
    /// The engine's version.
    pub engine: String,
    /// Digest of the facts.
    pub facts_digest: String,
    /// The sum paid, in fen.
    pub award_fen: Option<i64>,
    /// The level the award goes by.
    pub level: Option<u8>,
    /// Recognised cost, in fen.
    pub recognised_fen: Option<i64>,
}

impl Receipt {
    /// The receipt of an outcome that these facts had under this pack.
    pub fn of(pack: &Pack, facts: &Facts, outcome: &Outcome) -> Self {
        Self {
            pack: pack.id.clone(),
            version: pack.version.clone(),
            pack_digest: pack.digest.clone(),
            text_digest: digest(&text_text(pack)),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            facts_digest: digest(&facts_text(pack, facts)),
            award_fen: outcome.award_fen,
            level: outcome.level,
            recognised_fen: outcome.recognised_fen,
        }
    }

    /// Decides again and says where this receipt differs, one sentence each; nothing when it holds.
    pub fn verify(&self, pack: &Pack, facts: &Facts) -> Vec<String> {
        let again = Self::of(pack, facts, &evaluate(pack, facts));
        let pairs = self.fields().into_iter().zip(again.fields());
        let differs = pairs.filter(|((_, kept), (_, found))| kept != found);
        differs.map(|((what, kept), (_, found))| format!("{what}：回执为{kept}，重新计算为{found}")).collect()
    }

    /// The receipt in lines, for the end of a printed decision.
    pub fn plain(&self) -> String {
        let line = |(what, value): (&str, String)| format!("  {what}  {value}\n");
        format!("回执\n{}", self.fields().into_iter().map(line).collect::<String>())
    }

    fn fields(&self) -> [(&'static str, String); 9] {
        let fen = |fen: Option<i64>| fen.map_or("待定".to_owned(), crate::say::money);
        [
            ("政策包", self.pack.clone()),
            ("版本", self.version.clone()),
            ("政策包摘要", self.pack_digest.clone()),
            ("政策文本摘要", self.text_digest.clone()),
            ("计算程序版本", self.engine.clone()),
            ("事实摘要", self.facts_digest.clone()),
            ("奖补金额", fen(self.award_fen)),
            ("等级", self.level.map_or("无".to_owned(), |level| crate::say::level(level.into()).to_owned())),
            ("核定投入", fen(self.recognised_fen)),
        ]
    }
}

/// SM3 of a text, in hexadecimal.
pub fn digest(text: &str) -> String {
    Sm3::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
