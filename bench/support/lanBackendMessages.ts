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
  | { kind: 'message'; message: EngineMessage }
  | { kind: 'failed'; code: string };
