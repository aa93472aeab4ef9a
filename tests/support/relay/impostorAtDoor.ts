import type { MailboxOpening } from '../../../src/backend/relay/MailboxClient';
import { Door } from '../../../src/backend/sessions/relay/Door';
import type { Carrier } from '../../../src/backend/sessions/carriers/Carrier';
import { openRelaySocket } from '../../../src/main/node/net/openRelaySocket';
import { systemClock } from '../../../src/main/node/systemClock';
import type { Auth } from '../../../src/shared/identity/Handshake';
import { inviteAuth, inviteMailbox, spokenAuth } from '../../../src/shared/identity/invite';
import { ListenerHandshake } from '../../../src/shared/identity/ListenerHandshake';
import { newIdentity, random, SOME_FINGERPRINT } from '../lan/identities';
import { afterwards } from '../lan/opened';

const SELF = { name: 'Anna', platform: 'linux', appVersion: '0.1.0' } as const;

/** A door with somebody behind it who is not the inviter. @returns its number, or `null` where it was known */
async function openDoor(
  relayUrl: string,
  opening: MailboxOpening,
  onCaller: (carrier: Carrier, mailbox: string) => Promise<void>,
): Promise<string | null> {
  return new Promise((resolve) => {
    let mailbox = '';
    const door: Door = new Door({
      ...{ relayUrl, opening, openSocket: openRelaySocket, clock: systemClock, random },
      onJoined: (joined) => {
        ({ mailbox } = joined);
        resolve(joined.nameplate);
      },
      onClosed: () => undefined,
      onCaller: (carrier) => void onCaller(carrier, mailbox),
    });
    afterwards(() => door.close());
  });
}

/** Answers until the other side has said who it is, sealed. */
async function answer(
  carrier: Carrier,
  auth: Auth,
): Promise<{ handshake: ListenerHandshake; identify: Uint8Array } | null> {
  const handshake = new ListenerHandshake(
    { identity: newIdentity(), auth, random },
    { ...SELF, fingerprint: SOME_FINGERPRINT, capabilities: [] },
  );
  const hello = await carrier.next();
  if (typeof hello !== 'string') return null;
  carrier.send(handshake.handleHello(hello));
  const identify = await carrier.next();
  return identify instanceof Uint8Array ? { handshake, identify } : null;
}

/**
 * Answers in the inviter's place, with a guess at the words, and says goodbye once it is tested.
 * @param onTested a guest's sealed message is there, against which the guess can be held
 * @returns the number of the code
 */
export async function guessAtDoor(words: string, relayUrl: string, onTested: () => void): Promise<string> {
  const nameplate = await openDoor(relayUrl, { type: 'allocate' }, async (carrier, mailbox) => {
    if ((await answer(carrier, spokenAuth(words, mailbox, 'responder', random))) !== null) onTested();
    carrier.close();
  });
  return nameplate ?? '';
}

/** Answers in the inviter's place, with the secret of the link. */
export async function waitAtDoor(secret: Uint8Array, relayUrl: string): Promise<void> {
  await openDoor(relayUrl, { type: 'join', mailbox: inviteMailbox(secret) }, async (carrier) => {
    const answered = await answer(carrier, inviteAuth(secret));
    if (answered === null) return;
    answered.handshake.handleIdentify(answered.identify);
    carrier.send(answered.handshake.accept());
  });
}
