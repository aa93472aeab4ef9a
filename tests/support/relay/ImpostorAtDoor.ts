import { Door } from '../../../src/backend/sessions/relay/Door';
import type { Carrier } from '../../../src/backend/sessions/carriers/Carrier';
import { openRelaySocket } from '../../../src/main/node/net/openRelaySocket';
import { systemClock } from '../../../src/main/node/systemClock';
import { spokenAuth } from '../../../src/shared/identity/invite';
import { ListenerHandshake } from '../../../src/shared/identity/ListenerHandshake';
import { newIdentity, random, SOME_FINGERPRINT } from '../lan/identities';
import { afterwards } from '../lan/opened';

/** Somebody who answers in the inviter's place, with a guess at the words, and says goodbye once it is tested. */
export class ImpostorAtDoor {
  readonly nameplate: string;

  private constructor(nameplate: string) {
    this.nameplate = nameplate;
  }

  /** @param onTested a guest's sealed message is there, against which the guess can be held */
  static async guessing(words: string, relayUrl: string, onTested: () => void): Promise<ImpostorAtDoor> {
    return new Promise((resolve) => {
      let mailbox = '';
      const answer = async (carrier: Carrier): Promise<void> => {
        const auth = spokenAuth(words, mailbox, 'responder', random);
        const handshake = new ListenerHandshake(
          { identity: newIdentity(), auth, random },
          { ...SELF, fingerprint: SOME_FINGERPRINT, capabilities: [] },
        );
        const hello = await carrier.next();
        if (typeof hello !== 'string') return;
        carrier.send(handshake.handleHello(hello));
        if ((await carrier.next()) instanceof Uint8Array) onTested();
        carrier.close();
      };
      const door: Door = new Door({
        ...{
          relayUrl,
          opening: { type: 'allocate' },
          openSocket: openRelaySocket,
          clock: systemClock,
          random,
        },
        onJoined: (joined) => {
          ({ mailbox } = joined);
          if (joined.nameplate !== null) resolve(new ImpostorAtDoor(joined.nameplate));
        },
        onClosed: () => undefined,
        onCaller: (carrier) => void answer(carrier),
      });
      afterwards(() => door.close());
    });
  }
}

const SELF = { name: 'Anna', platform: 'linux', appVersion: '0.1.0' } as const;
