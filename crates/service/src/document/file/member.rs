//! The pages of members of a consortium as papers.

use std::collections::BTreeMap;

use papers::paper::Paper;
use policy::pack::{Form, Pack};
use records::application::Participant;
use records::ids::OrganisationId;

use super::Given;
use super::form::case_of;
use crate::application::FileView;
use crate::document::DocumentKind;
use crate::document::sheet::Membership;

/// The pages of the members who joined; to a member those of others are empty, and none of them is a paper.
pub(super) fn pages(view: &FileView) -> impl Iterator<Item = (DocumentKind, String)> {
    let members = view.pack.members(&view.application.procedure).into_iter();
    let forms = members.flat_map(|members| &members.join.forms).filter_map(|form| view.pack.form(form));
    let said = |one: &&Participant| one.has_joined() && !one.answers.is_empty();
    forms.flat_map(move |form| view.application.participants.iter().filter(said).map(move |one| page(form, one)))
}

fn page(form: &Form, one: &Participant) -> (DocumentKind, String) {
    let kind = DocumentKind::Member { form: form.id.clone(), organisation: one.member.organisation.clone() };
    (kind, format!("{}（{}）", form.label, one.member.name))
}

pub(super) fn paper(given: &Given, form: &str, organisation: &OrganisationId) -> Option<Paper> {
    let (one, form) = (given.view.application.participant(organisation)?, given.view.pack.form(form)?);
    Some(given.membership()?.paper(one, form))
}

/// The page of a member that stands in no file; none where the procedure has no members.
pub fn member_alone(pack: &Pack, procedure: &str, form: &Form, one: &Participant) -> Option<Paper> {
    Some(Membership::of(pack, procedure, &case_of(pack, &one.answers), &BTreeMap::new())?.paper(one, form))
}
