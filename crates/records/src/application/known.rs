//! What the platform knows itself: of the applicant, the standings, the batch. It stands above what anybody states.

use policy::pack::{Known, Pack, Source};
use policy::program::Type;
use standards::size::SizeClass;
use standards::text::half_width;

use super::{Application, Knowing};
use crate::Moment;
use crate::answers::Answers;
use crate::organisation::Organisation;

/// Writes into the facts of a case what the platform knows.
pub(super) fn known(pack: &Pack, application: &Application, knowing: &Knowing, now: Moment, inputs: &mut Answers) {
    for fact in &pack.known {
        match (&fact.source, fact.kind) {
            (Source::Standing { procedure, of: Some((kind, named)) }, _) if *kind > 0 => {
                let holders = knowing.holders.get(procedure);
                let held = |name: &str| if holders.is_some_and(|holders| holders.contains(name)) { "是" } else { "否" };
                known_rows(pack, fact, *named, |name| Some(held(name).to_owned()), inputs);
            }
            (Source::Settled { procedure, what, of: Some((kind, named)) }, _) if *kind > 0 => {
                let of = knowing.settled.get(procedure);
                known_rows(pack, fact, *named, |name| of.and_then(|of| of.get(name)).and_then(|one| one.text(what)), inputs);
            }
            (Source::Settled { procedure, what, of }, 0) => {
                let name = of.map(|(_, named)| squeezed(inputs.text(&pack.inputs[0][named].id()))).unwrap_or_default();
                let found = knowing.settled.get(procedure).and_then(|of| of.get(&name)).and_then(|one| one.text(what));
                inputs.set(&pack.inputs[0][fact.input].id(), &found.unwrap_or_default());
            }
            (_, 0) => {
                if let Some(text) = known_text(pack, application, knowing, now, fact, inputs) {
                    inputs.set(&pack.inputs[0][fact.input].id(), &text);
                }
            }
            _ => {}
        }
    }
}

fn known_rows(pack: &Pack, fact: &Known, named: usize, known: impl Fn(&str) -> Option<String>, inputs: &mut Answers) {
    let (name, of) = (&pack.inputs[fact.kind as usize][fact.input].name, &pack.inputs[fact.kind as usize][named].name);
    for row in inputs.rows.entry(pack.kinds[fact.kind as usize].id.clone()).or_default() {
        let text = row.texts.get(of).and_then(|text| known(&squeezed(text)));
        match text {
            Some(text) => drop(row.texts.insert(name.clone(), text)),
            None => drop(row.texts.remove(name)),
        }
    }
}

/// A party's name as it is compared.
pub fn squeezed(name: &str) -> String {
    half_width(name).split_whitespace().collect()
}

fn known_text(pack: &Pack, application: &Application, knowing: &Knowing, now: Moment, fact: &Known, inputs: &Answers) -> Option<String> {
    let applicant = &knowing.applicant;
    let yes = |is: bool| Some(if is { "是" } else { "否" }.to_owned());
    match &fact.source {
        Source::OrganisationName => Some(applicant.name.clone()),
        Source::OrganisationCode => applicant.credit_code.clone(),
        Source::OrganisationPlace => place_option(pack, fact, &applicant.place),
        Source::OrganisationSize => applicant.size().map(|size| size_option(size).to_owned()),
        Source::OrganisationQuality => Some(applicant.profile.quality.as_str().to_owned()),
        Source::OrganisationLegalPerson => legal_person(applicant).and_then(yes),
        Source::Standing { procedure, of: None } => yes(knowing.standings.contains(procedure)),
        Source::Standing { procedure, of: Some((_, named)) } => {
            let name = squeezed(inputs.text(&pack.inputs[0][*named].id()));
            let holders = knowing.holders.get(procedure);
            (!name.is_empty()).then(|| yes(holders.is_some_and(|holders| holders.contains(&name))))?
        }
        Source::Settled { .. } => None,
        Source::Granted { procedure } => knowing.granted_fen.get(procedure).map(|fen| format!("{}.{:02}元", fen / 100, fen % 100)),
        Source::SubmittedOn => Some(application.submitted_at.unwrap_or(now).day().to_string()),
        Source::BatchDeadlineOn => Some(knowing.batch.deadline_on.to_string()),
        Source::BatchNumber => Some(knowing.batch.number.to_string()),
    }
}

/// The option a pack has for a size class.
fn size_option(size: SizeClass) -> &'static str {
    match size {
        SizeClass::Micro => "micro",
        SizeClass::Small => "small",
        SizeClass::Medium => "medium",
        SizeClass::Large => "large",
    }
}

/// An individual business is no legal person: that stands in its credit code (GB 32100-2015). A branch has the same code
/// as a company, so of all others the platform knows nothing and what was stated stands.
fn legal_person(applicant: &Organisation) -> Option<bool> {
    let code = standards::credit_code::CreditCode::parse(applicant.credit_code.as_deref()?).ok()?;
    code.is_individual_business().then_some(false)
}

fn place_option(pack: &Pack, fact: &Known, place: &str) -> Option<String> {
    let own = standards::division::find(place)?;
    let Type::Choice(choice) = pack.inputs[0][fact.input].meta.ty else { return None };
    let options = &pack.choices[choice as usize].options;
    // A list of leagues and cities means the one a banner lies in.
    let mut upwards = std::iter::successors(Some(own), |place| standards::division::find(place.parent.as_deref()?));
    let named = |name: &String| options.iter().find(|word| word.label == *name || word.also.contains(name));
    let option = upwards.find_map(|division| named(&division.name)).or_else(|| options.get(usize::try_from(fact.otherwise?).ok()?));
    option.map(|word| word.id.clone())
}
