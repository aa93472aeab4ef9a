import { Button, Loader, Text, TextInput } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { looksLikeInvite, MAX_INVITE, parseInvite } from '../../../shared/identity/invite';
import { LAN_PORT } from '../../../shared/protocol/lan';
import { useApp, useModel } from '../../state/AppModelContext';
import { addressProblem } from './addressProblem';
import { JoinHint } from './JoinHint';
import './JoinField.css';

/** One field for whatever somebody tells to get together: a link, a spoken code, or an address. */
export function JoinField({ beside }: { beside: ReactNode }) {
  const { t } = useTranslation();
  const model = useModel();
  const { text, attempt } = useApp((state) => state.ui.joining);
  const [isChecked, setIsChecked] = useState(false);
  const isInvite = looksLikeInvite(text);
  const problem = isChecked && !isInvite ? addressProblem(text) : null;
  const isBadInvite = isChecked && isInvite && parseInvite(text) === null;
  const isComing = attempt.kind === 'coming';
  useForgottenFailure();
  const join = () => {
    setIsChecked(true);
    if (isInvite) {
      if (parseInvite(text) !== null) model.comeBy(text.trim());
    } else if (addressProblem(text) === null) {
      const address = text.trim();
      model.typeJoin('');
      model.connect({ kind: 'address', address }, address);
    }
  };
  return (
    <div className="join">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isComing) join();
        }}
      >
        <TextInput
          className="grow"
          aria-label={t('home.address.label')}
          placeholder={t('home.address.placeholder', { port: LAN_PORT })}
          leftSection={
            isComing ? <Loader size={16} aria-hidden /> : <IconWorld size={17} stroke={1.6} aria-hidden />
          }
          value={text}
          maxLength={MAX_INVITE}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          error={
            problem !== null ? (
              t(`home.address.problem.${problem}`, { port: LAN_PORT })
            ) : isBadInvite ? (
              <Words title={t('errors.bad-invite.title')} help={t('errors.bad-invite.help')} />
            ) : null
          }
          onChange={(event) => {
            const typed = event.currentTarget.value;
            model.typeJoin(typed);
            // Complaints wait for the button; while one stands, it follows the typing.
            if (typed === '') setIsChecked(false);
          }}
        />
        {isComing ? (
          <Button variant="default" onClick={() => model.stopComing()}>
            {t('invites.join.cancel')}
          </Button>
        ) : (
          <Button type="submit" variant="default">
            {t('home.address.connect')}
          </Button>
        )}
      </form>
      {beside}
      <JoinHint text={text} attempt={attempt} />
    </div>
  );
}

/** Why an attempt failed is said until the person goes elsewhere: later it would be about something else. */
function useForgottenFailure(): void {
  const model = useModel();
  useEffect(
    () => () => {
      if (model.store.getState().ui.joining.attempt.kind === 'failed') model.typeJoin('');
    },
    [model],
  );
}

function Words({ title, help }: { title: string; help: string }) {
  return (
    <>
      <Text component="span" inherit fw={600}>
        {title}.
      </Text>{' '}
      {help}
    </>
  );
}
