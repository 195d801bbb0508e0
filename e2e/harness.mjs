// What the browser tests share: windows, accessibility, screenshots, the keyboard.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';

const SCREENSHOTS = path.join(path.dirname(fileURLToPath(import.meta.url)), 'screenshots');

/** A page in the window of an ordinary office computer. */
export function desktop(browser, options = {}) {
    return open(browser, { viewport: { width: 1366, height: 768 }, ...options });
}

/** A page on a telephone. */
export function phone(browser, options = {}) {
    const viewport = { width: 390, height: 844 };
    return open(browser, { viewport, isMobile: true, hasTouch: true, ...options });
}

// `page.problems` gathers what a visitor would not see but a developer must: script errors,
// console errors (which is how the browser reports what the content security policy stopped and
// what was not found) and requests to any other site.
async function open(browser, options) {
    const context = await browser.newContext({ locale: 'zh-CN', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.problems = [];
    page.on('pageerror', (error) => page.problems.push(`script error: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() !== 'error') return;
        page.problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    let site;
    page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (!protocol.startsWith('http')) return;
        site ??= origin;
        if (origin !== site) page.problems.push(`request to another site: ${request.url()}`);
    });
    return page;
}

/** Fails if axe finds anything serious or critical. Needs a page with scripts on. */
export async function axe(page) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    if (grave.length === 0) return true;
    const lines = grave.map(({ id, help, nodes }) => {
        const places = nodes.slice(0, 5).map(({ target }) => target.join(' '));
        return `${id}: ${help} (${nodes.length}): ${places.join(' | ')}`;
    });
    throw new Error(lines.join('\n'));
}

/** Keeps a picture of the whole page, or of what its window shows, as e2e/screenshots/NAME.png. */
export async function shot(page, name, { fullPage = true } = {}) {
    await mkdir(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage });
}

/** Fails if the page is wider than its window, so that one would have to scroll sideways. */
export async function noSidewaysScroll(page) {
    const [content, window] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
    });
    if (content > window) throw new Error(`the page is ${content} px wide in ${window} px`);
    return true;
}

/** What only the keyboard does. */
export const keyboard = {
    /** Presses Tab until the focus is on what `selector` matches; says how often it took. */
    async tabTo(page, selector, maxPresses = 300) {
        for (let presses = 0; presses <= maxPresses; presses++) {
            if (await keyboard.isOn(page, selector)) return presses;
            await page.keyboard.press('Tab');
        }
        throw new Error(`${maxPresses} presses of Tab did not reach ${selector}`);
    },

    /** Whether the focus is on what `selector` matches. */
    isOn(page, selector) {
        return page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
    },

    /** Tabs to what `selector` matches and presses a key there, Enter unless told. */
    async press(page, selector, key = 'Enter') {
        await keyboard.tabTo(page, selector);
        await page.keyboard.press(key);
    },

    /** Tabs to the field that `selector` matches and types into it. */
    async type(page, selector, text) {
        await keyboard.tabTo(page, selector);
        await page.keyboard.type(text);
    },
};
