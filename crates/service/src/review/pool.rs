//! The experts of the platform, and what they have at hand.

use policy::pack::{Choice, Pack, Review};
use policy::program::Type;
use records::access::Acting;
use records::organisation::{Organisation, OrganisationKind};
use standards::text::squash;
use store::{Assignee, InboxFilter, OrganisationFilter, Page};

use crate::ServiceError;
use crate::desk::{Desk, only};
use crate::on_file::load_all;

/// Every expert who may be asked; for bureaus that conduct.
pub(super) async fn experts(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Organisation>, ServiceError> {
    only(matches!(acting.kind, OrganisationKind::CityBureau | OrganisationKind::RegionBureau))?;
    let kinds = vec![OrganisationKind::Expert.as_str().to_owned()];
    let filter = OrganisationFilter { kinds, states: vec!["active".to_owned()], ..OrganisationFilter::default() };
    let rows = desk.store.organisations(&filter, Page::first(Page::SIZE_MAX)).await?.rows;
    let ids: Vec<String> = rows.into_iter().map(|row| row.id).collect();
    load_all(desk.store, &ids).await
}

/// How many files an expert has still to score.
pub(super) async fn load(desk: &Desk<'_>, expert: &Organisation) -> Result<usize, ServiceError> {
    let filter = InboxFilter {
        actors: vec![OrganisationKind::Expert.as_str().to_owned()],
        assignee: Assignee::Own(expert.id.to_string()),
        ..InboxFilter::default()
    };
    let total = desk.store.inbox(&filter, Page::first(1)).await?.total;
    Ok(usize::try_from(total).unwrap_or_default())
}

/// The choice that experts' fields are matched with.
pub(super) fn choice<'p>(pack: &'p Pack, review: &Review) -> Option<&'p Choice> {
    match pack.inputs[0][review.field?].meta.ty {
        Type::Choice(choice) => pack.choices.get(choice as usize),
        _ => None,
    }
}

/// The options an expert knows, by their ids: a field is written as the option's label, another name of it, or its id.
pub(super) fn fields(choice: Option<&Choice>, expert: &Organisation) -> std::collections::BTreeSet<String> {
    let options = choice.map_or(&[][..], |choice| choice.options.as_slice());
    let knows = |name: &String| expert.profile.fields.iter().any(|field| squash(field) == squash(name));
    let known = options.iter().filter(|word| [&word.id, &word.label].into_iter().chain(&word.also).any(knows));
    known.map(|word| word.id.clone()).collect()
}
