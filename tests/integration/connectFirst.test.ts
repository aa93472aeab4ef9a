import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { connectFirst } from '../../src/main/node/net/connectFirst';
import { LanNetwork } from '../../src/main/node/net/LanNetwork';
import { DEFAULT_LIMITS } from '../../src/backend/sessions/timings';
import { afterwards } from '../support/lan/opened';

/** Listens with room for nobody; stopped, it has the system drop what comes, as a machine that is not there does. */
const LISTENER = `const server = require('net').createServer().listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () =>
  process.stdout.write(String(server.address().port)))`;

/** The port of a listener that answers nobody any more. */
async function silentPort(): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ['-e', LISTENER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterwards(() => child.kill('SIGKILL'));
  const [text] = (await once(child.stdout!, 'data')) as [Buffer];
  const port = Number(text.toString());
  child.kill('SIGSTOP');
  // The system still answers for it until its queue is full.
  for (let n = 0; n < 4; n++) {
    const filler = connect({ host: '127.0.0.1', port });
    filler.on('error', () => undefined);
    afterwards(() => filler.destroy());
  }
  return port;
}

const never = new AbortController().signal;

it.runIf(process.platform === 'linux')(
  'gives up an address that says nothing, and says that it is not there',
  async () => {
    const address = { host: '127.0.0.1', port: await silentPort() };
    await expect(connectFirst([address], never, 300)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  },
);

it.runIf(process.platform === 'linux')('says within seconds that nothing answered there', async () => {
  const address = { host: '127.0.0.1', port: await silentPort() };
  const startMs = performance.now();
  const dialed = new LanNetwork(DEFAULT_LIMITS).connect([address], never);
  await expect(dialed).rejects.toMatchObject({
    code: 'unreachable',
    facts: { address: expect.any(String) as string },
  });
  expect(performance.now() - startMs).toBeLessThan(7_000);
});

it('says at once that nobody listens where a machine says so', async () => {
  const startMs = performance.now();
  const dialed = new LanNetwork(DEFAULT_LIMITS).connect([{ host: '127.0.0.1', port: 1 }], never);
  await expect(dialed).rejects.toMatchObject({ code: 'unreachable' });
  expect(performance.now() - startMs).toBeLessThan(2_000);
});
