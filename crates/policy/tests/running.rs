//! What a pack says of procedures, forms and what the platform knows, as those who run it read it.
#![allow(clippy::unwrap_used)]

mod support;

use policy::pack::{Body, Field, FieldKind, Form, Grants, Pack, Source};
use policy::spec::StageSpec;
use standards::{Calendar, Date};
use support::packs::{hohhot, named};

fn fixture() -> &'static Pack {
    &named("every-shape").pack
}

fn fields(form: &Form) -> impl Iterator<Item = &Field> {
    form.sections.iter().flat_map(|section| match &section.body {
        Body::Fields(fields) | Body::Rows { fields, .. } => fields.as_slice(),
        Body::Questions { .. } | Body::Scenarios { .. } => &[],
    })
}

fn field<'p>(pack: &'p Pack, form: &str, path: &str) -> &'p Field {
    let form = pack.form(form).unwrap_or_else(|| panic!("no form {form}"));
    fields(form).find(|field| field.path == path).unwrap_or_else(|| panic!("no field {path}"))
}

#[test]
fn stages_of_a_procedure_follow_one_another() {
    let check = |pack: &Pack, procedure: &str, expected: &[&str]| {
        let found: Vec<&str> = pack.stages_of(procedure).iter().map(|stage| stage.id.as_str()).collect();
        assert_eq!(found, expected, "{procedure}");
    };
    check(fixture(), "listing", &["listing-apply", "listing-check", "listing-publicity"]);
    check(fixture(), "nothing", &[]);
    let all = ["notice", "apply", "qualification", "evaluation", "audit", "review", "publicity", "disbursement"];
    check(hohhot(), "subsidy", &all);
}

#[test]
fn stages_of_no_procedure_are_still_shown() {
    let shown: Vec<&StageSpec> = fixture().stages.iter().filter(|stage| stage.of.is_none()).collect();
    assert_eq!(shown.len(), 8);
}

#[test]
fn a_procedure_says_who_applies_and_what_for() {
    let grant = fixture().procedure("grant").unwrap();
    assert_eq!((grant.grants, grant.needs.as_slice()), (Grants::Award, &["listing".to_owned()][..]));
    assert!(fixture().procedure("nothing").is_none());
    assert!(fixture().material("application").is_some() && fixture().stage("grant-pay").is_some());
}

#[test]
fn a_field_takes_from_its_fact_what_it_does_not_say() {
    let industry = field(fixture(), "profile", "enterprise.industry");
    assert_eq!((industry.label.as_str(), industry.clause.as_str(), industry.required), ("主营行业", "1.3", true));
    let signed = field(fixture(), "grant-form", "contract.signed_on");
    assert_eq!(signed.label, "签订日期");
    assert!(matches!(signed.kind, FieldKind::Fact { kind, .. } if fixture().kinds[kind as usize].id == "contract"));
}

#[test]
fn another_forms_field_stands_under_its_own_path() {
    let phone = field(fixture(), "grant-form", "profile.phone");
    assert!(matches!(phone.kind, FieldKind::Phone) && phone.required);
    assert_eq!(field(fixture(), "grant-form", "profile.address").label, "项目地址");
}

#[test]
fn texts_of_one_part_count_together() {
    let count = |pack: &Pack, form: &str, path: &str| match field(pack, form, path).kind {
        FieldKind::LongText { min_chars, counts, .. } => (min_chars, counts.map(|input| pack.inputs[0][input].id())),
        _ => panic!("{path} is no long text"),
    };
    let words = |name: &str| Some(format!("summary.{name}_words"));
    for part in ["foundation", "management", "outcome", "business"] {
        assert_eq!(count(hohhot(), "summary", &format!("summary.{part}")), (0, words("content")));
    }
    assert_eq!(count(hohhot(), "summary", "summary.basics"), (500, words("basics")));
    assert_eq!(count(hohhot(), "summary", "summary.features"), (500, words("features")));
}

#[test]
fn the_platform_knows_what_the_pack_says_it_knows() {
    let source = |pack: &Pack, path: &str| {
        let is_it = |known: &&policy::pack::Known| pack.inputs[known.kind as usize][known.input].id() == path;
        pack.known.iter().find(is_it).map(|known| (known.source.clone(), known.otherwise))
    };
    assert_eq!(source(fixture(), "enterprise.district"), Some((Source::OrganisationPlace, Some(1))));
    assert_eq!(source(fixture(), "enterprise.roster"), Some((Source::Standing { procedure: "listing".into(), of: None }, None)));
    let contract = fixture().kind("contract").unwrap();
    let seller = fixture().inputs[contract as usize].iter().position(|input| input.name == "seller").unwrap();
    let pooled = Source::Standing { procedure: "providers".into(), of: Some((contract, seller)) };
    assert_eq!(source(fixture(), "contract.pooled"), Some((pooled, None)));
    assert_eq!(source(fixture(), "enterprise.industry"), None);
}

#[test]
fn a_review_says_how_experts_score() {
    let review = fixture().review("showcase-review").unwrap();
    assert_eq!((review.reviewers, review.apart_hundredths, review.blind, review.elsewhere), (3, Some(2_000), true, true));
    let input = |at: Option<usize>| at.map(|at| fixture().inputs[0][at].id());
    assert_eq!((input(review.field), input(review.settles)), (Some("enterprise.industry".into()), Some("showcase.score".into())));
    let sheet = fixture().form(&review.sheet).unwrap();
    assert_eq!(sheet.scores().collect::<Vec<_>>(), [("score-sheet.plan", 6_000), ("score-sheet.effect", 4_000)]);
    assert_eq!(sheet.full_hundredths(), 10_000);
    assert!(field(fixture(), "score-sheet", "score-sheet.plan").required);
    assert!(fixture().review("showcase-apply").is_none());
}

#[test]
fn a_limit_ends_on_its_last_day() {
    let check = |stage: &str, start: &str, due: &str| {
        let limit = fixture().stage(stage).and_then(|stage| stage.limit.as_ref()).unwrap();
        let found = policy::limit_due(limit, Date::parse(start).unwrap(), Calendar::national()).unwrap();
        assert_eq!(found, Date::parse(due).unwrap(), "{stage} from {start}");
    };
    check("apply", "2025-03-01", "2025-03-30");
    check("check", "2025-09-26", "2025-10-10");
    check("review", "2025-03-01", "2025-03-17");
    check("result", "2025-03-01", "2025-03-03");
}
