//! Opening what was issued, and the public check.

use papers::paper::{Check, Paper};
use records::access::{Acting, may_see};
use records::application::Application;
use records::document::{CheckCode, Document};
use records::organisation::Organisation;
use records::payment_list::PaymentList;
use records::publicity::Publicity;
use records::{Noun as _, Refusal};
use store::DocumentRow;

use super::DocumentKind;
use super::file::is_shown;
use super::kept::proven;
use super::of_office::{MONTH, may_have_payment_list, may_report, may_supervise};
use super::press::broken;
use crate::desk::{Desk, known};
use crate::on_file::demand;
use crate::saved_name;
use crate::{ServiceError, compiled_once};

/// What is said of a paper that is not what was issued.
const CHANGED: &str = "该文书与平台记录不一致，不能打开。请勿采用，并向出具单位和监督机构反映。";

/// A paper that was issued, as it was made.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What proves it.
    pub document: Document,
    /// The paper.
    pub paper: Paper,
    /// Its words as they were digested, without the foot.
    pub words: String,
    /// What a file of it is called, without ending.
    pub name: String,
}

impl Issued {
    /// The paper as DOCX.
    ///
    /// # Errors
    /// A refusal where it cannot be laid out.
    pub fn docx(&self) -> Result<Vec<u8>, ServiceError> {
        papers::docx(&self.paper).map_err(broken)
    }

    /// Its words as they were digested, and the foot with its check code.
    pub fn text(&self) -> String {
        let foot = self.paper.check.iter().flat_map(Check::lines).map(|line| format!("{line}\n"));
        std::iter::once(self.words.clone()).chain(foot).collect()
    }
}

/// Opens a paper for somebody who may have it; a publicity's for everybody. What was changed since it was issued is not opened.
///
/// # Errors
/// There is none of this id, the person may not have it, or it is not what was issued any more.
#[compiled_once]
pub async fn open(desk: &Desk<'_>, acting: Option<&Acting>, id: &str) -> Result<Issued, ServiceError> {
    let document = demand::<Document>(desk.store, id).await?.state;
    known(may_open(desk, acting, &document).await?)?;
    let content = proven(desk, &document).await?.ok_or_else(|| Refusal::new(CHANGED))?;
    let paper = serde_json::from_str(&content.paper).map_err(|_| ServiceError::Broken)?;
    let name = name(desk, &document).await?;
    Ok(Issued { document, paper, words: content.words, name })
}

/// The programme, whom it is about, its title, the day it was issued.
async fn name(desk: &Desk<'_>, document: &Document) -> Result<String, ServiceError> {
    let about = match document.about.noun.as_str() {
        Application::NOUN => {
            let file = demand::<Application>(desk.store, &document.about.id).await?.state;
            saved_name::organisation(desk, file.applicant.as_str()).await?
        }
        Organisation::NOUN => saved_name::organisation(desk, &document.about.id).await?,
        _ => String::new(),
    };
    let programme = desk.library.pack(&document.programme).map_or("", |pack| pack.title.as_str());
    Ok(saved_name::saved_name(&[programme, &about, &document.title], Some(document.at.day())))
}

async fn may_open(desk: &Desk<'_>, acting: Option<&Acting>, document: &Document) -> Result<bool, ServiceError> {
    if document.about.noun == Publicity::NOUN {
        return Ok(true);
    }
    let (Some(acting), Some(kind)) = (acting, DocumentKind::parse(&document.kind)) else { return Ok(false) };
    match document.about.noun.as_str() {
        Application::NOUN => {
            let file = demand::<Application>(desk.store, &document.about.id).await?.state;
            let pack = desk.pack(&file.programme, &file.version)?;
            let sight = may_see(acting, &file, pack, desk.today()).map(|may| may.sight());
            Ok(sight.is_some_and(|sight| is_shown(sight, Some(&acting.organisation), &kind, pack)))
        }
        PaymentList::NOUN => {
            let list = demand::<PaymentList>(desk.store, &document.about.id).await?.state;
            Ok(may_have_payment_list(acting) && acting.covers(&list.place))
        }
        Organisation::NOUN => Ok(may_supervise(acting, &demand::<Organisation>(desk.store, &document.about.id).await?.state)),
        MONTH => Ok(document.about.id.split('/').nth(1).is_some_and(|place| may_report(acting, place))),
        _ => Ok(false),
    }
}

/// The papers issued from a file, for whoever may see them, the last first.
#[compiled_once]
pub async fn issued_of_file(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Vec<DocumentRow>, ServiceError> {
    let application = demand::<Application>(desk.store, id).await?.state;
    let pack = desk.pack(&application.programme, &application.version)?;
    let sight = may_see(acting, &application, pack, desk.today()).ok_or(ServiceError::NotFound)?.sight();
    let rows = desk.store.documents_of(Application::NOUN, id).await?;
    let shown = |kind: DocumentKind| is_shown(sight, Some(&acting.organisation), &kind, pack);
    Ok(rows.into_iter().filter(|row| DocumentKind::parse(&row.kind).is_some_and(shown)).collect())
}

/// The notices issued of a publicity, for everybody, the last first.
#[compiled_once]
pub async fn issued_of_publicity(desk: &Desk<'_>, id: &str) -> Result<Vec<DocumentRow>, ServiceError> {
    Ok(desk.store.documents_of(Publicity::NOUN, id).await?)
}

/// What anybody learns by a check code: that such a paper was issued, when, of what kind, and that it stands in the journal.
/// Nothing that stands in the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Leads those who may have it to the paper.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// The programme's title.
    pub programme: String,
    /// When it was issued.
    pub at: records::Moment,
    /// The journal's head it was made from.
    pub head: String,
    /// Its content is the one that was issued, its entry stands in the journal, and so does the head.
    pub holds: bool,
}

/// Checks a code as typed; none where no paper has it.
#[compiled_once]
pub async fn check(desk: &Desk<'_>, typed: &str) -> Result<Option<Checked>, ServiceError> {
    let Some(code) = CheckCode::parse(typed) else { return Ok(None) };
    let Some(row) = desk.store.document_by_code(code.as_str()).await? else { return Ok(None) };
    let document = demand::<Document>(desk.store, &row.id).await?.state;
    let holds = document.code == code && proven(desk, &document).await?.is_some();
    let programme = desk.library.pack(&document.programme).map_or(document.programme.clone(), |pack| pack.title.clone());
    let kind = DocumentKind::parse(&document.kind).map_or("", |kind| kind.label());
    Ok(Some(Checked { id: row.id, kind, programme, at: document.at, head: document.head, holds }))
}
