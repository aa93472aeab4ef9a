import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { readCommandLine } from '../../../src/main/commandLine';
import { SettingsStore } from '../../../src/backend/settings/SettingsStore';
import { parseLanAddress } from '../../../src/main/node/net/lanAddress';
import { checkedHost, isOwnOrigin } from '../../../src/main/web/sameOrigin';
import { dispatch, type RequestHandlers } from '../../../src/shared/contract/backend';
import { requests } from '../../../src/shared/contract/contract';
import { decodeFrame, encodeFrame, type Frame } from '../../../src/shared/contract/frames';
import { HitherError } from '../../../src/shared/errors';
import { pictureHeadOf } from '../../../src/shared/pictures';
import { pictureBytes } from '../../support/pictureBytes';
import { MemoryStorage } from '../../support/MemoryStorage';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedJson, mutatedText, mutatedValue } from '../mutate';
import { featureMessages, hex32, id } from './samples';

const session = { sessionId: id };
const transfer = { transferId: id };
const source = { kind: 'page-file', sourceId: 's', path: 'a/b', sizeBytes: 3, modifiedMs: 0 };
const target = { kind: 'address', address: '[fe80::1]:47117' };
/** Arguments of requests, every one of which some request takes. */
const requestArgs: unknown[] = [
  {},
  { fingerprint: hex32 },
  { noticeId: 'n' },
  { name: '노트북', language: 'ko', nearby: true, downloadsDir: '/d' },
  { ...session, target },
  { ...session, target: { kind: 'device', deviceId: id } },
  { ...session, reason: 'left' },
  { ...session, laneId: 'l', maxPacketBytes: 65_536 },
  { jobId: 1, laneId: 'l', digest: hex32 },
  { laneId: 'l', bytes: new Uint8Array(40) },
  {
    ...session,
    items: [source, { kind: 'page-folder', path: 'a' }, { kind: 'path-token', token: id, path: 'x' }],
  },
  { ...transfer, dir: '/d', from: 0, count: 500 },
  { sourceId: 'screen:0:0', dir: '/d' },
  { ...session, trust: true },
  { ...session, text: '안녕' },
  { ...session, carrierId: 'c' },
  { carrierId: 'c', bytes: new Uint8Array(40) },
  ...Object.entries(featureMessages).flatMap(([feature, bodies]) =>
    bodies.map((body) => ({ ...session, feature, body })),
  ),
];
const requestNames = [...Object.keys(requests), '__proto__', 'constructor', 'toString', ''];

const refuse = (): never => {
  throw new HitherError('not-allowed');
};
const handlers = Object.fromEntries(
  Object.keys(requests).map((name) => [name, refuse]),
) as unknown as RequestHandlers;

const frames: Frame[] = [
  { kind: 'request', id: 1, name: 'app:attach', body: {} },
  { kind: 'outcome', id: 2, body: { ok: true, value: { a: [1, 2] } } },
  { kind: 'outcome', id: 4, body: { ok: true, value: { bytes: new Uint8Array(100) } } },
  { kind: 'event', name: 'app:notices', body: { notices: [] } },
  { kind: 'request', id: 3, name: 'lanes:packet', body: { laneId: 'l', bytes: new Uint8Array(100) } },
];
const binaryFrames = frames
  .map((frame) => encodeFrame(frame))
  .filter((encoded) => typeof encoded !== 'string');

/** Decoding and encoding are each other's opposites, for whatever was taken. */
function checkFrame(data: string | Uint8Array): void {
  const frame = decodeFrame(data);
  if (!frame) return;
  const again = decodeFrame(encodeFrame(frame));
  if (again?.kind !== frame.kind) throw new Error('a frame changed on its way');
}

const settings = { name: '노트북', language: 'ko', theme: 'dark', downloadsDir: '/d', nearby: null };
const words = [
  '--headless',
  '--port',
  '--port=0',
  '--port=99999',
  '--name',
  '--profile',
  '--help',
  '--',
  '-h',
  '--no-open',
];

function settingsTarget() {
  const storage = new MemoryStorage();
  return fuzzTarget({
    name: 'settings file',
    weight: 0.02,
    inputs: fc.oneof(
      mutatedJson([settings, { ...settings, extra: 1 }]),
      mutatedText([JSON.stringify(settings, null, 2)]),
    ),
    parse: async (text) => {
      await storage.write('settings.json', text);
      const defaults = { name: 'n', downloadsDir: '/d' };
      const store = await SettingsStore.open({ storage, defaults, checkFolder: () => Promise.resolve() });
      if (store.current.name.length > 40) throw new Error('unchecked settings');
      if (store.corruptFile !== null) await storage.remove(store.corruptFile);
    },
  });
}

/** What arrives from a page, a person's keyboard and the profile. */
export const pageTargets = () => [
  fuzzTarget({
    name: 'requests of a page',
    inputs: fc.tuple(fc.oneof(fc.constantFrom(...requestNames), fc.anything()), mutatedValue(requestArgs)),
    parse: async ([name, args]) => {
      let bug: unknown = null;
      const outcome = await dispatch(handlers, 'page', name, args, (error) => (bug = error));
      if (bug !== null || outcome.ok) throw new Error('neither refused nor handled', { cause: bug });
    },
  }),
  fuzzTarget({ name: 'frames of text', inputs: mutatedJson(frames), parse: checkFrame }),
  fuzzTarget({ name: 'frames of bytes', inputs: mutatedBytes(binaryFrames), parse: checkFrame }),
  settingsTarget(),
  fuzzTarget({
    name: 'heads of pictures',
    inputs: mutatedBytes(Object.values(pictureBytes)),
    parse: (bytes) => {
      const head = pictureHeadOf(bytes);
      if (head && !(head.width >= 0 && head.height >= 0)) throw new Error('no size');
    },
  }),
  fuzzTarget({
    name: 'command line',
    weight: 0.3,
    inputs: fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 20 })), {
      maxLength: 6,
    }),
    parse: (args) => {
      const outcome = readCommandLine(args, { LANG: 'ko_KR.UTF-8' }, '0.1.0');
      const port = outcome.kind === 'run' ? (outcome.options.port ?? 0) : 0;
      if (!(port >= 0 && port <= 65_535)) throw new Error(`port ${port}`);
    },
  }),
  fuzzTarget({
    name: 'typed addresses',
    inputs: mutatedText(
      ['192.168.0.7:47117', '[fe80::1%eth0]:1', '노트북.local', 'nas', '::1'],
      ['%', ':', ']', '@', '/'],
    ),
    parse: (text) => {
      const { host, port } = parseLanAddress(text);
      if (host === '' || !(port > 0 && port <= 65_535) || /[\s/@]/.test(host)) throw new Error('no address');
    },
  }),
  fuzzTarget({
    name: 'hosts and origins',
    inputs: fc.tuple(
      mutatedText(['127.0.0.1:47170', 'localhost:47170']),
      mutatedText(['http://localhost:47170', 'null']),
    ),
    parse: ([host, origin]) => {
      const request = Object.assign(new IncomingMessage(new Socket()), { headers: { host, origin } });
      const checked = checkedHost(request, 47_170);
      if (checked === null || !isOwnOrigin(request, checked, true)) return;
      if (!/^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):47170$/.test(origin))
        throw new Error('strange origin taken');
    },
  }),
];
