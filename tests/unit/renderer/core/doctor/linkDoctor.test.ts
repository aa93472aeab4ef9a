import { describe, expect, it } from 'vitest';
import { LinkDoctor } from '../../../../../src/renderer/core/doctor/LinkDoctor';
import { LinkEvidence } from '../../../../../src/renderer/core/doctor/LinkEvidence';
import type { LinkStanding } from '../../../../../src/renderer/core/doctor/linkFindings';
import { pairStats, statsReport, transportOf } from '../../../../support/statsReport';

const down: LinkStanding = {
  ...{ isUp: false, isOver: false, path: null, isBeyondLan: false, hasTurn: false },
  ...{ mustRelay: false, isBlocked: false, hasPeerPage: true },
};
const up: LinkStanding = { ...down, isUp: true, path: { kind: 'local', via: null } };

/** A link whose only pair was asked nine times, and answered so many times. */
class MadeUpLink {
  readonly evidence = new LinkEvidence();
  readonly #answered: number;
  looks = 0;

  constructor(answered: number) {
    this.#answered = answered;
    this.evidence.noteSignal({ type: 'offer', sdp: 'candidate:' });
  }

  look(): Promise<RTCStatsReport> {
    this.looks++;
    const counts = { requestsSent: 9, responsesReceived: this.#answered, currentRoundTripTime: 0.004 };
    const state = this.#answered > 0 ? 'succeeded' : 'in-progress';
    const report = statsReport(transportOf('a'), ...pairStats('a', { state, ...counts }));
    this.evidence.note(report);
    return Promise.resolve(report);
  }

  async fail(): Promise<void> {
    this.evidence.end();
    await this.look();
  }
}

const faults = async (doctor: LinkDoctor, standing: LinkStanding) =>
  (await doctor.examine(standing)).tried.map(({ fault, state }) => fault ?? state);

describe('the doctor of a session', () => {
  it('looks only when it is asked, and takes a sample then', async () => {
    const [doctor, link] = [new LinkDoctor(), new MadeUpLink(9)];
    doctor.follow(link);
    doctor.connected();
    expect(link.looks).toBe(0);
    const { checks, samples, ...others } = await doctor.examine(up, () => 7);
    expect(link.looks).toBe(1);
    expect(samples).toEqual([{ atMs: 7, roundTripMs: 4, lostFraction: null }]);
    expect(checks).toBeNull();
    expect(others.tried).toHaveLength(1);
    expect(others).toMatchObject({ isUp: true, findings: [{ code: 'direct' }] });
  });

  it('keeps what a failed link has tried while the next one knows nothing', async () => {
    const [doctor, first, second] = [new LinkDoctor(), new MadeUpLink(0), new MadeUpLink(0)];
    doctor.follow(first);
    await first.fail();
    doctor.follow(second);
    const exam = await doctor.examine(down);
    expect(exam.findings).toEqual([{ level: 'bad', code: 'unanswered-lan', facts: { count: 1 } }]);
    expect(exam.samples.map(({ roundTripMs }) => roundTripMs)).toEqual([null]);
  });

  it('forgets it once a link is up, and keeps what that one knows when it breaks', async () => {
    const [doctor, first, second] = [new LinkDoctor(), new MadeUpLink(0), new MadeUpLink(4)];
    doctor.follow(first);
    await first.fail();
    doctor.follow(second);
    doctor.connected();
    expect(await faults(doctor, up)).toEqual(['in-use']);
    // Its path is silent, and looked for anew.
    expect(await faults(doctor, down)).toEqual(['in-use']);
    await second.fail();
    doctor.follow(new MadeUpLink(0));
    expect(await faults(doctor, down)).toEqual(['went-silent']);
  });

  it('takes a link that was merely replaced for no failure', async () => {
    const doctor = new LinkDoctor();
    doctor.follow(new MadeUpLink(4));
    doctor.follow(new MadeUpLink(0));
    expect((await doctor.examine(down)).findings).toMatchObject([{ code: 'building' }]);
  });

  it('knows nothing before there is a link', async () => {
    expect(await new LinkDoctor().examine(down)).toMatchObject({
      tried: [],
      findings: [{ code: 'building' }],
    });
  });
});
