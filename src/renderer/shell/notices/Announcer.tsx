import { VisuallyHidden } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endKey } from '../../i18n/words';
import { useApp } from '../../state/AppModelContext';
import { recordingNews } from './recordingNews';
import { voiceNews } from './voiceNews';
import { peerTrust } from '../../state/deviceTrust';
import type { AppStore } from '../../state/store';
import { isUp, type SessionView } from '../../state/views';

/** Says to screen readers what changed in the sessions and which offers came, whatever view is open. */
export function Announcer() {
  const { t } = useTranslation();
  const core = useApp((state) => state.core);
  const before = useRef<AppStore['core'] | null>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    const news = before.current === null ? [] : newsBetween(t, before.current, core);
    before.current = core;
    if (news.length > 0) setWords(news.join('. '));
  }, [core, t]);
  return (
    <VisuallyHidden role="log" aria-live="polite" data-testid="announcer">
      {words}
    </VisuallyHidden>
  );
}

function newsBetween(t: TFunction, before: AppStore['core'], after: AppStore['core']): string[] {
  if (before === after) return [];
  const news: string[] = [];
  for (const session of after.sessions) {
    const old = before.sessions.find((each) => each.sessionId === session.sessionId);
    if (old?.state.phase !== session.state.phase) news.push(phaseNews(t, session));
    if (!old?.remoteShare && session.remoteShare)
      news.push(t('session.announce.theyShare', { name: session.title }));
    if (old?.remoteShare && session.remoteShare && old.remoteShare.mute !== session.remoteShare.mute)
      news.push(t(muteNews[session.remoteShare.mute].theirs, { name: session.title }));
    if (
      old?.security?.trust.state === 'unknown' &&
      session.security?.trust.state === 'trusted' &&
      isUp(session)
    )
      news.push(t('session.announce.nowTrusted', { name: session.title }));
    if (old?.isViewRequested !== true && session.isViewRequested)
      news.push(t('session.announce.viewAsked', { name: session.title }));
  }
  news.push(...captureNews(t, before.captures, after.captures), ...voiceNews(t, before, after));
  news.push(...recordingNews(t, before, after));
  for (const transfer of after.transfers) {
    const isKnown = before.transfers.some((each) => each.transferId === transfer.transferId);
    if (!isKnown && transfer.phase === 'incoming')
      news.push(t('session.announce.offer', { name: transfer.peerName }));
  }
  return news;
}

/** What became of the own screen: who watches may leave, and the capture end, while another view is open. */
function captureNews(
  t: TFunction,
  before: AppStore['core']['captures'],
  after: AppStore['core']['captures'],
): string[] {
  return before.flatMap((old) => {
    if (old.source !== 'screen') return [];
    const capture = after.find(({ source }) => source === old.source);
    if (!capture) return [t('session.announce.captureEnded')];
    if (capture.watchers.length === 0 && old.watchers.length > 0) return [t('session.announce.unwatched')];
    return capture.mute === old.mute ? [] : [t(muteNews[capture.mute].mine)];
  });
}

/** What is said of the other's screen, and of the own one, once it stands so. */
const muteNews = {
  none: { theirs: 'session.announce.theyResumed', mine: 'session.announce.iResumed' },
  paused: { theirs: 'session.announce.theyPaused', mine: 'session.announce.iPaused' },
  hidden: { theirs: 'session.announce.theyHid', mine: 'session.announce.iHid' },
} as const;

function phaseNews(t: TFunction, session: SessionView): string {
  const { scope, state, title } = session;
  const mark = peerTrust(session.security?.trust);
  if (state.phase === 'verifying' && mark.state === 'not-trusted' && session.security?.isVerified !== true)
    return t('keyChanged.title', { trusted: mark.trustedName });
  if (state.phase === 'asked' && scope === 'files') return t('home.request.files.some', { name: title });
  if (state.phase !== 'ended') return t(`session.announce.${state.phase}`, { name: title });
  return t(`ends.${endKey(state.reason, state.by === 'me')}.title`, { name: title });
}
