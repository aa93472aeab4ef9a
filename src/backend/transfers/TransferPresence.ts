import type { TransferView } from '../../shared/contract/transfers';
import { TotalProgress } from '../../shared/transfer/TotalProgress';

/** What the shell around the backend shows of transfers; headless mode has neither. */
export interface PresencePorts {
  /** Keeps the machine from going to sleep while it is on. */
  keepAwake?(isOn: boolean): void;
  /** Progress on the app's icon: 0 to 1, or `null` for none. */
  progress?(fraction: number | null): void;
}

/** Steps of the icon's bar; finer ones nobody sees, and each is a call to the system. */
const STEPS = 100;

/**
 * Tells the shell how the transfers stand: awake while bytes move, and how far everything is that is going on.
 * Transfers that wait, for a person or a device, keep no machine awake.
 */
export class TransferPresence {
  readonly #ports: PresencePorts;
  #isAwake = false;
  #fraction: number | null = null;
  readonly #total = new TotalProgress();

  constructor(ports: PresencePorts) {
    this.#ports = ports;
  }

  /** Looks at the list of all transfers, as often as it changes. */
  update(transfers: readonly TransferView[]): void {
    this.#setAwake(transfers.some(({ phase }) => phase === 'active'));
    this.#setFraction(this.#total.update(transfers));
  }

  /** Nothing is going on any more: the backend closes. */
  close(): void {
    this.update([]);
  }

  #setAwake(isAwake: boolean): void {
    if (isAwake === this.#isAwake) return;
    this.#isAwake = isAwake;
    this.#ports.keepAwake?.(isAwake);
  }

  #setFraction(exact: number | null): void {
    const fraction = exact === null ? null : Math.floor(exact * STEPS) / STEPS;
    if (fraction === this.#fraction) return;
    this.#fraction = fraction;
    this.#ports.progress?.(fraction);
  }
}
