// A town of people, each with a browser window, a password, an authenticator; and the letters they get.
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { desktop } from './harness.mjs';
import { freePort, startServer, stopServer } from './server.mjs';

// Letters leave every ten seconds.
const LETTER_MAX_MS = 20_000;
const PASSWORD = '春风十里-2026-绿';

/** A server over one data folder, whose clock can be set ahead by starting it again; `args` are more of its arguments. */
export class Town {
    constructor(browser, data, args = []) {
        Object.assign(this, { browser, data, args, days: 0, people: [], asked: [] });
    }

    get base() {
        return this.server.base;
    }

    /** The day it is there, as 2026-01-20, or so many days later. */
    day(later = 0) {
        const inChina = Date.now() + (8 * 60 * 60 + (this.days + later) * 24 * 60 * 60) * 1000;
        return new Date(inChina).toISOString().slice(0, 10);
    }

    /** Starts it, so many days from the real today. Everybody's session is over after a night. */
    async open(days = 0) {
        if (this.server) await stopServer(this.server);
        this.port ??= await freePort();
        this.days = days;
        this.server = await startServer(this.data, { port: this.port, args: this.args, offset_s: days * 24 * 60 * 60 });
    }

    async close() {
        if (this.server) await stopServer(this.server);
    }

    /** Somebody with a window of their own; the site sees each come from another address. */
    async person(name, email) {
        const address = `192.0.2.${this.people.length + 1}`;
        const page = await desktop(this.browser, { extraHTTPHeaders: { 'x-forwarded-for': address } });
        const person = new Person(this, page, name, email);
        this.people.push(person);
        return person;
    }

    /** The link in the newest letter to an address whose text matches. */
    async link(email, pattern) {
        const deadline = Date.now() + LETTER_MAX_MS;
        for (;;) {
            const found = (await this.letters(email)).map((text) => text.match(pattern)?.[0]).filter(Boolean);
            if (found.length > 0) return found.at(-1);
            if (Date.now() > deadline) throw new Error(`no letter to ${email} has ${pattern}`);
            await sleep(200);
        }
    }

    /** The texts of all letters to an address, the newest last. */
    async letters(email) {
        const folder = path.join(this.data, 'mail');
        const names = await readdir(folder).catch(() => []);
        const all = await Promise.all(names.sort().map((name) => readFile(path.join(folder, name), 'utf8')));
        return all.filter((letter) => new RegExp(`^To: .*${email}`, 'm').test(letter)).map(body);
    }

    /** What went wrong in anybody's window and could not be seen. Answers like 403 and 422 are part of the story. */
    problems() {
        const expected = /the server responded with a status of 4\d\d/;
        return this.people.flatMap(({ name, page }) => page.problems.filter((one) => !expected.test(one)).map((one) => `${name}: ${one}`));
    }
}

/** A test that is told in a town of its own: nothing may go wrong unseen, and what the server said stands beside what failed. */
export function told(tell, args = []) {
    return async ({ browser, check, shot }) => {
        const data = await mkdtemp(path.join(tmpdir(), 'shuzhuan-town-'));
        const town = new Town(browser, data, args);
        try {
            await tell({ town, browser, check, shot, who: {}, files: {} });
            await check('nothing went wrong unseen', town.problems().length === 0, town.problems().join('\n'));
        } catch (error) {
            throw new Error(`${error.stack}\nThe server said:\n${town.server?.log.trimEnd()}`);
        } finally {
            await town.close();
            await rm(data, { recursive: true, force: true });
        }
    };
}

/** The text of a letter as it came (RFC 2045). */
function body(letter) {
    const [head, ...rest] = letter.split('\r\n\r\n');
    const text = rest.join('\r\n\r\n');
    const encoding = head.match(/^Content-Transfer-Encoding: (.*)$/im)?.[1].trim().toLowerCase();
    if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
    if (encoding !== 'quoted-printable') return text;
    const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The one-time code of an authenticator (RFC 6238). */
function totp(secret, now_s) {
    const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(now_s / 30)));
    const hash = createHmac('sha1', key).update(step).digest();
    const code = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
    return String(code % 1_000_000).padStart(6, '0');
}

/** Somebody at a computer. */
export class Person {
    constructor(town, page, name, email) {
        Object.assign(this, { town, page, name, email, password: PASSWORD });
    }

    goto(address) {
        return this.page.goto(new URL(address, this.town.base).href);
    }

    /** Presses the button or link of this name and waits for the page it leads to. */
    async press(name, { within = this.page.locator('main'), exact = false } = {}) {
        const target = within.locator('button:not(.hidden), a').filter({ hasText: exact ? new RegExp(`^\\s*${name}\\s*$`) : name }).first();
        await this.leaving(() => target.click());
    }

    /** Does something that leads to another page. */
    async leaving(act) {
        await Promise.all([this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame()), act()]);
        await this.page.waitForLoadState('load');
    }

    /** The text of the page, or of a part of it. */
    text(selector = 'main') {
        return this.page.locator(selector).first().innerText();
    }

    async has(text, selector) {
        return (await this.text(selector)).includes(text);
    }

    /** Fills plain fields by their ids; a list's by its value or its words. */
    async fill(fields) {
        for (const [id, text] of Object.entries(fields)) {
            const field = this.page.locator(`[id="${id}"]`);
            const tag = await field.evaluate((element) => element.tagName);
            if (tag === 'SELECT') await this.select(field, text);
            else await field.fill(text);
        }
    }

    async select(field, text) {
        const options = await field.locator('option').evaluateAll((all) => all.map(({ value, text }) => ({ value, text: text.trim() })));
        const chosen = options.find((option) => option.value === text || option.text.startsWith(text));
        if (!chosen) throw new Error(`${text} is not in the list`);
        await field.selectOption(chosen.value);
    }

    tick(name, value) {
        return this.page.locator(`[name="${name}"][value="${value}"]:visible`).first().check();
    }

    /** Follows the link of a letter. */
    async follow(pattern) {
        await this.goto(await this.town.link(this.email, pattern));
    }

    /** Opens an account by the invitation that came by mail. */
    async join() {
        await this.follow(/\S+\/invitations\/\S+/);
        await this.fill({ name: this.name, phone: '0471-0000000', password: this.password, password_again: this.password });
        await this.press('接受邀请');
    }

    /** Signs in with everything that is asked for. */
    async signIn() {
        await this.goto('/sign-in');
        await this.fill({ email: this.email, password: this.password });
        await this.press('登录', { within: this.page.locator('main form') });
        if (this.page.url().includes('/sign-in/set-up')) {
            this.secret = await this.page.locator('[name="secret"]').inputValue();
            await this.showCode('完成设置');
        } else if (this.page.url().includes('/sign-in/second-factor')) {
            await this.showCode('验证');
        }
        if (this.page.url().includes('/sign-in')) throw new Error(`${this.email} cannot sign in: ${await this.text()}`);
    }

    async showCode(button) {
        await this.fill({ code: totp(this.secret, Date.now() / 1000 + this.town.days * 24 * 60 * 60) });
        await this.press(button);
    }
}
