//! Opening what was issued, and the public check.

use papers::paper::Paper;
use records::Noun as _;
use records::access::{Acting, Sight, may_see};
use records::application::Application;
use records::document::{CheckCode, Document};
use records::organisation::Organisation;
use records::payment_list::PaymentList;
use records::publicity::Publicity;
use store::DocumentRow;

use super::issue::{NOUN, hex};
use super::of_office::{MONTH, may_have_payment_list, may_report, may_supervise};
use super::press::broken;
use super::{DocumentKind, file};
use crate::ServiceError;
use crate::desk::{Desk, only};
use crate::on_file::demand;

/// A paper that was issued, as it was made.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What proves it.
    pub document: Document,
    /// The paper.
    pub paper: Paper,
}

impl Issued {
    /// The paper as DOCX.
    ///
    /// # Errors
    /// A refusal where it cannot be laid out.
    pub fn docx(&self) -> Result<Vec<u8>, ServiceError> {
        papers::docx(&self.paper).map_err(broken)
    }

    /// The paper as plain text, with its check code.
    ///
    /// # Errors
    /// A refusal where it cannot be laid out.
    pub fn text(&self) -> Result<String, ServiceError> {
        papers::text(&self.paper).map_err(broken)
    }
}

/// Opens a paper for somebody who may have it; a publicity's for everybody.
///
/// # Errors
/// There is none of this id, the person may not have it, or it is not what was issued any more.
pub async fn open(desk: &Desk<'_>, acting: Option<&Acting>, id: &str) -> Result<Issued, ServiceError> {
    let document = demand::<Document>(desk.store, id).await?.state;
    only(may_open(desk, acting, &document).await?)?;
    let kept = desk.store.document_paper(id).await?.ok_or(ServiceError::Broken)?;
    let paper: Paper = serde_json::from_str(&kept).map_err(|_| ServiceError::Broken)?;
    let words = papers::text(&Paper { check: None, ..paper.clone() }).map_err(broken)?;
    if hex(&words) == document.digest { Ok(Issued { document, paper }) } else { Err(ServiceError::Broken) }
}

async fn may_open(desk: &Desk<'_>, acting: Option<&Acting>, document: &Document) -> Result<bool, ServiceError> {
    if document.about.noun == Publicity::NOUN {
        return Ok(true);
    }
    let (Some(acting), Some(kind)) = (acting, DocumentKind::parse(&document.kind)) else { return Ok(false) };
    match document.about.noun.as_str() {
        Application::NOUN => {
            let file = demand::<Application>(desk.store, &document.about.id).await?.state;
            let sight = may_see(acting, &file, desk.today()).map(|may| may.sight());
            let pack = desk.pack(&file.programme, &file.version)?;
            Ok(sight.is_some_and(|sight| is_shown(sight, &kind, pack)))
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

fn is_shown(sight: Sight, kind: &DocumentKind, pack: &policy::pack::Pack) -> bool {
    file::is_shown(sight, kind, pack)
}

/// The papers issued from a file, for whoever may see them, the last first.
pub async fn issued_of_file(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Vec<DocumentRow>, ServiceError> {
    let application = demand::<Application>(desk.store, id).await?.state;
    let sight = may_see(acting, &application, desk.today()).ok_or(ServiceError::NotFound)?.sight();
    let pack = desk.pack(&application.programme, &application.version)?;
    let rows = desk.store.documents_of(Application::NOUN, id).await?;
    Ok(rows.into_iter().filter(|row| DocumentKind::parse(&row.kind).is_some_and(|kind| is_shown(sight, &kind, pack))).collect())
}

/// The notices issued of a publicity, for everybody, the last first.
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
pub async fn check(desk: &Desk<'_>, typed: &str) -> Result<Option<Checked>, ServiceError> {
    let Some(code) = CheckCode::parse(typed) else { return Ok(None) };
    let Some(row) = desk.store.document_by_code(code.as_str()).await? else { return Ok(None) };
    let document = demand::<Document>(desk.store, &row.id).await?.state;
    let holds = document.code == code && holds(desk, &document).await?;
    let programme = desk.library.pack(&document.programme).map_or(document.programme.clone(), |pack| pack.title.clone());
    let kind = DocumentKind::parse(&document.kind).map_or("", |kind| kind.label());
    Ok(Some(Checked { id: row.id, kind, programme, at: document.at, head: document.head, holds }))
}

async fn holds(desk: &Desk<'_>, document: &Document) -> Result<bool, ServiceError> {
    let kept = desk.store.document_paper(document.id.as_str()).await?;
    let paper = kept.and_then(|kept| serde_json::from_str::<Paper>(&kept).ok());
    let words = paper.and_then(|paper| papers::text(&Paper { check: None, ..paper }).ok());
    let entries = desk.store.entries_of(NOUN, document.id.as_str()).await?;
    let journal = entries.iter().any(|entry| entry.event.contains(&document.digest) && entry.event.contains(&document.head));
    let head = document.head == journal::GENESIS || desk.store.has_entry(&document.programme, &document.head).await?;
    Ok(words.is_some_and(|words| hex(&words) == document.digest) && journal && head)
}
