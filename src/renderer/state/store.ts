import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, failureOf } from '../../shared/errors';
import type { ConnectTarget, Core, CoreSnapshot } from '../core/types';
import { type Gather, gatherer } from './gathering';
import { createJoiner, type Joiner } from './joining';
import { createSender, type Sender } from './sender';
import type { Sight } from './news/sight';
import {
  hasDrawer,
  type Dialog,
  type DrawerTab,
  initialUiState,
  isOver,
  type Purpose,
  type UiState,
  uiAfterInviteEnd,
  uiAfterSnapshot,
  uiWhenSeen,
} from './uiState';
import type { View } from './view';
import type { Volume } from './sound/volume';
import type { Place } from './voice/place';

/** Everything the page draws from: the product's snapshot, and what only the page knows. */
export interface AppStore {
  core: CoreSnapshot;
  ui: UiState;
  /** How much has been found of what a person dropped or picked and is being read; `null` where that is nothing, or quick. */
  foundCount: number | null;
  /** Failures that nobody has been told of, oldest first. */
  failures: readonly { id: number; failure: Failure }[];
}

type AppStoreApi = StoreApi<AppStore>;

/** The store and what a person can do, bound to one core. */
export interface AppModel extends Sender, Joiner {
  store: AppStoreApi;
  core: Core;
  show(view: View): void;
  open(dialog: Dialog): void;
  /** Opens or closes the transfers: those of a session stand in its drawer. */
  toggleTransfers(): void;
  /** Opens a part of the drawer, or closes it where it is open. */
  toggleDrawer(tab: DrawerTab): void;
  closeDrawer(): void;
  /** Moves the cameras over a shared screen. */
  moveCamera(place: Place): void;
  /** Plays the sound of a session's screen so loud. */
  setVolume(sessionId: string, volume: Volume): void;
  /** Puts a prompt off; it stays in its list. */
  putOff(id: string): void;
  /** Brings a prompt that was put off back. */
  bringBack(id: string): void;
  connect(target: ConnectTarget, title: string): void;
  /** Accepts a request. With `files` also the files that it names, for `dir` or the downloads folder. */
  acceptRequest(sessionId: string, files?: { dir?: string }): void;
  /** Connects, or sends, again where an ended session was meant to lead. */
  tryAgain(sessionId: string): void;
  /** Puts an ended session away. Returns what connects again where it was meant to lead; `null` where that is not known. */
  putAway(sessionId: string): (() => void) | null;
  /** Waits for something a person asked for; a failure is shown instead of thrown. Resolves to whether it worked. */
  attempt(work: () => Promise<unknown>): Promise<boolean>;
  /** Reads what a person dropped or picked, and does something with it; how far that is shows in the store. Failures are shown. */
  gather: Gather;
  report(failure: Failure): void;
  forgetFailure(id: number): void;
  /** Ends every subscription. */
  dispose(): void;
}

/** Ties a store to a core; nothing runs before this is called. */
export function createAppModel(core: Core, sight: Sight): AppModel {
  const store = createStore<AppStore>(() => ({
    core: core.getSnapshot(),
    ui: { ...initialUiState, drawer: sight.isWide() ? 'chat' : 'closed' },
    foundCount: null,
    failures: [],
  }));
  const changeUi: ChangeUi = (change) => {
    store.setState(({ ui }) => ({ ui: uiWhenSeen({ ...ui, ...change(ui) }, sight.isVisible()) }));
  };
  const report = reporting(store);
  const attempt = attempting(report);
  const subscriptions = following(core, store, { report, sight, changeUi });
  const pursue = (purpose: Purpose) => {
    const { target, title } = purpose;
    for (const ended of core.getSnapshot().sessions)
      if (isOver(ended) && isFor(store.getState(), ended.sessionId, target)) core.dismiss(ended.sessionId);
    const sessionId = core.connect(target, title);
    changeUi((ui) => ({
      view: { kind: 'session', sessionId },
      purposes: new Map(ui.purposes).set(sessionId, purpose),
    }));
  };
  const sender = createSender(
    core,
    () => store.getState().ui.sendings,
    (sendings) => changeUi(() => ({ sendings })),
  );
  return {
    store,
    core,
    connect: (target, title) => pursue({ target, title }),
    ...sender,
    ...createJoiner(
      core,
      (change) => changeUi(({ joining }) => ({ joining: { ...joining, ...change } })),
      (sessionId) =>
        changeUi(({ view }) => (view.kind === 'home' ? { view: { kind: 'session', sessionId } } : {})),
    ),
    report,
    ...navigation(changeUi, () => hasDrawer(core.getSnapshot(), store.getState().ui)),
    ...requests(core, store, { changeUi, pursue, sender }),
    attempt,
    gather: gatherer((foundCount) => store.setState({ foundCount }), attempt),
    forgetFailure: (id) => {
      store.setState((state) => ({ failures: state.failures.filter((entry) => entry.id !== id) }));
    },
    dispose: () => {
      for (const unsubscribe of subscriptions) unsubscribe();
    },
  };
}

type ChangeUi = (change: (ui: UiState) => Partial<UiState>) => void;

