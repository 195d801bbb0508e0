// Benchmarks: an enterprise alone by what it was assessed at, a consortium of ten whose members join for themselves; half of
// them must be pilots, and money waits until every pilot has passed.
import { told } from '../people.mjs';
import { fillSheet, fillStage, handIn, sign } from '../sheet.mjs';
import { LEVEL_THREE } from '../story/answers.mjs';
import { CHECKED, MEMBER, RECOMMENDED, report, REVIEWED, SELECTED } from '../story/consortium.mjs';
import { administrator, both, calls, each, offices, registered } from '../story/settling.mjs';
import { assign, citesClause, declare, open, start } from '../story/steps.mjs';

const PROGRAMME = 'changji-benchmark';
const BENCHMARK = '中小企业数字化转型典型标杆申报';
const NAMES = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const MEMBERS = NAMES.map((_, at) => `m${at + 1}`);
// Five of ten are half; the last of them registers late.
const PILOTS = MEMBERS.slice(0, 4);
const LATE = MEMBERS[4];

const nameOf = ({ who }, keys) => keys.map((key) => who[key].organisation);

async function settled(story) {
    const { town, who } = story;
    await administrator(story, 'changji');
    await offices(story, [
        ['city', 'city_bureau', '测试州工业和信息化局', 'changji'],
        ['county', 'district_bureau', '测试县工业和信息化局', 'changji-city'],
        ['finance', 'finance_bureau', '测试州财政局', 'changji'],
        ['evaluator', 'evaluator', '测试评测中心', 'changji'],
    ]);
    await registered(story, [
        ['lead', 'enterprise', '测试链主材料有限公司', 'changji-city', 71],
        ['rival', 'enterprise', '测试另主材料有限公司', 'changji-city', 72],
        ...MEMBERS.map((key, at) => [key, 'enterprise', `测试配套${NAMES[at]}有限公司`, 'changji-city', 80 + at]),
    ]);
    for (const key of ['finance-two', 'finance-three']) {
        who[key] = await town.person(`财政${key}`, `${key}@example.cn`);
        await who.finance.goto('/people');
        await who.finance.fill({ name: who[key].name, email: who[key].email });
        await who.finance.tick('roles', 'certifier');
        await who.finance.press('发出邀请');
    }
    for (const key of ['finance-two', 'finance-three']) await who[key].join();
    for (const [procedure, label] of [['pilot', '试点登记'], ['acceptance', '验收评测'], ['benchmark', '典型标杆']]) {
        await calls(story, who.city, PROGRAMME, procedure, label);
    }
}

/** An enterprise files something and signs it; answers the file. */
async function filed({ who }, key, procedure, answers = {}, rows = {}) {
    const file = await start(who[key], procedure);
    await fillStage(who[key], file, { answers, rows });
    await handIn(who[key]);
    await sign(who[`${key}-signs`], file);
    return file;
}

async function passed({ town, check, who }, by, file, what, answers = {}) {
    await open(who[by], file, '办理审核');
    await fillSheet(who[by].page, answers, town.day());
    await who[by].press('通过', { exact: true });
    await check(what, who[by].has('已通过'), await who[by].text());
}

async function pilots(story, keys) {
    const files = new Map();
    await each(keys, async (key) => files.set(key, await filed(story, key, '试点企业登记', { 'pilot-page.industry': 'chemicals' })));
    for (const key of keys) await passed(story, 'city', files.get(key), `${key}: registered as a pilot`);
}

/** A third party assesses them at level three. */
async function accepted(story, keys) {
    const { town, check, who } = story;
    const files = new Map();
    await each(keys, async (key) => files.set(key, await filed(story, key, '验收评测', { 'acceptance-page.investment': '300' })));
    for (const key of keys) {
        const file = files.get(key);
        await assign(who.city, file, 'acceptance-assess', who.evaluator.organisation);
        await declare(who.evaluator, file);
        await open(who.evaluator, file, '填写评测');
        await fillSheet(who.evaluator.page, LEVEL_THREE, town.day());
        await who.evaluator.press('提交评测结果');
        await check(`${key}: assessed`, who.evaluator.has('已提交评测结果'), await who.evaluator.text());
        await passed(story, 'city', file, `${key}: passed its acceptance`);
    }
}

/** One enterprise, alone: too low for a factory, enough for a workshop. */
async function alone(story) {
    const { town, check, who, shot } = story;
    const factory = await filed(story, 'm1', BENCHMARK, report('factory'));
    await passed(story, 'county', factory, 'alone: the county recommends it', RECOMMENDED);
    await open(who.city, factory, '办理审核');
    await fillSheet(who.city.page, CHECKED, town.day());
    await who.city.press('通过', { exact: true });
    await check('alone: not accepted yet, no factory', async () => (await who.city.has('没有通过验收评测', '[role="alert"]')) && (await citesClause(who.city, '[role="alert"]')), await who.city.text());
    await accepted(story, ['m1']);
    await open(who.city, factory, '办理审核');
    await fillSheet(who.city.page, CHECKED, town.day());
    await who.city.press('通过', { exact: true });
    await shot(who.city.page, '70-alone-checked');
    await check('alone: what was settled is read', who.city.has('已通过'), await who.city.text());
}

