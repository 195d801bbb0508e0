// The self-assessment, filled in off line: downloaded as a workbook, sent with one wrong cell, corrected in place, taken in;
// then the page has the same answers and the same score as one that was filled in by hand.
import { readFile } from 'node:fs/promises';
import { axe, noSidewaysScroll } from '../harness.mjs';
import { told } from '../people.mjs';
import { fillSheet } from '../sheet.mjs';
import { LEVEL_THREE } from '../story/answers.mjs';
import people from '../story/1-people.mjs';
import { call, start } from '../story/steps.mjs';
import { rowsOf, workbook } from '../workbook.mjs';

const LEVELS = ['未开展', '一级', '二级', '三级', '四级'];
const PHONE = { width: 390, height: 844 };
// Columns of a questionnaire.
const [QUESTION, ANSWER, KEY] = [2, 3, 5];
const WRONG = 'figures.devices';

const formOf = (file) => `/files/${file}/fill/apply/form/self-assessment`;

/** The page at both widths, in order on each. */
async function both({ check, shot }, page, name) {
    await shot(page, name);
    await check(`${name}: accessible`, () => axe(page));
    const before = page.viewportSize();
    await page.setViewportSize(PHONE);
    await check(`${name}: no wider than a telephone`, () => noSidewaysScroll(page));
    await shot(page, `${name}-phone`);
    await page.setViewportSize(before);
}

async function downloaded(person, link) {
    const [download] = await Promise.all([person.page.waitForEvent('download'), person.page.locator('main a', { hasText: link }).first().click()]);
    return rowsOf(await readFile(await download.path()));
}

/** What stands in a cell for an answer of the page. */
function cell(key) {
    const [path, option] = key.split('#');
    const answer = LEVEL_THREE[path];
    if (answer === undefined) return '';
    if (option) return answer.includes(option) ? '是' : '';
    return path.startsWith('scenarios.') ? LEVELS[Number(answer)] : answer;
}

/** Everything that stands in the fields of the page's form, and what is computed from it. */
function filledIn(page) {
    return page.evaluate(() => {
        const fields = [...document.querySelectorAll('form.sheet :is(input, select, textarea)')].filter(({ type }) => !['hidden', 'submit'].includes(type));
        const kept = fields.filter((field) => (['radio', 'checkbox'].includes(field.type) ? field.checked : true) && field.value);
        const shown = [...document.querySelectorAll('output[data-shown]')].map((output) => [output.dataset.shown, output.textContent.trim()]);
        return JSON.stringify({ typed: kept.map(({ name, value }) => [name, value]), shown });
    });
}

async function byHand({ town, who }, file) {
    await who.other.goto(formOf(file));
    await fillSheet(who.other.page, LEVEL_THREE, town.day());
    await who.other.press('保存草稿');
    await who.other.goto(formOf(file));
    return filledIn(who.other.page);
}

export default told(async (story) => {
    const { town, check, who } = story;
    await town.open();
    await people(story);
    await call(story, 'subsidy', '数字化改造补贴', 20);
    const file = await start(who.first, '数字化改造补贴申报');
    const { page } = who.first;
    await who.first.goto(formOf(file));
    await both(story, page, '87-form');
    await who.first.press('从填报表导入');
    await both(story, page, '87-import');

    const rows = await downloaded(who.first, '下载空白填报表');
    const lines = rows.slice(3);
    await check('a line a question, and none that is computed', lines.length > 60 && !lines.some((line) => line[KEY].startsWith('self-assessment.')), lines.length);
    for (const line of lines) line[ANSWER] = cell(line[KEY]);
    const missed = Object.keys(LEVEL_THREE).filter((path) => !lines.some((line) => line[KEY].split('#')[0] === path));
    await check('every answer has a line', missed.length === 0, missed.join());
    const wrong = lines.find((line) => line[KEY] === WRONG);
    wrong[ANSWER] = '八十台';
    // Whoever passes a sheet on copies what is seen: the hidden column stays behind.
    await page.locator('#table').setInputFiles(workbook('填报表.xlsx', rows.map((row) => row.slice(0, KEY))));
    await who.first.press('上传并检查');
    await check('one cell is wrong', who.first.has('有1处需要改正'), await who.first.text());
    await check('it is named', who.first.has(`D${rows.indexOf(wrong) + 1}`), await who.first.text());
    await check('and its question', who.first.has(wrong[QUESTION].replace(/^\d+\. /, '').replace(/（.*$/, '')), await who.first.text());
    await both(story, page, '87-wrong');
    await page.locator('table.cells input[type=text]').fill(LEVEL_THREE[WRONG]);
    await who.first.press('保存改正并重新检查');
    await check('now all is right', who.first.has('检查无误'), await who.first.text());
    await both(story, page, '87-right');
    await who.first.press('确认导入');
    await check('the form is open again', () => new URL(page.url()).pathname === formOf(file), page.url());
    await both(story, page, '87-filled');
    const imported = await filledIn(page);

    const other = await start(who.other, '数字化改造补贴申报');
    const typed = await byHand(story, other);
    await check('the same answers and the same score as by hand', imported === typed, `${imported}\n${typed}`);
    await check('which is level three', imported.includes('三级'), imported);

    await who.first.press('从填报表导入');
    const again = await downloaded(who.first, '含已填内容');
    await page.locator('#table').setInputFiles(workbook('再次导入.xlsx', again));
    await who.first.press('上传并检查');
    await check('the same again changes nothing', who.first.has('不需要导入'), await who.first.text());
});
