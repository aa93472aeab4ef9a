import { z } from 'zod';
import { Failure, failureOf, HitherError } from '../errors';
import {
  type EventData,
  type EventName,
  events,
  isEventName,
  isRequestName,
  type RequestArgs,
  type RequestName,
  type RequestResult,
  requests,
} from './contract';

/** The backend as its page sees it, whatever lies between them. */
export interface Backend {
  /**
   * Asks the backend.
   * @throws HitherError with the backend's code, or `backend-gone` when it can't be reached
   */
  request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>>;
  /** Listens to an event; returns the disposer. */
  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void;
  /** Tells when the way to the backend breaks and when it is back; returns the disposer. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
}

/** What answers requests, one function a name. `pageId` tells pages of one backend apart. */
export type RequestHandlers = {
  [N in RequestName]: (
    args: z.output<(typeof requests)[N]['args']>,
    pageId: string,
  ) => Promise<RequestResult<N>> | RequestResult<N>;
};

/** The outcome of a request as it crosses a transport. */
export const Outcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: Failure }),
]);
export type Outcome = z.infer<typeof Outcome>;

/**
 * Runs one request that came from a page: checks name and arguments, calls the handler, checks the result.
 * Never throws: whatever goes wrong is in the outcome, and `onBug` hears of what should not have happened.
 */
export async function dispatch(
  handlers: RequestHandlers,
  pageId: string,
  name: unknown,
  args: unknown,
  onBug: (error: unknown) => void,
): Promise<Outcome> {
  if (!isRequestName(name)) return { ok: false, failure: { code: 'bad-request', facts: {} } };
  const parsed = requests[name].args.safeParse(args);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    return { ok: false, failure: { code: 'bad-request', facts: { request: name, path } } };
  }
  try {
    // TypeScript can't tie a name held in a variable to its schema: the one cast, after the check.
    const handler = handlers[name] as (args: unknown, pageId: string) => unknown;
    return { ok: true, value: requests[name].result.parse(await handler(parsed.data, pageId)) };
  } catch (error) {
    if (!(error instanceof HitherError)) onBug(error);
    return { ok: false, failure: failureOf(error) };
  }
}

/**
 * The page's side of a request: the result, checked.
 * @throws HitherError with the failure's code; `internal` when the backend's answer breaks the contract
 */
export function resultOf<N extends RequestName>(name: N, outcome: unknown): RequestResult<N> {
  const parsed = Outcome.safeParse(outcome);
  if (!parsed.success) throw new HitherError('internal', { request: name });
  if (!parsed.data.ok) throw new HitherError(parsed.data.failure.code, parsed.data.failure.facts);
  const value = requests[name].result.safeParse(parsed.data.value);
  if (!value.success) throw new HitherError('internal', { request: name });
  return value.data as RequestResult<N>;
}

/** An event that reached the page, checked, or `null` where it breaks the contract. */
export function checkedEvent(name: unknown, data: unknown): { name: EventName; data: never } | null {
  if (!isEventName(name)) return null;
  const parsed = events[name].safeParse(data);
  return parsed.success ? { name, data: parsed.data as never } : null;
}
