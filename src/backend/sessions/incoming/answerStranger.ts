import { HitherError } from '../../../shared/errors';
import { type ProvenPeer, refusal } from '../../../shared/identity/Handshake';
import type { ListenerHandshake } from '../../../shared/identity/ListenerHandshake';
import { RefuseReason } from '../../../shared/identity/messages';
import type { Carrier, Route } from '../carriers/Carrier';
import { SealedCarrier } from '../carriers/SealedCarrier';
import type { DoorGrant } from '../relay/RelayWay';

/** A stranger that has proven who it is, and does not know yet who this device is. One of the two is to be called. */
export interface Caller {
  peer: ProvenPeer;
  /** The certificate of this device's page that the handshake is bound to. */
  ownFingerprint: string;
  /** What further carriers of the session make their keys of. */
  exporter: Uint8Array;
  /** How it calls. */
  route: Route;
  /** What it was given beforehand, if it came by a door at a relay. */
  grant?: DoorGrant;
  /**
   * Lets the carrier out of the strangers' limits and tells the caller who this device is.
   * @param lastSeq on a session that goes on: the last message seen
   */
  accept(lastSeq?: number): SealedCarrier;
  refuse(reason: RefuseReason): void;
}

export interface AnswerOptions {
  /** Resolves when the certificate of this device's page is known, or that there is no page. */
  pageKnown: () => Promise<void>;
  begin: () => ListenerHandshake;
  /** Whether the work of one more handshake may be done now. */
  mayBegin: () => boolean;
  /** The carrier is no longer a stranger's. */
  admit: () => void;
  onRefused: (reason: RefuseReason) => void;
}

/** Shakes hands with a stranger; `null` where it was refused, or went away. */
export async function answerStranger(
  carrier: Carrier & { route: Route },
  options: AnswerOptions,
): Promise<Caller | null> {
  const hello = await carrier.next();
  if (typeof hello !== 'string') {
    carrier.kill();
    return null;
  }
  const refuse = (reason: RefuseReason, message: string | Uint8Array): null => {
    options.onRefused(reason);
    carrier.send(message);
    carrier.close();
    return null;
  };
  const refuseOpenly = (reason: RefuseReason): null => refuse(reason, JSON.stringify(refusal(reason)));
  if (!options.mayBegin()) return refuseOpenly('busy');
  await options.pageKnown();
  const handshake = options.begin();
  try {
    carrier.send(handshake.handleHello(hello));
  } catch (error) {
    return refuseOpenly(reasonOf(error));
  }
  const identify = await carrier.next();
  if (typeof identify !== 'object' || identify === null) {
    carrier.kill();
    return null;
  }
  const refuseSealed = (reason: RefuseReason): null => refuse(reason, handshake.refuse(reason));
  let peer: ProvenPeer;
  try {
    peer = handshake.handleIdentify(identify);
  } catch (error) {
    return refuseSealed(reasonOf(error));
  }
  // It may have gone since: the session then tells the caller of the next one's certificate.
  await options.pageKnown();
  // Nor may somebody have a session who can't be told of it: they were sent away while the page was waited for, or gave up.
  if (!carrier.isOpen) return null;
  return {
    peer,
    ownFingerprint: handshake.ownFingerprint,
    exporter: handshake.exporter,
    route: carrier.route,
    accept(lastSeq) {
      options.admit();
      carrier.send(handshake.accept(lastSeq));
      return new SealedCarrier(carrier, handshake.channel);
    },
    refuse: refuseSealed,
  };
}

/** @throws what is not a judgement of the peer: a bug */
function reasonOf(error: unknown): RefuseReason {
  const reason = error instanceof HitherError ? RefuseReason.safeParse(error.code) : null;
  if (reason?.success === true) return reason.data;
  throw error;
}
