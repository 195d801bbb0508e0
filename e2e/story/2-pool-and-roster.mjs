// A provider enters the pool, two enterprises get on the roster: calls, forms, checks, publicities.
import { fillStage, handIn, sign } from '../sheet.mjs';
import { project } from './answers.mjs';
import { announce, approve, call, start } from './steps.mjs';

async function pool(story) {
    const { town, check, who, files } = story;
    await call(story, 'pool', '数字化服务商入池', 300);
    files.pool = await start(who.provider, '数字化服务商入池');
    await fillStage(who.provider, files.pool);
    await check('what was filled in is shown to be checked', who.provider.has('核对并提交'));
    await handIn(who.provider);
    await check('nobody signs what is one’s own', async () => !(await who.provider.page.locator('ol.tasks a', { hasText: '签发' }).count()));
    await sign(who['provider-signs'], files.pool);
    await check('the receipt has a number', async () => /\d{8}-\w{6}/.test(await who['provider-signs'].text('.receipt')));
    await approve(who.city, files.pool);
    await announce(story, '数字化服务商入池', town.day());
}

async function apply({ town, who, files }, key) {
    files[`${key}-roster`] = await start(who[key], '拟改造企业名单');
    const answers = project(who[key].organisation, who.provider.organisation, (later) => town.day(later));
    await fillStage(who[key], files[`${key}-roster`], { answers });
    await handIn(who[key]);
    await sign(who[`${key}-signs`], files[`${key}-roster`]);
}

async function roster(story) {
    const { town, check, who, files, shot } = story;
    await call(story, 'roster', '拟改造企业名单', 300);
    for (const key of ['first', 'other']) await apply(story, key);

    await who.city.goto(`/files/${files['first-roster']}`);
    await check('the city waits for the district', async () => !(await who.city.page.locator('.decide a.button', { hasText: '办理审核' }).count()));
    for (const key of ['first', 'other']) await approve(who.district, files[`${key}-roster`]);

    await who.city.goto('/desk');
    await shot(who.city.page, '40-desk');
    await who.city.page.locator('a', { hasText: '选中本页' }).click();
    await who.city.press('通过所选');
    await check('the city is asked to confirm', who.city.has('确认通过以下2件'));
    await who.city.press('确认通过');
    await check('the city approves both at once', who.city.has('已通过2件'));
    await announce(story, '拟改造企业名单', town.day());
}

export default async function poolAndRoster(story) {
    await pool(story);
    await roster(story);
}
