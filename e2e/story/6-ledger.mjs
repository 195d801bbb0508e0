// From outside: the data folder is verified, one letter of one entry is changed, and that is found.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { command } from '../server.mjs';

const CHANGE = `
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
seq, event = database.execute("SELECT seq, event FROM entry WHERE programme = 'hohhot-subsidy' AND event LIKE '%1100000%' ORDER BY seq LIMIT 1").fetchone()
database.execute("UPDATE entry SET event = ? WHERE programme = 'hohhot-subsidy' AND seq = ?", (event.replace('1100000', '1200000', 1), seq))
database.commit()
print(seq)
`;

export default async function ledger({ town, check }) {
    await town.close();
    const whole = command('verify', '--data', town.data);
    await check('verify finds the data whole', whole.status === 0 && whole.said.includes('校验通过'), whole.said);
    const { stdout, stderr } = spawnSync('python3', ['-c', CHANGE, path.join(town.data, 'shuzhuan.db')], { encoding: 'utf8' });
    const seq = stdout.trim();
    const broken = command('verify', '--data', town.data);
    await check('one changed letter of an entry is found', broken.status !== 0 && seq !== '', broken.said + stderr);
    await check('and the entry is named', broken.said.includes(`第 ${seq} 条`), broken.said);
}
