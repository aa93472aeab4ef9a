/** A backend that nobody looks at: what it does for devices with standing consent, and what it says to the others. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { en } from '../../src/renderer/i18n/en';
import type { TransferView } from '../../src/shared/contract/transfers';
import { dialFailure } from '../../src/renderer/core/session/dialFailure';
import { afterwards } from '../support/lan/opened';
import type { HubPage } from '../support/lan/HubPage';
import { connectFrom, makeTrusted, PagelessDevice } from '../support/lan/PagelessDevice';

const FILE_BYTES = 12_000_000;

/**
 * Anna may do anything at Ben's, Dora may connect, and Carol is nobody. Since he was started, Ben has had no page, until the
 * fourth test opens one: what was kept is seen there, and who calls after it waits as for a page that reloads.
 */
let anna: PagelessDevice;
let ben: PagelessDevice;
let carol: PagelessDevice;
let dora: PagelessDevice;

beforeAll(async () => {
  const start = (name: string) => PagelessDevice.start(name);
  [anna, ben, carol, dora] = await Promise.all([start('Anna'), start('Ben'), start('Carol'), start('Dora')]);
  await makeTrusted(anna, ben, { connect: 'allow', sendFiles: 'allow', viewScreen: 'allow' });
  await makeTrusted(dora, ben, { connect: 'allow', sendFiles: 'ask', viewScreen: 'ask' });
  await ben.stop();
  await ben.run();
});

afterAll(async () => {
  await Promise.all([anna, ben, carol, dora].map((device) => device.remove()));
});

/** A page for this test alone. */
async function pageOf(device: PagelessDevice): Promise<HubPage> {
  const page = await device.page();
  afterwards(() => page.close());
  return page;
}

/** A session with Ben for this test alone. */
async function sessionWithBen(page: HubPage): Promise<string> {
  const sessionId = await connectFrom(page, ben);
  afterwards(() => page.request('sessions:end', { sessionId, reason: 'left' }).catch(() => undefined));
  await page.untilPhase(sessionId, 'connected');
  return sessionId;
}

/** Offers a file of random bytes by its path, as the command line does. */
async function offerFile(
  device: PagelessDevice,
  page: HubPage,
  sessionId: string,
  name: string,
): Promise<{ bytes: Buffer; transferId: string }> {
  const bytes = randomBytes(FILE_BYTES);
  const path = join(device.dir, name);
  await writeFile(path, bytes);
  const token = device.backend.registerPath(path);
  const { transferId } = await page.request('transfers:offer', {
    sessionId,
    items: [{ kind: 'path-token', token, path: name }],
  });
  return { bytes, transferId };
}

/** Waits until a transfer, as this page sees it, is so. */
async function untilTransfer(
  page: HubPage,
  transferId: string,
  isSo: (view: TransferView) => boolean,
): Promise<TransferView> {
  return vi.waitUntil(
    () => page.transfers.find((view) => view.transferId === transferId && isSo(view)),
    15_000,
  );
}

it('answers a question for its screen, as nobody is there who could show one', async () => {
  const page = await pageOf(anna);
  const sessionId = await sessionWithBen(page);
  const feature = 'view-requests';
  await page.request('sessions:send', { sessionId, feature, body: { type: 'view-request' } });
  const answer = await vi.waitUntil(
    () => page.all('sessions:message').find((message) => message.feature === feature),
    5_000,
  );
  expect(answer.body).toEqual({ type: 'view-declined', reason: 'no-screen' });
  expect(en.share.view.noScreen).toBe('No Hither window is open there');
});

it('tells a device that needs an answer that nobody is there', async () => {
  const page = await pageOf(carol);
  const refused: unknown = await connectFrom(page, ben).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'unavailable' });
  const reason = dialFailure(refused);
  expect(reason).toBe('unavailable');
  expect(en.ends[reason].title).toBe('Hither has no window open at {{name}}');
});

it('goes on with a transfer when the page of the sender goes as well', async () => {
  const page = await anna.page();
  const sessionId = await sessionWithBen(page);
  await page.request('settings:update', { speedLimitMbs: 8 });
  const { bytes, transferId } = await offerFile(anna, page, sessionId, 'between backends.bin');
  await untilTransfer(page, transferId, ({ doneBytes }) => doneBytes > 0);
  page.close();
  expect([anna, ben].map(({ backend }) => backend.hub.hasActivePage)).toEqual([false, false]);
  const path = join(ben.downloadsDir, 'between backends.bin');
  expect(existsSync(path)).toBe(false);
  // Its name is there when all of it is.
  await vi.waitUntil(() => existsSync(path), 15_000);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  const again = await pageOf(anna);
  await again.request('settings:update', { speedLimitMbs: null });
  await again.request('sessions:end', { sessionId, reason: 'left' });
  expect(again.transfers.find((view) => view.transferId === transferId)?.phase).toBe('done');
});

it('takes files over the LAN lane and texts from a device with standing consent, and keeps them', async () => {
  const page = await pageOf(anna);
  const sessionId = await sessionWithBen(page);
  expect(ben.backend.hub.hasActivePage).toBe(false);
  await page.request('settings:update', { speedLimitMbs: 20 });
  afterwards(() => page.request('settings:update', { speedLimitMbs: null }));
  const { bytes, transferId } = await offerFile(anna, page, sessionId, 'to nobody.bin');
  await page.request('texts:send', { sessionId, text: 'read this later' });
  await untilTransfer(page, transferId, ({ laneKinds }) => laneKinds.join() === 'lan');
  const done = await untilTransfer(page, transferId, ({ phase }) => phase === 'done');
  expect(done).toMatchObject({ failure: null, doneBytes: FILE_BYTES });
  expect((await readFile(join(ben.downloadsDir, 'to nobody.bin'))).equals(bytes)).toBe(true);
  expect(page.all('texts:changed').at(-1)?.changed).toMatchObject([
    { text: 'read this later', state: 'delivered' },
  ]);
  const state = await (await pageOf(ben)).attach();
  expect(state.texts).toMatchObject([
    { deviceId: anna.deviceId, texts: [{ direction: 'in', text: 'read this later' }] },
  ]);
  expect(state.transfers[0]).toMatchObject({ direction: 'receive', phase: 'done', peerName: 'Anna' });
});

it('lets an offer without consent wait for the next page, and puts it there', async () => {
  const page = await pageOf(dora);
  const sessionId = await sessionWithBen(page);
  const { bytes, transferId } = await offerFile(dora, page, sessionId, 'may I.bin');
  await untilTransfer(page, transferId, ({ phase }) => phase === 'offered');
  expect(await readdir(ben.downloadsDir)).not.toContain('may I.bin');
  const benPage = await pageOf(ben);
  const waiting = await vi.waitUntil(
    () => benPage.transfers.find((view) => view.phase === 'incoming'),
    5_000,
  );
  expect(waiting).toMatchObject({ peerName: 'Dora', totalBytes: FILE_BYTES });
  await benPage.request('transfers:accept', { transferId: waiting.transferId });
  await untilTransfer(page, transferId, ({ phase }) => phase === 'done');
  expect((await readFile(join(ben.downloadsDir, 'may I.bin'))).equals(bytes)).toBe(true);
});
