import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { Sentence } from '../../i18n/Sentence';
import { trustMarkWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import { peerTrust } from '../../state/deviceTrust';
import type { SessionView } from '../../state/views';
import { DeviceTile } from '../../ui/device/DeviceTile';
import { PhaseDot } from '../../ui/device/PhaseDot';
import { Section } from '../../ui/Section';
import { isOnCard } from './sessionCards';
import { useSendTo } from './useSendTo';

/** The sessions there are, with the way back to each, and the requests that wait for an answer. Nothing when there are none. */
export function SessionCards({ transfersOf }: { transfersOf: (deviceId: string) => ReactNode }) {
  const { t } = useTranslation();
  const sessions = useApp(useShallow((state) => state.core.sessions.filter(isOnCard)));
  if (sessions.length === 0) return null;
  return (
    <Section title={t('home.sessions.title')}>
      <ul className="device-tiles">
        {sessions.map((session) => (
          <SessionCard
            key={session.sessionId}
            session={session}
            transfers={session.peer && transfersOf(session.peer.deviceId)}
          />
        ))}
      </ul>
    </Section>
  );
}

function SessionCard({ session, transfers }: { session: SessionView; transfers: ReactNode }) {
  const { t } = useTranslation();
  const { peer, title, state, security } = session;
  const isUp = state.phase === 'connected' || state.phase === 'reconnecting';
  const { sendFiles, write } = session.ownRights;
  const { drop, button } = useSendTo(isUp && sendFiles && write ? (peer?.deviceId ?? null) : null, title);
  return (
    <DeviceTile
      deviceId={peer?.deviceId ?? null}
      name={title}
      platform={peer && { kind: peer.platform, label: t(`app.platform.${peer.platform}`) }}
      mark={trustMarkWords(t, peerTrust(security?.trust))}
      state={<Standing session={session} />}
      drop={drop}
      actions={
        <>
          <Actions session={session} />
          {button}
        </>
      }
    >
      {state.phase === 'ended' ? null : transfers}
    </DeviceTile>
  );
}

function Standing({ session: { state, scope, title } }: { session: SessionView }) {
  const { t } = useTranslation();
  if (state.phase === 'asked' && scope === 'files')
    return (
      <span>
        <Sentence k="home.request.files.some" names={{ name: title }} />
      </span>
    );
  return (
    <>
      <PhaseDot phase={state.phase} />
      {t(`session.state.${state.phase}`)}
    </>
  );
}

function Actions({ session: { sessionId, state, scope } }: { session: SessionView }) {
  const { t } = useTranslation();
  const model = useModel();
  if (state.phase === 'asked' && scope === 'files')
    return (
      <Button size="sm" onClick={() => model.bringBack(sessionId)}>
        {t('transfers.review')}
      </Button>
    );
  if (state.phase === 'asked')
    return (
      <>
        <Button size="sm" onClick={() => model.acceptRequest(sessionId)}>
          {t('app.accept')}
        </Button>
        <Button
          size="sm"
          variant="default"
          onClick={(event) => {
            focusMain(event.currentTarget);
            model.core.decline(sessionId);
          }}
        >
          {t('app.decline')}
        </Button>
      </>
    );
  return (
    <>
      <Button size="sm" onClick={() => model.show({ kind: 'session', sessionId })}>
        {t(state.phase === 'ended' ? 'home.sessions.look' : 'home.sessions.open')}
      </Button>
      {state.phase === 'ended' ? (
        <Button
          size="sm"
          variant="subtle"
          color="gray"
          onClick={(event) => {
            focusMain(event.currentTarget);
            model.core.dismiss(sessionId);
          }}
        >
          {t('app.dismiss')}
        </Button>
      ) : null}
    </>
  );
}

/** The card goes away with what is pressed on it: the view it stood in is what stays. */
function focusMain(pressed: HTMLElement): void {
  pressed.closest<HTMLElement>('.home')?.focus();
}
