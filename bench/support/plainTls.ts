/*
 * The baseline of `bench:lan`, one end a process: a file through `createReadStream`, one TLS socket and
 * `createWriteStream`, with buffers of 1 MiB and nothing checked.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { connect, createServer } from 'node:tls';
import { makeLaneIdentity } from '../../src/main/lan/certificate';
import { laneTls } from '../../src/main/lan/laneTls';

const [role, path = '', port] = process.argv.slice(2);
const highWaterMark = 1024 * 1024;
const tls = laneTls(makeLaneIdentity());

if (role === 'receive') {
  const server = createServer({ ...tls, highWaterMark }, (socket) => {
    server.close();
    const startedMs = performance.now();
    void pipeline(socket, createWriteStream(path, { highWaterMark })).then(() => {
      process.send?.(performance.now() - startedMs);
      process.disconnect();
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
} else {
  const socket = connect({ port: Number(port), host: '127.0.0.1', ...tls, rejectUnauthorized: false });
  await pipeline(createReadStream(path, { highWaterMark }), socket);
}
