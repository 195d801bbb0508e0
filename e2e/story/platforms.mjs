// What service platforms write in the application of 2023: report, summary of the enterprises served, targets.

const INDICATORS = [
    'digital_rate', 'networked_rate', 'cloud_rate', 'management_tools', 'order_splitting', 'delivery_time', 'shipping_accuracy',
    'average_level', 'common_scenarios', 'own_scenarios', 'satisfaction', 'training', 'response', 'warranty',
];

/** How many rows a platform that serves so many enterprises fills in. */
export const rowsOf = (served) => ({ member: served, performance: INDICATORS.length });

/** What it writes: an enterprise a row, each with 80万元 of cost; every indicator once. */
export function platform(name, served) {
    const members = Array.from({ length: served }, (_, at) => [`row.member.${at + 1}.name`, `${name}服务的第${at + 1}家企业`]);
    const targets = INDICATORS.map((indicator, at) => [`row.performance.${at + 1}.indicator`, indicator]);
    return {
        ...Object.fromEntries([...members, ...targets]),
        'platform.sub_industry': 'i038', 'application.other_evidence': 'no',
        ...Object.fromEntries(['legal_person', 'consulting', 'diagnosis', 'equipment', 'software'].map((fact) => [`platform.${fact}`, 'yes'])),
        ...Object.fromEntries(['sme', 'contract', 'invoice', 'effect', 'pilot', 'cost_evidence'].map((fact) => [`member.${fact}`, 'yes'])),
        'member.sub_industry': 'i038', 'member.served_on': '2023-02-10', 'member.cost_basis': 'standard', 'member.actual_cost': '80',
        'performance.initial': '40', 'performance.target': '60',
    };
}
