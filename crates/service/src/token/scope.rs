//! What a token may be used for.

use std::collections::BTreeSet;

use records::organisation::OrganisationKind;

/// What a token may be used for. Programmes, calls and publicities are everybody's and need no token. What its organisation
/// itself may not do, a token never may, whatever its scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Look at files, their papers and history, and at what waits.
    ReadFiles,
    /// Begin files, fill them in and hand them to the signer.
    WriteFiles,
    /// Work on others' files: assign, declare, check, assess, audit.
    ActOfficial,
    /// Open calls, put up publicities, settle objections.
    Conduct,
    /// Look at payment lists.
    ReadPayments,
    /// Draw payment lists up, record what the bank did, claim money back.
    Pay,
    /// Look at the organisation's own record, its mandates and notices.
    ReadOrganisation,
    /// Look at the journal.
    ReadJournal,
}

impl Scope {
    /// All scopes, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::ReadFiles,
        Self::WriteFiles,
        Self::ActOfficial,
        Self::Conduct,
        Self::ReadPayments,
        Self::Pay,
        Self::ReadOrganisation,
        Self::ReadJournal,
    ];

    /// The word in documents and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadFiles => "read:files",
            Self::WriteFiles => "write:files",
            Self::ActOfficial => "act:official",
            Self::Conduct => "conduct",
            Self::ReadPayments => "read:payments",
            Self::Pay => "pay",
            Self::ReadOrganisation => "read:organisation",
            Self::ReadJournal => "read:journal",
        }
    }

    /// The scope of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }

    /// The Chinese name.
    pub fn label(self) -> &'static str {
        match self {
            Self::ReadFiles => "查看申报件",
            Self::WriteFiles => "填报",
            Self::ActOfficial => "办理",
            Self::Conduct => "组织申报和公示",
            Self::ReadPayments => "查看拨付清单",
            Self::Pay => "编制拨付清单",
            Self::ReadOrganisation => "查看本单位信息",
            Self::ReadJournal => "查看台账",
        }
    }

    /// What it lets a program do, for the form.
    pub fn hint(self) -> &'static str {
        match self {
            Self::ReadFiles => "申报件、材料、办理进度和待办",
            Self::WriteFiles => "新建申报件、保存草稿、上传材料、提交签发",
            Self::ActOfficial => "委托、利益关系声明、审查、退回补正、评测、核定投入",
            Self::Conduct => "发布批次、发布公示、办结异议",
            Self::ReadPayments => "拨付清单及每笔结果",
            Self::Pay => "编制清单、登记拨付结果、追回资金，不能审批",
            Self::ReadOrganisation => "单位信息、授权代办、消息",
            Self::ReadJournal => "各项目台账的末尾和逐条记录",
        }
    }

    /// Whether organisations of a kind have any use for it; none else is ever given it.
    pub fn is_for(self, kind: OrganisationKind) -> bool {
        use OrganisationKind as K;
        match self {
            Self::ReadFiles => kind != K::Administrator,
            Self::WriteFiles => matches!(kind, K::Enterprise | K::Provider),
            Self::ActOfficial => kind.actor().is_some() && kind != K::Enterprise,
            Self::Conduct => matches!(kind, K::CityBureau | K::RegionBureau),
            Self::ReadPayments => matches!(kind, K::CityBureau | K::FinanceBureau | K::Supervisor),
            Self::Pay => kind == K::FinanceBureau,
            Self::ReadOrganisation => true,
            Self::ReadJournal => kind == K::Supervisor,
        }
    }

    /// The scopes a token's row names; a word of a later version is none.
    pub(super) fn read_all(words: &str) -> BTreeSet<Self> {
        words.split(' ').filter_map(Self::parse).collect()
    }

    /// The same as the row holds them.
    pub(super) fn write_all(scopes: &BTreeSet<Self>) -> String {
        scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_survive_their_row() {
        let all: BTreeSet<Scope> = Scope::ALL.into_iter().collect();
        assert_eq!(Scope::read_all(&Scope::write_all(&all)), all);
        assert_eq!(Scope::read_all("read:files unheard:of"), BTreeSet::from([Scope::ReadFiles]));
        assert_eq!(Scope::read_all(""), BTreeSet::new());
    }
}
