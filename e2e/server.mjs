// The program itself: started on a free port, asked on the command line, stopped.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const BINARY = process.env.SHUZHUAN_BIN ?? path.join(HERE, '../target/debug/shuzhuan');
const START_MAX_MS = 30_000;

// What an outer shell has set must not reach the program under test.
const { DATABASE_URL: _url, PUBLIC_URL: _public, SMTP_URL: _smtp, CLAMD: _clamd, ...ENV } = process.env;

/** A port that nothing listens on. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer().once('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

/**
 * Starts the server over a data folder. `offset_s` lets its clock run so much ahead; `port` is kept where links in letters
 * must still lead to it after a restart.
 */
export async function startServer(data, { port, args = [], offset_s = 0, max_ms = START_MAX_MS } = {}) {
    const listen = `127.0.0.1:${port ?? (await freePort())}`;
    const child = spawn(BINARY, ['serve', '--data', data, '--listen', listen, ...args], {
        env: { ...ENV, SHUZHUAN_NOW_OFFSET_S: String(offset_s) },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = { child, base: `http://${listen}`, log: '', over: false };
    child.on('error', (error) => { server.log += error.message; server.over = true; });
    child.on('exit', () => { server.over = true; });
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => { server.log += text; });
    }
    const deadline = Date.now() + max_ms;
    while (!server.over && Date.now() < deadline) {
        try {
            await fetch(server.base);
            return server;
        } catch {
            await sleep(50);
        }
    }
    await stopServer(server);
    throw new Error(`the server did not start\n${server.log}`);
}

/** Stops it as an operator would; what does not stop is ended. */
export async function stopServer({ child, over }) {
    if (over) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const killing = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(killing);
}

/** Runs the program to its end: its exit code and what it printed. */
export function command(...args) {
    const { status, stdout, stderr } = spawnSync(BINARY, args, { env: ENV, encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}` };
}
