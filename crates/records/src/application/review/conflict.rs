//! Why an expert must not score a file (回避): what stands on record, and what was declared.

use policy::pack::Review;
use standards::division::is_within;
use standards::text::squash;

use crate::application::Application;
use crate::organisation::Organisation;

/// Whom a file concerns.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Who applies.
    pub applicant: &'a Organisation,
    /// The provider it names.
    pub provider: Option<&'a Organisation>,
}

/// Every reason known; none: the expert may score the file.
pub fn conflicts(file: &Application, parties: Parties, review: &Review, expert: &Organisation) -> Vec<String> {
    let mut reasons: Vec<String> = employed(file, parties, expert).into_iter().collect();
    if review.elsewhere && is_within(&expert.place, &parties.applicant.place) {
        reasons.push("与申报单位在同一地区".into());
    }
    let stages = file.begun_stages().flat_map(|stage| &stage.declarations);
    let declared = stages.filter(|one| one.conflict && one.organisation == expert.id);
    reasons.extend(declared.map(|one| format!("已声明存在利益关系：{}", one.note)));
    reasons
}

/// The expert works for the applicant, the provider, or somebody else the file names.
fn employed(file: &Application, parties: Parties, expert: &Organisation) -> Option<String> {
    let employer = squash(&expert.profile.employer);
    if employer.is_empty() {
        return None;
    }
    let same = |name: &str| squash(name) == employer;
    let rows = file.filed.rows.values().flatten().flat_map(|row| row.texts.values());
    if same(&parties.applicant.name) {
        Some("任职于申报单位".into())
    } else if parties.provider.is_some_and(|provider| same(&provider.name)) {
        Some("任职于本项目的服务商".into())
    } else if file.filed.texts.values().chain(rows).any(|text| same(text)) {
        Some(format!("任职单位“{}”是申报材料写明的一方", expert.profile.employer))
    } else {
        None
    }
}
