//! 政策包版本: one version of a programme's pack that came while the program runs. One person loads it, another opens it; from
//! then on it never changes, and files finish under the version they were begun with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::AccountId;
use crate::{Moment, Noun, Refusal};

/// One version of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackVersion {
    /// The programme, the pack's id.
    pub programme: String,
    /// The version's name.
    pub version: String,
    /// The pack's title.
    pub title: String,
    /// SM3 over its files, paths and texts.
    pub digest: String,
    /// Its files, path and text: the policy stands in the journal itself.
    pub files: BTreeMap<String, String>,
    /// Who loaded it.
    pub loaded_by: AccountId,
    /// When.
    pub loaded_at: Moment,
    /// Where it stands.
    pub standing: PackStanding,
}

/// Where a version stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum PackStanding {
    /// 待开放: it can be looked at and tried out.
    Loaded,
    /// 已开放: calls can be opened under it.
    Opened {
        /// Who opened it.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// 已撤下: it was taken back before anybody could use it.
    Withdrawn {
        /// Why.
        reason: String,
        /// When.
        at: Moment,
    },
}

impl PackStanding {
    /// The Chinese word.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Loaded => "待开放",
            Self::Opened { .. } => "已开放",
            Self::Withdrawn { .. } => "已撤下",
        }
    }
}

/// A pack that was checked and is to be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loading {
    /// The programme.
    pub programme: String,
    /// The version's name.
    pub version: String,
    /// The pack's title.
    pub title: String,
    /// SM3 over its files.
    pub digest: String,
    /// Its files.
    pub files: BTreeMap<String, String>,
}

/// What happens to a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PackVersionEvent {
    /// It was loaded, or loaded again before it was opened.
    Loaded {
        /// As it stands from now on.
        pack: Box<PackVersion>,
    },
    /// It was opened for use.
    Opened {
        /// Who.
        by: AccountId,
        /// When.
        at: Moment,
    },
    /// It was taken back.
    Withdrawn {
        /// Why.
        reason: String,
        /// When.
        at: Moment,
    },
}

impl PackVersion {
    /// The id of a version's record.
    pub fn id(programme: &str, version: &str) -> String {
        format!("{programme}@{version}")
    }

    /// Loads a version, in place of what was loaded and not opened.
    ///
    /// # Errors
    /// It is open for use, or the same files are loaded already.
    pub fn load(before: Option<&Self>, loading: Loading, by: &AccountId, at: Moment) -> Result<Vec<PackVersionEvent>, Refusal> {
        match before.map(|before| (&before.standing, before.digest == loading.digest)) {
            Some((PackStanding::Opened { .. }, true)) => Err(Refusal::new("该版本已开放，内容与本次上传的完全相同，不需要再次加载。")),
            Some((PackStanding::Opened { .. }, false)) => Err(changed(&loading.version)),
            Some((PackStanding::Loaded, true)) => Err(Refusal::new("内容相同的政策包已经加载，等待开放。")),
            _ => Ok(vec![loading.event(by, at)]),
        }
    }

    /// Opens it for use.
    ///
    /// # Errors
    /// It does not wait for that, or the person who loaded it would open it.
    pub fn open(&self, by: &AccountId, at: Moment) -> Result<Vec<PackVersionEvent>, Refusal> {
        self.waits()?;
        if self.loaded_by == *by {
            return Err(Refusal::new("加载和开放应为两人，请由另一名平台管理员或者主管部门签发人核对后开放。"));
        }
        Ok(vec![PackVersionEvent::Opened { by: by.clone(), at }])
    }

    /// Takes it back before it is opened.
    ///
    /// # Errors
    /// It does not wait for that, or no reason is given.
    pub fn withdraw(&self, reason: &str, at: Moment) -> Result<Vec<PackVersionEvent>, Refusal> {
        self.waits()?;
        match reason.trim() {
            "" => Err(Refusal::fields(vec![crate::FieldError::new("reason", "请写明撤下的理由。")])),
            reason => Ok(vec![PackVersionEvent::Withdrawn { reason: reason.to_owned(), at }]),
        }
    }

