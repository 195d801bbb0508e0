// The whole of a programme, by everybody who has a part in it: from the first administrator to the last yuan.
import { told } from '../people.mjs';
import people from '../story/1-people.mjs';
import poolAndRoster from '../story/2-pool-and-roster.mjs';
import projects from '../story/3-project.mjs';
import subsidy from '../story/4-subsidy.mjs';
import money from '../story/5-money.mjs';
import ledger from '../story/6-ledger.mjs';

export default told(async (story) => {
    const { town } = story;
    await town.open();
    await people(story);
    await poolAndRoster(story);
    // The publicities end with their first day.
    await town.open(2);
    await projects(story);
    await subsidy(story);
    await town.open(9);
    await money(story);
    await ledger(story);
});
