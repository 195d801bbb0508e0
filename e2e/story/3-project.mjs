// A provider fills in for an enterprise until the mandate is withdrawn; the project is filed, confirmed, reviewed, recorded.
import { fillSheet, fillSlots, fillStage, handIn, sign } from '../sheet.mjs';
import { fillSubsidy } from './4-subsidy.mjs';
import { project } from './answers.mjs';
import { approve, assign, call, citesClause, declare, open, start } from './steps.mjs';

const answersOf = ({ town, who }, key) => project(who[key].organisation, who.provider.organisation, (later) => town.day(later));

async function underMandate(story) {
    const { town, check, who, files, shot } = story;
    await who.first.goto('/mandates?programme=hohhot-subsidy');
    await who.first.fill({ provider: who.provider.organisation, until_on: town.day(100) });
    await who.first.tick('procedures', 'project');
    await who.first.press('授权', { exact: true });
    await check('the mandate is granted', who.first.has('授权已生效'));

    await who.provider.goto('/mandates');
    await who.provider.press('代办');
    await check('the provider’s clerk acts for the enterprise', who.provider.has('授权代办', 'header.site'));
    files['first-project'] = await start(who.provider, '改造项目备案');
    await who.provider.press('填写', { within: who.provider.page.locator('ol.tasks') });
    const name = who.provider.page.locator('[id="filing-name"]');
    await name.fill('服务商代填的项目名称');
    await who.provider.press('保存草稿');
    await check('what the clerk fills in is kept', async () => (await name.inputValue()) === '服务商代填的项目名称');
    await shot(who.provider.page, '40-project-form');

    await who.first.goto('/mandates');
    await who.first.press('撤回授权');
    await check('the mandate is withdrawn', who.first.has('已于'));
    await name.fill('撤回授权之后填写的名称');
    await who.provider.press('保存草稿');
    await check('the next save is refused', async () => !(await who.provider.page.locator('.saved', { hasText: '已保存' }).count()), await who.provider.text());
    await shot(who.provider.page, '40-mandate-withdrawn');
    await who.first.goto(`/files/${files['first-project']}/fill/project-apply/form/filing`);
    await check('and changes nothing', async () => (await who.first.page.inputValue('[id="filing-name"]')) === '服务商代填的项目名称');
}

/** Files a project. */
async function filed(story, key) {
    const { who, files } = story;
    files[`${key}-project`] = await start(who[key], '改造项目备案');
    await fillStage(who[key], files[`${key}-project`], { answers: answersOf(story, key), rows: { contract: 1 } });
    await handIn(who[key]);
    await sign(who[`${key}-signs`], files[`${key}-project`]);
}

/** The provider confirms it; a diagnosis of its own is not needed. */
async function confirmed({ check, who, files }, key) {
    const file = files[`${key}-project`];
    await who.provider.goto(`/files/${file}/stages/diagnosis/skip`);
    await who.provider.fill({ note: '已有诊断报告。' });
    await who.provider.press('确认不需要办理');
    await fillStage(who.provider, file);
    await handIn(who.provider);
    await sign(who['provider-signs'], file);
    await check(`${key}: the provider confirms`, who['provider-signs'].has('已提交'));
}

/** The first evaluator has an interest, so another reviews. */
async function steppedBack({ check, who, files, shot }) {
    const file = files['first-project'];
    await assign(who.city, file, 'project-review', who.evaluator.organisation);
    await open(who.evaluator, file, '声明有无利益关系');
    await who.evaluator.tick('conflict', 'yes');
    await who.evaluator.press('提交声明');
    await check('an interest must be described', who.evaluator.has('请写明利益关系', '#errors'));
    await shot(who.evaluator.page, '40-declare');
    await who.evaluator.fill({ note: '本人近亲属在申报企业任职。' });
    await who.evaluator.press('提交声明');
    await check('who has an interest steps back', who.evaluator.has('已声明回避'));
    const answer = await who.evaluator.page.goto(`${who.evaluator.town.base}/files/${file}`);
    await check('and no longer works on the file', async () => answer.status() === 404 || !(await who.evaluator.page.locator('.decide a.button').count()), answer.status());
    const said = await assign(who.city, file, 'project-review', who.evaluator.organisation);
    await check('the same organisation is not entrusted again', said.includes('应当回避'), said);
}

async function reviewed({ check, who, files, shot }, key) {
    const file = files[`${key}-project`];
    await assign(who.city, file, 'project-review', who.second.organisation);
    await declare(who.second, file);
    await open(who.second, file, '办理审核');
    await fillSheet(who.second.page, {}, who.second.town.day());
    await who.second.press('通过', { exact: true });
    await check(`${key}: a report must be there`, who.second.has('审核报告', '#errors'));
    await check(`${key}: and the opinions are kept`, async () => (await who.second.page.inputValue('[id="opinion-plan"]')).length > 100);
    await shot(who.second.page, '40-review');
    await fillSlots(who.second.page);
    await who.second.press('通过', { exact: true });
    await check(`${key}: the review is done`, who.second.has('已通过'));

    await who.city.goto(`/files/${file}/stages/supervision/skip`);
    await who.city.press('确认不需要办理');
    await check(`${key}: what is skipped needs a reason`, who.city.page.locator('#errors').isVisible());
    await who.city.fill({ note: '监督报告另行归集，随补贴申报提交。' });
    await who.city.press('确认不需要办理');
    await approve(who.city, file);
}

/** The subsidy is asked for before the project is on record: refused, with the clause. */
async function tooEarly(story) {
    const { check, who, files, shot } = story;
    files['other-subsidy'] = await start(who.other, '数字化改造补贴申报');
    await fillSubsidy(story, 'other');
    await who.other.press('提交签发');
    await check('the project must be on record first', who.other.has('请先办结“改造项目备案”'));
    await check('and the refusal names its clause', () => citesClause(who.other, '[role="alert"]'));
    await shot(who.other.page, '40-too-early');
}

export default async function projects(story) {
    const { town, check, who, files } = story;
    for (const key of ['city', 'evaluator', 'second', 'auditor', 'first', 'first-signs', 'other', 'other-signs', 'provider', 'provider-signs']) {
        await who[key].signIn();
    }
    await who.provider.goto('/home');
    await check('after its publicity the provider is in the pool', who.provider.has('数字化服务商入池', 'section[aria-labelledby="standings"]'));
    await who.first.goto('/home');
    await check('after its publicity the enterprise is on the roster', who.first.has('拟改造企业名单', 'section[aria-labelledby="standings"]'));

    await call(story, 'project', '改造项目备案', 200);
    await call(story, 'subsidy', '数字化改造补贴申报', 100);
    await underMandate(story);
    await filed(story, 'first');
    await tooEarly(story);
    await filed(story, 'other');

    await who.provider.goto('/organisations/choose');
    await who.provider.press(who.provider.organisation);
    for (const key of ['first', 'other']) await confirmed(story, key);
    await steppedBack(story);
    for (const key of ['first', 'other']) await reviewed(story, key);
    await who.first.goto('/home');
    await check('the project is on record', who.first.has('改造项目备案', 'section[aria-labelledby="standings"]'));
}
