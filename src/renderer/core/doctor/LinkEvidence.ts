import type { RtcSignal } from '../../../shared/protocol/links';
import type { ServerFault, TriedPair } from './linkExam';
import { PairLog } from './PairLog';
import { serverFaultOf } from './serverFaults';

/** Of each kind there are few; a peer or a server may send more. */
const MAX_NAMES = 32;
const MAX_FAULTS = 16;

/** A candidate that is an address of the device itself, or its router's. */
const OWN = /candidate:.* typ (host|srflx|prflx)/i;
/** A candidate behind a name. TCP's active end has no port to be found by (RFC 6544 §4.5). */
const HIDDEN = /candidate:\S+ \d+ (udp|tcp) \d+ \S+\.local (\d+) typ host(?! tcptype active)/gi;

/**
 * What is known of the paths that one link has tried. It costs nothing but what the link notes anyway, and reports that
 * somebody takes (`note`); it outlives its link.
 */
export class LinkEvidence {
  readonly #pairs = new PairLog();
  /** Ends of the peer's that only a name tells, as protocol and port. */
  readonly #names = new Map<string, { protocol: 'udp' | 'tcp'; port: number }>();
  readonly #faults = new Map<string, ServerFault>();
  #hasRemote = false;
  #hasRemoteOwn = false;
  #isOver = false;

  /** Takes a report of the connection's. */
  note(report: RTCStatsReport): void {
    this.#pairs.note(report);
  }

  /** Takes a signal of the peer's, for the addresses that it has told. */
  noteSignal(signal: RtcSignal): void {
    const text = signal.type === 'candidate' ? signal.candidate.candidate : 'sdp' in signal ? signal.sdp : '';
    this.#hasRemote ||= text.includes('candidate:');
    this.#hasRemoteOwn ||= OWN.test(text);
    for (const [, transport = '', port = ''] of text.matchAll(HIDDEN)) {
      const protocol = transport.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
      if (this.#names.size < MAX_NAMES)
        this.#names.set(`${protocol} ${port}`, { protocol, port: Number(port) });
    }
  }

  /** A server did not do what it was asked for. */
  noteServer(event: Pick<RTCPeerConnectionIceErrorEvent, 'url' | 'errorCode'>): void {
    const fault = serverFaultOf(event);
    if (fault && this.#faults.size < MAX_FAULTS) this.#faults.set(Object.values(fault).join(), fault);
  }

  /** The link has been given up without a path, or because its path broke. */
  end(): void {
    this.#isOver = true;
  }

  /** Whether the link was given up. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get hasOwnAddress(): boolean {
    return this.#pairs.hasLocal();
  }

  /** Whether the peer has told where it may be reached, if only by names. */
  get hasPeerAddress(): boolean {
    return this.#hasRemote;
  }

  /**
   * Whether the peer has told of TURN servers alone. Its browser keeps everything else to itself then, as its person wishes: one that
   * doesn't tells of each network that it is on, if only by a name.
   */
  get isPeerHidden(): boolean {
    return this.#hasRemote && !this.#hasRemoteOwn;
  }

  /** Whether a STUN or a TURN server gave this side an address. */
  has(kind: 'srflx' | 'relay'): boolean {
    return this.#pairs.hasLocal(kind);
  }

  get faults(): readonly ServerFault[] {
    return [...this.#faults.values()];
  }

  /**
   * Those in use first; names that led nowhere stand last. Names are told of where the link is over and nothing was ever answered:
   * before, one may still be found, and of a link that works the browser drops most ends that it has found.
   */
  get tried(): TriedPair[] {
    const pairs = this.#pairs.tried(this.#isOver);
    if (!this.#isOver || this.#pairs.hasAnswer) return pairs;
    const unresolved = [...this.#names.values()]
      .filter(({ protocol, port }) => !this.#pairs.hasRemote(protocol, port))
      .map(({ protocol }): TriedPair => ({ ...UNRESOLVED, protocol }));
    return [...pairs, ...unresolved];
  }
}

const UNRESOLVED: TriedPair = {
  ...{ local: null, remote: 'host', protocol: 'udp', via: null, family: null },
  ...{ state: 'failed', fault: 'name-unresolved', asked: null, answered: null },
};
