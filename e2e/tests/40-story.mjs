// The whole of a programme, by everybody who has a part in it: from the first administrator to the last yuan.
import { told } from '../people.mjs';
import people from '../story/1-people.mjs';
import poolAndRoster from '../story/2-pool-and-roster.mjs';
import projects from '../story/3-project.mjs';
import subsidy, { CORRECTED_WITHIN } from '../story/4-subsidy.mjs';
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
    // The last day of a correction is over too.
    await town.open(2 + CORRECTED_WITHIN + 1);
    await money(story);
    await ledger(story);
});