async function led(story) {
    const { check, who, files, shot } = story;
    const named = nameOf(story, [...MEMBERS.slice(0, 9), 'rival']);
    files.joint = await start(who.lead, BENCHMARK);
    const wrong = [...named.slice(0, 9), '没有注册的企业'];
    await fillStage(who.lead, files.joint, { answers: report('chain', wrong), rows: { participant: 10 } });
    await check('who is not registered cannot be named', who.lead.has('没有在平台注册', '#errors'), await who.lead.text());
    await who.lead.leaving(() => who.lead.page.locator('#errors a').first().click());
    await fillSheet(who.lead.page, { 'row.participant.10.name': named[9] });
    await who.lead.press('保存并继续');
    await who.lead.goto(`/files/${files.joint}/fill/apply/check`);
    await handIn(who.lead);
    await sign(who['lead-signs'], files.joint);
    await who.lead.goto(`/files/${files.joint}/fill`);
}

/** A member finds what it is asked, fills in its page and signs it. */
async function joined(story, key) {
    const { town, who, files } = story;
    await who[key].goto('/home');
    await who[key].press('参与单位确认', { within: who[key].page.locator('section[aria-labelledby="inbox"]') });
    await fillSheet(who[key].page, MEMBER, town.day());
    await who[key].press('提交签发');
    const signs = who[`${key}-signs`];
    await signs.goto(`/files/${files.joint}/join`);
    await signs.press('签发并确认参与');
}

async function members(story) {
    const { check, who, files, shot } = story;
    await who.m1.goto('/home');
    await who.m1.goto(`/files/${files.joint}/join`);
    await both(who.m1, shot, '70-member-page');
    await who.m1.press('提交签发');
    await check('a member says what it does in it', who.m1.page.locator('#errors').isVisible());
    for (const key of MEMBERS.slice(0, 9)) {
        await joined(story, key);
        await check(`${key}: joined`, who[`${key}-signs`].has('确认参与'), await who[`${key}-signs`].text());
    }
    const rival = who['rival-signs'];
    await rival.goto(`/files/${files.joint}/join`);
    await rival.page.locator('summary', { hasText: '不参与联合申报' }).click();
    await rival.press('谢绝');
    await check('who declines says why', rival.has('请写明', 'main'));
    await both(rival, shot, '70-decline');
    await rival.fill({ reason: '拟自行牵头申报。' });
    await rival.press('谢绝');
    await check('a member declines', rival.has('已谢绝'), await rival.text());
    const signs = who['lead-signs'];
    await signs.goto('/home');
    await signs.press('参与单位确认', { within: signs.page.locator('section[aria-labelledby="inbox"]') });
    await check('the lead reads why, where it can be mended', async () => (await signs.has('拟自行牵头申报')) && (await signs.has('换成该单位')), await signs.text());
    await both(signs, shot, '70-lead-declined');
}

/** Another takes the place of the one that declined. */
async function replaced(story) {
    const { check, who, shot } = story;
    const { page } = who['lead-signs'];
    const form = page.locator('form', { has: page.locator('[name="other"]') });
    await form.locator('[name="other"]').fill('没有注册的企业');
    await who['lead-signs'].press('换成该单位');
    await check('only who is registered takes a place', who['lead-signs'].has('没有在平台注册'), await who['lead-signs'].text());
    await both(who['lead-signs'], shot, '70-replace-unknown');
    await form.locator('[name="other"]').fill(who.m10.organisation);
    await who['lead-signs'].press('换成该单位');
    await check('another takes its place', async () => (await who['lead-signs'].has(who.m10.organisation)) && !(await who['lead-signs'].has(who.rival.organisation)), await who['lead-signs'].text());
    await joined(story, 'm10');
    await check('and joins', who['m10-signs'].has('确认参与'), await who['m10-signs'].text());
}

/** The one that declined leads one of its own, of the same members and words. */
async function rivalled(story) {
    const { check, who, files, shot } = story;
    files.rival = await filed(story, 'rival', BENCHMARK, report('cluster', nameOf(story, MEMBERS)), { participant: 10 });
    await who.city.goto('/desk');
    await who.city.press('相似联合体', { within: who.city.page.locator('nav.tabs') });
    await check('two that are alike stand side by side', async () => (await who.city.has(who.rival.organisation)) && (await who.city.has('参与单位和申报内容都相似')), await who.city.text());
    await who.city.page.locator('.twins summary').first().click();
    await check('with the passages they share', async () => (await who.city.page.locator('.twins p.prose mark').count()) > 0);
    await both(who.city, shot, '70-alike');
}

