import type { Page } from '@playwright/test';

/** What two pages found between them, as one of them sees it. */
export interface FoundPath {
  local: string;
  remote: string;
  /** What this side reaches its TURN server over, where that is in between. */
  relayProtocol: string | null;
}

interface ConnectedPage {
  connection?: RTCPeerConnection;
  answer?: Promise<string>;
}

/** Makes a connection in a page that takes signals whole; gives the SDP with all candidates. */
async function describe(page: Page, iceServers: RTCIceServer[], offer: string | null): Promise<string> {
  return page.evaluate(
    async ({ iceServers: servers, offer: sdp }) => {
      const connection = new RTCPeerConnection({ iceServers: servers });
      (globalThis as ConnectedPage).connection = connection;
      const channel = connection.createDataChannel('echo', { negotiated: true, id: 1 });
      channel.onmessage = ({ data }: MessageEvent<string>) => {
        if (data === 'hello') channel.send('echo');
      };
      (globalThis as ConnectedPage).answer = new Promise((resolve) => {
        channel.onopen = () => {
          channel.send('hello');
          channel.addEventListener(
            'message',
            ({ data }: MessageEvent<string>) => data === 'echo' && resolve(data),
          );
        };
      });
      if (sdp !== null) await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription();
      for (let n = 0; n < 60 && connection.iceGatheringState !== 'complete'; n++)
        await new Promise((resolve) => setTimeout(resolve, 50));
      return connection.localDescription?.sdp ?? '';
    },
    { iceServers, offer },
  );
}

/**
 * Connects two pages that are on their own, and passes a message both ways.
 * @param forMs how long they may try
 * @returns the path as each of them sees it; `null` where they found none
 */
export async function connectPages(
  [a, aServers]: readonly [Page, RTCIceServer[]],
  [b, bServers]: readonly [Page, RTCIceServer[]],
  forMs: number,
): Promise<[FoundPath, FoundPath] | null> {
  const answer = await describe(b, bServers, await describe(a, aServers, null));
  await a.evaluate(
    (sdp) => (globalThis as ConnectedPage).connection?.setRemoteDescription({ type: 'answer', sdp }),
    answer,
  );
  const [first, second] = await Promise.all([a, b].map((page) => pathOf(page, forMs)));
  return first && second ? [first, second] : null;
}

/** Closes the connection that `connectPages` has made. */
async function pathOf(page: Page, forMs: number): Promise<FoundPath | null> {
  return page.evaluate(async (ms) => {
    const { connection, answer } = globalThis as ConnectedPage;
    const late = new Promise((resolve) => setTimeout(() => resolve(null), ms));
    if (!connection || (await Promise.race([answer, late])) === null) return null;
    const report = (await connection.getStats()) as unknown as Map<string, Record<string, string>>;
    const transport = [...report.values()].find(({ type }) => type === 'transport');
    const pair = report.get(transport?.['selectedCandidatePairId'] ?? '');
    const local = report.get(pair?.['localCandidateId'] ?? '');
    const remote = report.get(pair?.['remoteCandidateId'] ?? '');
    return {
      local: local?.['candidateType'] ?? '',
      remote: remote?.['candidateType'] ?? '',
      relayProtocol: local?.['relayProtocol'] ?? null,
    };
  }, forMs);
}
