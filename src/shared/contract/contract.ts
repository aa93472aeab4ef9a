import type { z } from 'zod';
import { appEvents, appRequests } from './app';
import { awayEvents } from './away';
import { embeddedRelayEvents } from './embeddedRelay';
import { inviteEvents, inviteRequests } from './invites';
import { doctorRequests } from './doctor';
import { nearbyEvents, nearbyRequests } from './nearby';
import { recordingEvents, recordingRequests } from './recordings';
import { sessionEvents, sessionRequests } from './sessions';
import { shellEvents, shellRequests } from './shell';
import { textEvents, textRequests } from './texts';
import { transferEvents, transferRequests } from './transfers';
import { trustEvents, trustRequests } from './trust';

/** Every request that a page may make of its backend: what it takes and what it gives. */
export const requests = {
  ...appRequests,
  ...inviteRequests,
  ...doctorRequests,
  ...nearbyRequests,
  ...recordingRequests,
  ...sessionRequests,
  ...shellRequests,
  ...textRequests,
  ...transferRequests,
  ...trustRequests,
} as const;

/** Every event that a backend sends its page. */
export const events = {
  ...appEvents,
  ...awayEvents,
  ...embeddedRelayEvents,
  ...inviteEvents,
  ...nearbyEvents,
  ...recordingEvents,
  ...sessionEvents,
  ...shellEvents,
  ...textEvents,
  ...transferEvents,
  ...trustEvents,
} as const;

type Requests = typeof requests;
export type RequestName = keyof Requests;
export type RequestArgs<N extends RequestName> = z.input<Requests[N]['args']>;
export type RequestResult<N extends RequestName> = z.output<Requests[N]['result']>;
type Events = typeof events;
export type EventName = keyof Events;
export type EventData<E extends EventName> = z.output<Events[E]>;
/** Event data by name, for typed emitters. */
export type EventMap = { [E in EventName]: EventData<E> };

export function isRequestName(name: unknown): name is RequestName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

export function isEventName(name: unknown): name is EventName {
  return typeof name === 'string' && Object.hasOwn(events, name);
}
