import type { Page } from '@playwright/test';
import { command } from './command';
import type { NetworkHost } from './Network';

/** Whatever commands can run on. */
type Machine = Pick<NetworkHost, 'wrap'>;

/** One connection of a page that `seemFarAway` or `keepConnections` was told to. */
export interface LaneTraffic {
  state: string;
  /** Sent over its lane's data channel. */
  sentBytes: number;
  /** This side's UDP ports: one for each of its addresses, as ICE goes over to another where one falls silent. */
  ports: number[];
}

/** What each connection of a page has carried, in the order they were made. */
export async function laneTraffic(page: Page): Promise<LaneTraffic[]> {
  return page.evaluate(async () => {
    const { peerConnections = [] } = globalThis as { peerConnections?: RTCPeerConnection[] };
    const all: LaneTraffic[] = [];
    for (const connection of peerConnections) {
      const traffic: LaneTraffic = { state: connection.connectionState, sentBytes: 0, ports: [] };
      const report = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
      for (const stats of report.values()) {
        if (stats['type'] === 'data-channel' && stats['label'] === 'lane')
          traffic.sentBytes = Number(stats['bytesSent']);
        if (stats['type'] === 'local-candidate' && stats['protocol'] === 'udp')
          traffic.ports.push(Number(stats['port']));
      }
      all.push(traffic);
    }
    return all;
  });
}

/** Drops what begins a TCP connection from outside, but for signaling's ports: no LAN lane comes up. */
export async function blockLanLanes(host: Machine): Promise<void> {
  const opens = 'tcp flags & (syn | ack) == syn';
  await nft(
    host,
    `table inet lanes { chain in { type filter hook input priority 0;
    iifname != "lo" ${opens} tcp dport != 47117-47126 drop; }; }`,
  );
}

/**
 * Drops everything that goes to or from some UDP ports, without a word to anybody.
 * @returns lets it pass again
 */
export async function cutPorts(host: Machine, ports: readonly number[]): Promise<() => Promise<void>> {
  const set = `{ ${ports.join(', ')} }`;
  await nft(
    host,
    `table inet cut { chain in { type filter hook input priority 0; udp dport ${set} drop; };
    chain out { type filter hook output priority 0; udp sport ${set} drop; }; }`,
  );
  return () => nft(host, 'delete table inet cut');
}

async function nft({ wrap }: Machine, rules: string): Promise<void> {
  const [program, ...args] = wrap('nft', rules);
  await command(program, ...args);
}
