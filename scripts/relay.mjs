// `npm run relay`: runs the relay with its flags.
import { runBuilt } from './runBuilt.mjs';

runBuilt('out/relay/index.js', process.argv.slice(2));
