// Hohhot's support items 18 and 22: calls with forms of their own, thresholds that refuse by their clause, and what was granted before.
import { told } from '../people.mjs';
import { fillSheet, fillStage, handIn, sign } from '../sheet.mjs';
import people from '../story/1-people.mjs';
import { citesClause, open, start } from '../story/steps.mjs';

const PROGRAMME = 'hohhot-plan';
// The plan ends with June 2026: its last weeks.
const WITHIN = '2026-06-08';
const WORKSHOPS = '数字化车间、智能工厂奖励申报';
const CHAIN = '链式转型服务奖励申报';
// What was handed in and refused for no single field is said above the page.
const REFUSED = 'main .notice.bad';
const PHONE = { width: 390, height: 844 };

/** The page at both widths. */
async function both({ shot }, page, name) {
    await shot(page, name);
    const before = page.viewportSize();
    await page.setViewportSize(PHONE);
    await shot(page, `${name}-phone`);
    await page.setViewportSize(before);
}

async function call({ town, check, who }, procedure, label) {
    await who.city.goto('/conduct/batches/new');
    await who.city.fill({
        what: `${PROGRAMME} ${procedure}`, label: `${label}测试批`, notice: '请在截止日期前提交。', opens_on: town.day(), deadline_on: town.day(20),
    });
    await who.city.press('发布通知');
    await check(`${label}: the call is out`, who.city.has('通知已发布'), await who.city.text());
}

/** Fills in a form of somebody who got no money from elsewhere: the blank row for it is left out. */
async function fill(person, file, { each = async () => {}, ...filling }) {
    const without = async (at) => {
        const rows = person.page.locator('[data-rows="grant"] > .cards-list > [data-row]');
        if (await rows.count()) {
            person.page.once('dialog', (dialog) => dialog.accept());
            await rows.first().locator('[data-delete]').click();
        }
        await each(at);
    };
    await fillStage(person, file, { ...filling, each: without });
}

/** Looks through a file and tries to pass it; answers whether it passed. */
async function pass(person, file, answers = {}) {
    await open(person, file, '办理审核');
    await fillSheet(person.page, answers, person.town.day());
    await person.press('通过', { exact: true });
    return person.has('已通过');
}

async function applied({ who }, key, procedure, filling) {
    const file = await start(who[key], procedure);
    await fill(who[key], file, filling);
    await handIn(who[key]);
    await sign(who[`${key}-signs`], file);
    return file;
}

async function workshops(story) {
    const { check, who, shot } = story;
    await call(story, 'workshops', '车间');
    const file = await start(who.first, WORKSHOPS);
    let pages = 0;
    const each = async () => both(story, who.first.page, `80-workshops-${(pages += 1)}`);
    await fill(who.first, file, { answers: { 'workshop.grade': 'none', 'factory.grade': 'none' }, each });
    await both(story, who.first.page, '80-workshops-check');
    await who.first.press('提交签发');
    await check('item 18: without recognition nothing is handed in', who.first.has('没有被认定，不能申报', REFUSED), await who.first.text());
    await check('item 18: and the clause is named', () => citesClause(who.first, REFUSED));
    await fill(who.first, file, { answers: { 'workshop.grade': 'city' } });
    await handIn(who.first);
    await sign(who['first-signs'], file);
    await check('item 18: the district finds no recognition', pass(who.district, file, { 'workshop.grade': 'none', 'factory.grade': 'none' }));
    await check('item 18: the city cannot pass it', async () => !(await pass(who.city, file)));
    await check('item 18: because it is not recognised', who.city.has('没有被认定为数字化车间', '#errors'), await who.city.text());
    await check('item 18: by its clause', who.city.has('《工作方案》18', '#errors'));
    await both(story, who.city.page, '80-workshops-refused');
    await who.city.press('不予通过');
    await who.city.page.locator('input[name="finding"]').first().check();
    await both(story, who.city.page, '80-workshops-refusing');
    await who.city.press('作出不予通过的结论');
    await who.first.goto(`/files/${file}/fill`);
    await check('item 18: the enterprise reads why', who.first.has('没有被认定为数字化车间'), await who.first.text());
    await check('item 18: with a link to the clause', () => citesClause(who.first, 'main'));
    await shot(who.first.page, '80-workshops-outcome');
}

