import type { TextView } from '../../../src/shared/contract/texts';
import type { TransferView } from '../../../src/shared/contract/transfers';
import { snapshotOf } from '../snapshotOf';
import { appState, id, session, someDevices, someTransfers, transfer } from './samples';
import type { Scene } from './scenes';

const text = (n: number, direction: TextView['direction'], words: string, state?: TextView['state']) => ({
  textId: id(300 + n),
  direction,
  text: words,
  state: state ?? (direction === 'in' ? ('received' as const) : ('delivered' as const)),
  atMs: Date.UTC(2026, 10, 21, 14, n),
});

/** Texts of every kind: plain, with a link, with what would not show, long, and one that did not arrive. */
export const someTexts: TextView[] = [
  text(1, 'in', '회의 자료 여기 있어요: https://docs.example.com/2026/계획?tab=2#개요. 한번 봐 주세요!'),
  text(2, 'out', 'Thanks! I will look at it\nright after lunch.'),
  text(3, 'in', 'invoice\u202efdp.exe and <b>no markup</b> \u001b[31mred'),
  text(4, 'in', 'const answer = 42;\n\tconsole.log(answer);\n'.repeat(3)),
  text(5, 'out', 'Are you still there?', 'failed'),
];

/** Transfers in every state that a row can show, as far as `someTransfers` has not got them. */
const everyTransfer: TransferView[] = [
  transfer(20, {
    direction: 'send',
    laneKinds: ['lan'],
    isFirst: true,
    bytesPerSecond: 412e6,
    rootNames: ['disk image.iso'],
  }),
  transfer(21, { direction: 'send', rootNames: ['사진 모음', 'notes.txt'] }),
  transfer(22, {
    direction: 'send',
    phase: 'paused',
    pausedBy: 'me',
    laneKinds: [],
    rootNames: ['paused by me.zip'],
  }),
  transfer(23, { phase: 'paused', pausedBy: 'peer', laneKinds: [], rootNames: ['paused by them.zip'] }),
  transfer(24, {
    phase: 'paused',
    pausedBy: 'me',
    laneKinds: [],
    rootNames: ['too large.mkv'],
    canRetry: true,
    failure: { code: 'disk-full', facts: { freeBytes: 1e6 } },
  }),
  transfer(25, {
    phase: 'done',
    doneBytes: 300e6,
    laneKinds: [],
    canReveal: true,
    rootNames: ['backup'],
    fileCount: 2400,
    restartedFiles: ['backup/log.txt', 'backup/데이터.db'],
    failedCount: 22,
    failedFiles: [{ path: 'backup/locked.pst', failure: { code: 'source-unreadable', facts: {} } }],
    leftOut: [
      { reason: 'link', count: 1, names: ['backup/link'] },
      { reason: 'unreadable', count: 2, names: ['backup/private', 'backup/secret.key'] },
    ],
    renamed: { count: 7, examples: [{ from: 'backup/12:30.png', to: 'backup/12_30.png' }] },
    lostBlocks: 3,
  }),
  ...someTransfers,
];

const many = Array.from({ length: 500 }, (_, n) =>
  transfer(1000 + n, {
    rootNames: [`file ${n}.bin`],
    phase: n % 3 === 0 ? 'active' : 'done',
    canReveal: n % 3 !== 0,
  }),
);

const withTransfers = (transfers: TransferView[]): Scene => ({
  snapshot: () =>
    snapshotOf({ ...appState({ nearby: { ...appState().nearby, devices: someDevices } }), transfers }, [
      session(2, 'Mina’s MacBook Air'),
    ]),
});

/** Scenes of transfers and texts; the panel of transfers opens by Ctrl+J. */
export const transferScenes: Record<string, () => Scene> = {
  transfers: () => withTransfers(everyTransfer),
  'transfers-many': () => withTransfers(many),
  'session-texts': () => {
    const one = session(2, 'Mina’s MacBook Air', { texts: someTexts });
    return { snapshot: () => snapshotOf(appState(), [one]), open: one.sessionId };
  },
};

/** A long history, in which a search finds something. */
export const pastTransfers: TransferView[] = Array.from({ length: 320 }, (_, n) =>
  transfer(3000 + n, {
    direction: n % 2 === 0 ? 'send' : 'receive',
    phase: n % 7 === 3 ? 'cancelled' : 'done',
    endedBy: n % 7 === 3 ? 'peer' : null,
    doneBytes: 300e6,
    laneKinds: [],
    rootNames: [n === 250 ? '여권 사본.pdf' : `report ${n}.pdf`],
    peerName: n % 5 === 0 ? '거실 데스크톱' : 'Mina’s MacBook Air',
    canReveal: n % 2 === 1,
    canRetry: n % 4 === 0,
    dir: n % 2 === 0 ? null : '/home/mina/Downloads',
    endedMs: Date.UTC(2026, 10, 20, 9) - n * 3_600_000,
  }),
);
