/*
 * The baseline of `bench:small-files`, one end a process: `tar` out of a folder, one TLS socket, `tar` into another.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { connect, createServer } from 'node:tls';
import { makeLaneIdentity } from '../../src/main/node/lanes/certificate';
import { laneTls } from '../../src/main/node/lanes/laneTls';

const [role, folder = '', port] = process.argv.slice(2);
const tls = laneTls(makeLaneIdentity());

if (role === 'receive') {
  const server = createServer(tls, (socket) => {
    server.close();
    const startedMs = performance.now();
    // With -i it reads to the end of the stream: without, it may be gone before the sender has said its last zeros.
    const tar = spawn('tar', ['-xif', '-', '-C', folder], { stdio: ['pipe', 'inherit', 'inherit'] });
    void Promise.all([once(tar, 'close'), pipeline(socket, tar.stdin)]).then(([[code]]) => {
      process.send?.(code === 0 ? performance.now() - startedMs : null);
      process.disconnect();
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
} else {
  const socket = connect({ port: Number(port), host: '127.0.0.1', ...tls, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const tar = spawn('tar', ['-cf', '-', '-C', folder, '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await pipeline(tar.stdout, socket);
  process.disconnect();
}
