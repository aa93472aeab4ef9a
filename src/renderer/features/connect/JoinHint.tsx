import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/errors';
import { parseInvite } from '../../../shared/identity/invite';
import { relayName } from '../../../shared/protocol/relayUrl';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';
import { useRelayInUse } from '../../state/selectors';
import type { Joining } from '../../state/joining';

/** Under the field: what was recognised in it, where that leads, and why it led nowhere. */
export function JoinHint({ text, attempt }: Joining) {
  const { t } = useTranslation();
  const ownRelay = useRelayInUse()?.url ?? null;
  const invite = parseInvite(text);
  const relayUrl = invite?.kind === 'link' ? invite.relayUrl : ownRelay;
  const relay = relayUrl === null ? null : relayName(relayUrl);
  return (
    <div className="join-hint" role="status">
      {attempt.kind === 'failed' ? (
        <Failed failure={attempt.failure} />
      ) : invite === null ? null : relay === null ? (
        <>
          <Text size="sm">{t('invites.join.codeNoRelay')}</Text>
          <ToSettings />
        </>
      ) : (
        <Text size="sm" className="wrap-anywhere">
          {t(attempt.kind === 'coming' ? 'invites.join.coming' : `invites.join.${invite.kind}`, { relay })}
        </Text>
      )}
    </div>
  );
}

function Failed({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, help, facts } = failureWords(t, format, failure);
  const { left } = failure.facts;
  return (
    <>
      <Text size="sm" c="var(--app-bad)" fw={600}>
        {title}
        {typeof left === 'number' ? <> · {t('invites.join.left', { count: left })}</> : null}
      </Text>
      <Text size="sm">
        {help}{' '}
        {typeof left === 'number'
          ? null
          : facts.map(({ label, value }) => (
              <span key={label} className="wrap-anywhere">
                {label}: <bdi>{value}</bdi>{' '}
              </span>
            ))}
      </Text>
      {failure.code === 'no-relay' ? <ToSettings /> : null}
    </>
  );
}

function ToSettings() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Button size="compact-sm" variant="light" onClick={() => model.open({ kind: 'settings', tab: 'beyond' })}>
      {t('invites.noRelay.action')}
    </Button>
  );
}
