//! Handing in: one person fills in, another signs.

use policy::pack::FieldKind;
use policy::spec::StageSpec;
use records::access::Acting;
use records::account::Role;
use records::application::{Asked, Filing, Progress, sections_fields};
use records::ids::OrganisationId;
use records::{FieldError, Refusal};

use super::draft::{current, key};
use super::{FileAt, commit_file, seen};
use crate::desk::{Desk, not_mandated};
use crate::{ServiceError, compiled_once, token};

/// How often a signature is tried again that met another one of the same organisation.
const TRIES: usize = 4;

/// Hands the saved draft of a stage to the certifier.
#[compiled_once]
pub async fn prepare(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str) -> Result<(), ServiceError> {
    let mut file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Handler, version)?;
    let (_, draft) = current(desk, &file, stage).await?;
    let mut filing = within(&file, stage, Filing::from(draft))?;
    filing.provider = provider(desk, &file, stage, &filing).await?;
    file.look_up(desk, &filing.answers).await?;
    attach(desk, &file, acting.organisation.as_str(), &filing).await?;
    super::invoice::not_used_twice(desk, &file, stage, &filing).await?;
    filing.invoices = super::invoice::to_claim(desk, &file, &filing).await?;
    let by = acting.by();
    let events = file.state().prepare(stage, filing, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, vec![key(id, stage)]).await
}

/// Everybody changes only what is there for them: others what the forms of their stage ask for, the applicant everything
/// but what others stated and handed in.
fn within(file: &FileAt, stage: &str, filing: Filing) -> Result<Filing, ServiceError> {
    let (spec, state) = (file.stage(stage)?, file.state());
    let stages = file.pack.stages_of(&state.procedure);
    let applicant = file.pack.procedure(&state.procedure).map(|procedure| procedure.applicant);
    let (own, others): (Vec<&StageSpec>, Vec<&StageSpec>) = stages.into_iter().partition(|stage| Some(stage.actor) == applicant);
    if applicant != Some(spec.actor) {
        let asked = filing.answers.only(&file.pack, spec);
        let papers = filing.papers.into_iter().filter(|(slot, _)| takes(spec, slot));
        let papers = state.papers.clone().into_iter().chain(papers).collect();
        return Ok(Filing { answers: state.filed.overlaid(&asked), papers, ..Filing::default() });
    }
    let asked = |stages: &[&StageSpec]| stages.iter().map(|stage| Asked::of(&file.pack, stage)).collect::<Vec<_>>();
    let (own_asked, others_asked) = (asked(&own), asked(&others));
    let foreign = |path: &str| others_asked.iter().any(|one| one.has(path)) && !own_asked.iter().any(|one| one.has(path));
    let mut answers = filing.answers;
    answers.texts.retain(|path, _| !foreign(path));
    answers.texts.extend(state.filed.texts.clone().into_iter().filter(|(path, _)| foreign(path)));
    let others_paper = |slot: &str| others.iter().any(|stage| takes(stage, slot)) && !own.iter().any(|stage| takes(stage, slot));
    let mut papers = filing.papers;
    papers.retain(|slot, _| !others_paper(slot));
    papers.extend(state.papers.clone().into_iter().filter(|(slot, _)| others_paper(slot)));
    Ok(Filing { answers, papers, ..Filing::default() })
}

fn takes(stage: &StageSpec, slot: &str) -> bool {
    stage.materials.iter().any(|material| material.value() == slot)
}

/// Papers that a file quotes stay: they cannot be removed any more. Besides its own an organisation quotes only what stands
/// in its earlier files, where others (a provider, a third party) have put papers too.
async fn attach(desk: &Desk<'_>, file: &FileAt, organisation: &str, filing: &Filing) -> Result<(), ServiceError> {
    let known: Vec<_> = file.state().papers.values().flatten().collect();
    let fresh: Vec<_> = filing.papers.values().flatten().filter(|paper| !known.contains(paper)).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let earlier = super::prefill::earlier(desk, file.state(), &file.pack).await?;
    let quoted: Vec<_> = earlier.papers.values().flatten().collect();
    let ids: Vec<String> = fresh.into_iter().filter(|paper| !quoted.contains(paper)).map(ToString::to_string).collect();
    if ids.is_empty() || desk.store.attach_papers(organisation, &ids).await? {
        return Ok(());
    }
    Err(Refusal::new("有材料尚未通过安全检查或者已被删除，请在“材料”中核对后再提交。").into())
}

