import { register } from 'node:module';

// Loaded with `node --import`, before the app's own entry; the hook has to run in Node's thread for hooks.
register('./resolveElectron.mjs', import.meta.url);
