import type { Log, LogFacts } from '../shared/log';
import { byNetwork, type CountAs } from '../shared/network/countAs';
import type { MailboxLimits } from '../shared/protocol/relay';
import type { MailboxStore } from './mailboxes/MailboxStore';
import { Door } from './server/Door';
import type { MemberContext } from './server/Member';
import { Members } from './server/Members';
import { RelayMetrics } from './server/RelayMetrics';
import { RelayServer } from './server/RelayServer';
import { iceServers } from './server/turnCredentials';
import { type RelaySettings, RelaySettingsError } from './settings/RelaySettings';
import { settingsProblems } from './settings/settingsProblems';
import { StunResponder } from './stun/StunResponder';

/** A relay in this process. */
export interface Relay {
  /** Starts to listen. @returns the port @throws Error of the system or of Redis */
  start(): Promise<number>;
  /** Sends members elsewhere, waits until they are gone or the time is over, and closes. */
  drain(): Promise<void>;
  /** Ends everything at once. */
  close(): Promise<void>;
}

export interface RelayOptions {
  log: Log;
  /** Whether the process is the relay's alone; its memory and processor are then among the metrics. */
  isOwnProcess?: boolean;
  /** Milliseconds since the epoch; the system's clock unless a test has another one. */
  now?: () => number;
  /** What counts as one address; an address of IPv4 or a /64 of IPv6 where nothing is said. */
  countAs?: CountAs;
}

/**
 * Makes a relay whose mailboxes live in a store of the caller's.
 * @throws RelaySettingsError if the settings make no safe relay
 */
export function createRelayOn(
  store: MailboxStore,
  settings: RelaySettings,
  { countAs = byNetwork, isOwnProcess = false, log, now = Date.now }: RelayOptions,
): Relay {
  const problems = settingsProblems(settings);
  if (problems.length > 0) throw new RelaySettingsError(problems);
  const door = new Door(settings, countAs);
  const stun = settings.hasStun ? new StunResponder(countAs) : null;
  const members = new Members(settings.limits.heartbeatMs);
  const context: MemberContext = {
    store,
    limits: settings.limits,
    mailboxLimits: mailboxLimitsOf(settings),
    metrics: new RelayMetrics(
      { members: () => members.count, store: () => store.counts, isReady: () => store.isReady },
      isOwnProcess,
    ),
    mayUseNameplate: (address) => door.mayUseNameplate(address),
    ice: (host) => iceServers(settings, now(), stun?.at(host)),
    onClosed: (member, reason) => {
      members.remove(member);
      if (reason !== null) context.metrics.countClose(reason);
      log.debug('member', { to: 'closed', reason });
    },
    onFault: (error) => {
      log.error('member', { error });
    },
  };
  const server = new RelayServer({ settings, door, members, context, countAs, now });
  const close = async (): Promise<void> => {
    members.forEach((member) => {
      member.end('draining');
    });
    members.stop();
    stun?.close();
    await server.close();
    await store.close();
    log.info('relay', { to: 'closed' });
  };
  return {
    start: async () => {
      await store.open();
      const port = await server.listen();
      const stunPort = await stun?.listen(port);
      log.info('relay', { to: 'listening', ...listening(settings, port, stunPort) });
      return port;
    },
    drain: async () => {
      door.isDraining = true;
      log.info('relay', { to: 'draining', members: members.count });
      members.forEach((member) => {
        member.drain(settings.drainMs);
      });
      await members.empty(settings.drainMs);
      await close();
    },
    close,
  };
}

function mailboxLimitsOf({ limits, mailboxes }: RelaySettings): MailboxLimits {
  const { awayMs, waitingBytes, waitingFrames } = mailboxes;
  return { frameBytes: limits.frameBytes, waitingFrames, waitingBytes, awayMs };
}

/** What its log says of a relay that listens. @param stunPort where there is STUN, which may be on another port */
function listening({ redis }: RelaySettings, port: number, stunPort: number | undefined): LogFacts {
  const store = redis === null ? 'memory' : 'redis';
  return stunPort === undefined ? { port, store } : { port, stunPort, store };
}
