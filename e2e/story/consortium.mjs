// What a lead, its members and the offices write about a benchmark in Changji.

/** The first page of the application, by direction. */
export function report(direction, members = []) {
    const rows = members.map((name, at) => [`row.participant.${at + 1}.name`, name]);
    return {
        ...Object.fromEntries(rows),
        'project.direction': direction, 'project.industry': 'chemicals', 'project.joint': 'no',
        'enterprise.place': 'prefecture', 'enterprise.legal_person': 'yes', 'enterprise.role': direction === 'chain' || direction === 'cluster' ? 'leader' : 'industrial',
        'report.county': '测试县', 'report.quality': 'none', 'report.investment': '300',
        'report.intro': '测试企业，主营新材料，产品供应区内外客户。',
    };
}

/** What a member says of itself. */
export const MEMBER = {
    'page.industry': 'chemicals', 'participant-page.industry': 'chemicals', 'participant.place': 'prefecture', 'participant.legal_person': 'yes',
    'participant.size': 'small', 'participant.linked': 'yes', 'participant.under_reform': 'yes',
};

/** What the county finds. */
export const RECOMMENDED = Object.fromEntries(
    ['commitment_signed', 'recommended', 'reform_described', 'division_described', 'agreement_signed'].map((fact) => [`form.${fact}`, 'yes']),
);

const yes = (ids) => Object.fromEntries(ids.map((id) => [`judge.${id}`, 'yes']));

/** What the prefecture finds, stage by stage. */
export const CHECKED = { 'participant.confirmed': 'yes', ...yes(['finances', 'credit', 'agency-alone', 'not-similar']) };
export const REVIEWED = yes(['platform-built', 'empowerment', 'going-abroad']);
export const SELECTED = { 'enterprise.selected_as_lead': 'no', 'grant.amount': '50', ...yes(['selected']) };
