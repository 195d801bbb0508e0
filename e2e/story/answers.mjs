// What the people of the story write. All of it is made up; the division digits of the credit codes are 000000, which no
// authority registers under.

const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A credit code valid in form (GB 32100-2015) and of no real body. */
export function creditCode(number) {
    const first = `91000000MA${String(number).padStart(7, '0')}`;
    const sum = [...first].reduce((sum, letter, at) => sum + LETTERS.indexOf(letter) * (3 ** at % 31), 0);
    return first + LETTERS[(31 - (sum % 31)) % 31];
}

const SCENARIOS = {
    constraint: ['product_design', 'marketing', 'production', 'quality_control', 'equipment_management', 'safety', 'energy_management', 'procurement', 'warehousing', 'finance'],
    guidance: ['process_design', 'after_sales', 'scheduling', 'human_resources', 'collaboration', 'decision'],
};

const scenarios = (level) => ({
    ...Object.fromEntries(SCENARIOS.constraint.map((id) => [`scenarios.${id}`, String(level)])),
    ...Object.fromEntries(SCENARIOS.guidance.map((id) => [`scenarios.${id}`, String(level - 1)])),
});

/** A whole assessment that comes to level three. */
export const LEVEL_THREE = {
    'answers.network': ['control_network', 'application_network', 'full_coverage'],
    'answers.data_collection': ['product_design', 'production', 'quality_control', 'equipment_management', 'procurement', 'finance', 'safety', 'energy_management', 'warehousing', 'marketing'],
    'answers.information_systems': 'most',
    'answers.network_security': ['rules', 'products', 'risk_assessment'],
    'answers.data_security': ['rules', 'products'],
    'answers.planning_execution': 'effective',
    'answers.management_system': ['workflow', 'system_rules', 'data_rules'],
    'answers.talent': ['staff', 'department', 'training'],
    'figures.devices': '80', 'figures.digital_devices': '52', 'figures.online_devices': '50',
    'figures.digital_investment': '300', 'figures.revenue_average': '2500',
    'figures.energy_last': '500', 'figures.energy_prior': '560',
    'figures.revenue_last': '6200', 'figures.revenue_prior': '5800',
    'figures.staff_last': '120', 'figures.staff_prior': '122',
    'figures.pass_rate_last': '98', 'figures.pass_rate_prior': '97',
    'figures.cost_last': '4700', 'figures.cost_prior': '4500',
    ...scenarios(3),
};

/** What an enterprise says of itself. */
export const PROFILE = {
    address: '测试路1号', legal_representative: '周一', contact: '吴二', phone: '0471-0000000', founded_on: '2012-05-20',
    trade: 'industry', staff: '120', revenue: '6200', bank: '测试银行测试支行', bank_account: '0000000000000001',
};

const NO = ['enterprise.giant_with_central_funds', 'enterprise.abnormal_listed', 'enterprise.dishonest_listed', 'contract.related'];

/** What an official states of an enterprise that nothing is wrong with. */
export const NOTHING_FOUND = Object.fromEntries(NO.map((fact) => [fact, 'no']));

/** The facts of an enterprise and its project with a provider, by day. */
export function project(enterprise, provider, day) {
    const parties = { buyer: enterprise, seller: provider, payer: enterprise, payee: provider };
    const of = (kind, names) => Object.fromEntries(names.map((name) => [`${kind}.${name}`, parties[name]]));
    return {
        ...NOTHING_FOUND,
        'enterprise.legal_person': 'yes', 'enterprise.industry': 'food', 'project.completed_on': day(-10),
        'filing.name': '生产线数字化改造项目', 'filing.provider': provider, 'filing.from': day(-90).slice(0, 7), 'filing.until': day(-10).slice(0, 7),
        'profile.willing': 'yes', 'application.level': 'level_3',
        ...of('contract', ['buyer', 'seller']), 'contract.signed_on': day(-80),
        ...of('invoice', ['buyer', 'seller']), 'invoice.issued_on': day(-40), 'invoice.sheet': 'electronic',
        ...of('payment', ['payer', 'payee']), 'payment.paid_on': day(-30), 'payment.means': 'transfer',
    };
}

const STARTED_MS = Date.now();
const buyers = [];

/** The number of an enterprise's invoice: the same whenever it is filled in, and nobody else's. */
function invoiceNumber(buyer, at) {
    if (!buyers.includes(buyer)) buyers.push(buyer);
    return `2615${String(STARTED_MS).padStart(14, '0')}${buyers.indexOf(buyer)}${at}`;
}

/** Four invoices: 60万元 of software, 20 of service, 40 of hardware, 5 of what does not count; the first three are paid. */
export const costs = (buyer) => Object.fromEntries(
    [['software', 60], ['service', 20], ['hardware', 40], ['excluded', 5]].flatMap(([cost, wan], at) => [
        [`row.invoice.${at + 1}.cost`, cost],
        [`row.invoice.${at + 1}.number`, invoiceNumber(buyer, at + 1)],
        [`row.invoice.${at + 1}.amount`, `${wan}万元`],
        [`row.payment.${at + 1}.amount`, `${wan}万元`],
        [`row.payment.${at + 1}.parent`, String(at + 1)],
    ]),
);

export const ROWS = { contract: 1, invoice: 4, payment: 3 };
