// A programme that came as a folder of data files (`serve --pack`): in the portal, its text and stages, a plan that is
// filled in by the pack's own form, visited by the district, scored by experts, settled, chosen.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { axe } from '../harness.mjs';
import { told } from '../people.mjs';
import { fillSheet, fillStage, handIn, sign } from '../sheet.mjs';
import scored from '../story/experts.mjs';
import people from '../story/1-people.mjs';
import { citesClause, open, start } from '../story/steps.mjs';

const PACKS = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../examples');
const PROGRAMME = 'yunting-reform';

async function seen({ browser, town, check, shot }) {
    const visitor = await town.person('过路人', 'visitor@example.cn');
    await visitor.goto('/');
    await check('the portal has the programme', visitor.has('云汀市中小企业数字化改造支持'));
    await visitor.goto(`/programmes/${PROGRAMME}`);
    await check('its three procedures are there', async () => {
        const text = await visitor.text();
        return ['数字化改造立项', '预拨申请', '验收和清算', '方案评审', '终验'].every((word) => text.includes(word));
    });
    await check('nothing serious found by axe', () => axe(visitor.page));
    await shot(visitor.page, '90-programme');
}

async function called({ town, check, who }) {
    await who.city.goto('/conduct/batches/new');
    await who.city.fill({
        what: `${PROGRAMME} project`, label: '第一批', notice: '请在截止日期前填报改造方案。',
        opens_on: town.day(), deadline_on: town.day(30),
    });
    await who.city.press('发布通知');
    await check('the call is out', who.city.has('通知已发布'));
}

async function planned({ check, who, files, shot }) {
    files.plan = await start(who.first, '数字化改造立项');
    const answers = { 'enterprise.district': 'north', 'enterprise.industry': 'bamboo', 'plan.investment': '400' };
    let funding = false;
    const each = async () => { funding ||= await who.first.has('资金筹措情况'); };
    await fillStage(who.first, files.plan, { answers, each });
    await check('above the line the form asks for funding', funding);
    await shot(who.first.page, '90-plan');
    await handIn(who.first);
    await sign(who['first-signs'], files.plan);
    await check('it is handed in', who['first-signs'].has('受理'));
}

async function visited({ town, check, who, files, shot }) {
    await open(who.district, files.plan, '办理审核');
    await fillSheet(who.district.page, { 'enterprise.district': 'outside', 'enterprise.abnormal': 'no' }, town.day());
    await who.district.press('通过', { exact: true });
    await check('from outside the city it is refused by the clause', citesClause(who.district));
    await shot(who.district.page, '90-visit');
    await fillSheet(who.district.page, { 'enterprise.district': 'north' }, town.day());
    await who.district.press('通过', { exact: true });
    await check('from inside it passes', who.district.has('已通过'));
    await who.city.goto(`/files/${files.plan}`);
    await check('experts are to be asked', who.city.has('方案评审'));
    await check('nobody chooses before they have scored', async () => !(await who.city.page.locator('.decide a.button', { hasText: '办理审核' }).count()));
    await shot(who.city.page, '90-file');
}

export default told(async (story) => {
    const { town } = story;
    await town.open();
    await seen(story);
    await people(story);
    await called(story);
    await planned(story);
    await visited(story);
    await scored(story);
}, ['--pack', PACKS]);
