import type { TheirRecording } from '../../shared/contract/recordings';
import { HitherError } from '../../shared/errors';
import { ANSWER_TIMEOUT_MS } from '../../shared/protocol/lan';
import type { RecordingMessage, RecordingNo } from '../../shared/protocol/recordings';
import { TokenBucket } from '../../shared/TokenBucket';
import type { Cancel, Clock } from '../ports';

/** Questions of a peer in one session, at once and a second after that; further ones are answered with no. */
const ASK_RATE = { perSecond: 0.1, burst: 3 };
/** How long a page may be away before nobody is there who sees that they are recorded, in ms: a reload takes less. */
const PAGE_AWAY_MS = 15_000;

export interface TheirRecordingsOptions {
  clock: Clock;
  /** Says something in a session; throws HitherError where it can't. */
  send: (sessionId: string, message: RecordingMessage) => void;
  onChange: () => void;
}

interface Asked {
  view: TheirRecording;
  cancelTimer: Cancel;
}

/** This device as the one that is recorded: who has asked, to whom its person said yes, and until when that holds. */
export class TheirRecordings {
  readonly #options: TheirRecordingsOptions;
  readonly #bySession = new Map<string, Asked>();
  readonly #rates = new Map<string, TokenBucket>();
  #page: 'here' | 'away' | 'gone' = 'gone';
  #cancelAway: Cancel = () => undefined;

  constructor(options: TheirRecordingsOptions) {
    this.#options = options;
  }

  get views(): TheirRecording[] {
    return [...this.#bySession.values()].map(({ view }) => view);
  }

  /** The peer asks. */
  asked(sessionId: string, recordingId: string): void {
    const { clock, onChange } = this.#options;
    this.#remove(sessionId);
    const why = this.#whyNot(sessionId);
    if (why !== null) {
      this.#send(sessionId, { type: 'recording-declined', recordingId, reason: why });
      onChange();
      return;
    }
    const askedMs = clock.now();
    this.#bySession.set(sessionId, {
      view: {
        ...{ recordingId, sessionId, phase: 'asked', askedMs, startedMs: null },
        waitsUntilMs: askedMs + ANSWER_TIMEOUT_MS,
      },
      cancelTimer: clock.after(ANSWER_TIMEOUT_MS, () => this.#decline(sessionId, 'no-answer')),
    });
    onChange();
  }

  /** The peer says that it has begun. Without a yes there is nothing to begin: it may have crossed the yes being taken back. */
  started(sessionId: string, recordingId: string): void {
    const asked = this.#named(sessionId, recordingId);
    if (asked?.view.phase !== 'allowed') return;
    asked.view = { ...asked.view, phase: 'running', startedMs: this.#options.clock.now() };
    this.#options.onChange();
  }

  /** The peer has stopped, or takes its question back. */
  stopped(sessionId: string, recordingId: string): void {
    if (!this.#named(sessionId, recordingId)) return;
    this.#remove(sessionId);
    this.#options.onChange();
  }

  /** The person answers. */
  answer(sessionId: string, recordingId: string, isAllowed: boolean): void {
    const asked = this.#named(sessionId, recordingId);
    if (asked?.view.phase !== 'asked') return;
    if (!isAllowed) {
      this.#decline(sessionId, 'not-now');
      return;
    }
    asked.cancelTimer();
    asked.view = { ...asked.view, phase: 'allowed', waitsUntilMs: null };
    this.#send(sessionId, { type: 'recording-allowed', recordingId });
    this.#options.onChange();
  }

  /** The person takes their yes back. */
  withdraw(sessionId: string, recordingId: string): void {
    const asked = this.#named(sessionId, recordingId);
    if (!asked || asked.view.phase === 'asked') return;
    this.#remove(sessionId);
    this.#send(sessionId, { type: 'recording-withdrawn', recordingId });
    this.#options.onChange();
  }

  sessionClosed(sessionId: string): void {
    this.#rates.delete(sessionId);
    if (!this.#bySession.has(sessionId)) return;
    this.#remove(sessionId);
    this.#options.onChange();
  }

  pageAttached(): void {
    this.#cancelAway();
    this.#page = 'here';
  }

  pageGone(): void {
    this.#cancelAway();
    this.#page = 'away';
    this.#cancelAway = this.#options.clock.after(PAGE_AWAY_MS, () => {
      this.#page = 'gone';
      for (const { sessionId, recordingId, phase } of this.views) {
        if (phase === 'asked') this.#decline(sessionId, 'nobody-there');
        else this.withdraw(sessionId, recordingId);
      }
    });
  }

  close(): void {
    this.#cancelAway();
    for (const sessionId of [...this.#bySession.keys()]) this.#remove(sessionId);
  }

  #whyNot(sessionId: string): RecordingNo | null {
    const { clock } = this.#options;
    const now = (): number => clock.monotonicMs();
    const rate = this.#rates.get(sessionId) ?? new TokenBucket(ASK_RATE.perSecond, ASK_RATE.burst, now);
    this.#rates.set(sessionId, rate);
    if (!rate.consume()) return 'too-often';
    return this.#page === 'gone' ? 'nobody-there' : null;
  }

  #named(sessionId: string, recordingId: string): Asked | null {
    const asked = this.#bySession.get(sessionId);
    return asked?.view.recordingId === recordingId ? asked : null;
  }

  #decline(sessionId: string, reason: RecordingNo): void {
    const asked = this.#bySession.get(sessionId);
    if (!asked) return;
    this.#remove(sessionId);
    const { recordingId } = asked.view;
    this.#send(sessionId, { type: 'recording-declined', recordingId, reason });
    this.#options.onChange();
  }

  #remove(sessionId: string): void {
    this.#bySession.get(sessionId)?.cancelTimer();
    this.#bySession.delete(sessionId);
  }

  #send(sessionId: string, message: RecordingMessage): void {
    try {
      this.#options.send(sessionId, message);
    } catch (error) {
      // A session that is over needs no word: what was said in it is over as well.
      if (!(error instanceof HitherError)) throw error;
    }
  }
}
