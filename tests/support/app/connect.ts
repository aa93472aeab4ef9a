import type { Instance } from './Instance';

/** Makes a session: one picks the other's card, the other accepts. */
export async function connect(caller: Instance, callee: Instance): Promise<void> {
  await caller.app.connectTo(callee.name);
  await callee.app.acceptRequest(caller.name);
  await caller.app.expectConnected();
  await callee.app.expectConnected();
}
