// Changed rules over a table of made-up enterprises: by keyboard, with and without scripts, on a desk and on a telephone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { axe, desktop, keyboard, noSidewaysScroll, phone } from '../harness.mjs';

const FORM = '/programmes/hohhot-subsidy/simulation';
const HEADS = '编号,所属细分行业,评测验收核定的改造后数字化水平,系统软件投入,数字化诊断投入,云服务投入,实施服务投入,数据采集传输设备投入';

// 企业1: 70% of 100 is capped at 35. 企业2: 70% of 40 is 28. 企业3: 50% of 200 is 100.
const ROWS = [
    '企业1,特色食品加工业,二级,100万元,0元,0元,0元,0元',
    '企业2,纺织服装加工业,二级,40万元,0元,0元,0元,0元',
    '企业3,新材料制造业,三级,200万元,0元,0元,0元,0元',
];
const WRONG = ['企业1,不存在的行业,五级,100万元,0元,0元,0元,0元', '企业2,纺织服装加工业,二级,许多,0元,0元,0元,0元'];

const text = (page, selector) => page.locator(selector).first().innerText();
const figures = async (page) => (await page.locator('.headline .value').allInnerTexts()).map((one) => one.replace(/\s/g, ''));

async function fill(page, file, cap) {
    await page.setInputFiles('#cases', file);
    await keyboard.type(page, '#set-standard-1-cap', cap);
    await keyboard.type(page, '#budget', '170');
    // The whole page, not only its beginning: what a look at half of it says would be about nothing.
    await Promise.all([page.waitForEvent('load'), keyboard.press(page, '.submit button')]);
}

async function walk({ base, check, shot }, files, page, name, scripts) {
    await page.goto(base + FORM);
    if (scripts) await check(`${name}: the form passes axe`, () => axe(page));
    await check(`${name}: the form fits the window`, () => noSidewaysScroll(page));
    await shot(page, `30-simulation-${name}-empty`);
    await fill(page, files.right, '50');
    await page.locator('.headline').waitFor();
    const said = (await figures(page)).join();
    await check(`${name}: 163 becomes 178, 15 more`, said === '163万元,178万元,+15万元', said);
    const main = await text(page, 'main');
    await check(`${name}: the data come first`, main.indexOf('数据来源') < main.indexOf('所需资金') && main.includes('3件'));
    await check(`${name}: one gains, none loses`, /增加\s*1件.*减少\s*0件.*不变\s*2件/.test(main), main);
    await check(`${name}: the budget holds and then does not`, main.includes('不超出，结余7万元') && main.includes('超出8万元'));
    await check(`${name}: the reason is given on both sides`, async () => {
        const item = await text(page, '.changed > li');
        return item.includes('企业1') && /现行：.*最高补贴\s*35万元/.test(item) && /调整后：.*最高补贴\s*50万元/.test(item);
    });
    await check(`${name}: the reason leads to its clause`, async () => {
        const address = new URL(await page.locator('.changed .cites a').first().getAttribute('href'), base);
        const answer = await fetch(address);
        return (await answer.text()).includes(`id="${decodeURIComponent(address.hash.slice(1))}"`);
    });
    if (scripts) await check(`${name}: the result passes axe`, () => axe(page));
    await check(`${name}: the result fits the window`, () => noSidewaysScroll(page));
    await shot(page, `30-simulation-${name}-result`);
    await keyboard.press(page, '.actions button[type="submit"]');
    await check(`${name}: the form has the values again`, (await page.inputValue('#set-standard-1-cap')) === '50');
}

async function mistake({ base, check, shot }, files, page, name, scripts) {
    await page.goto(base + FORM);
    await fill(page, files.wrong, '很多');
    await page.locator('.error-summary').waitFor();
    const problems = (await page.locator('.problems li').allInnerTexts()).join('\n');
    for (const place of ['第2行“所属细分行业”列', '第2行“评测验收核定的改造后数字化水平”列', '第3行“系统软件投入”列']) {
        await check(`${name}: an error names ${place}`, problems.includes(place), problems);
    }
    await check(`${name}: what was wrong is kept`, (await page.inputValue('#set-standard-1-cap')) === '很多');
    await check(`${name}: what was right is kept`, (await page.inputValue('#budget')) === '170');
    await check(`${name}: the file must be chosen again, and it is said`, async () => (await text(page, '.error-summary')).includes('重新选择'));
    if (scripts) await check(`${name}: the error passes axe`, () => axe(page));
    await check(`${name}: the error fits the window`, () => noSidewaysScroll(page));
    await shot(page, `30-simulation-${name}-error`);
}

async function others({ browser, base, check, shot }, files) {
    const template = await fetch(`${base}${FORM}/template.csv`);
    const bytes = new Uint8Array(await template.arrayBuffer());
    await check('the template says that it is UTF-8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);

    const sample = await desktop(browser, { colorScheme: 'dark' });
    await sample.goto(base + FORM);
    await check('the form passes axe in the dark', () => axe(sample));
    await fill(sample, files.sample, '50');
    await sample.locator('.headline').waitFor();
    await check('a sample says how likely', async () => /超出的可能性为[\d.]+%/.test(await text(sample, 'main')));
    await check('the result passes axe in the dark', () => axe(sample));
    await shot(sample, '30-simulation-dark-result');

    const zoomed = await desktop(browser, { viewport: { width: 320, height: 256 } });
    await zoomed.goto(base + FORM);
    await check('the form fits at 400 %', () => noSidewaysScroll(zoomed));
    await fill(zoomed, files.right, '50');
    await zoomed.locator('.headline').waitFor();
    await check('the result fits at 400 %', () => noSidewaysScroll(zoomed));

    for (const address of ['/', '/programmes/hohhot-subsidy']) {
        await zoomed.goto(base + address);
        await check(`${address} leads to the page`, (await zoomed.locator(`a[href="${FORM}"]`).count()) === 1);
    }
    const foreign = await fetch(base + FORM, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    await check('a post from another site is refused', foreign.status === 403, foreign.status);
}

async function write(folder, name, rows) {
    const file = path.join(folder, name);
    await writeFile(file, `\ufeff${rows.join('\r\n')}\r\n`);
    return file;
}

export default async (run) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'shuzhuan-tables-'));
    const weighted = ROWS.map((row, at) => `${row},${at + 1}.5`);
    try {
        const files = {
            right: await write(folder, '申报件.csv', [HEADS, ...ROWS]),
            wrong: await write(folder, '有误.csv', [HEADS, ...WRONG]),
            sample: await write(folder, '抽样.csv', [`${HEADS},权重`, ...weighted]),
        };
        for (const [size, open] of [['desktop', desktop], ['phone', phone]]) {
            for (const scripts of [true, false]) {
                const name = `${size}-${scripts ? 'scripts' : 'plain'}`;
                const page = await open(run.browser, { javaScriptEnabled: scripts });
                await walk(run, files, page, name, scripts);
                await run.check(`${name}: nothing went wrong unseen`, page.problems.length === 0, page.problems.join('\n'));
                await mistake(run, files, page, name, scripts);
            }
        }
        await others(run, files);
    } finally {
        await rm(folder, { recursive: true });
    }
};