/** Who leads one may not lead another. */
async function ledTwice(story) {
    const { check, who, shot } = story;
    const file = await start(who.lead, BENCHMARK);
    await fillStage(who.lead, file, { answers: report('cluster', nameOf(story, MEMBERS)), rows: { participant: 10 } });
    await who.lead.press('提交签发');
    await check('nobody leads two', async () => (await who.lead.has('2.1.3', '[role="alert"]')) && (await citesClause(who.lead, '[role="alert"]')), await who.lead.text());
    await shot(who.lead.page, '70-led-twice');
}

async function checked(story) {
    const { town, check, who, files, shot } = story;
    await who.county.goto(`/files/${files.joint}`);
    await both(who.county, shot, '70-county-file');
    await passed(story, 'county', files.joint, 'the county recommends it', RECOMMENDED);
    await open(who.city, files.joint, '办理审核');
    await fillSheet(who.city.page, CHECKED, town.day());
    await both(who.city, shot, '70-city-check');
    await who.city.press('通过', { exact: true });
    await check('four pilots of ten are less than half', async () => (await who.city.has('不足50%', '[role="alert"]')) && (await who.city.has('2.2.3', '[role="alert"]')), await who.city.text());
    await check('by the clause', () => citesClause(who.city, '[role="alert"]'));
    await both(who.city, shot, '70-pilot-share');
    await pilots(story, [LATE]);
    await open(who.city, files.joint, '办理审核');
    await fillSheet(who.city.page, CHECKED, town.day());
    await who.city.press('通过', { exact: true });
    await check('with the fifth it passes', who.city.has('已通过'), await who.city.text());
}

async function selected(story) {
    const { town, check, who, files, shot } = story;
    await passed(story, 'city', files.joint, 'it is reviewed', REVIEWED);
    await open(who.city, files.joint, '办理审核');
    await fillSheet(who.city.page, SELECTED, town.day());
    await both(who.city, shot, '70-select');
    await who.city.press('通过', { exact: true });
    await check('it is selected, with its award', who.city.has('已作出决定：50万元'), await who.city.text());
    await both(who.city, shot, '70-selected');
    await who.city.goto('/conduct/publicity');
    await who.city.press('发布公示', { within: who.city.page.locator('ul.plain li').filter({ hasText: BENCHMARK }) });
    await who.city.fill({ ends_on: town.day(), contact: '测试州工业和信息化局，0994-0000000' });
    await who.city.press('发布公示');
    await check('the selection is public', who.city.has('公示已发布'), await who.city.text());
}

const NEW_LIST = `/conduct/payments/new?programme=${PROGRAMME}`;

async function notYetPaid({ check, who, shot }) {
    await who.finance.goto(NEW_LIST);
    await both(who.finance, shot, '70-payment-waits');
    if (await who.finance.page.locator('button', { hasText: '编制清单' }).count()) await who.finance.press('编制清单');
    await check('no money before every pilot has passed at level two', who.finance.has('还有试点企业没有通过验收评测'), await who.finance.text());
    await check('by the clause', async () => (await who.finance.has('2.2.3')) && (await citesClause(who.finance, 'main')));
    await both(who.finance, shot, '70-payment-refused');
}

async function paid({ check, who, files, shot }) {
    await who.finance.goto(NEW_LIST);
    await who.finance.press('编制清单');
    await check('then the list is drawn up', who.finance.has('清单已编制'), await who.finance.text());
    const list = new URL(who.finance.page.url()).pathname;
    for (const key of ['finance-two', 'finance-three']) {
        await who[key].goto(list);
        await who[key].press('审批通过');
    }
    await who.finance.goto(list);
    await who.finance.page.locator('[name="paid.items"]').check();
    await who.finance.press('将勾选的登记为已拨付');
    await check('and paid', who.finance.has('已登记拨付。'), await who.finance.text());
    await who.lead.goto(`/files/${files.joint}/fill`);
    await check('the lead reads it', who.lead.has('已作出决定：50万元'), await who.lead.text());
    await both(who.lead, shot, '70-lead-paid');
    await who.m2.goto(`/files/${files.joint}/join`);
    await both(who.m2, shot, '70-member-paid');
}

export default told(async (story) => {
    const { town, who } = story;
    await town.open();
    await settled(story);
    await pilots(story, PILOTS);
    await alone(story);
    await led(story);
    await members(story);
    await replaced(story);
    await rivalled(story);
    await ledTwice(story);
    await checked(story);
    await selected(story);
    // The publicity ends with its first day.
    await town.open(2);
    for (const key of ['city', 'evaluator', 'finance', 'finance-two', 'finance-three', 'lead']) await who[key].signIn();
    await notYetPaid(story);
    const untested = [...PILOTS.slice(1), LATE];
    await each(untested.flatMap((key) => [key, `${key}-signs`]), (key) => who[key].signIn());
    await accepted(story, untested);
    await paid(story);
});
