import { createRelay } from '../../../src/relay/createRelay';
import type { Relay } from '../../../src/relay/createRelayOn';
import { DEFAULT_SETTINGS, type RelaySettings } from '../../../src/relay/settings/RelaySettings';
import { RELAY_SOCKET_PATH } from '../../../src/shared/protocol/relay';
import { FakeLog } from '../FakeLog';
import { afterwards } from '../lan/opened';

export interface StartedRelay {
  relay: Relay;
  port: number;
  log: FakeLog;
  /** Address of the socket. */
  url: string;
  /** Address of everything else. */
  http: string;
}

/** What a test changes in the settings. */
export type Changes = Partial<Omit<RelaySettings, 'limits' | 'mailboxes'>> & {
  limits?: Partial<RelaySettings['limits']>;
  mailboxes?: Partial<RelaySettings['mailboxes']>;
};

/** The default settings on a free port of 127.0.0.1, with some changed. */
export function testSettings({ limits, mailboxes, ...changes }: Changes = {}): RelaySettings {
  return {
    ...DEFAULT_SETTINGS,
    port: 0,
    host: '127.0.0.1',
    drainMs: 200,
    ...changes,
    limits: { ...DEFAULT_SETTINGS.limits, ...limits },
    mailboxes: { ...DEFAULT_SETTINGS.mailboxes, ...mailboxes },
  };
}

/** A relay in this process, closed when the test is over. */
export async function startRelay(changes: Changes = {}, now: () => number = Date.now): Promise<StartedRelay> {
  const log = new FakeLog();
  const settings = testSettings(changes);
  const relay = createRelay(settings, { log, now });
  const port = await relay.start();
  afterwards(() => relay.close());
  const { basePath } = settings;
  return {
    relay,
    port,
    log,
    url: `ws://127.0.0.1:${port}${basePath}${RELAY_SOCKET_PATH}`,
    http: `http://127.0.0.1:${port}`,
  };
}
