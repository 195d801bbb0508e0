// What a provider offers: said in a form, taken in from a workbook with one wrong cell, found by everybody, taken out and put back.
import { axe, noSidewaysScroll, phone } from '../harness.mjs';
import { told } from '../people.mjs';
import { administrator, both, offices, registered } from '../story/settling.mjs';
import { workbook } from '../workbook.mjs';

const HEADS = ['产品名称', '产品类型', '适用场景', '适用行业', '部署方式', '最低价格', '最高价格', '计价单位', '产品简介'];
const ROWS = [
    ['设备联网网关', '硬件', '设备管理、生产管控', '各行业', '不需要部署', '0.8', '1.2', '台', '采集车间设备的运行数据。'],
    ['进销存云平台', 'SaaS', '采购管理；仓储物流', '食品加工；泵、阀门、压缩机及类似机械制造', '云端', '3000元', '6000元', '年', '按年订阅的采购、库存和销售管理。'],
    ['质量追溯系统', '软件', '质量管里', '食品加工', '本地', '面议', '', '', '一物一码，全程追溯。'],
    ['已停售的看板', '纸质', '大约是生产', '食品加工', '本地', '面议', '', '', '不再销售。'],
];

/** A page at both widths: no wider than the window, nothing that axe calls grave. */
async function seen({ check, shot }, person, name) {
    const before = person.page.viewportSize();
    for (const width of [1280, 390]) {
        await person.page.setViewportSize({ width, height: 800 });
        await check(`${name}: no sideways scroll at ${width}`, () => noSidewaysScroll(person.page));
    }
    await person.page.setViewportSize(before);
    await check(`${name}: axe`, () => axe(person.page));
    await both(person, shot, `86-${name}`);
}

async function typed(story, person) {
    const { check } = story;
    await person.goto('/home');
    await seen(story, person, 'home');
    await person.press('产品目录');
    await check('there is nothing yet', person.has('还没有产品'));
    await person.press('新增产品');
    await seen(story, person, 'form');
    await person.fill({ name: '车间看板', price_from: '五万', price_to: '50000', summary: '实时显示生产进度。' });
    await person.tick('kind', 'software');
    await person.press('发布', { within: person.page.locator('main form') });
    await check('what is wrong is said beside the fields', async () => (await person.page.locator('#scenarios-error').isVisible()) && (await person.page.locator('#price_from-error').isVisible()), await person.text());
    await check('what was typed is kept', async () => (await person.page.inputValue('#name')) === '车间看板' && (await person.page.inputValue('#price_from')) === '五万' && (await person.page.locator('[name="kind"][value="software"]').isChecked()));
    await seen(story, person, 'form-wrong');
    await person.tick('scenarios', 'production');
    await person.tick('scenarios', 'scheduling');
    await person.tick('delivery', 'local');
    await person.fill({ price_from: '3万元', price_per: '套' });
    await person.press('发布', { within: person.page.locator('main form') });
    await check('it is published', person.has('产品已发布'), await person.text());
    await check('with what was said', async () => (await person.page.inputValue('#price_from')) === '30000' && (await person.page.locator('[name="scenarios"][value="production"]').isChecked()));
    await seen(story, person, 'one-own');
}

/** A row that cannot be put right is left out, put back, and left out again: with the keyboard. */
async function leftOut({ check, ...story }, person) {
    await check('corrected in place, the other row is still wrong', person.has('有2处需要改正'), await person.text());
    const leave = () => person.page.getByLabel('不导入本行（第5行）').press('Space');
    await leave();
    await person.press('保存改正并重新检查');
    await check('it counts no more and is named', async () => (await person.has('检查无误')) && (await person.has('将导入3行，不导入1行（第5行）')) && (await person.has('已停售的看板，纸质，大约是生产')), await person.text());
    await seen({ check, ...story }, person, 'left-out');
    await person.page.getByLabel('恢复导入（第5行）').press('Space');
    await person.press('恢复导入选中的行');
    await check('put back it is wrong again', person.has('有2处需要改正'), await person.text());
    await leave();
    await person.press('保存改正并重新检查');
    await check('left out again', person.has('检查无误'), await person.text());
}

async function imported(story, person) {
    const { check } = story;
    await person.goto('/home/products');
    await person.press('从表格导入');
    await seen(story, person, 'import');
    const template = await person.page.request.get(new URL('/home/products/template.xlsx', person.town.base).href);
    await check('there is a template', template.ok() && template.headers()['content-type'].includes('spreadsheetml'));
    await person.page.locator('#table').setInputFiles(workbook('产品.xlsx', [HEADS, ...ROWS]));
    await person.press('上传并检查');
    await check('each wrong cell is named with what to do', async () => (await person.has('有3处需要改正')) && (await person.has('C4')) && (await person.has('是否应为“质量管理”')), await person.text());
    await seen(story, person, 'preview');
    await person.page.locator('input[name="cell.4.2"]').fill('质量管理');
    await person.press('保存改正并重新检查');
    await leftOut(story, person);
    await person.press('确认导入');
    await check('all three are in, and the fourth is said', async () => (await person.has('新增3个')) && (await person.has('不导入1行（第5行）')), await person.text());
    await seen(story, person, 'own');
    await person.press('从表格导入');
    const out = await person.page.request.get(new URL('/home/products.xlsx', person.town.base).href);
    await person.page.locator('#table').setInputFiles({ name: '导出.xlsx', mimeType: out.headers()['content-type'], buffer: await out.body() });
    await person.press('上传并检查');
    await check('what goes out changes nothing on its way in', person.has('与平台上的一致'), await person.text());
    await person.press('放弃', { exact: true });
}

