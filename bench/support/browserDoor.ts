import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Runs in the namespace: takes connections on a socket in the file system, which all namespaces share. */
const INSIDE = `
const net = require('node:net');
const [port, path] = process.argv.slice(1);
net.createServer((outer) => {
  const inner = net.connect(Number(port), '127.0.0.1');
  outer.pipe(inner).pipe(outer);
  for (const socket of [outer, inner]) socket.on('error', () => undefined);
}).listen(path, () => process.stdout.write('open'));
`;

/** A way from this network namespace to a port of another one's loopback. */
export interface BrowserDoor {
  /** The port on this side's loopback. */
  readonly port: number;
  close(): void;
}

/** Opens a way to a browser's debugger in another namespace. @param socketPath a file that is not there yet */
export async function openBrowserDoor(
  namespace: string,
  port: number,
  socketPath: string,
): Promise<BrowserDoor> {
  const words = ['netns', 'exec', namespace, process.execPath, '-e', INSIDE, String(port), socketPath];
  const inside = spawn('ip', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(inside.stdout, 'data');
  const server = createServer((near) => {
    const far = connect(socketPath);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      inside.kill('SIGTERM');
    },
  };
}
