// Steps that come again and again.
import { fileOf, fillSheet } from '../sheet.mjs';

export const PROGRAMME = 'hohhot-subsidy';

/** The city calls to apply, from today for so many days. */
export async function call({ town, check, who }, procedure, label, days) {
    await who.city.goto('/conduct/batches/new');
    await who.city.fill({
        what: `${PROGRAMME} ${procedure}`, label: `${label}测试批`, notice: '请在截止日期前提交。\n\n咨询电话：0471-0000000。',
        opens_on: town.day(), deadline_on: town.day(days),
    });
    await who.city.press('发布通知');
    await check(`${label}: the call is out`, who.city.has('通知已发布'));
}

/** Begins a file from the start page; answers its id. */
export async function start(person, procedure) {
    await person.goto('/home');
    const own = person.page.locator('section[aria-labelledby="calls"] li').filter({ has: person.page.locator('h3', { hasText: procedure }) });
    await person.leaving(() => own.locator('form button').click());
    return fileOf(person.page);
}

/** Opens what is to be done at a stage by the button at the foot of the file. */
export async function open(person, file, button) {
    await person.goto(`/files/${file}`);
    await person.press(button, { within: person.page.locator('.decide') });
}

/** Approves at a stage where nothing special is to be said. */
export async function approve(person, file) {
    await open(person, file, '办理审核');
    await fillSheet(person.page, {}, person.town.day());
    await person.press('通过', { exact: true });
    if (!(await person.has('已通过'))) throw new Error(`${person.name} could not approve: ${await person.text()}`);
}

/** Entrusts an organisation with a stage; answers what was said. */
export async function assign(person, file, stage, organisation) {
    await person.goto(`/files/${file}/stages/${stage}/assign`);
    await person.fill({ organisation });
    await person.press('委托', { exact: true });
    return person.text();
}

/** Declares to have no interest. */
export async function declare(person, file) {
    await open(person, file, '声明有无利益关系');
    await person.tick('conflict', 'no');
    await person.press('提交声明');
}

/** Shows everything of a procedure that waits for it to the public until a day; answers the address people read it at. */
export async function announce({ check, who }, procedure, until) {
    await who.city.goto('/conduct/publicity');
    await who.city.press('发布公示', { within: who.city.page.locator('ul.plain li').filter({ hasText: procedure }) });
    await who.city.fill({ ends_on: until, contact: '测试市工业和信息化局，0471-0000000' });
    await who.city.press('发布公示');
    await check(`${procedure}: the result is public`, who.city.has('公示已发布'));
    return who.city.page.locator('a', { hasText: '查看公示页' }).getAttribute('href');
}

/** Whether what is said above a form names the clause it rests on, with a link to its text. */
export async function citesClause(person, selector = '#errors') {
    const links = person.page.locator(selector).locator('.cites a');
    return (await links.count()) > 0 && /#/.test(await links.first().getAttribute('href'));
}
