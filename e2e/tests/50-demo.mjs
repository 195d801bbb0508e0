// The demo city: entered as each role by one click; every page of that role is there, accessible, and fits a telephone.
import { axe, desktop, keyboard, noSidewaysScroll } from '../harness.mjs';

const DESKTOP = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
// Pages of the public have their own tests; papers and tables are no pages.
const ELSEWHERE = /^\/(programmes|results|papers\/|assets\/|api\/|register|sign-in|forgot-password|$)|\.(csv|xlsx)$|^\/files\/[^/]+\/papers\//;
const PAGES_MAX = 60;
// Roles walked at the same time.
const AT_ONCE = 2;

/** /files/01kx…/fill is the same kind of page whatever the file. */
const kindOf = (path) => path.replace(/\/[^/]*\d[^/]*(?=\/|$)/g, '/:id');
const nameOf = (kind) => kind.replaceAll('/:id', '').slice(1).replaceAll('/', '-') || 'start';

async function entrances(page, base) {
    await page.goto(`${base}/demo`);
    return page.locator('ul.entrances button').evaluateAll((all) => all.map(({ value, innerText }) => ({ account: value, label: innerText })));
}

async function enter(page, base, account) {
    await page.goto(`${base}/demo`);
    await Promise.all([page.waitForURL((url) => url.pathname !== '/demo'), page.click(`button[value="${account}"]`)]);
}

/** One person of each kind and set of roles: 企业 …（经办人） and 企业 …（签发人） see different things. */
function roles(all) {
    const roleOf = ({ label }) => `${label.split(' ')[0]}${label.match(/（[^（]*）$/)?.[0] ?? ''}`;
    return [...new Map(all.map((one) => [roleOf(one), one]).reverse()).entries()].reverse().map(([role, one]) => ({ ...one, role }));
}

/** Where the page leads, with the heading each link stands under: files of every group are looked at. */
function links(page) {
    return page.locator('header.site a[href], nav.tabs a[href], main a[href]').evaluateAll((all) => all.map((link) => ({
        address: link.href, group: link.closest('section')?.querySelector('h2')?.textContent ?? '',
    })));
}

async function walk({ check, shot }, page, base, role, seen) {
    const queue = [{ address: `${base}/home`, group: '' }, { address: `${base}/notices`, group: '' }];
    const met = new Set();
    const problems = [];
    const blame = async (address, act) => {
        try {
            await act();
        } catch (error) {
            problems.push(`${address.replace(base, '')}: ${error.message}`);
        }
    };
    while (queue.length > 0 && met.size < PAGES_MAX) {
        const { address, group } = queue.shift();
        const url = new URL(address);
        const kind = kindOf(url.pathname);
        const key = kind === '/files/:id' ? kind + group : kind;
        if (url.origin !== base || ELSEWHERE.test(url.pathname) || met.has(key)) continue;
        met.add(key);
        await blame(address, () => visit({ shot }, page, address, { key, role, seen }));
        queue.push(...(await links(page)));
    }
    await check(`${role}: ${met.size} pages, all in order`, problems.length === 0, problems.join('\n'));
}

async function visit({ shot }, page, address, { key, role, seen }) {
    const answer = await page.goto(address.replace(/#.*/, ''));
    if (answer && answer.status() >= 400) throw new Error(`answers ${answer.status()}`);
    if ((await page.locator('h1').count()) !== 1) throw new Error('has not one main heading');
    await page.setViewportSize(PHONE);
    // Where a role begins is a page of its own: /home leads some to /desk.
    const kind = kindOf(new URL(page.url()).pathname);
    const first = !seen.has(key) || key === '/home';
    seen.add(key);
    const name = `50-${nameOf(kind)}-${role.replace(/[（、]/g, '-').replace('）', '')}`;
    try {
        if (first) await shot(page, `${name}-phone`, { fullPage: false });
        await noSidewaysScroll(page);
    } finally {
        await page.setViewportSize(DESKTOP);
    }
    if (!first) return;
    await shot(page, name);
    await axe(page);
}

async function byKeyboard({ browser, check }, base, all) {
    const page = await desktop(browser);
    const district = all.find(({ label }) => /区.*工业和信息化局/.test(label) && !label.includes('市工业'));
    await enter(page, base, district.account);
    await keyboard.press(page, 'main table a');
    await page.waitForURL(/\/files\//);
    await check('by keyboard: what can be done is within reach', async () => (await keyboard.tabTo(page, '.decide a.button')) < 150);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/check/);
    await keyboard.press(page, 'button[value="approve"]');
    await page.waitForURL(/done=approved/);
    await check('by keyboard: a file is approved', page.getByText('已通过').first().isVisible());
}

async function withoutScripts({ browser, check }, base, all) {
    const page = await desktop(browser, { javaScriptEnabled: false });
    await enter(page, base, all.find(({ label }) => label.startsWith('企业')).account);
    const calls = page.locator('section[aria-labelledby="calls"] form button');
    await calls.first().click();
    await page.waitForURL(/\/fill$/);
    await page.locator('ol.tasks a', { hasText: '填写' }).first().click();
    const field = page.locator('form.sheet input[type="text"]:visible').first();
    await field.fill('没有脚本也能保存');
    await page.locator('.submit button[value="save"]').click();
    await check('without scripts a form is saved', page.locator('[data-saved]', { hasText: '已保存' }).isVisible());
    await page.reload();
    await check('and what was typed is there again', async () => (await field.inputValue()) === '没有脚本也能保存');
}

export default async ({ browser, demo, check, shot }) => {
    const { base } = await demo;
    const page = await desktop(browser);
    const all = await entrances(page, base);
    const each = roles(all);
    await check('every role has its entrance', each.length >= 10, each.map(({ role }) => role).join('，'));
    await shot(page, '50-demo');
    const seen = new Set();
    const queue = [...each];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
            const own = await desktop(browser);
            await enter(own, base, next.account);
            await walk({ check, shot }, own, base, next.role, seen);
            await check(`${next.role}: nothing went wrong unseen`, own.problems.length === 0, own.problems.join('\n'));
            await own.context().close();
        }
    }));
    await byKeyboard({ browser, check }, base, all);
    await withoutScripts({ browser, check }, base, all);
};
