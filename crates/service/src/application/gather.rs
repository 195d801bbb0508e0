//! What lies below, gathered: a file may begin with the rows of others' files, and take them anew while it is filled in.

use policy::pack::Pack;
use records::access::Acting;
use records::account::Role;
use records::answers::Answers;
use records::application::{Application, FileWord, gathered as merged};
use store::{ApplicationFilter, ApplicationSort, Page};

use super::draft::{current, put};
use super::seen;
use crate::desk::Desk;
use crate::on_file::{self, load_all};
use crate::{ServiceError, compiled_once};

/// Most files that are gathered; a province has a few dozen cities.
const FILES_MAX: i64 = 500;

/// Takes the rows of the files below anew into what is being filled in, in place of those it has; answers the draft's version.
///
/// # Errors
/// [`ServiceError::Conflict`] if somebody else saved since `version`.
#[compiled_once]
pub async fn gather(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str, version: i64) -> Result<i64, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    if file.pack.procedure(&file.state().procedure).is_none_or(|procedure| procedure.gathers.is_none()) {
        return Err(ServiceError::NotFound);
    }
    let (_, mut draft) = current(desk, &file, stage).await?;
    draft.answers.rows.extend(gathered(desk, file.state(), &file.pack).await?.rows);
    put(desk, acting, id, stage, version, &draft).await
}

/// The rows of the files of the applicant's place and the places within it that ended well; the newest states what several do.
pub(super) async fn gathered(desk: &Desk<'_>, application: &Application, pack: &Pack) -> Result<Answers, ServiceError> {
    let Some(gathers) = pack.procedure(&application.procedure).and_then(|procedure| procedure.gathers.as_ref()) else {
        return Ok(Answers::default());
    };
    let filter = ApplicationFilter {
        programme: Some(application.programme.clone()),
        procedure: Some(gathers.from.clone()),
        states: vec![FileWord::Concluded.as_str().to_owned()],
        place_path: Some(on_file::place_path(&application.place)),
        ..ApplicationFilter::default()
    };
    let found = desk.store.applications(&filter, ApplicationSort::Newest, Page::first(FILES_MAX)).await?;
    let ids: Vec<String> = found.rows.into_iter().map(|row| row.id).collect();
    let mut files: Vec<Application> = load_all(desk.store, &ids).await?;
    files.sort_by(|one, other| (other.submitted_at, &other.id).cmp(&(one.submitted_at, &one.id)));
    Ok(merged(pack, gathers, files.iter().enumerate().map(|(at, file)| (format!("g{}", at + 1), &file.filed))))
}
