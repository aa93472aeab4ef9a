import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

// Loaded with `node --import`, before the app's own entry; the hook has to run in Node's thread for hooks.
const standIn = pathToFileURL(process.env.STAND_IN_BUNDLE).href;
register('./resolveElectron.mjs', import.meta.url, { data: { standIn } });
