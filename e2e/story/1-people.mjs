// Everybody gets an account: offices by invitation, enterprises and providers by registering.
import { creditCode, PROFILE } from './answers.mjs';

const OFFICES = [
    ['city', 'city_bureau', '测试市工业和信息化局', 'hohhot'],
    ['district', 'district_bureau', '测试区工业和信息化局', 'hohhot-saihan'],
    ['finance', 'finance_bureau', '测试市财政局', 'hohhot'],
    ['evaluator', 'evaluator', '测试评测中心', 'hohhot'],
    ['second', 'evaluator', '测试评测研究院', 'hohhot'],
    ['auditor', 'auditor', '测试会计师事务所', 'hohhot'],
    ['supervisor', 'supervisor', '测试审计监督组', 'hohhot'],
];

async function administrator({ town, check, who, shot }) {
    const admin = (who.admin = await town.person('管宁', 'admin@example.cn'));
    await admin.goto('/set-up');
    const fields = { organisation: '测试平台运行单位', place: 'hohhot', name: '管宁', phone: '0471-0000000', email: admin.email };
    await admin.fill({ ...fields, code: 'A'.repeat(32), password: admin.password, password_again: admin.password });
    await admin.press('完成设置');
    await check('a wrong set-up code makes no administrator', admin.has('设置码不正确', '#errors'));
    await check('what was typed is kept', async () => (await admin.page.inputValue('#organisation')) === fields.organisation);
    await admin.fill({ code: town.server.log.match(/设置码：(\S+)/)[1], password: admin.password, password_again: admin.password });
    await admin.press('完成设置');
    await admin.signIn();
    await check('the administrator sets up a second factor and is in', admin.has('管宁', 'header.site'));
    const again = await fetch(`${town.base}/set-up`);
    await check('there is one first administrator', again.status === 404, again.status);
    await admin.goto('/admin');
    await shot(admin.page, '40-admin');
}

async function offices({ town, check, who }) {
    for (const [key, kind, organisation, place] of OFFICES) {
        who[key] = await town.person(`${organisation.slice(2, 4)}甲`, `${key}@example.cn`);
        who[key].organisation = organisation;
        await who.admin.goto('/organisations/new');
        await who.admin.fill({ kind, organisation, place, name: who[key].name, email: who[key].email });
        await who.admin.press('添加并发送邀请');
    }
    await check('offices are added', who.admin.has('单位已添加'));
}

async function register({ town, check, who }, key, kind, organisation, place, number) {
    const person = (who[key] = await town.person(`${organisation.slice(2, 4)}经办`, `${key}@example.cn`));
    person.organisation = organisation;
    const code = creditCode(number);
    await person.goto(`/register?kind=${kind}`);
    const fields = { organisation, place, name: person.name, phone: '0471-0000000', email: person.email };
    const wrong = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
    await person.fill({ ...fields, credit_code: wrong, password: person.password, password_again: person.password });
    await person.press('注册', { within: person.page.locator('main form') });
    await check(`${key}: a wrong check character is refused beside its field`, person.page.locator('#credit_code-error').isVisible());
    await check(`${key}: and what was typed is kept`, async () => (await person.page.inputValue('#organisation')) === organisation);
    await person.fill({ credit_code: code, password: person.password, password_again: person.password });
    await person.press('注册', { within: person.page.locator('main form') });
    await check(`${key}: a letter is on its way`, person.has('请查收邮件'));
}

async function verify({ check }, person) {
    await person.follow(/\S+\/verify-email\/\S+/);
    await person.press('完成注册');
    await person.signIn();
    await check(`${person.name} is in`, person.has(person.organisation, 'header.site'));
}

/** Adds a certifier to somebody's organisation. */
async function certifier({ town, who }, key, by) {
    who[key] = await town.person(`${who[by].name.slice(0, 2)}签发`, `${key}@example.cn`);
    await who[by].goto('/people');
    await who[by].fill({ name: who[key].name, email: who[key].email });
    await who[by].tick('roles', 'certifier');
    await who[by].press('发出邀请');
}

async function describe({ check }, person, own) {
    await person.goto('/profile');
    await person.fill({ ...PROFILE, ...own });
    await person.tick('quality', 'none');
    await person.press('保存', { within: person.page.locator('main form') });
    await check(`${person.name}: the profile is kept`, person.has('单位信息已保存'));
}

export default async function people(story) {
    const { check, who } = story;
    await administrator(story);
    await offices(story);
    await register(story, 'first', 'enterprise', '测试第一食品有限公司', 'hohhot-saihan', 1);
    await register(story, 'other', 'enterprise', '测试第二食品有限公司', 'hohhot-saihan', 2);
    await register(story, 'provider', 'provider', '测试软件有限公司', 'hohhot-saihan', 3);
    for (const key of ['first', 'other', 'provider']) await verify(story, who[key]);
    for (const [key] of OFFICES) await who[key].join();
    for (const key of ['city', 'district', 'finance']) await who[key].signIn();
    await check('an office cannot act without its second factor', who.city.has(who.city.organisation, 'header.site'));

    await certifier(story, 'first-signs', 'first');
    await certifier(story, 'other-signs', 'other');
    await certifier(story, 'provider-signs', 'provider');
    await certifier(story, 'finance-two', 'finance');
    await certifier(story, 'finance-three', 'finance');
    await describe(story, who.first, {});
    await check('the size class follows from the figures', who.first.has('小型企业'));
    await describe(story, who.other, { bank_account: '0000000000000002' });
    for (const key of ['first-signs', 'other-signs', 'provider-signs', 'finance-two', 'finance-three']) await who[key].join();
    for (const key of ['first-signs', 'other-signs', 'provider-signs']) await who[key].signIn();
}