    fn waits(&self) -> Result<(), Refusal> {
        match &self.standing {
            PackStanding::Loaded => Ok(()),
            PackStanding::Opened { .. } => Err(Refusal::new("该版本已开放使用，不能再改变。")),
            PackStanding::Withdrawn { .. } => Err(Refusal::new("该版本已撤下，请重新上传。")),
        }
    }
}

/// What to do where the files of a version in use would change.
pub fn changed(version: &str) -> Refusal {
    Refusal::new(format!(
        "版本“{version}”已开放使用，不能修改，已有的申报件按它办结。请在 pack.toml 的 version 中写新的版本号，在 [applies] 中用 amends = \"{version}\" 写明它修订的版本，重新压缩上传。"
    ))
}

impl Loading {
    fn event(self, by: &AccountId, at: Moment) -> PackVersionEvent {
        let Self { programme, version, title, digest, files } = self;
        let (loaded_by, standing) = (by.clone(), PackStanding::Loaded);
        PackVersionEvent::Loaded {
            pack: Box::new(PackVersion { programme, version, title, digest, files, loaded_by, loaded_at: at, standing }),
        }
    }
}

impl Noun for PackVersion {
    type Event = PackVersionEvent;
    const NOUN: &'static str = "pack_version";

    fn fold(state: Option<Self>, event: &PackVersionEvent) -> Option<Self> {
        use PackVersionEvent as E;
        Some(match (state, event.clone()) {
            (Some(state), E::Loaded { .. }) if matches!(state.standing, PackStanding::Opened { .. }) => state,
            (_, E::Loaded { pack }) => *pack,
            (state, E::Opened { by, at }) => Self { standing: PackStanding::Opened { by, at }, ..state? },
            (state, E::Withdrawn { reason, at }) => Self { standing: PackStanding::Withdrawn { reason, at }, ..state? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loading(text: &str) -> Loading {
        Loading {
            programme: "p".into(),
            version: "1".into(),
            title: "示例".into(),
            digest: text.into(),
            files: BTreeMap::from([("pack.toml".to_owned(), text.to_owned())]),
        }
    }

    /// What `then` says after a pack of text `a` was loaded by `one` and the other events happened.
    fn after(events: &[PackVersionEvent], then: impl Fn(&PackVersion) -> Result<Vec<PackVersionEvent>, Refusal>) -> &'static str {
        let all = [PackVersion::load(None, loading("a"), &"one".into(), Moment(1)).unwrap(), events.to_vec()].concat();
        match then(&PackVersion::fold_all(None, &all).unwrap()) {
            Ok(_) => "done",
            Err(refusal) if refusal.message.contains("两人") => "two people",
            Err(refusal) if refusal.message.contains("相同") => "same",
            Err(refusal) if refusal.message.contains("amends") => "another version",
            Err(refusal) if refusal.message.contains("不能再改变") => "open",
            Err(refusal) if refusal.message.contains("已撤下") => "withdrawn",
            Err(_) => "field",
        }
    }

    #[test]
    fn a_version_is_loaded_by_one_opened_by_another_and_stays() {
        let opened = [PackVersionEvent::Opened { by: "two".into(), at: Moment(2) }];
        let withdrawn = [PackVersionEvent::Withdrawn { reason: "写错".into(), at: Moment(2) }];
        let load = |text: &'static str| move |pack: &PackVersion| PackVersion::load(Some(pack), loading(text), &"one".into(), Moment(3));
        let open = |who: &'static str| move |pack: &PackVersion| pack.open(&who.into(), Moment(3));
        let withdraw = |reason: &'static str| move |pack: &PackVersion| pack.withdraw(reason, Moment(3));
        assert_eq!(after(&[], open("two")), "done");
        assert_eq!(after(&[], open("one")), "two people");
        assert_eq!(after(&opened, open("three")), "open");
        assert_eq!(after(&withdrawn, open("two")), "withdrawn");
        assert_eq!(after(&[], load("a")), "same");
        assert_eq!(after(&[], load("b")), "done");
        assert_eq!(after(&opened, load("a")), "same");
        assert_eq!(after(&opened, load("b")), "another version");
        assert_eq!(after(&withdrawn, load("a")), "done");
        assert_eq!(after(&[], withdraw("写错")), "done");
        assert_eq!(after(&[], withdraw(" ")), "field");
        assert_eq!(after(&opened, withdraw("写错")), "open");
    }
}
