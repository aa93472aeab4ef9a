import type { EngineMessage } from '../../src/shared/protocol/transfer';

/** What the benchmark says to one of its backends. */
export type ToBackend =
  | { kind: 'open' }
  | { kind: 'message'; message: EngineMessage }
  | { kind: 'offer'; path: string; name: string }
  | { kind: 'stop' };

/** What a backend says to the benchmark. */
export type FromBackend =
  | { kind: 'ready' }
  | { kind: 'accepted' }
  | { kind: 'done' }
  | { kind: 'message'; message: EngineMessage }
  | { kind: 'failed'; code: string };

/** What an end of the plain copy says when it is done. */
export interface PlainTlsReport {
  ms: number;
  cpuSeconds: number;
}
