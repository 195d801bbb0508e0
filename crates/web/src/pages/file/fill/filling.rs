//! The stage of a file that is being filled in, and its pages made from what is on file.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Html;
use policy::pack::{Form, Pack};
use records::access::Acting;
use records::answers::Answers;
use records::application::missing_papers;
use records::{FieldError, Refusal};
use service::application::{self, FileView};
use service::paper;

use super::super::remarks;
use super::check::{self, CheckPage};
use super::form::{self, FormPage, Said};
use super::papers::{self, PapersPage};
use super::sign::{self, SignPage};
use super::steps::Steps;
use super::{load, papers::path};
use crate::errors::Error;
use crate::session::Signed;
use crate::sheet::{Mode, Note, Sheet};
use crate::site::Site;

/// A file and a stage of it, as an address names them.
#[derive(Clone, Debug)]
pub(super) struct Filling {
    pub(super) file: String,
    pub(super) stage: String,
    /// What stands after them: a form's id.
    pub(super) rest: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Filling {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        if let Ok(Path((file, stage, rest))) = Path::<(String, String, String)>::from_request_parts(parts, state).await {
            return Ok(Self { file, stage, rest });
        }
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        path.map(|Path((file, stage))| Self { file, stage, rest: String::new() }).map_err(|_| Error::NoPage)
    }
}

impl Filling {
    /// The pages of the stage.
    pub(super) fn steps<'v>(&self, view: &'v FileView) -> Result<Steps<'v>, Error> {
        let (stage, _) = load::filling(view, &self.stage)?;
        Ok(Steps::of(&view.pack, &self.file, stage))
    }

    /// A form of the stage.
    pub(super) fn form<'v>(&self, view: &'v FileView, id: &str) -> Result<&'v Form, Error> {
        self.steps(view)?.form(id).ok_or(Error::NoPage)
    }
}

/// What a form's page shows.
pub(super) struct Shown<'a> {
    pub(super) form: &'a Form,
    pub(super) answers: &'a Answers,
    pub(super) errors: &'a [FieldError],
    pub(super) said: Said,
    /// What a table that was taken in left out, behind what else is said.
    pub(super) left_out: String,
}

/// A form's page with these answers.
pub(super) async fn form_page(
    site: &Site,
    acting: &Acting,
    filling: &Filling,
    view: &FileView,
    shown: Shown<'_>,
) -> Result<Html<String>, Error> {
    let Shown { form, answers, errors, said, left_out } = shown;
    let steps = filling.steps(view)?;
    let (holders, mut notes) = (load::holders(site, &view.pack, &[form]).await?, load::notes(&view.application));
    notes.extend(remarks::notes(&application::remarks(&site.desk(), site.press(), acting, &filling.file, Some(&filling.stage)).await?));
    let prepared = load::prepared_at(&view.application, &filling.stage).is_some();
    let said = if said == Said::Nothing && prepared { Said::Prepared } else { said };
    let own: Vec<FieldError> = errors.iter().filter(|error| crate::sheet::holds(&view.pack, form, &error.path)).cloned().collect();
    let sheet =
        Sheet { case: Some(&view.case), errors: &own, notes: &notes, holders: &holders, ..Sheet::new(&view.pack, vec![form], answers) };
    let version = view.draft.as_ref().map_or(0, |(version, _)| *version);
    let saved_at = (said == Said::Saved).then(|| site.edge().now);
    Ok(form::page(&FormPage { head: load::head(view), steps: &steps, form, sheet, version, saved_at, said, left_out: &left_out }))
}

/// The page of the papers.
pub(super) async fn papers_page(
    site: &Site,
    signed: &Signed,
    filling: &Filling,
    errors: Vec<FieldError>,
    saved: bool,
) -> Result<Html<String>, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let view = application::open(&desk, acting, &filling.file).await?;
    let (stage, _) = load::filling(&view, &filling.stage)?;
    let steps = filling.steps(&view)?;
    let known = application::draft_papers(&desk, acting, &filling.file, &filling.stage).await?;
    let library = paper::list_of_organisation(site.store(), &signed.session.by(), 0).await?.papers;
    let needed = missing_papers(&view.pack, &view.case.draft, stage);
    let chosen = view.draft.as_ref().map(|(_, draft)| draft.papers.clone()).unwrap_or_default();
    let slots = stage.materials.iter().filter_map(|slot| view.pack.material(slot));
    let slots = slots.map(|one| (one, needed.contains(&one.spec.id.as_str()), load::in_slot(&one.spec.id, &chosen, &known))).collect();
    Ok(papers::page(&PapersPage { head: load::head(&view), steps: &steps, slots, library: &library, errors, saved }))
}

