import type { RequestHandlers } from '../../../shared/contract/backend';
import type { EventData, EventName, RequestName } from '../../../shared/contract/contract';
import type { Clock, Digest } from '../../ports';
import { PageLane } from './PageLane';
import { PageReads } from './PageReads';
import type { PeerTransfers } from '../PeerTransfers';

type LaneRequest = Extract<RequestName, `lanes:${string}` | `sources:${string}`>;

export interface LaneRequestsOptions {
  clock: Clock;
  sha256: Digest;
  emit: <E extends EventName>(name: E, data: EventData<E>) => void;
  /** The transfers that a session is for; throws for one that is not known. */
  transfersOf: (sessionId: string) => PeerTransfers;
}

/** What a page says about its lanes and the files it reads, on the way to the transfers they carry. */
export class LaneRequests {
  readonly pageReads: PageReads;
  readonly handlers: Pick<RequestHandlers, LaneRequest>;
  /** Which device a lane leads to. */
  readonly #owners = new Map<string, PeerTransfers>();

  constructor({ clock, sha256, emit, transfersOf }: LaneRequestsOptions) {
    this.pageReads = new PageReads(clock, (read) => emit('sources:read', read));
    this.handlers = {
      'lanes:open': ({ sessionId, laneId }) => {
        const transfers = transfersOf(sessionId);
        this.#owners.set(laneId, transfers);
        transfers.openLane(new PageLane(laneId, sha256, (order) => emit('lanes:sendBlock', order)));
        return {};
      },
      'lanes:close': ({ laneId }) => {
        this.#owners.get(laneId)?.closeLane(laneId);
        this.#owners.delete(laneId);
        return {};
      },
      'lanes:blockSent': (report) => {
        this.#owners.get(report.laneId)?.lane(report.laneId)?.report(report);
        return {};
      },
      'lanes:pace': ({ sessionId, bytesPerSecond }) => ({
        sentBytes: transfersOf(sessionId).pace(bytesPerSecond),
      }),
      'sources:bytes': (answer) => {
        this.pageReads.answer(answer);
        return {};
      },
      'lanes:packet': async ({ laneId, bytes }) => {
        await this.#owners.get(laneId)?.handlePacket(laneId, bytes);
        return {};
      },
    };
  }

  /** The page went away, and its lanes and files with it. */
  pageGone(): void {
    this.#owners.clear();
    this.pageReads.pageGone();
  }
}
