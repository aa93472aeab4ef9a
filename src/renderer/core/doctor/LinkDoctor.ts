import type { LinkEvidence } from './LinkEvidence';
import type { LinkExam } from './linkExam';
import { type LinkStanding, linkFindings } from './linkFindings';
import { LinkSamples } from './LinkSamples';

/** What the doctor needs of a link; `PeerLink` is one. */
export interface ExaminedLink {
  readonly evidence: LinkEvidence;
  /** A report of its connection, which its evidence has noted; `null` once it is closed. */
  look(): Promise<RTCStatsReport | null>;
}

/**
 * What the doctor knows of the peer links of one session: how its path does, and what was tried for it. It looks only when
 * it is asked to; a link that fails leaves its evidence here.
 */
export class LinkDoctor {
  readonly #samples = new LinkSamples();
  #link: ExaminedLink | null = null;
  /** Of the link before, where that failed and none has come since: the one that is being tried knows little yet. */
  #failed: LinkEvidence | null = null;

  /** A new link is being tried. */
  follow(link: ExaminedLink): void {
    if (this.#link?.evidence.isOver) this.#failed = this.#link.evidence;
    this.#link = link;
  }

  /** It is up: what failed before it is of no interest. */
  connected(): void {
    this.#failed = null;
  }

  /** Takes a sample, and says what is known. Ask once a second: that is what a minute of samples is made of. */
  async examine(standing: LinkStanding, now: () => number = () => performance.now()): Promise<LinkExam> {
    const link = this.#link;
    const report = (await link?.look()) ?? null;
    this.#samples.note(standing.isUp && link === this.#link ? report : null, now());
    const evidence = standing.isUp ? link?.evidence : (this.#failed ?? link?.evidence);
    const samples = this.#samples.all;
    return {
      ...{ isUp: standing.isUp, path: standing.path, samples },
      checks: standing.isUp ? this.#samples.checks : null,
      tried: evidence?.tried ?? [],
      findings: linkFindings(standing, evidence ?? null, samples),
    };
  }
}
