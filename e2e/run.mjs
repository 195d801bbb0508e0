// Runs the browser tests against the program itself:
//
//     cargo build -p shuzhuan && node e2e/run.mjs [PART OF A FILE NAME]...
//
// Starts the server on a free port with an empty data folder, runs every tests/*.mjs in Debian's
// Chromium, two at a time, prints one line a check, and ends with how many passed and failed. Builds nothing.
// SHUZHUAN_BIN and CHROMIUM say where the two programs are, if not in the usual places.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { shot } from './harness.mjs';
import { BINARY, startServer, stopServer } from './server.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FILE_MAX_MS = 600_000;
// Files run at the same time.
const AT_ONCE = 2;
// Making the demo city takes about a minute, several where other work is going on.
const DEMO_MAX_MS = 240_000;

let passed = 0;
let failed = 0;

function report(ok, name, detail) {
    ok ? passed++ : failed++;
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
    if (!ok && detail) console.log(String(detail).replace(/^/gm, '       '));
}

// `check('name', truth, detail)` or `check('name', async () => truth)`: a check fails when it is
// not true or throws, and the test goes on either way.
function checker(file) {
    return async (name, condition, detail) => {
        try {
            const value = typeof condition === 'function' ? await condition() : await condition;
            report(Boolean(value), `${file}: ${name}`, detail);
        } catch (error) {
            report(false, `${file}: ${name}`, error.message);
        }
    };
}

function launchBrowser() {
    // Without a network the browser's own errands fail by the dozen, so they are turned off.
    const args = [
        '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
    ];
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    return chromium.launch({ executablePath: CHROMIUM, args });
}

// Each file has a browser of its own, so that what one leaves open is not in another's way.
async function runFile(name, base, demo) {
    const file = path.basename(name, '.mjs');
    const [late, began] = [new AbortController(), Date.now()];
    const browser = await launchBrowser();
    try {
        const { default: test } = await import(pathToFileURL(path.join(HERE, 'tests', name)));
        await Promise.race([
            test({ browser, base, demo, check: checker(file), shot }),
            sleep(FILE_MAX_MS, undefined, late).then(() => {
                throw new Error(`not over after ${FILE_MAX_MS / 1000} s`);
            }),
        ]);
    } catch (error) {
        report(false, `${file}: runs to its end`, error.stack);
    } finally {
        late.abort();
        await browser.close();
        console.log(`     ${file}: ${Math.round((Date.now() - began) / 1000)} s`);
    }
}

async function main() {
    for (const [program, hint] of [
        [BINARY, 'run: cargo build -p shuzhuan'],
        [CHROMIUM, 'run: scripts/install test'],
    ]) {
        if (!existsSync(program)) throw new Error(`${program} is missing; ${hint}`);
    }
    const wanted = process.argv.slice(2);
    const files = (await readdir(path.join(HERE, 'tests')))
        .filter((name) => name.endsWith('.mjs'))
        .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
        // The longest first, so that it does not end alone; the demo city last, which takes a minute to make.
        .sort((one, other) => other.includes('story') - one.includes('story') || one.localeCompare(other));
    const data = await mkdtemp(path.join(tmpdir(), 'shuzhuan-e2e-'));
    // The demo city is made while the other tests run; the last of them visits it.
    const demo = files.some((name) => name.includes('demo'))
        ? startServer(path.join(data, 'demo'), { args: ['--demo'], max_ms: DEMO_MAX_MS })
        : undefined;
    demo?.catch(() => {});
    let server;
    try {
        server = await startServer(path.join(data, 'empty'));
        await Promise.all(Array.from({ length: AT_ONCE }, async () => {
            for (let name = files.shift(); name; name = files.shift()) {
                if (server.over) throw new Error(`the server ended before ${name}`);
                await runFile(name, server.base, demo);
            }
        }));
    } catch (error) {
        report(false, 'browser tests', error.stack);
    } finally {
        if (server) await stopServer(server);
        await demo?.then(stopServer, () => {});
        await rm(data, { recursive: true, force: true });
    }
    if (failed > 0 && server?.log) console.log(`The server said:\n${server.log.trimEnd()}`);
}

try {
    await main();
} catch (error) {
    report(false, 'browser tests', error.message);
}
if (passed + failed === 0) report(false, 'browser tests', 'no test was found');
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
