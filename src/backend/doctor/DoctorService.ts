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
  #underWay: Promise<DoctorReport> | null = null;

  constructor(options: DoctorOptions) {
    this.#options = options;
  }

  get handlers() {
    return { 'doctor:examine': () => this.examine() };
  }

  /** One examination at a time: it opens sockets on every interface, and a page may ask as often as it likes. */
  examine(): Promise<DoctorReport> {
    this.#underWay ??= this.#examine().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #examine(): Promise<DoctorReport> {
    const { internet, listening, ownId, probes } = this.#options;
    const measured = await probes.measure({
      ownId: ownId(),
      mayLookAround: listening().isOn,
      internet: internet(),
    });
    return { findings: findingsOf(measured, listening()) };
  }
}
