// Experts for one file: the pool, a proposal and why there is none, the draw, sheets scored blind, one more where they lie
// apart, a word with its reason, and the file goes on.
import { createHash } from 'node:crypto';
import { axe, noSidewaysScroll } from '../harness.mjs';
import { fillSheet } from '../sheet.mjs';
import { approve, declare } from './steps.mjs';

const SEED = '2026-11-30 双色球 03 11 14 22 27 31 + 09';
const STAGE = '/reviews/yunting-reform/experts';
// Five from elsewhere, one from the applicant's own district.
const POOL = [['鲁一', 'beijing'], ['鲁二', 'beijing'], ['鲁三', 'beijing'], ['鲁四', 'beijing'], ['鲁五', 'beijing'], ['鲁六', 'hohhot-saihan']];

async function invited({ town, check, who, shot }) {
    const experts = (who.experts = []);
    for (const [name, place] of POOL) {
        const expert = await town.person(name, `expert${experts.length}@example.cn`);
        experts.push(expert);
        await who.admin.goto('/organisations/new');
        await who.admin.fill({ kind: 'expert', organisation: name, place, name, email: expert.email });
        await who.admin.press('添加并发送邀请');
    }
    for (const expert of experts) {
        await expert.join();
        await expert.signIn();
        await expert.goto('/reviews');
        await expert.fill({ fields: expert === experts[0] ? '竹制品、食品' : '食品', employer: `测试大学${expert.name}` });
        await expert.press('保存', { within: expert.page.locator('main form') });
    }
    await check('an expert says his fields and employer', experts[0].has('已保存'));
    await both(experts[0], shot, '61-expert-own');
}

/** A picture at the desk and on a telephone, which must not scroll sideways. */
async function both({ page }, shot, name) {
    await shot(page, name);
    const before = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    await shot(page, `${name}-phone`);
    await noSidewaysScroll(page);
    await page.setViewportSize(before);
}

async function wished(city, fields) {
    await city.goto(STAGE);
    await city.fill(fields);
    await city.press('生成分配方案');
}

async function proposed({ check, who, shot }) {
    const { city } = who;
    await city.goto('/reviews');
    await check('the bureau sees where files wait for experts', city.has('方案评审'));
    await both(city, shot, '61-reviews');
    await wished(city, { load_max: '5', draw: '3' });
    await check('nobody draws without a seed', city.has('种子', '#errors'));
    await both(city, shot, '61-proposal-no-seed');
    await wished(city, { load_max: '5', draw: '2', seed: SEED });
    await check('where there are too few it is said why', async () => /需要3名专家，可以评审的只有\d名/.test(await city.text()));
    await both(city, shot, '61-proposal-short');
    await wished(city, { load_max: '5', draw: '5', seed: SEED });
    await check('the proposal is proven', city.has('已证明没有更好的方案'));
    await check('axe: proposal', () => axe(city.page));
    await both(city, shot, '61-proposal');
    const names = await city.text('table:has(caption:text-is("分配方案")) tbody td[data-label="专家"]');
    who.chosen = who.experts.filter(({ name }) => names.includes(name));
    await check('three are proposed, none from the applicant\'s district', who.chosen.length === 3 && !names.includes('鲁六'), names);
    await city.press('确认分配');
    await check('they are asked', city.has('已为1件分配专家'));
    await both(city, shot, '61-confirmed');
}

/** The draw once more, from the plain words of the page: nothing of the program is asked. */
function drawn(ids, count, seed) {
    const pool = ids.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    let counter = 0;
    for (let at = 0; at < count; at++) {
        const left = BigInt(pool.length - at);
        let number;
        do {
            counter += 1;
            number = createHash('sm3').update(`${seed}\n${counter}`).digest().readBigUInt64BE(0);
        } while (number >= 2n ** 64n - (2n ** 64n % left));
        const chosen = at + Number(number % left);
        [pool[at], pool[chosen]] = [pool[chosen], pool[at]];
    }
    return pool.slice(0, count);
}

async function repeated({ check, who, files, shot }) {
    const { first } = who;
    await first.goto(`/files/${files.plan}/stages/experts/draw`);
    await check('axe: draw', () => axe(first.page));
    await both(first, shot, '61-draw');
    const list = (key) => first.page.locator(`[data-draw="${key}"] li`).allTextContents();
    const word = (key) => first.page.locator(`[data-draw="${key}"]`).first().textContent();
    const [seed, count, pool, shown] = [await word('seed'), Number(await word('count')), await list('pool'), await list('drawn')];
    await check('an applicant repeats the draw from what is shown', pool.length === 6 && drawn(pool, count, seed).join() === shown.join(), shown.join());
    await check('and learns no expert\'s name', async () => !(await who.experts.reduce(async (found, { name }) => (await found) || first.has(name), false)));
}

