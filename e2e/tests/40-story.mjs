// The whole of a programme, by everybody who has a part in it: from the first administrator to the last yuan.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Town } from '../people.mjs';
import people from '../story/1-people.mjs';
import poolAndRoster from '../story/2-pool-and-roster.mjs';
import projects from '../story/3-project.mjs';
import subsidy, { fillSubsidy } from '../story/4-subsidy.mjs';
import money from '../story/5-money.mjs';
import ledger from '../story/6-ledger.mjs';

export default async ({ browser, check, shot }) => {
    const data = await mkdtemp(path.join(tmpdir(), 'shuzhuan-story-'));
    const town = new Town(browser, data);
    const story = { town, browser, check, shot, who: {}, files: {}, subsidy: fillSubsidy };
    try {
        await town.open();
        await people(story);
        await poolAndRoster(story);
        // The publicities end with their first day.
        await town.open(2);
        await projects(story);
        await subsidy(story);
        await town.open(9);
        await money(story);
        await check('nothing went wrong unseen', town.problems().length === 0, town.problems().join('\n'));
        await ledger(story);
    } catch (error) {
        throw new Error(`${error.stack}\nThe server said:\n${town.server?.log.trimEnd()}`);
    } finally {
        await town.close();
        await rm(data, { recursive: true, force: true });
    }
};
