// The subsidy: filled in with mistakes, returned and corrected, assessed, audited, decided, shown, objected to.
import { desktop } from '../harness.mjs';
import { fillSheet, fillStage, handIn, sign } from '../sheet.mjs';
import { costs, LEVEL_THREE, NOTHING_FOUND, project, ROWS } from './answers.mjs';
import { announce, assign, citesClause, declare, open, start } from './steps.mjs';

/** Ten working days and no less, whatever holidays lie between. */
export const CORRECTED_WITHIN = 25;

/** Fills in everything of a subsidy. */
export async function fillSubsidy({ town, who, files }, key, { each, ...own } = {}) {
    const facts = project(who[key].organisation, who.provider.organisation, (later) => town.day(later));
    const answers = { ...facts, ...LEVEL_THREE, ...costs(key), ...own };
    await fillStage(who[key], files[`${key}-subsidy`], { answers, rows: ROWS, each });
}

async function mistakes({ check, who, files, shot }) {
    const { page } = who.first;
    await who.first.goto(`/files/${files['first-subsidy']}/fill/apply/form/summary`);
    const field = page.locator('[id="summary-features"]');
    const right = await field.inputValue();
    await field.fill('太短。');
    await who.first.press('保存并继续');
    await who.first.goto(`/files/${files['first-subsidy']}/fill/apply/check`);
    await check('what is too short is said before it is handed in', who.first.has('不少于500字', '#errors'), await who.first.text('#errors'));
    await shot(page, '40-subsidy-errors');
    await who.first.leaving(() => page.locator('#errors a').first().click());
    await check('the message leads to its field', page.locator('#summary-features-error').isVisible());
    await check('and what was typed stands in it', async () => (await field.inputValue()) === '太短。');
    await field.fill(right);
    await who.first.press('保存并继续');
    await who.first.goto(`/files/${files['first-subsidy']}/fill/apply/check`);
}

async function filed(story) {
    const { town, check, who, files, shot } = story;
    files['first-subsidy'] = await start(who.first, '数字化改造补贴申报');
    const seen = {};
    await fillSubsidy(story, 'first', {
        each: async (at) => {
            if (at.endsWith('/form/application')) seen.name = await who.first.text('form.sheet');
            if (!at.endsWith('/form/costs')) return;
            await who.first.page.locator('[data-saved]', { hasText: '已自动保存' }).waitFor();
            seen.cost = await who.first.text('form.sheet');
        },
    });
    await check('what the platform knows is not asked again', seen.name.includes(who.first.organisation));
    await check('the form saves itself', Boolean(seen.cost));
    await mistakes(story);
    await shot(who.first.page, '40-subsidy-check');
    await handIn(who.first);
    await sign(who['first-signs'], files['first-subsidy']);
    await shot(who['first-signs'].page, '40-receipt');
    await who.other.goto(`/files/${files['other-subsidy']}/fill/apply/check`);
    await handIn(who.other);
    await sign(who['other-signs'], files['other-subsidy']);
}

async function sentBack({ town, check, who, files }, key, days, [path, message]) {
    await open(who.city, files[`${key}-subsidy`], '办理审核');
    await who.city.press('退回补正');
    await who.city.press('退回申报单位补正');
    await check(`${key}: a return says what is to be corrected`, who.city.page.locator('#errors').isVisible());
    await who.city.fill({ 'point-0-path': path, 'point-0-message': message, due_on: town.day(1) });
    await who.city.press('退回申报单位补正');
    await check(`${key}: no less time is left than the policy does`, who.city.has('不能早于'));
    await check(`${key}: and the clause says so`, () => citesClause(who.city, 'p.cited'));
    await who.city.fill({ due_on: town.day(days) });
    await who.city.press('退回申报单位补正');
    await check(`${key}: it is returned`, who.city.has('已退回补正'));
}

async function corrected(story) {
    const { check, who, files, shot } = story;
    await who.first.goto('/notices');
    await check('the enterprise is told', who.first.has('补正'));
    await who.first.goto(`/files/${files['first-subsidy']}/fill`);
    await check('it sees what to correct', who.first.has('付款凭证不清晰'));
    await check('with the clause', () => citesClause(who.first, 'section.notice, .remark'));
    await shot(who.first.page, '40-correction');
    await fillSubsidy(story, 'first', {
        each: async (at) => {
            if (at.endsWith('/papers')) await check('the remark stands beside its slot', who.first.has('付款凭证不清晰', '#paper-vouchers'));
        },
    });
    await handIn(who.first);
    await sign(who['first-signs'], files['first-subsidy']);
    await check('the corrected file is handed in', who['first-signs'].has('已提交'));
}

async function qualified({ town, check, who, files }) {
    const judged = (holds) => ({ ...NOTHING_FOUND, 'judge.no-banned-products': 'yes', 'judge.no-incident': holds });
    await open(who.city, files['first-subsidy'], '办理审核');
    await fillSheet(who.city.page, judged('no'), town.day());
    await who.city.press('通过', { exact: true });
    await check('who finds a condition broken cannot approve', who.city.has('不能通过', '#errors'), await who.city.text());
    await check('the refusal names its clause', () => citesClause(who.city));
    await check('and what was judged is kept', who.city.page.locator('[name="judge.no-incident"][value="no"]').isChecked());
    await fillSheet(who.city.page, judged('yes'), town.day());
    await who.city.press('通过', { exact: true });
    await check('the qualification is approved', who.city.has('已通过'));
}

