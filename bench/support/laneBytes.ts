import { command } from '../../tests/support/lab/command';
import type { BenchSide } from './BenchSide';

interface KeepingPage {
  keptConnections?: RTCPeerConnection[];
}

/** Runs in a page before its own scripts: keeps the page's connections, for `laneBytesOf`. */
export function keepConnections(): void {
  const kept: RTCPeerConnection[] = [];
  (globalThis as KeepingPage).keptConnections = kept;
  globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      const connection = new target(...args);
      kept.push(connection);
      return connection;
    },
  });
}

/**
 * Bytes of files that have come to a side so far: over the data channels of its page, which has `keepConnections`, and
 * over TCP from the other side, where the few messages of the session count as well.
 */
export async function laneBytesOf(side: BenchSide, namespace: string): Promise<number> {
  const overChannels = await side.browser.watched((page) =>
    page.evaluate(async () => {
      let bytes = 0;
      for (const connection of (globalThis as KeepingPage).keptConnections ?? []) {
        const report = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
        for (const stats of report.values())
          if (stats['type'] === 'data-channel' && stats['label'] === 'lane')
            bytes += Number(stats['bytesReceived']);
      }
      return bytes;
    }),
  );
  const sockets = await command('ip', 'netns', 'exec', namespace, 'ss', '-tinH', 'state', 'established');
  let overTcp = 0;
  let isRemote = false;
  // Two lines a socket: its ends, and its figures.
  for (const line of sockets.split('\n')) {
    const received = / bytes_received:(\d+)/.exec(line)?.[1];
    if (received === undefined) isRemote = !line.includes('127.0.0.1');
    else if (isRemote) overTcp += Number(received);
  }
  return overChannels + overTcp;
}
