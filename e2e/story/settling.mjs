// Many people get accounts at once, for stories of which that is not the point.
import { creditCode, PROFILE } from './answers.mjs';

/** The first administrator sets the platform up. */
export async function administrator({ town, who }, place) {
    const admin = (who.admin = await town.person('管宁', 'admin@example.cn'));
    await admin.goto('/set-up');
    const code = town.server.log.match(/设置码：(\S+)/)[1];
    const fields = { organisation: '测试平台运行单位', place, name: '管宁', phone: '0991-0000000', email: admin.email };
    await admin.fill({ ...fields, code, password: admin.password, password_again: admin.password });
    await admin.press('完成设置');
    await admin.signIn();
}

/** Adds offices, each `[key, kind, name, place]`, and lets them in. */
export async function offices({ town, who }, all) {
    for (const [key, kind, organisation, place] of all) {
        who[key] = await town.person(`${organisation.slice(2, 4)}甲`, `${key}@example.cn`);
        who[key].organisation = organisation;
        await who.admin.goto('/organisations/new');
        await who.admin.fill({ kind, organisation, place, name: who[key].name, email: who[key].email });
        await who.admin.press('添加并发送邀请');
    }
    for (const [key] of all) {
        await who[key].join();
        await who[key].signIn();
    }
}

/** Registers organisations, each `[key, kind, name, place, number]`: one person fills in, `KEY-signs` signs. */
export async function registered({ town, who }, all) {
    for (const [key, , organisation] of all) {
        const name = organisation.slice(2, 5);
        who[key] = await town.person(`${name}经办`, `${key}@example.cn`);
        who[key].organisation = organisation;
        who[`${key}-signs`] = await town.person(`${name}签发`, `${key}-signs@example.cn`);
    }
    await each(all, async ([key, kind, organisation, place, number]) => {
        const person = who[key];
        await person.goto(`/register?kind=${kind}`);
        const fields = { organisation, place, credit_code: creditCode(number), name: person.name, phone: '0991-0000000', email: person.email };
        await person.fill({ ...fields, password: person.password, password_again: person.password });
        await person.press('注册', { within: person.page.locator('main form') });
    });
    await each(all, async ([key, , , , number]) => {
        await verified(who[key], { bank_account: String(number).padStart(16, '0') });
        const signs = who[`${key}-signs`];
        await who[key].goto('/people');
        await who[key].fill({ name: signs.name, email: signs.email });
        await who[key].tick('roles', 'certifier');
        await who[key].press('发出邀请');
    });
    await each(all, async ([key]) => {
        await who[`${key}-signs`].join();
        await who[`${key}-signs`].signIn();
    });
}

/** Does something for all of them, a few at a time. */
export async function each(all, act, at_once = 3) {
    const left = [...all];
    await Promise.all(Array.from({ length: at_once }, async () => {
        for (let one = left.shift(); one !== undefined; one = left.shift()) await act(one);
    }));
}

async function verified(person, own) {
    await person.follow(/\S+\/verify-email\/\S+/);
    await person.press('完成注册');
    await person.signIn();
    await person.goto('/profile');
    await person.fill({ ...PROFILE, ...own });
    await person.tick('quality', 'none');
    await person.press('保存', { within: person.page.locator('main form') });
}

/** Somebody calls to apply, from today for so many days. */
export async function calls({ town, check }, person, programme, procedure, label, days = 60) {
    await person.goto('/conduct/batches/new');
    const fields = { what: `${programme} ${procedure}`, label, notice: '请在截止日期前提交。\n\n咨询电话：0991-0000000。' };
    await person.fill({ ...fields, opens_on: town.day(), deadline_on: town.day(days) });
    await person.press('发布通知');
    await check(`${label}: the call is out`, person.has('通知已发布'));
}

/** A page as it is seen on the screen of an office and on a telephone. */
export async function both(person, shot, name) {
    const { page } = person;
    const before = page.viewportSize();
    for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        await shot(page, `${name}-${width}`);
    }
    await page.setViewportSize(before);
}
