// Service platforms apply for one sub-industry: banner, league, region's third party, publicity, recognition. The fourth of
// its industry and one that served five enterprises are refused by their clauses.
import { told } from '../people.mjs';
import { fillSheet, fillSlots, fillStage, handIn, sign } from '../sheet.mjs';
import { platform, rowsOf } from '../story/platforms.mjs';
import { administrator, both, calls, each, offices, registered } from '../story/settling.mjs';
import { assign, citesClause, declare, open, start } from '../story/steps.mjs';

const PROGRAMME = 'inner-mongolia-2023';
const PROCEDURE = '数字化转型试点平台申报';
const QUOTAS = `/desk/quotas/${PROGRAMME}/pilot`;
const PLATFORMS = ['one', 'two', 'three', 'four', 'few'];

async function settled(story) {
    await administrator(story, 'inner-mongolia');
    await offices(story, [
        ['region', 'region_bureau', '测试自治区工业和信息化厅', 'inner-mongolia'],
        ['league', 'city_bureau', '测试市工业和信息化局', 'hohhot'],
        ['banner', 'district_bureau', '测试区工业和信息化局', 'hohhot-saihan'],
        ['banner-two', 'district_bureau', '测试新区工业和信息化局', 'hohhot-xincheng'],
        ['reviewer', 'evaluator', '测试评审中心', 'hohhot'],
    ]);
    const names = ['第一', '第二', '第三', '第四', '第五'];
    await registered(story, PLATFORMS.map((key, at) => [
        key, 'provider', `测试${names[at]}云服务有限公司`, key === 'three' || key === 'four' ? 'hohhot-xincheng' : 'hohhot-saihan', 61 + at,
    ]));
}

/** A platform fills in and signs. */
async function applied({ check, who, files, shot }, key) {
    const served = key === 'few' ? 5 : 6;
    const each = async (at) => {
        if (key !== 'one' || !at.endsWith('/form/targets')) return;
        await check('every indicator has its row already', async () => (await who.one.page.locator('[data-rows="performance"] > .cards-list > [data-row]').count()) === 14);
        await both(who.one, shot, '60-targets');
    };
    files[key] = await start(who[key], PROCEDURE);
    const answers = platform(who[key].organisation, served);
    await fillStage(who[key], files[key], { answers, rows: rowsOf(served), each });
    await handIn(who[key]);
    await sign(who[`${key}-signs`], files[key]);
}

/** The code printed on the paper: who applies reads it to who receives. */
async function codeOf({ who, files }, key) {
    await who[key].goto(`/files/${files[key]}/fill`);
    return (await who[key].text('strong.code')).trim();
}

const BANNER = {
    'platform.abnormal_listed': 'no', 'platform.dishonest_listed': 'no', 'application.promise_signed': 'yes',
    'judge.long-term': 'yes', 'judge.plan-complete': 'yes', 'judge.online-paper': 'yes',
};

async function received(story, by, key, code) {
    const { town, who, files } = story;
    await open(who[by], files[key], '办理审核');
    await fillSheet(who[by].page, BANNER, town.day());
    await who[by].fill({ paper_code: code });
    await who[by].press('通过', { exact: true });
}

async function banner(story) {
    const { check, who, files } = story;
    const code = await codeOf(story, 'one');
    await check('the code stands where the applicant prints from', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(code), code);
    await received(story, 'banner', 'one', code.replace(/.$/, (last) => (last === '2' ? '3' : '2')));
    await check('another code is not the paper of what was filed', who.banner.has('校验码', '#errors'), await who.banner.text('#errors'));
    await check('with the clause beside the field', () => citesClause(who.banner, '.field.wrong'));
    await who.banner.fill({ paper_code: code });
    await who.banner.press('通过', { exact: true });
    await check('the banner passes it', who.banner.has('已通过'), await who.banner.text());
    for (const [by, key] of [['banner', 'two'], ['banner-two', 'three'], ['banner-two', 'four']]) {
        await received(story, by, key, await codeOf(story, key));
        await check(`${key}: the banner passes it`, who[by].has('已通过'), await who[by].text());
    }
    await refusedFew(story, await codeOf(story, 'few'));
}

/** Five enterprises are one too few: nobody passes it, and the platform is told by which clause. */
async function refusedFew(story, code) {
    const { check, who, files } = story;
    await received(story, 'banner', 'few', code);
    await check('five enterprises are too few', who.banner.has('不足6家', '#errors'), await who.banner.text());
    await check('by the clause on six enterprises', async () => (await citesClause(who.banner)) && (await who.banner.has('2.6', '#errors')));
    await who.banner.press('不予通过');
    await check('the rule is among the reasons', who.banner.has('不足6家'));
    await who.banner.press('作出不予通过的结论');
    await who.few.goto(`/files/${files.few}/fill`);
    await check('the platform reads why', async () => (await who.few.has('不足6家')) && (await who.few.has('2.6')), await who.few.text());
}

const judged = (order) => ({
    'recommendation.order': String(order), 'recommendation.sealed': 'yes',
    'judge.no-incident': 'yes', 'judge.demand': 'yes', 'judge.verified': 'yes',
});

