import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { RELAY_CLOSE_CODES, type RelayCloseReason } from '../../shared/protocol/relay';
import type { StoreCounts } from '../mailboxes/MailboxStore';

/** Why a socket was refused before it was one. */
const REFUSALS = ['path', 'origin', 'draining', 'members', 'address', 'rate'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What is asked when somebody reads the metrics. */
export interface MetricsSources {
  members: () => number;
  store: () => StoreCounts;
  isReady: () => boolean;
}

/** The relay's numbers in Prometheus' form. None of them names anybody. */
export class RelayMetrics {
  readonly #registry = new Registry();
  readonly #frames: Counter;
  readonly #bytes: Counter;
  readonly #joins: Counter<'way'>;
  readonly #closes: Counter<'reason'>;
  readonly #refusals: Counter<'reason'>;

  /** @param isOwnProcess whether the process is the relay's alone, so that its memory and processor are the relay's */
  constructor(sources: MetricsSources, isOwnProcess: boolean) {
    const registers = [this.#registry];
    const counter = <L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> =>
      new Counter({ name: `hither_relay_${name}`, help, labelNames, registers });
    const gauge = (name: string, help: string, read: () => number | null): void => {
      new Gauge({
        name: `hither_relay_${name}`,
        help,
        registers,
        collect() {
          const value = read();
          if (value !== null) this.set(value);
        },
      });
    };
    gauge('members', 'Sockets of members that are connected.', sources.members);
    gauge('mailboxes', 'Mailboxes that this process serves.', () => sources.store().mailboxes);
    gauge('nameplates', 'Nameplates in use.', () => sources.store().nameplates);
    gauge('waiting_bytes', 'Bytes in memory that frames take which nobody has acknowledged.', () => {
      return sources.store().waitingBytes;
    });
    gauge('store_ready', '1 while mailboxes can be reached.', () => Number(sources.isReady()));
    this.#frames = counter('frames_total', 'Data frames that came from members.');
    this.#bytes = counter('frame_bytes_total', 'Bytes of these frames.');
    this.#joins = counter('joins_total', 'Members that got a place, by how they asked.', ['way']);
    this.#closes = counter('closes_total', 'Sockets that the relay closed, by its reason.', ['reason']);
    this.#refusals = counter('refusals_total', 'Sockets refused at the door, by why.', ['reason']);
    // A series that begins at 0 shows its first event as a rate.
    for (const reason of Object.keys(RELAY_CLOSE_CODES)) this.#closes.inc({ reason }, 0);
    for (const reason of REFUSALS) this.#refusals.inc({ reason }, 0);
    if (isOwnProcess) collectDefaultMetrics({ register: this.#registry });
  }

  countFrame(bytes: number): void {
    this.#frames.inc();
    this.#bytes.inc(bytes);
  }

  countJoin(way: 'allocate' | 'claim' | 'join'): void {
    this.#joins.inc({ way });
  }

  countClose(reason: RelayCloseReason): void {
    this.#closes.inc({ reason });
  }

  countRefusal(reason: Refusal): void {
    this.#refusals.inc({ reason });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