/// The provider a field names: one that holds the standing asked for.
async fn provider(desk: &Desk<'_>, file: &FileAt, stage: &str, filing: &Filing) -> Result<Option<OrganisationId>, ServiceError> {
    let forms = file.stage(stage)?.forms.iter().filter_map(|form| file.pack.form(form));
    let fields: Vec<_> = forms.flat_map(|form| &form.sections).flat_map(sections_fields).collect();
    for field in fields {
        let (FieldKind::Provider { standing }, text) = (&field.kind, filing.answers.text(&field.path)) else { continue };
        if text.is_empty() {
            continue;
        }
        let held = desk.store.standings(text).await?;
        if held.iter().any(|row| row.programme == file.pack.id && row.procedure == *standing) {
            return Ok(Some(text.into()));
        }
        return Err(Refusal::fields(vec![FieldError::new(&field.path, format!("请在名单中选择“{}”。", field.label))]).into());
    }
    Ok(None)
}

/// Signs what was filled in and submits it; answers the number it was given.
#[compiled_once]
pub async fn sign(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str) -> Result<String, ServiceError> {
    not_mandated(acting)?;
    for _ in 1..TRIES {
        match sign_once(desk, acting, id, version, stage).await {
            Err(ServiceError::Conflict) => {}
            done => return done,
        }
    }
    sign_once(desk, acting, id, version, stage).await
}

/// A conflict may be over the file, which stays one, or over what its applicant leads: then the refusal says so the next time.
async fn sign_once(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str) -> Result<String, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Certifier, version)?;
    if let Some(Progress::Prepared { by, .. }) = file.state().stages.get(stage).map(|state| &state.progress) {
        token::not_own(desk, acting, by.as_str()).await?;
    }
    let filing = Filing { answers: file.state().filed.clone(), papers: file.state().papers.clone(), ..Filing::default() };
    super::invoice::not_used_twice(desk, &file, stage, &filing).await?;
    let by = acting.by();
    let number = file.state().number.clone().unwrap_or_else(|| number(desk));
    let events = file.state().sign(stage, number.clone(), &file.at(desk, &by))?;
    let mut together = super::Together::default();
    if let Some(change) = super::lead::changed(desk, &file, &by, &events)? {
        together.add(change);
    }
    together.add_file(desk, &file, &by, &events).await?;
    together.commit(desk, &file.state().programme, &by).await?;
    Ok(number)
}

/// 受理编号: the day and five random characters without look-alikes; sequences would tell strangers how many applied.
fn number(desk: &Desk<'_>) -> String {
    let id = desk.edge.id();
    let day = desk.today().to_string().replace('-', "");
    format!("{day}-{}", id[id.len() - 6..].to_uppercase())
}

/// Gives a filled-in form back.
#[compiled_once]
pub async fn give_back(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, stage: &str, note: &str) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    let file = seen(desk, acting, id).await?;
    file.only_worker_of(desk, acting, stage, Role::Certifier, version)?;
    let by = acting.by();
    let events = file.state().give_back(stage, note, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}

/// Gives a file up.
#[compiled_once]
pub async fn withdraw(desk: &Desk<'_>, acting: &Acting, id: &str, version: i64, reason: &str) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    let file = seen(desk, acting, id).await?;
    crate::desk::only(acting.organisation == file.state().applicant && acting.is(Role::Certifier))?;
    file.looked_at(version)?;
    let by = acting.by();
    let events = file.state().withdraw(reason, &file.at(desk, &by))?;
    commit_file(desk, &file, &by, &events, Vec::new()).await
}
