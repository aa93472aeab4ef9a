/** A relay with the settings of its environment and a clock that is wrong by what is said, in ms. */
import { createRelay } from '../../../src/relay/createRelay';
import { readSettings } from '../../../src/relay/settings/readSettings';
import { FakeLog } from '../FakeLog';

const aheadMs = Number(process.argv[2]);
const outcome = readSettings([], process.env);
if (outcome.kind !== 'run') throw new Error(JSON.stringify(outcome));
await createRelay(outcome.settings, { log: new FakeLog(), now: () => Date.now() + aheadMs }).start();
