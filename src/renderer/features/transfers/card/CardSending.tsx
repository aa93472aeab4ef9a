import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../../../i18n/Sentence';
import { useFormat } from '../../../i18n/useFormat';
import { endKey, failureWords, purposeTitle } from '../../../i18n/words';
import { useApp, useModel } from '../../../state/AppModelContext';
import { useSession, useStillTransfer } from '../../../state/selectors';
import { isSettled } from '../../../state/sendings';
import type { Sending, SessionState } from '../../../state/views';
import { TransferProgress } from '../TransferProgress';
import { phaseKey } from '../transferWords';
import { CardLine, CardWords } from './CardLine';

/** Something that was sent from the card: whom it waits for, how far it is, and how it ended. */
export function CardSending({ sending }: { sending: Sending }) {
  const { t } = useTranslation();
  const model = useModel();
  const isOver = useApp(({ core }) => isSettled(sending, core));
  const { sendingId, thing, what, outcome } = sending;
  const title = what ? purposeTitle(t, what) : { first: t('transfers.card.text'), more: null };
  return (
    <CardLine
      direction="send"
      title={title.first}
      aside={title.more}
      close={{
        label: isOver ? t('app.dismiss') : t('transfers.cancel', { name: title.first }),
        onClick: () => model.forgetSending(sendingId),
      }}
    >
      {outcome.kind === 'waiting' ? <Waiting sending={sending} /> : null}
      {outcome.kind === 'sent' && thing.kind === 'files' ? (
        <SentFiles sending={sending} transferId={outcome.sentId} title={title.first} />
      ) : null}
      {outcome.kind === 'sent' && thing.kind === 'text' ? (
        <SentText sending={sending} textId={outcome.sentId} />
      ) : null}
      {outcome.kind === 'ended' ? (
        <NotSent sending={sending}>
          <Sentence
            k={`ends.${endKey(outcome.reason, outcome.by === 'me')}.title`}
            names={{ name: sending.title }}
          />
        </NotSent>
      ) : null}
      {outcome.kind === 'failed' ? <Failed sending={sending} failure={outcome.failure} /> : null}
    </CardLine>
  );
}

/** Keys under `transfers.card.waiting`: what a sending waits for while its session stands so. */
const waitingKeys = {
  dialing: 'calling',
  asking: 'asking',
  asked: 'asked',
  verifying: 'compare',
  connecting: 'offering',
  connected: 'offering',
  reconnecting: 'calling',
  ended: 'offering',
} as const satisfies Record<SessionState['phase'], string>;

function Waiting({ sending: { sessionId, title } }: { sending: Sending }) {
  const { t } = useTranslation();
  const model = useModel();
  const session = useSession(sessionId);
  const phase = session?.state.phase ?? 'dialing';
  const isOthersTurn = phase === 'verifying' && session?.security?.isVerified === true;
  const key = isOthersTurn ? 'comparing' : waitingKeys[phase];
  return (
    <>
      <CardWords>
        <span>
          <Sentence k={`transfers.card.waiting.${key}`} names={{ name: title }} />
        </span>
      </CardWords>
      {phase === 'verifying' ? (
        <Button
          size="compact-sm"
          variant="light"
          justify="center"
          onClick={() => model.show({ kind: 'session', sessionId })}
        >
          {t('transfers.card.showCode')}
        </Button>
      ) : null}
    </>
  );
}

function SentFiles(props: { sending: Sending; transferId: string; title: string }) {
  const { sending, transferId, title } = props;
  const transfer = useStillTransfer(transferId);
  const names = { name: sending.title };
  if (!transfer || transfer.phase === 'preparing')
    return (
      <CardWords>
        <span>
          <Sentence k="transfers.card.waiting.offering" names={names} />
        </span>
      </CardWords>
    );
  switch (transfer.phase) {
    case 'done':
      return <Delivered />;
    case 'active':
      return <TransferProgress transferId={transferId} title={title} />;
    case 'failed':
      return transfer.failure ? <Failed sending={sending} failure={transfer.failure} /> : null;
    case 'declined':
    case 'cancelled':
      return (
        <NotSent sending={sending}>
          <Sentence k={phaseKey(transfer)} names={names} />
        </NotSent>
      );
    default:
      return (
        <CardWords>
          <span>
            <Sentence k={phaseKey(transfer)} names={names} />
          </span>
        </CardWords>
      );
  }
}

function SentText({ sending, textId }: { sending: Sending; textId: string }) {
  const { t } = useTranslation();
  const texts = useSession(sending.sessionId)?.texts;
  const state = texts?.find((text) => text.textId === textId)?.state ?? 'delivered';
  if (state === 'failed') return <NotSent sending={sending}>{t('texts.state.failed')}</NotSent>;
  return state === 'sending' ? <CardWords>{t('texts.state.sending')}</CardWords> : <Delivered />;
}

function Delivered() {
  const { t } = useTranslation();
  return (
    <CardWords tone="good">
      <IconCheck size={15} stroke={2.2} aria-hidden />
      {t('transfers.card.delivered')}
    </CardWords>
  );
}

function Failed({ sending, failure }: { sending: Sending; failure: Parameters<typeof failureWords>[2] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = failureWords(t, format, failure);
  return (
    <NotSent sending={sending}>
      {words.title}. {words.help}
    </NotSent>
  );
}

function NotSent({ sending, children }: { sending: Sending; children: ReactNode }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <>
      <CardWords tone="bad">
        <span className="wrap-anywhere">{children}</span>
      </CardWords>
      <Button
        size="compact-sm"
        variant="default"
        onClick={(event) => {
          focusCard(event.currentTarget);
          model.sendAgain(sending.sendingId);
        }}
      >
        {t('transfers.card.again')}
      </Button>
    </>
  );
}

/** What is pressed goes away: the card is the nearest thing that stays. */
function focusCard(pressed: HTMLElement): void {
  pressed.closest('li')?.focus();
}
