import type { WebSocket } from 'ws';
import { DialerHandshake } from '../../../src/shared/identity/DialerHandshake';
import type { HandshakeOptions, OwnClaims } from '../../../src/shared/identity/Handshake';
import { type Identity, sign } from '../../../src/shared/identity/identity';
import { signedBytes } from '../../../src/shared/identity/keySchedule';
import { toHex } from '../../../src/shared/ids';
import { ListenerHandshake } from '../../../src/shared/identity/ListenerHandshake';
import { Identify } from '../../../src/shared/identity/messages';
import { newFingerprint, newIdentity, random } from './identities';
import { interceptor } from './ManInTheMiddle';
import { nextOf } from './RawDialer';

/**
 * What the impostor tells the listener in place of its own identify, made from the dialer's. Without a signature it
 * signs properly, with its own key.
 */
export type Forge = (dialers: Identify, impostor: Identity) => { body: string; signature?: string };

export interface ImpostorOptions {
  /** The name that it goes by on both sides. */
  name: string;
  forge?: Forge;
  /** Says the dialer's commitment to the listener in place of its own. */
  copiesCommitment?: boolean;
}

/** A dialer whose identify somebody else has written. */
class ForgingDialer extends DialerHandshake {
  forged: ReturnType<Forge> | null = null;

  /** Says what another hello says of its sender. */
  copyCommitment(hello: string): void {
    const { commitment } = JSON.parse(hello) as { commitment: string };
    Object.assign(this, { hello: JSON.stringify({ ...(JSON.parse(this.hello) as object), commitment }) });
  }

  protected override sealIdentify(lastSeq: number | undefined): Uint8Array {
    if (this.forged === null) return super.sealIdentify(lastSeq);
    const { body } = this.forged;
    const own = (): string => toHex(sign(this.identity, signedBytes('dialer', this.opened.transcript, body)));
    const { signature = own() } = this.forged;
    return this.channel.outgoing.seal(JSON.stringify({ type: 'identify', body, signature }));
  }
}

/**
 * Somebody in the middle who keeps to the protocol: shakes hands with both sides under an identity of its own, and
 * passes on, reading, whatever the two say to each other.
 * @returns the address that victims dial
 */
export async function impostor(
  port: number,
  { name, forge, copiesCommitment = false }: ImpostorOptions,
): Promise<string> {
  const identity = newIdentity();
  const options: HandshakeOptions = { identity, auth: { mode: 'open' }, random };
  return interceptor(port, (dialer, listener) => {
    void (async () => {
      const claims = claimsOf(name);
      const hello = await nextOf(dialer);
      const toDialer = new ListenerHandshake(options, claims);
      dialer.send(toDialer.handleHello(String(hello)));
      const sealed = await nextOf(dialer);
      if (!(sealed instanceof Uint8Array)) return;
      const dialers = Identify.parse(JSON.parse(toDialer.channel.incoming.open(sealed)));
      const { sessionId } = JSON.parse(dialers.body) as { sessionId: string };
      const toListener = new ForgingDialer(options, { ...claims, sessionId });
      if (copiesCommitment) toListener.copyCommitment(String(hello));
      if (forge !== undefined) toListener.forged = forge(dialers, identity);
      await shakeWith(listener, toListener);
      dialer.send(answerOf(toDialer, sessionId));
      passOn(dialer, toDialer, listener, toListener);
      passOn(listener, toListener, dialer, toDialer);
    })();
  });
}

function claimsOf(name: string): Omit<OwnClaims, 'sessionId'> {
  return {
    ...{ name, platform: 'linux', appVersion: '0.1.0', capabilities: [] },
    fingerprint: newFingerprint(),
  };
}

async function shakeWith(listener: WebSocket, handshake: DialerHandshake): Promise<void> {
  listener.send(handshake.hello);
  const identify = handshake.handleWelcome(String(await nextOf(listener)));
  if (!(identify instanceof Uint8Array)) return;
  listener.send(identify);
  const answer = await nextOf(listener);
  if (answer instanceof Uint8Array) handshake.channel.incoming.open(answer);
}

/** The listener's identify, for a session whose dialer has been read without `takeIdentify`. */
function answerOf(handshake: ListenerHandshake, sessionId: string): Uint8Array {
  Object.assign((handshake as unknown as { own: object }).own, { sessionId });
  return handshake.accept();
}

function passOn(
  from: WebSocket,
  opened: DialerHandshake | ListenerHandshake,
  to: WebSocket,
  sealed: DialerHandshake | ListenerHandshake,
): void {
  from.on('message', (data) => {
    to.send(sealed.channel.outgoing.seal(opened.channel.incoming.open(data as Buffer)));
  });
}