async function assessed({ town, check, who, files, shot }) {
    const file = files['first-subsidy'];
    await who.city.goto('/desk');
    await who.city.page.locator(`[name="pick"][value="${file} evaluation"]`).check();
    await who.city.fill({ 'bulk-organisation': who.second.organisation });
    await who.city.press('委托所选');
    await check('the city entrusts from its desk', who.city.has('已委托1件'));
    await declare(who.second, file);
    await open(who.second, file, '填写评测');
    await check('the enterprise’s own answer stands beside each question', who.second.has('企业自评'));
    const { 'answers.talent': _left, ...some } = LEVEL_THREE;
    await fillSheet(who.second.page, some, town.day());
    await shot(who.second.page, '40-assess');
    await who.second.press('提交评测结果');
    await check('a question left out is named', who.second.has('人才建设', '#errors'), await who.second.text());
    await check('and the others are kept', who.second.page.locator('[name="scenarios.marketing"][value="3"]').isChecked());
    await fillSheet(who.second.page, LEVEL_THREE, town.day());
    await who.second.press('提交评测结果');
    await check('the assessment is handed in', who.second.has('已提交评测结果'));
}

async function audited({ town, check, who, files, shot }) {
    const file = files['first-subsidy'];
    await assign(who.city, file, 'audit', who.auditor.organisation);
    await declare(who.auditor, file);
    await open(who.auditor, file, '核定投入');
    const stated = { ...costs('first'), 'contract.related_statement': 'yes', 'invoice.matches_contract': 'yes', 'payment.to_contract_account': 'yes' };
    await fillSheet(who.auditor.page, stated, town.day());
    await who.auditor.fill({ 'lower-recognised': '9000000' });
    await who.auditor.press('提交核定结果');
    await check('an audit only lowers', who.auditor.has('不能高于', '#errors'), await who.auditor.text());
    await check('what is computed is said: 120万元', who.auditor.has('120万元'));
    await who.auditor.fill({ 'lower-recognised': '1100000' });
    await who.auditor.press('提交核定结果');
    await check('lowering needs a reason', who.auditor.has('理由', '#errors'));
    await shot(who.auditor.page, '40-audit');
    await who.auditor.fill({ 'lower-recognised-reason': '部分设备单价高于市场价格。' });
    await who.auditor.press('提交核定结果');
    await check('the audit is handed in', who.auditor.has('已提交核定结果'));
}

async function decided({ town, check, who, files, shot }) {
    await open(who.city, files['first-subsidy'], '办理审核');
    await fillSheet(who.city.page, {}, town.day());
    await who.city.press('通过', { exact: true });
    await check('the award is decided: half of 110万元', who.city.has('已作出决定：55万元'), await who.city.text('aside.ruled'));
    const why = who.city.page.locator('section[aria-labelledby="award"] details.why').first();
    await why.locator('summary').first().click();
    await check('为什么 opens the reasons of the amount', why.locator('.reasons').isVisible());
    await check('the reasons lead to the clause', () => citesClause(who.city, 'section[aria-labelledby="award"] details.why'));
    await check('every amount has its reasons', async () => {
        const table = who.city.page.locator('section[aria-labelledby="cost"] tbody');
        const rows = await table.locator('tr:has(td.number)').count();
        return rows > 0 && (await table.locator('details.why').count()) === rows;
    });
    await check('what the auditor lowered is said', who.city.has('审计调整'));
    await shot(who.city.page, '40-file-decided');
}

async function objection({ town, browser, check, who, shot }, address) {
    const page = await desktop(browser);
    await page.goto(town.base + address);
    await check('the public sees level and amount', async () => /三级[^]*110[^]*55/.test(await page.locator('main table').innerText()));
    await shot(page, '40-publicity');
    await page.locator('#application').selectOption({ index: 1 });
    await page.fill('#name', '群众甲');
    await page.fill('#contact', '0471-0000000');
    await page.click('section[aria-labelledby="object"] button');
    await page.locator('#errors').waitFor();
    await check('an objection needs facts, and keeps what was typed', async () => (await page.inputValue('#name')) === '群众甲');
    await page.fill('#text', '该企业部分设备似为改造前购置，请核实。');
    await page.click('section[aria-labelledby="object"] button');
    await page.getByText('异议回执').first().waitFor();
    const receipt = page.url();
    await check('the objector gets a receipt', page.getByText('受理单位正在核实').isVisible());

    await who.city.goto(address.replace('/publicity/', '/conduct/publicity/'));
    await check('the bureau sees the objection', who.city.has('似为改造前购置'));
    const settle = who.city.page.locator('form[action*="/objections/"]');
    await settle.locator('[value="no"]').check();
    await settle.locator('textarea').fill('经现场核对购置发票，设备均在改造期内购置。');
    await who.city.press('登记处理结果');
    await check('it is settled', who.city.has('异议处理结果已登记'));
    await page.goto(receipt);
    await check('the objector reads the outcome at the same address', page.getByText('异议不成立').first().isVisible());
    await page.context().close();
}

export default async function subsidy(story) {
    await filed(story);
    await sentBack(story, 'first', CORRECTED_WITHIN, ['paper.vouchers', '付款凭证不清晰，请重新上传。']);
    await sentBack(story, 'other', CORRECTED_WITHIN, ['', '请补充诊断报告签章页。']);
    await corrected(story);
    await qualified(story);
    await assessed(story);
    await audited(story);
    await decided(story);
    const address = await announce(story, '数字化改造补贴申报', story.town.day(5));
    await objection(story, address);
}