async function found(story) {
    const { browser, check, shot, town } = story;
    const visitor = await town.person('访客', 'visitor@example.cn');
    await visitor.goto('/');
    await visitor.press('查找数字化产品');
    await check('everybody finds what is offered', async () => (await visitor.has('共4个产品')) && (await visitor.has('进销存云平台')), await visitor.text());
    await seen(story, visitor, 'catalogue');
    await visitor.fill({ scenario: '设备管理' });
    await visitor.press('查询', { within: visitor.page.locator('main form') });
    await check('by scenario', async () => (await visitor.has('共1个产品')) && (await visitor.has('设备联网网关')), await visitor.text());
    await visitor.fill({ scenario: '全部', search: '测试软件 追溯' });
    await visitor.press('查询', { within: visitor.page.locator('main form') });
    await check('by words of the product and its provider', async () => (await visitor.has('共1个产品')) && (await visitor.has('质量追溯系统')), await visitor.text());
    await visitor.press('质量追溯系统');
    await check('one product says all of it', async () => (await visitor.has('食品加工制造业')) && (await visitor.has('面议')) && (await visitor.has('该服务商的其他产品')), await visitor.text());
    await seen(story, visitor, 'one');
    const handheld = await phone(browser);
    await handheld.goto(new URL('/products?scenario=procurement', town.base).href);
    await check('on a telephone too', async () => (await handheld.locator('main').innerText()).includes('进销存云平台') && (await noSidewaysScroll(handheld)));
    await shot(handheld, '86-catalogue-phone');
    await handheld.context().close();
    return visitor;
}

async function withdrawn(story, person, visitor) {
    const { check } = story;
    await person.goto('/home/products');
    await person.press('质量追溯系统');
    await person.fill({ reason: '停止维护' });
    await person.press('下架该产品');
    await check('it is out, and it is said since when', async () => (await person.has('已下架')) && (await person.has('停止维护')), await person.text());
    await seen(story, person, 'withdrawn');
    const gone = await visitor.page.reload();
    await check('its page is gone', gone.status() === 404, gone.status());
    await person.press('恢复上架', { within: person.page.locator('main form').last() });
    await check('and back', person.has('产品已恢复上架'), await person.text());
    await check('its page too', async () => (await visitor.page.reload()).status() === 200);
}

/** The bureau takes one down that is listed wrongly; its provider reads why, puts it right and lists it again. */
async function takenDown(story, bureau, person, visitor) {
    const { check } = story;
    await bureau.goto('/desk');
    await bureau.press('产品目录');
    await check('the bureau sees what the providers of its place offer', async () => (await bureau.has('共4个产品')) && (await bureau.has('测试软件有限公司')), await bureau.text());
    await seen(story, bureau, 'office');
    await bureau.press('质量追溯系统');
    await bureau.press('下架该产品');
    await check('not without a reason', bureau.has('请填写下架原因'), await bureau.text());
    await seen(story, bureau, 'office-wrong');
    await bureau.fill({ reason: '简介与合同不符，请写明适用的行业。' });
    await bureau.press('下架该产品');
    await check('it is out, and the provider is told', bureau.has('已通知服务商'), await bureau.text());
    await seen(story, bureau, 'office-down');
    await check('its page is gone for everybody', async () => (await visitor.page.reload()).status() === 404);
    await person.follow(/http\S+\/home\/products\/\S+/);
    await check('the provider reads why', async () => (await person.has('主管部门下架')) && (await person.has('简介与合同不符')), await person.text());
    await seen(story, person, 'taken-down');
    await person.fill({ summary: '一物一码，全程追溯，适用食品加工。' });
    await person.press('保存', { within: person.page.locator('main form').first() });
    await check('a correction alone lists nothing', async () => (await visitor.page.reload()).status() === 404);
    await person.press('恢复上架', { within: person.page.locator('main form').last() });
    await check('listed again by its provider', async () => (await visitor.page.reload()).status() === 200);
    await bureau.goto('/notices');
    await check('which the bureau is told', bureau.has('产品恢复上架'), await bureau.text());
}

export default told(async (story) => {
    const { town, who } = story;
    await town.open();
    await administrator(story, 'hohhot');
    await offices(story, [['bureau', 'city_bureau', '测试市工业和信息化局', 'hohhot']]);
    await registered(story, [['provider', 'provider', '测试软件有限公司', 'hohhot-saihan', 31]]);
    await typed(story, who.provider);
    await imported(story, who.provider);
    const visitor = await found(story);
    await withdrawn(story, who.provider, visitor);
    await takenDown(story, who.bureau, who.provider, visitor);
});
