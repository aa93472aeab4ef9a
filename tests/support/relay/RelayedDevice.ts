import { vi } from 'vitest';
import type { BackendPorts } from '../../../src/backend/BackendPorts';
import type { AppBackend } from '../../../src/backend/createBackend';
import type { Invite } from '../../../src/shared/contract/invites';
import type { SessionInfo } from '../../../src/shared/contract/sessions';
import { ALL_RIGHTS, type PeerRights } from '../../../src/shared/protocol/rights';
import { HubPage } from '../lan/HubPage';
import { loopbackBackend } from '../lan/LoopbackBackend';
import { afterwards } from '../lan/opened';
import { newId } from '../lan/SessionEnd';

/** A whole backend with a page that knows a relay, and nobody on its network. */
export interface RelayedDevice {
  backend: AppBackend;
  page: HubPage;
  /** Where it would be reached on its network. */
  address: string;
  link: (change?: { isSingleUse?: boolean; minutes?: number; rights?: PeerRights }) => Promise<Invite>;
  /** Comes by a link or a code; the phase is that of the answer. */
  come: (invite: string) => Promise<SessionInfo>;
  /** What its page was told of a session last. */
  view: (sessionId: string) => SessionInfo | undefined;
}

/** @param relayUrl the one in its settings */
export async function relayedDevice(
  name: string,
  relayUrl: string | null,
  ports: Partial<BackendPorts> = {},
): Promise<RelayedDevice> {
  const { backend, address, close } = await loopbackBackend({ named: [], answered: null }, name, ports);
  afterwards(close);
  const page = await HubPage.open(backend);
  await page.request('settings:update', { relayUrl });
  return {
    ...{ backend, page, address },
    link: ({ isSingleUse = true, minutes = 60, rights = ALL_RIGHTS } = {}) =>
      page.request('invites:createLink', { isSingleUse, minutes, rights }),
    come: (invite) =>
      page.request('sessions:connect', { sessionId: newId(), target: { kind: 'invite', invite } }),
    view: (sessionId) =>
      page
        .all('sessions:changed')
        .filter((view) => view.sessionId === sessionId)
        .at(-1),
  };
}

/** Waits until both are in a session. */
export async function untilConnected(sessionId: string, ...devices: RelayedDevice[]): Promise<void> {
  for (const device of devices)
    await vi.waitUntil(() => device.view(sessionId)?.phase === 'connected', { timeout: 8_000, interval: 20 });
}

/** The link of an invite by link, the code of one by code. */
export function textOf({ way }: Invite): string {
  return way.kind === 'link' ? way.link : way.code;
}
