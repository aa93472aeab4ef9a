import type { Page } from '@playwright/test';

/** The addresses under which a page's browser would be reached, as it tells other machines: at least one. */
export async function candidateAddresses(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const connection = new RTCPeerConnection();
    const addresses: string[] = [];
    connection.createDataChannel('probe');
    connection.onicecandidate = ({ candidate }) => {
      if (candidate?.address) addresses.push(candidate.address);
    };
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete')
      await new Promise((resolve) => setTimeout(resolve, 20));
    connection.close();
    if (addresses.length === 0) throw new Error('no candidates');
    return addresses;
  });
}
