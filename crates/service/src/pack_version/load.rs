//! Loading a pack from an archive.

use papers::archive::{self, Limits};
use policy::files::{PackFiles, digest};
use records::Refusal;
use records::access::{Acting, may_load_packs};
use records::pack_version::{Loading, PackVersion, changed};
use tokio::task::spawn_blocking;

use super::examine::{Examined, Unfit, examine};
use super::open::save;
use crate::desk::{Desk, only};
use crate::on_file::load as on_file;
use crate::{ServiceError, compiled_once};

/// Bytes of an archive.
pub const ARCHIVE_MAX_BYTES: usize = 2 << 20;
/// Bytes of a pack's texts together: they go into one entry of the journal. The largest pack so far has a third of it.
pub const PACK_MAX_BYTES: u64 = 600 << 10;
/// Files and folders of an archive.
pub const FILES_MAX: usize = 500;

/// What became of an archive.
#[derive(Clone, Debug)]
pub enum Loaded {
    /// It waits to be opened.
    Kept {
        /// The programme.
        programme: String,
        /// The version.
        version: String,
    },
    /// It has problems and was not kept.
    Unfit(Unfit),
}

/// Takes a pack in from an archive. Nothing is kept unless the whole pack compiles and all its worked cases hold.
///
/// # Errors
/// The archive is none or a hostile one, or the version is in use with other content.
#[compiled_once]
pub async fn load(desk: &Desk<'_>, acting: &Acting, archive: Vec<u8>) -> Result<Loaded, ServiceError> {
    only(may_load_packs(acting))?;
    let files = spawn_blocking(move || unpacked(&archive)).await.map_err(|_| ServiceError::Broken)??;
    if let Some((programme, version)) = policy::load::identity(&files) {
        unchanged(desk, &programme, &version, &files).await?;
    }
    let examined = match examined(desk, files).await? {
        Ok(examined) => examined,
        Err(faults) => return Ok(Loaded::Unfit(faults)),
    };
    let loading = loading(&examined);
    let (programme, version) = (loading.programme.clone(), loading.version.clone());
    let before = on_file::<PackVersion>(desk.store, &PackVersion::id(&programme, &version)).await?;
    let events = PackVersion::load(before.as_ref().map(|before| &before.state), loading, &acting.account, desk.edge.now)?;
    save(desk, acting, &PackVersion::id(&programme, &version), before.as_ref(), &events).await?;
    Ok(Loaded::Kept { programme, version })
}

fn unpacked(archive: &[u8]) -> Result<PackFiles, Refusal> {
    let limits = Limits { entries: FILES_MAX, unpacked_bytes: PACK_MAX_BYTES };
    let files = archive::texts(archive, &["toml", "md"], "pack.toml", &limits);
    files.map_err(|error| Refusal::fields(vec![records::FieldError::new("archive", error.to_string())]))
}

/// A version in use keeps its files, whether it travels with the program or was opened before.
async fn unchanged(desk: &Desk<'_>, programme: &str, version: &str, files: &PackFiles) -> Result<(), ServiceError> {
    let Some(known) = desk.library.now().loaded(programme, version) else { return Ok(()) };
    let same = digest(&known.files) == digest(files);
    Err(if same {
        Refusal::new(format!("版本“{version}”已在使用，内容与本次上传的完全相同，不需要再次加载。"))
    } else {
        changed(version)
    }
    .into())
}

/// Compiling takes its time, so it is done beside the pages and not between them.
pub(super) async fn examined(desk: &Desk<'_>, files: PackFiles) -> Result<Result<Examined, Unfit>, ServiceError> {
    let library = desk.library.now().clone();
    spawn_blocking(move || examine(&library, &files)).await.map_err(|_| ServiceError::Broken)
}

fn loading(examined: &Examined) -> Loading {
    let (pack, files) = (&examined.loaded.pack, PackFiles::clone(&examined.loaded.files));
    Loading { programme: pack.id.clone(), version: pack.version.clone(), title: pack.title.clone(), digest: digest(&files), files }
}
