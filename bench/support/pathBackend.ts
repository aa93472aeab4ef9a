/*
 * A headless backend with one door more than the product's: a line on stdin is a path, which it offers in the session
 * that its page has, by a token as the desktop app's page would: a browser names no paths, so nothing else could.
 * Arguments: profile, name, downloads folder, folder of the built page, and `lan` where there are to be LAN lanes: without
 * them bytes stay on data channels.
 */
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { createNodeBackend } from '../../src/main/node/createNodeBackend';
import type { PageConnection } from '../../src/backend/pages/PageHub';
import { PageServer } from '../../src/main/web/PageServer';
import { silentLog } from '../../tests/support/lan/silentLog';

const [profileDir = '', name = '', downloadsDir = '', pageDir = '', lanes = ''] = process.argv.slice(2);
const shell = { runtime: 'headless' } as const;
const log = silentLog;
const backend = await createNodeBackend({
  ...{ profileDir, name, downloadsDir, appVersion: '0.0.0', shell, log },
  ...(lanes !== 'lan' && { ports: { createLaneConnector: null } }),
});
const { hub } = backend;
let page: PageConnection | null = null;
let sessionId = '';

const connect = hub.connect.bind(hub);
hub.connect = (send) => {
  const connection = connect(send);
  const request: PageConnection['request'] = (asked, args) => {
    if (asked === 'lanes:open') ({ sessionId } = args as { sessionId: string });
    return connection.request(asked, args);
  };
  page = connection;
  return { ...connection, request };
};

createInterface({ input: process.stdin }).on('line', (path) => {
  const items = [{ kind: 'path-token', token: backend.registerPath(path), path: basename(path) }];
  void page?.request('transfers:offer', { sessionId, items }).then((outcome) => {
    if (!outcome.ok) process.stderr.write(`the offer failed: ${outcome.failure.code}\n`);
  });
});

const server = new PageServer({ pageDir, port: null, hub, log });
process.once('SIGTERM', () => {
  void Promise.allSettled([backend.close(), server.close()]).then(() => process.exit(0));
});
await server.start();
await backend.start();
process.stdout.write(`Hither is ready: ${server.url}\n`);