const sheet = (file) => `/files/${file}/stages/experts/review`;

async function scores({ town }, expert, file, way) {
    await declare(expert, file);
    await expert.goto(sheet(file));
    await fillSheet(expert.page, { 'plan-sheet.need': '20', 'plan-sheet.way': String(way), 'plan-sheet.worth': '25', 'plan-sheet.opinion': '方案可行，效益测算应当补充依据。' }, town.day());
    await expert.press('提交评分');
}

async function blind(story) {
    const { check, who, files, shot } = story;
    const [one, two, three] = who.chosen;
    await one.goto('/desk');
    await check('the file is on the expert\'s desk', one.has('方案评审'));
    await both(one, shot, '61-expert-desk');
    await one.goto(sheet(files.plan));
    await check('first comes the declaration', one.has('利益关系声明'));
    await both(one, shot, '61-declare');
    await declare(one, files.plan);
    await one.goto(sheet(files.plan));
    await one.press('提交评分');
    await check('an empty sheet is not handed in', async () => (await one.page.locator('#errors').count()) > 0);
    await both(one, shot, '61-sheet');
    await fillSheet(one.page, { 'plan-sheet.need': '20', 'plan-sheet.way': '40.5', 'plan-sheet.worth': '25' });
    await one.press('提交评分');
    await check('no field has more than its full marks', one.has('40', '#errors'));
    await fillSheet(one.page, { 'plan-sheet.way': '39' });
    await one.page.locator('[data-saved]', { hasText: /\d\d:\d\d/ }).waitFor();
    await one.goto(sheet(files.plan));
    await check('what was typed saves itself', async () => (await one.page.inputValue('[name="plan-sheet.way"]')) === '39');
    await fillSheet(one.page, { 'plan-sheet.way': '38', 'plan-sheet.opinion': '方案可行。' });
    await one.press('提交评分');
    await check('the sheet is in', one.has('评分已提交'));
    await both(one, shot, '61-sheet-in');
    await scores(story, two, files.plan, 35);
    await check('nobody reads another\'s marks before all are in', async () => !(await two.has('全部评分')));
    await who.city.goto(`/files/${files.plan}/stages/experts/experts`);
    await both(who.city, shot, '61-waiting');
    await scores(story, three, files.plan, 15);
    await check('nor while one more may be asked', async () => !(await three.has('全部评分')));
}

async function apart(story) {
    const { check, who, files, shot } = story;
    const { city } = who;
    const page = `/files/${files.plan}/stages/experts/experts`;
    await city.goto(page);
    await check('scores far apart ask for one more, with the spread shown', async () => (await city.has('应当增加一名专家')) && (await city.has('相差23')));
    await check('who must not is said with the reason', city.has('与申报单位在同一地区'));
    await check('axe: scores', () => axe(city.page));
    await both(city, shot, '61-apart');
    const left = who.experts.find((expert) => expert.name !== '鲁六' && !who.chosen.includes(expert));
    await city.page.locator('tr', { hasText: left.name }).locator('input[name="experts"]').check();
    await city.press('邀请所选专家');
    await check('one more is asked', city.has('已邀请'));
    await scores(story, left, files.plan, 5);
    await city.goto(page);
    await check('they lie apart still', city.has('增加专家后评分仍不能取得一致'));
    await city.fill({ score: '99', reason: '' });
    await city.press('裁定', { exact: true });
    await check('a word needs its reason and keeps to the scores', async () => (await city.page.locator('#errors li').count()) > 0);
    await both(city, shot, '61-moderating');
    await city.fill({ score: '76', reason: '经复核，两份低分未计入补充提交的设备清单。' });
    await city.press('裁定', { exact: true });
    await check('the word is on record with its reason', async () => (await city.has('已裁定得分')) && (await city.has('裁定理由')));
    await both(city, shot, '61-moderated');
}

async function goesOn({ check, who, files, shot }) {
    await approve(who.city, files.plan);
    await check('the file goes on', who.city.has('立项公示'));
    await both(who.city, shot, '61-file');
}

export default async function scored(story) {
    await invited(story);
    await proposed(story);
    await repeated(story);
    await blind(story);
    await apart(story);
    await goesOn(story);
}
