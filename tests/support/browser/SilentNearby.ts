import type { Nearby, NearbyUser } from '../../../src/backend/ports';
import type { ReachAnswer } from '../../../src/shared/protocol/lan';
import type { NearbyState } from '../../../src/shared/contract/nearby';
import { formatLanAddress, type LanAddress } from '../../../src/shared/address';

/** A page can't look around on a network: it listens, and other devices come by their addresses alone. */
export class SilentNearby implements Nearby {
  readonly #host: string;
  readonly #user: NearbyUser;
  #port: number | null = null;

  /** @param host what this backend is called */
  constructor(host: string, user: NearbyUser) {
    this.#host = host;
    this.#user = user;
  }

  async setOn(isOn: boolean): Promise<void> {
    if (isOn === (this.#port !== null)) return;
    const { listener } = this.#user;
    if (!isOn) listener.stop();
    this.#port = isOn ? await listener.start() : null;
    this.#user.onChange(this.state());
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  announce(): void {
    return;
  }

  addressesOf(): LanAddress[] {
    return [];
  }

  answersAt(): boolean {
    return false;
  }

  reachBack(): Promise<ReachAnswer> {
    return Promise.resolve({ isSeen: false, isReached: false });
  }

  state(): NearbyState {
    const port = this.#port;
    const ownAddresses = port === null ? [] : [formatLanAddress({ host: this.#host, port })];
    return { isOn: port !== null, devices: [], ownAddresses, interfaces: [], problems: ['no-multicast'] };
  }

  close(): Promise<void> {
    return this.setOn(false);
  }
}