/** Files and orders, the order saved and not yet handed in; then handed in one by one. */
async function league(story) {
    const { town, check, who, files, shot } = story;
    const orders = [['four', 4], ['three', 3], ['two', 2], ['one', 1]];
    for (const [key, order] of orders) {
        await open(who.league, files[key], '办理审核');
        await fillSheet(who.league.page, judged(order), town.day());
        await who.league.page.locator('[data-saved]', { hasText: '已自动保存' }).waitFor();
    }
    await who.league.goto('/desk');
    await who.league.press('名额', { within: who.league.page.locator('body') });
    await check('the league sees the places from its desk', who.league.page.url().includes('/quotas'));
    if (!who.league.page.url().endsWith(QUOTAS)) await who.league.goto(QUOTAS);
    await check('who is over the quota, before anything is passed', async () => {
        const line = who.league.page.locator('tr', { has: who.league.page.locator('.tag.bad') });
        return (await line.count()) === 1 && (await line.innerText()).includes(who.four.organisation);
    }, await who.league.text());
    await check('by which order', who.league.has('盟市推荐顺序'));
    await check('and by which clause', who.league.has('5.3'));
    await both(who.league, shot, '60-quotas-waiting');
    for (const key of ['one', 'two', 'three']) {
        await open(who.league, files[key], '办理审核');
        await who.league.press('通过', { exact: true });
        await check(`${key}: the league recommends it`, who.league.has('已通过'), await who.league.text());
    }
    await refusedFourth(story);
}

async function refusedFourth({ check, who, files, shot }) {
    await open(who.league, files.four, '办理审核');
    await who.league.press('通过', { exact: true });
    await check('the fourth platform of an industry has no place', who.league.has('最多3个', '[role="alert"]'), await who.league.text());
    await check('it is said who has them', who.league.has(who.one.organisation, '[role="alert"]'));
    await check('by the clause on three platforms', async () => (await citesClause(who.league, '[role="alert"]')) && (await who.league.has('5.3', '[role="alert"]')));
    await both(who.league, shot, '60-fourth');
    await who.league.goto(QUOTAS);
    await open(who.league, files.four, '不予通过');
    await who.league.fill({ reason: '该细分行业推荐的3个平台已满，推荐顺序在后。' });
    await who.league.select(who.league.page.locator('#clause'), '5.3').catch(async () => who.league.fill({ clause: 'guide:5.3' }));
    await who.league.press('作出不予通过的结论');
    await who.four.goto(`/files/${files.four}/fill`);
    await check('the fourth reads why', async () => (await who.four.has('已满')) && (await who.four.has('5.3')), await who.four.text());
}

async function reportedUp({ town, check, who, files }) {
    await open(who.league, files.one, '办理审核');
    await fillSheet(who.league.page, { 'recommendation.joint': 'yes', 'recommendation.reported_on': '2023-05-01' }, town.day());
    await fillSlots(who.league.page);
    await who.league.press('通过', { exact: true });
    await check('what is reported after 30 April is late', async () => (await who.league.has('4月30日')) && (await citesClause(who.league)), await who.league.text('#errors'));
    await fillSheet(who.league.page, { 'recommendation.reported_on': '2023-04-20' }, town.day());
    await who.league.press('通过', { exact: true });
    await check('the league reports it', who.league.has('已通过'), await who.league.text());
}

async function region(story) {
    const { town, check, who, files, shot } = story;
    await who.region.goto('/desk');
    await who.region.goto(QUOTAS);
    await check('the region sees the places of its leagues', who.region.has(who.one.organisation));
    await both(who.region, shot, '60-region-quotas');
    await assign(who.region, files.one, 'third-party', who.reviewer.organisation);
    await declare(who.reviewer, files.one);
    await open(who.reviewer, files.one, '办理审核');
    await fillSheet(who.reviewer.page, { 'judge.solution': 'yes', 'judge.success-cases': 'yes' }, town.day());
    await who.reviewer.press('通过', { exact: true });
    await check('the third party gives its opinion', who.reviewer.has('已通过'), await who.reviewer.text());
    await open(who.region, files.one, '办理审核');
    await who.region.press('通过', { exact: true });
    await check('the region decides', who.region.has('已通过'), await who.region.text());
    await who.region.goto('/conduct/publicity');
    await who.region.press('发布公示', { within: who.region.page.locator('ul.plain li').filter({ hasText: PROCEDURE }) });
    await who.region.fill({ ends_on: town.day(), contact: '测试自治区工业和信息化厅，0471-0000000' });
    await who.region.press('发布公示');
    await check('the list is public', who.region.has('公示已发布'), await who.region.text());
    await who.region.press('查看公示页');
}

async function recognised({ check, who, files, shot }) {
    for (const key of ['region', 'one']) await who[key].signIn();
    await open(who.region, files.one, '办理审核');
    await who.region.press('通过', { exact: true });
    await check('the region recognises it', who.region.has('已通过'), await who.region.text());
    await who.one.goto('/home');
    await check('the platform is a pilot platform', who.one.has(PROCEDURE, 'section[aria-labelledby="standings"]'), await who.one.text());
    await both(who.one, shot, '60-recognised');
}

export default told(async (story) => {
    const { town } = story;
    await town.open();
    await settled(story);
    await calls(story, story.who.region, PROGRAMME, 'pilot', '第一批');
    await each(PLATFORMS, (key) => applied(story, key));
    await banner(story);
    await league(story);
    await reportedUp(story);
    await region(story);
    await town.open(2);
    await recognised(story);
});
