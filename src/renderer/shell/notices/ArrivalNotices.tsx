import { Button, Group, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { transferTitle } from '../../features/transfers/transferWords';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { type Arrival, arrivalsBetween, sharesOf } from '../../state/news/notifications';
import { notifySystem } from '../../state/news/notifySystem';
import type { AppModel } from '../../state/store';
import type { SessionView } from '../../state/views';

/** How long is told of what came in another session, in ms. */
const SHOWN_MS = 10_000;

/**
 * Tells of what arrived where the person may not see it: by the system while the window is out of sight, and in the
 * window for a text or a screen of a session that is not open.
 */
export function ArrivalNotices() {
  const { t } = useTranslation();
  const model = useModel();
  const [words, setWords] = useState('');
  useEffect(
    () =>
      model.store.subscribe((state, before) => {
        if (state.core === before.core) return;
        const arrivals = arrivalsBetween(before.core, state.core);
        for (const arrival of arrivals) {
          notifySystem(model, systemWords(t, arrival));
          if (!isForToast(arrival)) continue;
          // The announcer tells of screens, as of everything that changes in a session.
          if (arrival.kind === 'text') setWords(t('texts.announce', { name: arrival.session.title }));
          if (!isOpen(model, arrival.session.sessionId) && !isSaidByDialog(model, arrival))
            showToast(t, model, arrival);
        }
      }),
    [model, t],
  );
  useEffect(
    () =>
      model.core.backend.on('app:hidden', () => {
        for (const share of sharesOf(model.core.getSnapshot())) notifySystem(model, systemWords(t, share));
      }),
    [model, t],
  );
  return (
    <VisuallyHidden role="log" aria-live="polite">
      {words}
    </VisuallyHidden>
  );
}

/** What is asked: files alone are less than a connection. */
function requestKey({ scope }: SessionView) {
  return scope === 'files' ? 'home.request.files.some' : 'session.announce.asked';
}

type ForToast = Extract<Arrival, { kind: 'text' | 'shown' | 'guest' }>;

function isForToast(arrival: Arrival): arrival is ForToast {
  return arrival.kind === 'text' || arrival.kind === 'shown' || arrival.kind === 'guest';
}

/** The invite that a guest came by is in sight, and says so itself. */
function isSaidByDialog({ store }: AppModel, { kind }: Arrival): boolean {
  const { dialog } = store.getState().ui;
  return kind === 'guest' && dialog.kind === 'invite' && dialog.end === 'used';
}

function isOpen({ store }: AppModel, sessionId: string): boolean {
  const { view } = store.getState().ui;
  return view.kind === 'session' && view.sessionId === sessionId;
}

/** Names of devices and files at most: a text may be for nobody else's eyes, and screens show notifications locked. */
function systemWords(t: TFunction, arrival: Arrival): { title: string; body: string } {
  switch (arrival.kind) {
    case 'request':
      return {
        title: t(requestKey(arrival.session), { name: arrival.session.title }),
        body: t('transfers.notify.answerHelp'),
      };
    case 'guest':
      return {
        title: t('session.guest.came', { name: arrival.session.title }),
        body: t('transfers.notify.shownHelp'),
      };
    case 'view':
      return {
        title: t('session.announce.viewAsked', { name: arrival.session.title }),
        body: t('transfers.notify.answerHelp'),
      };
    case 'record':
      return {
        title: t('recording.announce.asked', { name: arrival.session.title }),
        body: t('transfers.notify.answerHelp'),
      };
    case 'sharing':
      return {
        title: t('session.announce.iShare', { name: arrival.session.title }),
        body: t('transfers.notify.sharingHelp'),
      };
    case 'shown':
      return {
        title: t('session.announce.theyShare', { name: arrival.session.title }),
        body: t('transfers.notify.shownHelp'),
      };
    case 'offer':
      return {
        title: t('transfers.notify.offer', { name: arrival.transfer.peerName }),
        body: transferTitle(t, arrival.transfer),
      };
    case 'received':
      return {
        title: t('transfers.notify.received', { name: arrival.transfer.peerName }),
        body: transferTitle(t, arrival.transfer),
      };
    case 'text':
      return {
        title: t('transfers.notify.text', { name: arrival.session.title }),
        body: t('transfers.notify.textHelp'),
      };
  }
}

const TOAST_WORDS = {
  text: 'transfers.notify.text',
  shown: 'session.announce.theyShare',
  guest: 'session.guest.came',
} as const;

function showToast(t: TFunction, model: AppModel, { kind, session: { sessionId, title } }: ForToast) {
  const id = `${kind}-${sessionId}`;
  const show = () => {
    notifications.hide(id);
    model.show({ kind: 'session', sessionId });
  };
  notifications.hide(id);
  notifications.show({
    id,
    color: 'cobalt',
    autoClose: SHOWN_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': t('app.dismiss') },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span className="wrap-anywhere">
          <Sentence k={TOAST_WORDS[kind]} names={{ name: title }} />
        </span>
        <Button size="compact-sm" variant="light" className="no-shrink" onClick={show}>
          {t('transfers.notify.show')}
        </Button>
      </Group>
    ),
  });
}
