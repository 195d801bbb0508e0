// Days later: what was missed, what is paid, what is claimed back.
import { workbook } from '../workbook.mjs';
import { citesClause, PROGRAMME } from './steps.mjs';

async function missed({ check, who, files, shot }) {
    await who.other.goto(`/files/${files['other-subsidy']}/fill`);
    await check('a correction that was missed ends the file', who.other.has('已终止'));
    await check('with the clause that says so', async () => (await citesClause(who.other, 'main .notice')) && (await who.other.has('6.2', 'main .notice')));
    await check('and nothing is left to fill in', async () => !(await who.other.page.locator('ol.tasks a', { hasText: '填写' }).count()));
    await shot(who.other.page, '40-missed');
    await who.other.goto('/notices');
    await check('the enterprise is told of it', who.other.page.locator('ul.calls li').first().isVisible());
}

async function listed({ check, who }, nth) {
    await who.finance.goto(`/conduct/payments/new?programme=${PROGRAMME}`);
    await check(`list ${nth}: the file waits to be paid`, who.finance.has(who.first.organisation));
    await who.finance.press('编制清单');
    await check(`list ${nth}: it is drawn up`, who.finance.has('清单已编制'));
    return new URL(who.finance.page.url()).pathname;
}

async function approved({ check, who, shot }, list, nth) {
    await check(`list ${nth}: whoever drew it up does not approve it`, async () => !(await who.finance.page.locator('button', { hasText: '审批通过' }).count()));
    await who['finance-two'].goto(list);
    await who['finance-two'].press('审批通过');
    await check(`list ${nth}: one approval is not enough`, who['finance-two'].has('还需1名签发人审批'));
    await check(`list ${nth}: nor two of the same person`, async () => !(await who['finance-two'].page.locator('button', { hasText: '审批通过' }).count()));
    await shot(who['finance-two'].page, '40-payment-list');
    await who['finance-three'].goto(list);
    await who['finance-three'].press('审批通过');
    await check(`list ${nth}: two approve`, async () => !(await who['finance-three'].has('名签发人审批')));
    await who.finance.goto(list);
}

// The bank's table: the list as it was approved, with what became of it; the account was mistyped.
async function returned({ check, who, town, shot }) {
    const { page } = who.finance;
    const cell = async (selector) => (await page.locator(`table tbody tr ${selector}`).first().innerText()).trim();
    const [number, payee, amount] = [await cell('td.term'), await cell('th'), await cell('td.number')];
    const account = await cell('td:nth-child(5)');
    await page.locator('a', { hasText: '从表格导入拨付结果' }).click();
    await shot(page, '40-results');
    const heads = ['受理编号', '收款单位', '账号', '金额（元）', '结果', '日期', '失败原因', '流水号'];
    const row = [number, payee, `${account}0`, amount, '退票', town.day(), '账号与户名不符。', 'B20260001'];
    await page.locator('#table').setInputFiles(workbook('回单.xlsx', [heads, row]));
    await who.finance.press('上传并检查');
    await check('an account that was not approved is named with its cell', who.finance.has('C2'));
    await shot(page, '40-results-wrong');
    await page.locator('[name="cell.2.2"]').fill(account);
    await who.finance.press('保存改正并重新检查');
    await check('nothing is recorded before it is confirmed', who.finance.has('检查无误，尚未写入。'), await who.finance.text());
    await shot(page, '40-results-ready');
    await who.finance.press('确认导入');
    await check('a payment that failed is recorded from the table', who.finance.has('账号与户名不符。'), await who.finance.text());
    await check('with the number of the bank', who.finance.has('流水号B20260001'));
    await shot(page, '40-results-recorded');
}

async function paid(story) {
    const { check, who } = story;
    await approved(story, await listed(story, 1), 1);
    await returned(story);
    await approved(story, await listed(story, 2), 2);
    await who.finance.page.locator('[name="paid.items"]').check();
    await who.finance.press('将勾选的登记为已拨付');
    await check('the second is paid', who.finance.has('已登记拨付。'));
    await check('the sum is written in words', who.finance.has('伍拾伍万元整'));
}

async function claimed({ check, who, files, shot }) {
    const file = files['first-subsidy'];
    await who.finance.goto(`/files/${file}/claim`);
    await who.finance.fill({ amount: '6000000', reason: '事后核查，部分设备为改造前购置。', clause: 'guide:6.1' }).catch(() => {});
    await who.finance.press('追回资金', { within: who.finance.page.locator('main form') });
    await check('no more is claimed back than was paid', who.finance.page.locator('#errors').isVisible(), await who.finance.text());
    await who.finance.fill({ amount: '100000' });
    await who.finance.press('追回资金', { within: who.finance.page.locator('main form') });
    await check('the rest is claimed back with its clause', who.finance.has('已登记追回'), await who.finance.text());
    await who.finance.goto(`/files/${file}/repay`);
    await who.finance.fill({ amount: '100000' });
    await who.finance.press('登记退回', { within: who.finance.page.locator('main form') });
    await check('and comes back', who.finance.has('已登记退回'));
    await shot(who.finance.page, '40-file-paid');
    await who.first.goto(`/files/${file}/fill`);
    await check('the enterprise reads what was decided', who.first.has('已作出决定：55万元'));
    await check('and why', () => citesClause(who.first, 'section[aria-labelledby="award"] details.why'));
    await shot(who.first.page, '40-outlook');
}

async function supervised({ check, who, files, shot }) {
    await who.supervisor.goto(`/files/${files['first-subsidy']}`);
    await check('the supervisor reads the file', who.supervisor.has(who.first.organisation));
    await check('and does nothing in it', async () => !(await who.supervisor.page.locator('.decide .work, .decide button').count()));
    await who.supervisor.goto('/ledger');
    await who.supervisor.press('核验全部台账');
    await check('the ledger holds', who.supervisor.has('核验通过'), await who.supervisor.text());
    await shot(who.supervisor.page, '40-ledger');
}

export default async function money(story) {
    const { who } = story;
    for (const key of ['first', 'other', 'finance', 'finance-two', 'finance-three', 'supervisor']) await who[key].signIn();
    await missed(story);
    await paid(story);
    await claimed(story);
    await supervised(story);
}
