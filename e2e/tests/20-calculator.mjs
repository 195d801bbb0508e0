// The calculator: side by side, by keyboard, with and without scripts, on a desk and on a telephone.
import { axe, desktop, keyboard, noSidewaysScroll, phone } from '../harness.mjs';

const FORM = '/programmes/hohhot-subsidy/calculator';

const text = (page, selector) => page.locator(selector).first().innerText();

/** The figures of one row of the table, column by column. */
async function row(page, name) {
    const line = page.locator('table.compare tbody tr').filter({ has: page.locator('th', { hasText: name }) });
    return (await line.locator('td').allInnerTexts()).map((cell) => cell.trim());
}

async function walk({ base, check, shot }, page, name, scripts) {
    await page.goto(base + FORM);
    if (scripts) await check(`${name}: the form passes axe`, () => axe(page));
    await check(`${name}: the form fits the window`, () => noSidewaysScroll(page));
    await shot(page, `20-calculator-${name}-empty`);
    await keyboard.type(page, '#given-software', '60');
    await keyboard.press(page, '.submit button');
    await page.waitForURL(/\/results\//);
    const paid = await row(page, '测算补贴');
    await check(`${name}: 60万元 of software pays 35, 30, 24`, paid.join() === '35,30,24', paid.join());
    const words = await row(page, '大写');
    await check(`${name}: amounts are written in words`, words[0] === '叁拾伍万元整', words.join());
    const said = await text(page, '.notice.strong');
    await check(`${name}: it says that level two pays more`, /二级补贴35万元，高于三级的30万元、四级的24万元/.test(said), said);
    if (scripts) await check(`${name}: the result passes axe`, () => axe(page));
    await check(`${name}: the result fits the window`, () => noSidewaysScroll(page));
    await shot(page, `20-calculator-${name}-result`);
    await keyboard.press(page, 'details.why > summary', 'Enter');
    await check(`${name}: 为什么 opens by keyboard`, page.locator('details.why[open] .reasons').first().isVisible());
    await check(`${name}: reasons lead to the clause`, async () => {
        const address = await page.locator('main .cites a').first().getAttribute('href');
        const answer = await fetch(new URL(address, base));
        const id = decodeURIComponent(new URL(address, base).hash.slice(1));
        return (await answer.text()).includes(`id="${id}"`);
    });
    return page.url();
}

async function mistake({ base, check, shot }, page, name) {
    await page.goto(base + FORM);
    await keyboard.type(page, '#given-software', '60万');
    await keyboard.type(page, '#given-service', '很多');
    page.problems.length = 0;
    await keyboard.press(page, '.submit button');
    await page.locator('.error-summary').waitFor();
    await check(`${name}: what was right is kept`, (await page.inputValue('#given-software')) === '60万');
    await check(`${name}: what was wrong is kept`, (await page.inputValue('#given-service')) === '很多');
    await check(`${name}: the message is beside the field`, page.locator('#given-service-error').isVisible());
    await shot(page, `20-calculator-${name}-error`);
}

async function conditions({ browser, base, check, shot }) {
    const page = await desktop(browser);
    await page.goto(base + FORM);
    await page.fill('#given-software', '60');
    await page.fill('#given-service', '80');
    await page.click('summary:has-text("申报条件自查")');
    await page.check('input[name="enterprise.roster"][value="否"]');
    await page.check('input[name="enterprise.legal_person"][value="是"]');
    await shot(page, '20-calculator-conditions-form');
    await page.click('.submit button');
    await page.waitForURL(/\/results\//);
    await check('a failed condition comes first, with what to do', async () => {
        const failed = await text(page, 'details.findings[open]');
        return failed.includes('纳入拟改造企业名单') && failed.includes('请先申请');
    });
    await check('service beyond software is taken off', async () => (await row(page, '不计'))[0] === '20');
    await shot(page, '20-calculator-conditions-result');
}

export default async (run) => {
    const { browser, base, check, shot } = run;
    let link;
    for (const [size, open] of [['desktop', desktop], ['phone', phone]]) {
        for (const scripts of [true, false]) {
            const name = `${size}-${scripts ? 'scripts' : 'plain'}`;
            const page = await open(browser, { javaScriptEnabled: scripts });
            link = await walk(run, page, name, scripts);
            await check(`${name}: nothing went wrong unseen`, page.problems.length === 0, page.problems.join('\n'));
            await mistake(run, page, name);
        }
    }
    const again = await phone(browser);
    await again.goto(link);
    await check('the kept link shows the same amounts', (await row(again, '测算补贴')).join() === '35,30,24');
    await again.click('text=修改填写内容');
    await check('the form has the amount again', (await again.inputValue('#given-software')) === '60');
    await conditions(run);

    const levelled = await desktop(browser);
    await levelled.goto(`${base}${FORM}?project.settled_level=3`);
    await levelled.fill('#given-software', '400');
    await levelled.click('.submit button');
    await check('the level looked for stands out', async () => /三级[^]*150万元/.test(await text(levelled, '.headline')));
    await shot(levelled, '20-calculator-level');

    // Nobody may post from another site's page.
    const foreign = await fetch(base + FORM, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    await check('a post from another site is refused', foreign.status === 403, foreign.status);
};
