// A province's plan from what its cities fill in: bureaux as applicants, rows from workbooks, gathered, gathered anew, the cap
// of a platform, the final check by the bureau that wrote it.
import { axe, noSidewaysScroll } from '../harness.mjs';
import { told } from '../people.mjs';
import { fileOf, fillSheet, fillSlots, fillStage, handIn, sign } from '../sheet.mjs';
import { administrator, both, calls, offices } from '../story/settling.mjs';
import { approve, open } from '../story/steps.mjs';
import { workbook } from '../workbook.mjs';

const PROGRAMME = 'provincial-template';
const CITY = '各市试点情况填报';
const PLAN = '编制全省试点实施方案';
const PLATFORM = '测试工业互联网平台有限公司';
const ENTERPRISE = ['试点企业名称', '对应行业', '属于中小企业', '成本测算依据', '已提供实际改造成本的证明材料', '实际改造成本（万元）'];

async function settled(story) {
    const { who, town } = story;
    await administrator(story, 'inner-mongolia');
    await offices(story, [
        ['region', 'region_bureau', '测试自治区工业和信息化厅', 'inner-mongolia'],
        ['hohhot', 'city_bureau', '测试甲市工业和信息化局', 'hohhot'],
        ['baotou', 'city_bureau', '测试乙市工业和信息化局', 'baotou'],
    ]);
    for (const by of ['region', 'hohhot', 'baotou']) {
        const signs = (who[`${by}-signs`] = await town.person(`${who[by].name.slice(0, 2)}签发`, `${by}-signs@example.cn`));
        await who[by].goto('/people');
        await who[by].fill({ name: signs.name, email: signs.email });
        await who[by].tick('roles', 'certifier');
        await who[by].press('发出邀请');
        await signs.join();
        await signs.signIn();
    }
}

/** Begins a file where a bureau finds what it applies for itself. */
async function begun({ check, shot }, person, procedure, picture) {
    await person.goto('/desk');
    await person.press('本单位申报');
    const own = person.page.locator('section[aria-labelledby="calls"] li').filter({ has: person.page.locator('h3', { hasText: procedure }) });
    await check(`${procedure}: ${person.organisation} finds the call`, async () => (await own.count()) === 1, await person.text());
    if (picture) await both(person, shot, picture);
    await person.leaving(() => own.locator('form button').click());
    return fileOf(person.page);
}

const rowsOf = (person, kind) => person.page.locator(`[data-rows="${kind}"] > .cards-list > [data-row]`);

async function takenIn(person, kind, rows) {
    await person.press(`从表格导入${kind}`);
    await person.page.locator('#table').setInputFiles(workbook(`${kind}.xlsx`, rows));
    await person.press('上传并检查');
    if (!(await person.has('检查无误'))) throw new Error(`${kind} cannot be taken in: ${await person.text()}`);
    await person.press('确认导入');
}

/** What a city fills in: one platform with enterprises of these numbers at 1 million yuan each. */
async function filled(story, key, from, until) {
    const { town, check, who, files, shot } = story;
    const [person, first] = [who[key], key === 'hohhot'];
    files[key] = await begun(story, person, CITY, first && '85-own-fresh');
    await person.press('填写', { within: person.page.locator('ol.tasks') });
    person.page.once('dialog', (dialog) => dialog.accept());
    await rowsOf(person, 'enterprise').first().locator('[data-delete]').click();
    await fillSheet(person.page, { 'industry.name': 'i038', 'platform.name': PLATFORM, 'platform.sealed': 'yes' }, town.day());
    await person.press('保存草稿');
    const enterprises = Array.from({ length: until - from }, (_, at) => [`测试企业${from + at}有限公司`, '食品加工制造业', '是', '成熟改造标准', '是', '100']);
    await takenIn(person, '试点企业', [ENTERPRISE, ...enterprises]);
    await check(`${key}: every enterprise of the table is there, and none that is blank`, async () => (await rowsOf(person, 'enterprise').count()) === until - from, await rowsOf(person, 'enterprise').count());
    await check(`${key}: at 30万元 each`, person.has(`${(until - from) * 30}万元`), (await person.text()).slice(-1200));
    if (first) await totals(story, person);
    await person.press('保存并继续');
    await indicators(story, person);
    if (first) await both(person, shot, '85-targets');
    await person.press('保存并继续');
    await fillSlots(person.page);
    await person.press('保存并继续');
    if (first) await both(person, shot, '85-city-check');
    await handIn(person);
    await who[`${key}-signs`].goto('/desk/own');
    await check(`${key}: who signs finds what waits`, who[`${key}-signs`].has('待签发'), await who[`${key}-signs`].text());
    await sign(who[`${key}-signs`], files[key]);
}

