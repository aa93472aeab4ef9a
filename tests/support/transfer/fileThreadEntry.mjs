// The thread for files, from its source: no build is needed.
import { register } from 'tsx/esm/api';

register();
await import('../../../src/main/node/files/fileThreadEntry.ts');
