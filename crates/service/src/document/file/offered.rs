//! Which papers a file has, and for whom.

use policy::pack::Pack;
use records::access::Sight;
use records::application::Phase;
use records::ids::OrganisationId;

use super::form::forms;
use super::{audit, decision, member, stage};
use crate::application::FileView;
use crate::document::DocumentKind;

/// The papers that a file has now for whoever looks at it, in the order of its work.
pub fn offered(view: &FileView) -> Vec<(DocumentKind, String)> {
    let pack = &view.pack;
    let mut all: Vec<(DocumentKind, String)> = forms(view).map(|form| (DocumentKind::Form(form.id.clone()), form.label.clone())).collect();
    all.extend(member::pages(view));
    let plain = [DocumentKind::Correction, DocumentKind::Refusal, DocumentKind::Audit, DocumentKind::Decision];
    let stages = pack.stages_of(&view.application.procedure).into_iter();
    all.extend(stages.map(|stage| (DocumentKind::Stage(stage.id.clone()), stage::title(pack, stage))));
    all.extend(plain.into_iter().map(|kind| (kind.clone(), kind.label().to_owned())));
    all.retain(|(kind, _)| may_have(view, kind));
    all
}

/// Whether papers of a kind are for somebody who sees a file so: experts read forms and members' pages; a member its own page
/// alone; what an office wrote for itself in a check without a form is for offices and the supervisor alone.
pub(in crate::document) fn is_shown(sight: Sight, reader: Option<&OrganisationId>, kind: &DocumentKind, pack: &Pack) -> bool {
    let office = matches!(sight, Sight::Office | Sight::Supervisor);
    match kind {
        DocumentKind::Member { organisation, .. } if sight == Sight::Participant => reader.is_none_or(|reader| reader == organisation),
        _ if sight == Sight::Participant => false,
        DocumentKind::Form(_) => true,
        DocumentKind::Member { .. } => sight != Sight::Provider,
        DocumentKind::Stage(id) => office || (sight != Sight::Expert && pack.stage(id).is_some_and(stage::is_report)),
        DocumentKind::Correction | DocumentKind::Refusal | DocumentKind::Audit | DocumentKind::Decision => sight != Sight::Expert,
        DocumentKind::Supervision | DocumentKind::Publicity | DocumentKind::PaymentList | DocumentKind::Monthly => false,
    }
}

/// Whether a file has a paper of this kind now, for whoever looks at it; of the pages of members a member sees its own.
pub fn may_have(view: &FileView, kind: &DocumentKind) -> bool {
    is_shown(view.sight.sight(), None, kind, &view.pack) && is_there(view, kind)
}

fn is_there(view: &FileView, kind: &DocumentKind) -> bool {
    match kind {
        DocumentKind::Form(id) => forms(view).any(|form| form.id == *id),
        DocumentKind::Member { .. } => member::pages(view).any(|(known, _)| known == *kind),
        DocumentKind::Stage(id) => view.pack.stage(id).is_some_and(|stage| stage::is_done(view, stage)),
        DocumentKind::Correction => matches!(view.application.phase, Phase::Correcting(_)),
        DocumentKind::Refusal => matches!(view.application.phase, Phase::Refused { .. }),
        DocumentKind::Audit => audit::is_there(view),
        DocumentKind::Decision => decision::is_there(view),
        DocumentKind::Supervision | DocumentKind::Publicity | DocumentKind::PaymentList | DocumentKind::Monthly => false,
    }
}