/** What follows from the rows is right after each save. */
async function totals({ check, shot }, person) {
    await both(person, shot, '85-city-rows');
    await check('a long list is no wider than a telephone', async () => {
        const before = person.page.viewportSize();
        await person.page.setViewportSize({ width: 390, height: 844 });
        const fits = await noSidewaysScroll(person.page);
        await person.page.setViewportSize(before);
        return fits;
    });
    const [first, { page }] = [rowsOf(person, 'enterprise').first(), person];
    await check('rows that lack nothing are folded', async () => (await page.locator('[data-rows="enterprise"] details[open]').count()) === 0);
    await first.locator('summary').click();
    const cost = first.locator('input[name$=".actual_cost"]');
    for (const [text, sum] of [['50', '345万元'], ['200', '360万元'], ['100', '360万元']]) {
        await cost.fill(text);
        await page.locator('[data-saved]', { hasText: '已自动保存' }).waitFor();
        await check(`with a cost of ${text}万元 the sum is ${sum}`, () => page.locator('main', { hasText: sum }).waitFor({ timeout: 8000 }).then(() => true), (await person.text()).slice(-800));
    }
}

async function indicators({ check }, person) {
    const chosen = person.page.locator('[data-rows="performance"] [name$=".indicator"]').first();
    await chosen.focus();
    const names = await chosen.locator('option').evaluateAll((all) => all.filter(({ value }) => value).map(({ textContent }) => textContent.trim()));
    const own = rowsOf(person, 'performance');
    if ((await own.count()) === 1) {
        person.page.once('dialog', (dialog) => dialog.accept());
        await own.first().locator('[data-delete]').click();
        await person.press('保存草稿');
    }
    await takenIn(person, '绩效目标', [['三级指标', '目标值'], ...names.map((one) => [one, '60'])]);
    await check('every indicator has its row', async () => (await own.count()) === 14, `${await own.count()}: ${names}`);
}

async function checked({ check, who, files, shot }, key) {
    await who.region.goto('/desk');
    await check(`${key}: the region finds it on its desk`, who.region.has(who[key].organisation), await who.region.text());
    await who.region.goto(`/files/${files[key]}`);
    if (key === 'hohhot') await both(who.region, shot, '85-region-file');
    await approve(who.region, files[key]);
}

async function planned(story) {
    const { check, who, files, shot } = story;
    const { region } = who;
    files.plan = await begun(story, region, PLAN);
    await check('the plan says where it can be gathered anew', region.has('重新汇总'));
    const pilots = `/files/${files.plan}/fill/industry-plans/form/pilots`;
    await region.goto(pilots);
    await check('the rows of the checked city are there, of the other not yet', async () => (await rowsOf(region, 'enterprise').count()) === 12, await rowsOf(region, 'enterprise').count());
    await checked(story, 'baotou');
    await region.goto(`/files/${files.plan}/fill`);
    await region.page.locator('summary', { hasText: '重新汇总' }).click();
    await both(region, shot, '85-gather');
    await region.press('重新汇总', { within: region.page.locator('ol.tasks details') });
    await check('it is said what was gathered', region.has('已重新汇总'), await region.text());
    await region.goto(pilots);
    await check('now there are both cities’, and who is in both once', async () => (await rowsOf(region, 'enterprise').count()) === 22, await rowsOf(region, 'enterprise').count());
    await check('and the one platform once', async () => (await rowsOf(region, 'platform').count()) === 1);
    await both(region, shot, '85-pilots');
}

async function written(story) {
    const { check, who, files, shot } = story;
    const { region } = who;
    let pages = 0;
    const each = async (at) => {
        if (at.endsWith('/form/outline')) {
            await check('a platform has no more than 600万元', region.has('600万元'), await region.text());
            await check('of 22 enterprises', region.has('22'));
            await axe(region.page);
        }
        await both(region, shot, `85-plan-${(pages += 1)}`);
    };
    await fillStage(region, files.plan, { answers: { 'plan.province': '内蒙古自治区', 'plan.sealed': 'yes', 'industry.planned': 'yes' }, each });
    await both(region, shot, '85-plan-check');
    await handIn(region);
    await sign(who['region-signs'], files.plan);
    await region.goto(`/files/${files.plan}/fill`);
    await check('its own page leads on to the final check', region.has('方案定稿'));
    await both(region, shot, '85-plan-tasks');
    await region.goto('/desk/own');
    await both(region, shot, '85-own');
    await open(region, files.plan, '办理审核');
    await fillSheet(region.page, {}, story.town.day());
    await fillSlots(region.page);
    await both(region, shot, '85-final');
    await region.press('通过', { exact: true });
    await check('the plan is final', async () => (await region.has('已通过')) && (await region.has('已办结')), await region.text());
    await check('with 600万元', region.has('600万元'));
    await both(region, shot, '85-final-done');
}

export default told(async (story) => {
    const { town } = story;
    await town.open();
    await settled(story);
    await calls(story, story.who.region, PROGRAMME, 'city', '试点情况填报');
    await filled(story, 'hohhot', 1, 13);
    await filled(story, 'baotou', 12, 23);
    await checked(story, 'hohhot');
    await calls(story, story.who.region, PROGRAMME, 'plan', '实施方案编制');
    await planned(story);
    await written(story);
});