/// The page on which everything is checked.
pub(super) async fn check_page(site: &Site, signed: &Signed, filling: &Filling, refused: Option<Refusal>) -> Result<Html<String>, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let view = application::open(&desk, acting, &filling.file).await?;
    let (stage, _) = load::filling(&view, &filling.stage)?;
    let steps = filling.steps(&view)?;
    let problems = application::problems(&desk, acting, &filling.file, &filling.stage).await?;
    let known = application::draft_papers(&desk, acting, &filling.file, &filling.stage).await?;
    let (_, draft) = view.draft.clone().unwrap_or_default();
    let (forms, mut notes): (Vec<&Form>, _) = (steps.forms().collect(), load::notes(&view.application));
    notes.extend(remarks::notes(&application::remarks(&desk, site.press(), acting, &filling.file, Some(&filling.stage)).await?));
    let holders = load::holders(site, &view.pack, &forms).await?;
    let sheet = read(&view, &view.pack, forms, &draft.answers);
    Ok(check::page(&CheckPage {
        head: load::head(&view),
        steps: &steps,
        sheet: Sheet { notes: &notes, holders: &holders, ..sheet },
        papers: load::by_slot(&view.pack, stage, &draft.papers, &known),
        problems: &problems,
        refused,
        version: view.version,
        prepared: load::prepared_at(&view.application, &filling.stage).is_some(),
    }))
}

fn read<'a>(view: &'a FileView, pack: &'a Pack, forms: Vec<&'a Form>, answers: &'a Answers) -> Sheet<'a> {
    Sheet { mode: Mode::Read, case: Some(&view.case), ..Sheet::new(pack, forms, answers) }
}

/// What the certifier said, and why it was not carried out.
#[derive(Clone, Debug, Default)]
pub(super) struct Undone {
    pub(super) errors: Vec<FieldError>,
    pub(super) refused: Option<Refusal>,
    pub(super) note: String,
}

/// The certifier's page.
pub(super) async fn sign_page(site: &Site, signed: &Signed, filling: &Filling, undone: &Undone) -> Result<Html<String>, Error> {
    let (desk, acting) = (site.desk(), signed.session.acting());
    let view = application::open(&desk, acting, &filling.file).await?;
    let (stage, work) = load::filling(&view, &filling.stage)?;
    if !work.signs {
        return Err(Error::NoPage);
    }
    let (steps, filed) = (filling.steps(&view)?, &view.application.filed);
    let known = application::papers(&desk, acting, &filling.file).await?;
    let forms: Vec<&Form> = steps.forms().collect();
    let holders = load::holders(site, &view.pack, &forms).await?;
    let notes: Vec<Note> = remarks::notes(&application::remarks(&desk, site.press(), acting, &filling.file, None).await?).collect();
    Ok(sign::page(&SignPage {
        head: load::head(&view),
        stage: &stage.label,
        action: format!("{}/sign", steps.base()),
        sheet: Sheet { notes: &notes, holders: &holders, ..read(&view, &view.pack, forms, filed) },
        papers: load::by_slot(&view.pack, stage, &view.application.papers, &known),
        version: view.version,
        prepared_at: load::prepared_at(&view.application, &filling.stage),
        errors: &undone.errors,
        refused: undone.refused.clone(),
        note: &undone.note,
    }))
}

/// Where the papers of a stage stand in a post.
pub(super) fn slots(view: &FileView, stage: &str) -> Result<Vec<(String, String)>, Error> {
    let (stage, _) = load::filling(view, stage)?;
    Ok(stage.materials.iter().map(|slot| (slot.value().clone(), path(slot))).collect())
}
