// The site is up, speaks Chinese, and is closed where it should be.
import { axe, desktop, noSidewaysScroll, phone } from '../harness.mjs';

export default async ({ browser, base, check, shot }) => {
    const answer = await fetch(base);
    const html = await answer.text();
    const header = (name) => answer.headers.get(name) ?? '';

    await check('GET / answers 200', answer.status === 200, answer.status);
    await check('the page is UTF-8', /charset=utf-8/i.test(header('content-type')));
    await check('the page is in Chinese', /<html[^>]*\blang="zh-CN"/.test(html), html.slice(0, 200));

    const policy = header('content-security-policy');
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) {
        await check(`content-security-policy says ${part}`, policy.includes(part), policy);
    }
    await check('no inline script or style is let through', !policy.includes('unsafe'), policy);
    await check('no guessing of content types', header('x-content-type-options') === 'nosniff');
    // The address of a kept case is its secret: it must not travel to other sites.
    const referrer = header('referrer-policy');
    await check('no referrer to other sites', /^(no-referrer|same-origin)$/.test(referrer), referrer);

    const missing = await fetch(`${base}/no-such-page`);
    await check('an unknown address answers 404', missing.status === 404, missing.status);

    const page = await desktop(browser);
    await page.goto(base);
    await check('there is one main heading', (await page.locator('h1').count()) === 1);
    await check('nothing serious found by axe', () => axe(page));
    await check('no errors, no request to another site', page.problems.length === 0, page.problems.join('\n'));
    await shot(page, '00-smoke-desktop');

    const small = await phone(browser);
    await small.goto(base);
    await check('no sideways scrolling on a telephone', () => noSidewaysScroll(small));
    await shot(small, '00-smoke-phone');

    const plain = await desktop(browser, { javaScriptEnabled: false });
    await plain.goto(base);
    await check('the page is there without scripts', plain.locator('h1').isVisible());
};
