// `npm run doctor`: says in the terminal why devices don't meet.
import { runBuilt } from './runBuilt.mjs';

runBuilt('out/main/doctor.js', process.argv.slice(2));
