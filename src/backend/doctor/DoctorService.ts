import type { DoctorReport } from '../../shared/contract/doctor';
import { findingsOf, type Listening } from './findingsOf';
import type { DoctorProbes, InternetWay } from './measurements';

export interface DoctorOptions {
  probes: DoctorProbes;
  ownId: () => string;
  listening: () => Listening;
  /** `null` where nothing is set up that needs the internet. */
  internet: () => InternetWay | null;
}

/** Looks at the network when a person asks why two devices don't meet. */
export class DoctorService {
  readonly #options: DoctorOptions;
  #underWay: { address: string | null; report: Promise<DoctorReport> } | null = null;

  constructor(options: DoctorOptions) {
    this.#options = options;
  }

  get handlers() {
    return {
      'doctor:examine': ({ address }: { address?: string | undefined }) => this.examine(address ?? null),
    };
  }

  /**
   * One examination at a time: it opens sockets on every interface, and a page may ask as often as it likes. Another one waits.
   * @param address one that a person typed, to look at as well
   * @throws HitherError `bad-address`
   */
  examine(address: string | null = null): Promise<DoctorReport> {
    if (this.#underWay?.address === address) return this.#underWay.report;
    const before = this.#underWay?.report.catch(() => undefined);
    const report = Promise.resolve(before).then(() => this.#examine(address));
    const now = { address, report };
    this.#underWay = now;
    const done = (): void => {
      if (this.#underWay === now) this.#underWay = null;
    };
    report.then(done, done);
    return report;
  }

  async #examine(address: string | null): Promise<DoctorReport> {
    const { internet, listening, ownId, probes } = this.#options;
    const asked = internet();
    const measured = await probes.measure({
      ownId: ownId(),
      mayLookAround: listening().isOn,
      address,
      internet: asked,
    });
    return { findings: findingsOf(measured, listening(), asked?.relayUrl ?? null) };
  }
}
