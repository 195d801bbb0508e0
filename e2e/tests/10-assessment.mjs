// The self-assessment: filled by keyboard, with and without scripts, on a desk and on a telephone.
import { axe, desktop, keyboard, noSidewaysScroll, phone } from '../harness.mjs';

const FORM = '/programmes/miit-2024/assessment';

// A small food maker before its reform; the sum is written out in the pack's worked case
// enterprise-food.toml: 27.575.
const TICKS = {
    network: [1], data_collection: [6], network_security: [1], data_security: [2], management_system: [2], talent: [1],
};
const SINGLE = { information_systems: 1, planning_execution: 2 };
const FIGURES = {
    devices: '46', digital_devices: '8', online_devices: '3', digital_investment: '12万元', revenue_average: '1850',
    energy_last: '412.5', energy_prior: '412.5', revenue_last: '1900', revenue_prior: '19000000元',
    pass_rate_last: '98.2', pass_rate_prior: '98.1%', staff_last: '62', staff_prior: '62', cost_last: '1520', cost_prior: '1500',
};
const SCENARIOS = {
    product_design: 0, process_design: 0, marketing: 1, after_sales: 0, scheduling: 1, production: 1, quality_control: 1,
    equipment_management: 1, safety: 1, energy_management: 0, procurement: 1, warehousing: 1, finance: 1,
    human_resources: 0, collaboration: 1, decision: 0,
};
// Every field once, as the page has them.
const ORDER = [
    'network', 'equipment_digital', 'equipment_online', 'data_collection', 'information_systems', 'network_security',
    'data_security', 'planning_execution', 'management_system', 'talent', 'funding', 'energy', 'product_quality',
    'revenue_per_head', 'cost_ratio',
];

async function choose(page, name, index) {
    await keyboard.press(page, `input[name="${name}"]`, 'Space');
    for (let at = 0; at < index; at++) await page.keyboard.press('ArrowDown');
}

async function fill(page) {
    for (const question of ORDER) {
        if (TICKS[question]) {
            for (const at of TICKS[question]) await keyboard.press(page, `#answers-${question}-${at}`, 'Space');
        } else if (question in SINGLE) {
            await choose(page, `answers.${question}`, SINGLE[question]);
        } else {
            const own = await page.$$eval(
                `fieldset.question:has([name="answers.${question}"]) input[name^="figures."]`,
                (all) => all.map(({ name }) => name.slice('figures.'.length)),
            );
            for (const figure of own) await keyboard.type(page, `#figures-${figure}`, FIGURES[figure]);
        }
    }
    for (const [name, level] of Object.entries(SCENARIOS)) await choose(page, `scenarios.${name}`, level);
}

const text = (page, selector) => page.locator(selector).first().innerText();

async function walk({ base, check, shot }, page, name, scripts) {
    await page.goto(base + FORM);
    if (scripts) await check(`${name}: the form passes axe`, () => axe(page));
    await check(`${name}: the form fits the window`, () => noSidewaysScroll(page));
    await shot(page, `10-assessment-${name}-empty`);
    const asked = await page.locator('input[name^="figures."]').count();
    await fill(page);
    await check(`${name}: each figure is asked once`, asked === Object.keys(FIGURES).length, asked);
    if (scripts) {
        const live = page.locator('#score', { hasText: '27.575' });
        await check(`${name}: the score is kept up to date`, async () => { await live.waitFor(); return true; });
        await check(`${name}: the level is kept up to date`, async () => /一级/.test(await text(page, '#score')));
    }
    await keyboard.press(page, '.submit button');
    await page.waitForURL(/\/results\//);
    await check(`${name}: the result says 27.575`, async () => (await text(page, '.headline')).includes('27.575'));
    await check(`${name}: the result says 一级`, async () => (await text(page, '.headline')).includes('一级'));
    await check(`${name}: it says that it settles no level`, page.getByText('以主管部门组织的现场评测结果为准').first().isVisible());
    if (scripts) await check(`${name}: the result passes axe`, () => axe(page));
    await check(`${name}: the result fits the window`, () => noSidewaysScroll(page));
    await shot(page, `10-assessment-${name}-result`);
    return page.url();
}

async function reopen({ browser, base, check }, link) {
    const first = await desktop(browser);
    await first.goto(link);
    const said = await text(first, 'main');
    const again = await desktop(browser, { javaScriptEnabled: false });
    await again.goto(base);
    await again.fill('#link', link);
    await again.click('form.inline button');
    await check('a pasted link leads to the result', again.url() === link, again.url());
    await check('the link shows the same result', (await text(again, '.headline')) === (await text(first, '.headline')), said);
    await again.click('text=修改填写内容');
    await check('the form has the figures again', (await again.inputValue('#figures-devices')) === '46');
    await check('the form has the ticks again', again.isChecked('#answers-data_collection-6'));
    await check('the form has the levels again', again.isChecked('input[name="scenarios.marketing"][value="1"]'));
}

async function mistake({ base, check, shot }, page, name, scripts) {
    await page.goto(base + FORM);
    await keyboard.press(page, '#answers-network-2', 'Space');
    await keyboard.type(page, '#figures-devices', '四十多台');
    await choose(page, 'scenarios.finance', 2);
    page.problems.length = 0;
    await keyboard.press(page, '.submit button');
    await page.locator('.error-summary').waitFor();
    await check(`${name}: what was wrong is still in its field`, (await page.inputValue('#figures-devices')) === '四十多台');
    await check(`${name}: ticks are kept`, page.isChecked('#answers-network-2'));
    await check(`${name}: levels are kept`, page.isChecked('input[name="scenarios.finance"][value="2"]'));
    if (scripts) {
        await check(`${name}: the summary has the focus`, () => keyboard.isOn(page, '.error-summary'));
        await check(`${name}: the error passes axe`, () => axe(page));
    }
    await keyboard.press(page, '.error-summary a');
    await page.keyboard.press('Tab');
    await check(`${name}: the summary leads to the field`, async () => {
        const target = new URL(page.url()).hash;
        return target === '#figures-devices';
    });
    await shot(page, `10-assessment-${name}-error`);
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
            await mistake(run, page, name, scripts);
        }
    }
    await reopen(run, link);

    const alone = await desktop(browser);
    await alone.goto(base + FORM);
    await alone.check('#answers-network-1');
    await alone.check('#answers-network');
    await check('无 puts out the other options', !(await alone.isChecked('#answers-network-1')));

    // 1280 px wide at 400 % is a window of 320 px.
    const zoomed = await desktop(browser, { viewport: { width: 320, height: 256 } });
    for (const address of ['/', FORM, '/programmes/hohhot-subsidy', link.replace(base, '')]) {
        await zoomed.goto(base + address);
        await check(`${address.replace(/[^/]{32}/, '…')} fits at 400 %`, () => noSidewaysScroll(zoomed));
    }

    const dark = await desktop(browser, { colorScheme: 'dark' });
    for (const [name, address] of [['form', FORM], ['result', link.replace(base, '')], ['programme', '/programmes/hohhot-subsidy']]) {
        await dark.goto(base + address);
        await check(`${name} passes axe in the dark`, () => axe(dark));
        await shot(dark, `10-dark-${name}`);
    }

    const city = await desktop(browser);
    await city.goto(`${base}/programmes/hohhot-subsidy`);
    await check('the programme page passes axe', () => axe(city));
    await shot(city, '10-programme-desktop');
    const small = await phone(browser);
    await small.goto(`${base}/programmes/hohhot-subsidy`);
    await check('the programme page fits a telephone', () => noSidewaysScroll(small));
    await shot(small, '10-programme-phone');
};
