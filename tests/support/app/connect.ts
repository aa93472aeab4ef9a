import { expect } from '@playwright/test';
import type { HitherPage } from './HitherPage';

/** One of the two people of a session, at whatever they use: a headless instance, a lab host's, the desktop app. */
export interface Person {
  readonly name: string;
  readonly app: HitherPage;
}

export interface ConnectOptions {
  /** Whether both trust the other's device from now on. */
  trust?: boolean;
}

/** Makes a session: one picks the other's card, the other accepts, both see the same code and say so. */
export async function connect(caller: Person, callee: Person, options: ConnectOptions = {}): Promise<void> {
  await caller.app.connectTo(callee.name);
  await answer(caller, callee, options);
}

/** The rest of a session that one has asked for, in whatever way: accept, compare, connected. */
export async function answer(caller: Person, callee: Person, options: ConnectOptions = {}): Promise<void> {
  await callee.app.acceptRequest(caller.name);
  await compareCodes(caller, callee, options);
}

/** Both see the same code and say that it matches. */
export async function compareCodes(
  caller: Person,
  callee: Person,
  { trust = false }: ConnectOptions = {},
): Promise<void> {
  const [here, there] = await Promise.all([caller.app.trust.code(), callee.app.trust.code()]);
  expect(here.digits).toMatch(/^\d{9}$/);
  expect(here.pictures).toHaveLength(5);
  expect(there, 'both people see the same code').toEqual(here);
  await caller.app.trust.confirmCode({ trust });
  await caller.app.trust.expectOtherCompares(callee.name, trust ? 'comparing' : 'waiting');
  await callee.app.trust.confirmCode({ trust });
  await expectConnected(caller, callee);
}

export async function expectConnected(...people: readonly Person[]): Promise<void> {
  for (const person of people) await person.app.expectConnected();
}
