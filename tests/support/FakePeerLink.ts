import { LinkEvidence } from '../../src/renderer/core/doctor/LinkEvidence';
import type { LinkWay } from '../../src/renderer/core/peer/linkWay';
import type { PeerLink, PeerLinkEvents, PeerLinkOptions } from '../../src/renderer/core/peer/PeerLink';
import { Emitter } from '../../src/shared/Emitter';
import type { RtcSignal } from '../../src/shared/protocol/links';

/** A peer link that goes nowhere: writes down what it is told, and says what the test has it say. */
class FakePeerLink {
  readonly events = new Emitter<PeerLinkEvents>();
  readonly laneChannel = new EventTarget();
  readonly probeChannel = new EventTarget();
  readonly maxPacketBytes = 1024;
  readonly signals: RtcSignal[] = [];
  readonly frames: Uint8Array[] = [];
  readonly restarts: LinkWay[] = [];
  readonly options: PeerLinkOptions;
  readonly evidence = new LinkEvidence();
  /** How often the doctor has looked at it. */
  looks = 0;
  isClosed = false;
  sendsMedia = true;

  constructor(options: PeerLinkOptions) {
    this.options = options;
  }

  stats(): Promise<null> {
    return Promise.resolve(null);
  }

  isSlow(): Promise<boolean> {
    return Promise.resolve(false);
  }

  look(): Promise<null> {
    this.looks++;
    return Promise.resolve(null);
  }

  roundTripMs(): Promise<null> {
    return Promise.resolve(null);
  }

  signal(signal: RtcSignal): void {
    this.signals.push(signal);
  }

  restart(way: LinkWay): void {
    this.restarts.push(way);
  }

  sendFrame(bytes: Uint8Array): void {
    this.frames.push(bytes);
  }

  stopMedia(): void {
    this.sendsMedia = false;
  }

  close(): void {
    this.isClosed = true;
    this.events.emit('closed', undefined);
  }
}

/** Makes links, and keeps them for the test to look at. */
export function linkMaker() {
  const links: FakePeerLink[] = [];
  const createLink = (options: PeerLinkOptions): PeerLink => {
    const link = new FakePeerLink(options);
    links.push(link);
    return link as unknown as PeerLink;
  };
  return { links, createLink };
}
