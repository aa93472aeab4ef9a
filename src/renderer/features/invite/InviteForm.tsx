import { Alert, Button, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Failure, failureOf } from '../../../shared/errors';
import { ALL_RIGHTS, type PeerRights } from '../../../shared/protocol/rights';
import { relayName } from '../../../shared/protocol/relayUrl';
import { useFormat } from '../../i18n/useFormat';
import { failureWords, RIGHTS } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';

/** How long a link may be good for, in minutes. */
const MINUTES = { hour: 60, day: 24 * 60, week: 7 * 24 * 60 } as const;
type Span = keyof typeof MINUTES;

interface Wanted {
  rights: PeerRights;
  way: 'link' | 'code';
  people: 'one' | 'several';
  span: Span;
}

/** What somebody who comes may do, and how they are to come. */
export function InviteForm({ relay }: { relay: { url: string; isOwn: boolean } }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Wanted>({
    rights: ALL_RIGHTS,
    way: 'link',
    people: 'one',
    span: 'day',
  });
  const { isBusy, failure, create } = useCreate(wanted);
  const change = (part: Partial<Wanted>) => setWanted((before) => ({ ...before, ...part }));
  const { rights, way, people, span } = wanted;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <fieldset className="invite-rights">
        <legend>{t('invites.form.rights')}</legend>
        {RIGHTS.map((right, index) => (
          <Switch
            key={right}
            data-autofocus={index === 0 || undefined}
            checked={rights[right]}
            label={t(`invites.form.right.${right}`)}
            onChange={(event) => change({ rights: { ...rights, [right]: event.currentTarget.checked } })}
          />
        ))}
      </fieldset>
      <div className="invite-choices">
        <Choice
          label={t('invites.form.way')}
          value={way}
          options={['link', 'code']}
          onChange={(value) => change({ way: value })}
        />
        {way === 'link' ? (
          <>
            <Choice
              label={t('invites.form.who')}
              value={people}
              options={['one', 'several']}
              onChange={(value) => change({ people: value })}
            />
            <Choice
              label={t('invites.form.howLong')}
              value={span}
              options={['hour', 'day', 'week']}
              onChange={(value) => change({ span: value })}
            />
          </>
        ) : null}
      </div>
      <Text size="xs" c="dimmed" mt="sm" className="wrap-anywhere">
        {way === 'link'
          ? t('invites.form.linkHint')
          : t('invites.form.codeHint', { relay: relayName(relay.url) })}
      </Text>
      {relay.isOwn ? (
        <Text size="xs" c="dimmed" mt={4}>
          {t('invites.form.onlyHere')}
        </Text>
      ) : null}
      {failure ? <Trouble failure={failure} /> : null}
      <Group justify="flex-end" className="invite-actions">
        <Button type="submit" loading={isBusy}>
          {t('invites.form.create')}
        </Button>
      </Group>
    </form>
  );
}

type Option = Wanted['way'] | Wanted['people'] | Span;

/** One of a few, with its name above. */
function Choice<V extends Option>(props: {
  label: string;
  value: V;
  options: readonly V[];
  onChange: (value: V) => void;
}) {
  const { label, value, options, onChange } = props;
  const { t } = useTranslation();
  const id = useId();
  const words = (option: Option) => t(`invites.form.${option}`);
  return (
    <div>
      <Text size="sm" fw={600} id={id} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        value={value}
        data={options.map((option) => ({ value: option, label: words(option) }))}
        onChange={onChange}
      />
    </div>
  );
}

/** Has the invite made, and its dialog show it. */
function useCreate({ rights, way, people, span }: Wanted) {
  const { i18n } = useTranslation();
  const model = useModel();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const create = async () => {
    setIsBusy(true);
    setFailure(null);
    const { backend } = model.core;
    try {
      const invite =
        way === 'link'
          ? await backend.request('invites:createLink', {
              ...{ rights, minutes: MINUTES[span] },
              isSingleUse: people === 'one',
            })
          : await backend.request('invites:createCode', {
              rights,
              language: i18n.language === 'ko' ? 'ko' : 'en',
            });
      // Somebody who has closed the dialog meanwhile finds the invite on Home.
      const { dialog } = model.store.getState().ui;
      if (dialog.kind === 'invite' && dialog.invite === null)
        model.open({ kind: 'invite', invite, end: null });
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, failure, create };
}

function Trouble({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, help } = failureWords(t, format, failure);
  return (
    <Alert role="alert" color="red" variant="light" title={title} mt="sm" p="xs">
      {help}
    </Alert>
  );
}