/** Subscribes to all that the store follows. */
function following(
  core: Core,
  store: AppStoreApi,
  { report, sight, changeUi }: { report: AppModel['report']; sight: Sight; changeUi: ChangeUi },
): (() => void)[] {
  return [
    core.subscribe(() => {
      const after = core.getSnapshot();
      store.setState((state) => ({
        core: after,
        ui: uiAfterSnapshot(state.ui, state.core, after, sight.isVisible()),
      }));
    }),
    core.onFailure(report),
    sight.onChange(() => changeUi(() => ({}))),
    core.backend.on('invites:ended', ({ invite, end }) =>
      changeUi((ui) => uiAfterInviteEnd(ui, invite, end)),
    ),
  ];
}

function reporting(store: AppStoreApi): AppModel['report'] {
  let lastId = 0;
  return (failure) => {
    lastId += 1;
    const entry = { id: lastId, failure };
    store.setState((state) => ({ failures: [...state.failures, entry] }));
  };
}

function attempting(report: AppModel['report']): AppModel['attempt'] {
  return async (work) => {
    try {
      await work();
      return true;
    } catch (error) {
      report(failureOf(error));
      return false;
    }
  };
}

type Navigation = Pick<
  AppModel,
  | 'show'
  | 'open'
  | 'toggleTransfers'
  | 'toggleDrawer'
  | 'closeDrawer'
  | 'moveCamera'
  | 'setVolume'
  | 'putOff'
  | 'bringBack'
>;

function navigation(changeUi: ChangeUi, isInDrawer: () => boolean): Navigation {
  return {
    show: (view) => changeUi(() => ({ view })),
    open: (dialog) => changeUi(() => ({ dialog })),
    toggleTransfers: () => {
      changeUi((ui) =>
        isInDrawer()
          ? toggled(ui, 'files')
          : { transfersPanel: ui.transfersPanel === 'open' ? 'closed' : 'open' },
      );
    },
    toggleDrawer: (tab) => changeUi((ui) => toggled(ui, tab)),
    setVolume: (sessionId, volume) =>
      changeUi(({ volumes }) => ({ volumes: new Map(volumes).set(sessionId, volume) })),
    moveCamera: (cameraPlace) => changeUi(() => ({ cameraPlace })),
    closeDrawer: () => changeUi(() => ({ drawer: 'closed' })),
    putOff: (id) => changeUi((ui) => ({ later: new Set(ui.later).add(id) })),
    bringBack: (id) => {
      changeUi((ui) => ({ later: new Set([...ui.later].filter((other) => other !== id)) }));
    },
  };
}

function toggled({ drawer }: UiState, tab: DrawerTab): Pick<UiState, 'drawer'> {
  return { drawer: drawer === tab ? 'closed' : tab };
}

/** Whether a session was meant for this: a device has one tab at a time. */
function isFor(state: AppStore, sessionId: string, target: ConnectTarget): boolean {
  const other = purposeOf(state, sessionId)?.target;
  if (target.kind === 'address') return other?.kind === 'address' && other.address === target.address;
  return other?.kind === 'device' && other.deviceId === target.deviceId;
}

/** What a session was meant for, or its device where that is all there is to go by. */
function purposeOf(state: AppStore, sessionId: string): Purpose | undefined {
  const known = state.ui.purposes.get(sessionId);
  const session = state.core.sessions.find((each) => each.sessionId === sessionId);
  if (known || !session?.peer) return known;
  return { target: { kind: 'device', deviceId: session.peer.deviceId }, title: session.title };
}

/**
 * Whether there is a way back to whom a session was with: nothing leads to a device that came by an invite, is not trusted and is not
 * in the network.
 */
function canReturn(state: AppStore, sessionId: string): boolean {
  const { sessions, nearby } = state.core;
  const session = sessions.find((each) => each.sessionId === sessionId);
  if (state.ui.purposes.has(sessionId) || !session?.security || session.security.proof === 'code')
    return true;
  const isNear = nearby?.devices.some(({ device }) => device.deviceId === session.peer?.deviceId) ?? false;
  return isNear || session.security.trust.state === 'trusted';
}

/** What a person answers, and tries again. */
function requests(
  core: Core,
  store: AppStoreApi,
  {
    changeUi,
    pursue,
    sender,
  }: {
    changeUi: ChangeUi;
    pursue: (purpose: Purpose) => void;
    sender: Sender;
  },
): Pick<AppModel, 'acceptRequest' | 'tryAgain' | 'putAway'> {
  const putAway: AppModel['putAway'] = (sessionId) => {
    const state = store.getState();
    const purpose = canReturn(state, sessionId) ? purposeOf(state, sessionId) : undefined;
    const sent = state.ui.sendings.find((each) => each.sessionId === sessionId);
    core.dismiss(sessionId);
    if (sent) return () => sender.sendAgain(sent.sendingId);
    return purpose ? () => pursue(purpose) : null;
  };
  return {
    putAway,
    acceptRequest: (sessionId, files) => {
      core.accept(sessionId, files);
      const { sessions } = store.getState().core;
      // One for files has a view only if a code is to be compared, and that comes up by itself.
      if (sessions.some((each) => each.sessionId === sessionId && each.scope === 'files')) return;
      changeUi(() => ({ view: { kind: 'session', sessionId } }));
    },
    tryAgain: (sessionId) => putAway(sessionId)?.(),
  };
}
