//! Consortia side by side: what a bureau compares to find the same application handed in twice.

use policy::pack::{FieldKind, Pack};
use records::access::{Acting, may_conduct};
use records::application::{Application, Phase, sections_fields};
use store::Page;

use super::Wanted;
use super::list::applications_after;
use crate::desk::{Desk, only};
use crate::on_file::load_all;
use crate::{ServiceError, compiled_once};

/// A file that names members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consortium {
    /// The file.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Who leads.
    pub lead: String,
    /// Ids and names of its members.
    pub members: Vec<(String, String)>,
    /// What its applicant wrote: every long text of its forms, in order.
    pub text: String,
}

/// The live files of a procedure that name members, of those a bureau may see.
#[compiled_once]
pub async fn consortia(desk: &Desk<'_>, acting: &Acting, programme: &str, procedure: &str) -> Result<Vec<Consortium>, ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let wanted = Wanted { programme: Some(programme.to_owned()), procedure: Some(procedure.to_owned()), ..Wanted::default() };
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let rows = applications_after(desk, acting, &wanted, &after).await?;
        let Some(last) = rows.last() else { return Ok(all) };
        after.clone_from(&last.id);
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let mut files = load_all::<Application>(desk.store, &ids).await?;
        files.sort_by(|one, other| one.id.cmp(&other.id));
        for file in files.into_iter().filter(is_live) {
            let lead = rows.iter().find(|row| row.id == file.id.as_str()).map_or(String::new(), |row| row.applicant_name.clone());
            all.push(consortium(desk.pack(&file.programme, &file.version)?, file, lead));
        }
        if rows.len() < usize::try_from(Page::SIZE_MAX).unwrap_or(usize::MAX) {
            return Ok(all);
        }
    }
}

fn is_live(file: &Application) -> bool {
    !file.participants.is_empty() && !matches!(file.phase, Phase::Refused { .. } | Phase::Withdrawn { .. })
}

fn consortium(pack: &Pack, file: Application, lead: String) -> Consortium {
    let stages = pack.stages_of(&file.procedure).into_iter();
    let forms = stages.flat_map(|stage| &stage.forms).filter_map(|form| pack.form(form));
    let fields = forms.flat_map(|form| &form.sections).flat_map(sections_fields);
    let long = fields.filter(|field| matches!(field.kind, FieldKind::LongText { .. }));
    let texts: Vec<&str> = long.map(|field| file.filed.text(&field.path)).filter(|text| !text.is_empty()).collect();
    let members = file.participants.iter().map(|one| (one.member.organisation.to_string(), one.member.name.clone()));
    Consortium {
        text: texts.join("\n"),
        members: members.collect(),
        number: file.number.clone().unwrap_or_default(),
        id: file.id.to_string(),
        lead,
    }
}
