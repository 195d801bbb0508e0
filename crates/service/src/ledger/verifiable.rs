//! What verification asks of each noun.

use std::collections::BTreeMap;

use policy::library::Library;
use records::application::{Application, draft_of};
use records::document::Document;
use records::ids::OrganisationId;
use records::organisation::Organisation;
use records::{Moment, Noun};
use store::{DocumentContent, DocumentIndex, Index, StandingRow, Store};

use super::Verified;
use crate::ServiceError;
use crate::application::index;
use crate::document::{kept, listed};
use crate::on_file::Listed;

/// What list rows say besides the record's own state.
pub(super) struct Around<'a> {
    pub(super) library: &'a Library,
    /// Those that records of a page name.
    pub(super) organisations: &'a BTreeMap<OrganisationId, Organisation>,
    /// When the record's last entry was made.
    pub(super) changed_at: Moment,
}

/// A noun as it is verified.
pub(super) trait Verifiable: Noun {
    /// The list rows that should stand beside it, or why that cannot be told.
    fn rows(&self, around: &Around) -> Result<Index, String>;

    /// The organisation whose name stands in its rows.
    fn names(&self) -> Option<&OrganisationId> {
        None
    }

    /// The standing it gives, which may be held from an older source.
    fn gives(&self) -> Option<StandingRow> {
        None
    }

    /// Proves what is more than a state.
    async fn prove(&self, _: &Store, _: &Library, _: &mut Verified) -> Result<(), ServiceError> {
        Ok(())
    }
}

impl<N: Listed> Verifiable for N {
    fn rows(&self, _: &Around) -> Result<Index, String> {
        Ok(self.index())
    }
}

impl Verifiable for Application {
    fn rows(&self, around: &Around) -> Result<Index, String> {
        let missing = || format!("所依据的政策包{}@{}不在本机", self.programme, self.version);
        let pack = around.library.version(&self.programme, &self.version).ok_or_else(missing)?;
        let applicant = around.organisations.get(&self.applicant).ok_or_else(|| format!("的申报单位 {} 没有档案", self.applicant))?;
        Ok(index(self, pack, applicant, around.changed_at))
    }

    fn names(&self) -> Option<&OrganisationId> {
        Some(&self.applicant)
    }

    fn gives(&self) -> Option<StandingRow> {
        crate::application::held(self)
    }

    async fn prove(&self, _: &Store, library: &Library, verified: &mut Verified) -> Result<(), ServiceError> {
        match decided_again(library, self) {
            Some(Ok(())) => verified.decisions += 1,
            Some(Err(why)) => verified.say(format!("{} {} {why}", Self::NOUN, self.id)),
            None => {}
        }
        Ok(())
    }
}

impl Verifiable for Document {
    fn rows(&self, _: &Around) -> Result<Index, String> {
        Ok(Index::Document(Box::new(DocumentIndex { row: listed(self), content: DocumentContent::default() })))
    }

    async fn prove(&self, store: &Store, _: &Library, verified: &mut Verified) -> Result<(), ServiceError> {
        if kept(store, self).await?.is_none() {
            verified.say(format!("{} {} 的内容与台账中的摘要不一致，或者已不在", Self::NOUN, self.id));
        }
        Ok(())
    }
}

/// Makes a decision again from its frozen inputs; none where nothing was decided, or where the pack is not here, which its rows say.
fn decided_again(library: &Library, file: &Application) -> Option<Result<(), String>> {
    let decision = file.decision.as_ref()?;
    let pack = library.version(&file.programme, &file.version)?;
    let (draft, _) = draft_of(pack, &decision.inputs);
    let differs = decision.receipt.verify(pack, &draft.facts());
    Some(if differs.is_empty() { Ok(()) } else { Err(format!("的决定重新计算后不一致：{}", differs.join("；"))) })
}
