import type { RequestHandlers } from '../../shared/contract/backend';
import type { EndedRecording, recordingRequests, RecordingsState } from '../../shared/contract/recordings';
import { HitherError } from '../../shared/errors';
import { RecordingMessage, RECORDINGS_FEATURE } from '../../shared/protocol/recordings';
import type { Clock, FeatureSession, FileAccess, Random, SessionFeature } from '../ports';
import { OwnRecordings } from './OwnRecordings';
import { TheirRecordings } from './TheirRecordings';

export interface RecordingServiceOptions {
  clock: Clock;
  random: Random;
  files: Pick<FileAccess, 'checkFolder' | 'createFile'>;
  /** The folder of received files. */
  dir: () => string;
  /** Sends over a session; throws HitherError where it can't. */
  send: (sessionId: string, message: RecordingMessage) => void;
  /** Opens the file manager at a file; rejects with HitherError where it can't. */
  reveal: (path: string) => Promise<void>;
  onChange: (state: RecordingsState) => void;
}

/**
 * Recordings of sessions with the consent of everybody in them. The backend of each side keeps the consent: that of the one who is asked
 * knows to whom its person said yes, and that of the one who records opens no file without every yes.
 */
export class RecordingService implements SessionFeature<RecordingMessage> {
  readonly name = RECORDINGS_FEATURE;
  readonly schema = RecordingMessage;
  readonly handlers: Pick<RequestHandlers, keyof typeof recordingRequests>;
  readonly #options: RecordingServiceOptions;
  readonly #own: OwnRecordings;
  readonly #theirs: TheirRecordings;
  /** Sessions whose other side knows of recordings. */
  readonly #askable = new Set<string>();
  #ended: EndedRecording | null = null;
  /** The last file, which can be shown also when its person has read that it is there. */
  #last: { recordingId: string; path: string } | null = null;

  constructor(options: RecordingServiceOptions) {
    this.#options = options;
    const { clock, random, files, dir, send } = options;
    const onChange = (): void => this.#changed();
    this.#own = new OwnRecordings({
      ...{ clock, random, files, dir, send, onChange },
      onEnded: (ended, path) => {
        if (ended) this.#ended = ended;
        if (ended && path !== null) this.#last = { recordingId: ended.recordingId, path };
        this.#changed();
      },
    });
    this.#theirs = new TheirRecordings({ clock, send, onChange });
    this.handlers = this.#createHandlers();
  }

  get state(): RecordingsState {
    const askable = [...this.#askable];
    return { own: this.#own.view, theirs: this.#theirs.views, ended: this.#ended, askable };
  }

  opened({ sessionId }: FeatureSession): void {
    this.#options.send(sessionId, { type: 'recording-ready' });
  }

  handle({ sessionId, peer }: FeatureSession, message: RecordingMessage): void {
    switch (message.type) {
      case 'recording-ready':
        if (this.#askable.has(sessionId)) break;
        this.#askable.add(sessionId);
        this.#changed();
        break;
      case 'recording-request':
        this.#theirs.asked(sessionId, message.recordingId);
        break;
      case 'recording-started':
        this.#theirs.started(sessionId, message.recordingId);
        break;
      case 'recording-stopped':
        this.#theirs.stopped(sessionId, message.recordingId);
        break;
      case 'recording-allowed':
        this.#own.allowed(sessionId, message.recordingId);
        break;
      case 'recording-declined':
        this.#own.refused(sessionId, message.recordingId, message.reason, peer.name);
        break;
      case 'recording-withdrawn':
        this.#own.refused(sessionId, message.recordingId, 'withdrawn', peer.name);
        break;
    }
  }

  closed({ sessionId, peer }: FeatureSession): void {
    const wasAskable = this.#askable.delete(sessionId);
    this.#own.sessionClosed(sessionId, peer.name);
    this.#theirs.sessionClosed(sessionId);
    if (wasAskable) this.#changed();
  }

  pageAttached(): void {
    this.#theirs.pageAttached();
  }

  /** The page is closed, reloaded, or stands aside: it hands over nothing any more. */
  pageGone(): void {
    this.#own.pageGone();
    this.#theirs.pageGone();
  }

  /** Ends what there is; what was recorded is kept. */
  async close(): Promise<void> {
    this.#theirs.close();
    await this.#own.close();
  }

  #createHandlers(): RecordingService['handlers'] {
    return {
      'recordings:ask': async ({ sessionIds }) => {
        if (!sessionIds.every((sessionId) => this.#askable.has(sessionId)))
          throw new HitherError('recording-unknown');
        return { recordingId: await this.#own.ask(sessionIds) };
      },
      'recordings:answer': ({ sessionId, recordingId, isAllowed }) => {
        this.#theirs.answer(sessionId, recordingId, isAllowed);
        return {};
      },
      'recordings:withdraw': ({ sessionId, recordingId }) => {
        this.#theirs.withdraw(sessionId, recordingId);
        return {};
      },
      'recordings:start': async ({ recordingId, name, ending }) => {
        await this.#own.start(recordingId, { name, ending });
        return {};
      },
      'recordings:write': async ({ recordingId, offsetBytes, bytes }) => {
        await this.#own.write(recordingId, offsetBytes, bytes);
        return {};
      },
      'recordings:stop': async ({ recordingId, patchAt, bytes, failure }) => {
        const patch = patchAt !== null && bytes ? { offsetBytes: patchAt, bytes } : null;
        await this.#own.stop(recordingId, patch, failure);
        return {};
      },
      'recordings:dismiss': ({ recordingId }) => {
        if (this.#ended?.recordingId === recordingId) this.#ended = null;
        this.#changed();
        return {};
      },
      'recordings:reveal': async ({ recordingId }) => {
        if (this.#last?.recordingId !== recordingId) throw new HitherError('not-allowed');
        await this.#options.reveal(this.#last.path);
        return {};
      },
    };
  }

  #changed(): void {
    this.#options.onChange(this.state);
  }
}
