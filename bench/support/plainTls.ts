/*
 * The baseline of `bench:lan`, one end a process: a file through `createReadStream`, one TLS socket and
 * `createWriteStream`, with buffers of 1 MiB and nothing checked.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { connect, createServer } from 'node:tls';
import { makeLaneIdentity } from '../../src/main/node/lanes/certificate';
import { laneTls } from '../../src/main/node/lanes/laneTls';
import type { PlainTlsReport } from './lanBackendMessages';

const [role, path = '', port] = process.argv.slice(2);
const highWaterMark = 1024 * 1024;
const tls = laneTls(makeLaneIdentity());

if (role === 'receive') {
  const server = createServer({ ...tls, highWaterMark }, (socket) => {
    server.close();
    const report = begin();
    void pipeline(socket, createWriteStream(path, { highWaterMark })).then(report);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
} else {
  const socket = connect({ port: Number(port), host: '127.0.0.1', ...tls, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const report = begin();
  await pipeline(createReadStream(path, { highWaterMark }), socket);
  report();
}

/** @returns what tells the benchmark how long it took since, and what it cost */
function begin(): () => void {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    const said: PlainTlsReport = { ms: performance.now() - startedMs, cpuSeconds: (user + system) / 1e6 };
    process.send?.(said);
    process.disconnect();
  };
}