async function toppedUp(story) {
    const { check, who } = story;
    const city = await applied(story, 'first', WORKSHOPS, { answers: { 'workshop.grade': 'city', 'factory.grade': 'none' } });
    await check('item 18: a recognised workshop passes the district', pass(who.district, city, { 'workshop.grade': 'city', 'factory.grade': 'none' }));
    await check('item 18: and the city', pass(who.city, city), await who.city.text());
    await who.first.goto(`/files/${city}/fill`);
    await check('item 18: a city workshop brings 25万元', who.first.has('已作出决定：25万元'), await who.first.text());
    const region = await applied(story, 'first', WORKSHOPS, { answers: { 'workshop.grade': 'city', 'factory.grade': 'region' } });
    await check('item 18: the higher recognition passes the district', pass(who.district, region, { 'workshop.grade': 'city', 'factory.grade': 'region' }));
    await who.city.goto(`/files/${region}`);
    await check('what was granted is listed by itself', who.city.has('25万元', 'section[aria-labelledby="entitled"]'), await who.city.text());
    await check('and only the rest is computed', who.city.has('275万元', 'section[aria-labelledby="award"]'));
    await both(story, who.city.page, '80-workshops-topped-up');
    await check('the rest is granted', pass(who.city, region), await who.city.text());
    await who.first.goto(`/files/${region}/fill`);
    await check('item 18: together 300万元', who.first.has('已作出决定：275万元'), await who.first.text());
    await check('with its reasons by clause', () => citesClause(who.first, 'section[aria-labelledby="award"] details.why'));
}

const VERIFIED = { 'served.sme': 'yes', 'served.in_chain': 'yes', 'served.in_group': 'no', 'served.delivered': 'yes' };
const SERVED = { 'enterprise.industry': 'food', ...VERIFIED };

async function chain(story) {
    const { check, who } = story;
    await call(story, 'chain-service', '链式');
    const names = Object.fromEntries([1, 2, 3, 4, 5].map((at) => [`row.served.${at}.name`, `测试用户${at}有限公司`]));
    const file = await start(who.other, CHAIN);
    let pages = 0;
    const each = async () => both(story, who.other.page, `80-chain-${(pages += 1)}`);
    await fill(who.other, file, { answers: { ...SERVED, ...names }, rows: { served: 4 }, each });
    await who.other.press('提交签发');
    await check('item 22: four served enterprises are too few', who.other.has('未达到5家', REFUSED), await who.other.text());
    await check('item 22: and the clause is named', () => citesClause(who.other, REFUSED));
    await both(story, who.other.page, '80-chain-few');
    await fill(who.other, file, { answers: { ...SERVED, ...names }, rows: { served: 5 } });
    await handIn(who.other);
    await sign(who['other-signs'], file);
    await open(who.district, file, '办理审核');
    await both(story, who.district.page, '80-chain-district');
    await check('item 22: one of the group does not count', async () => !(await pass(who.district, file, { ...VERIFIED, 'row.served.1.in_group': 'yes' })));
    await check('item 22: four are left, by the clause', async () => (await who.district.has('服务企业4家', '#errors')) && (await who.district.has('《工作方案》22', '#errors')), await who.district.text());
    await both(story, who.district.page, '80-chain-refused');
    await check('item 22: five pass', pass(who.district, file, VERIFIED), await who.district.text());
    await check('item 22: the city passes it', pass(who.city, file), await who.city.text());
    await who.other.goto(`/files/${file}/fill`);
    await check('item 22: five bring 30万元', who.other.has('已作出决定：30万元'), await who.other.text());
}

export default told(async (story) => {
    const { town } = story;
    const quiet = { ...story, check: async () => {}, shot: async () => {} };
    const days = Math.floor((Date.parse(`${WITHIN}T12:00:00+08:00`) - Date.now()) / (24 * 60 * 60 * 1000));
    await town.open(days);
    await people(quiet);
    await workshops(story);
    await toppedUp(story);
    await chain(story);
});
