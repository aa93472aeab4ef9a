import { Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings, SettingsPatch } from '../../../shared/settings/settings';
import { isPlainRelay, parseRelayUrl } from '../../../shared/protocol/relayUrl';
import { useModel } from '../../state/AppModelContext';
import { EmbeddedRelay } from './EmbeddedRelay';
import { relayProblem } from './relayProblem';

/** Longest text that the field takes: more than a relay's address may have, so that what is too long is told of. */
const MAX_TYPED = 300;

/** Whether and where this device meets others that are not on its network. */
export function BeyondSettings({ settings }: { settings: Settings }) {
  const { relayUrl, reachable } = settings;
  const { t } = useTranslation();
  const model = useModel();
  const update = (patch: SettingsPatch) =>
    void model.attempt(() => model.core.backend.request('settings:update', patch));
  const hint = t('settings.beyond.reachableHint');
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('settings.beyond.lead')}
      </Text>
      <RelayField key={relayUrl} relayUrl={relayUrl} onSave={(url) => update({ relayUrl: url })} />
      <Switch
        checked={reachable && relayUrl !== null}
        disabled={relayUrl === null}
        label={t('settings.beyond.reachable')}
        description={relayUrl === null ? `${hint} ${t('settings.beyond.needsRelay')}` : hint}
        labelPosition="left"
        className="spread-switch"
        onChange={(event) => update({ reachable: event.currentTarget.checked })}
      />
      <EmbeddedRelay settings={settings} onChange={update} />
    </Stack>
  );
}

/** The relay's address; it counts when the field is left, or with Enter, and then stands as it is used. */
function RelayField({
  relayUrl,
  onSave,
}: {
  relayUrl: string | null;
  onSave: (relayUrl: string | null) => void;
}) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(relayUrl ?? '');
  const [isLeft, setIsLeft] = useState(false);
  const problem = isLeft ? relayProblem(draft) : null;
  const typed = problem === null ? parseRelayUrl(draft) : null;
  const save = () => {
    setIsLeft(true);
    if (relayProblem(draft) !== null) return;
    const next = parseRelayUrl(draft);
    if (next !== relayUrl) onSave(next);
    // What means the same is brought into the same form.
    else setDraft(relayUrl ?? '');
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        data-autofocus
        label={t('settings.beyond.relay')}
        description={t('settings.beyond.relayHint')}
        placeholder={t('settings.beyond.relayPlaceholder')}
        value={draft}
        maxLength={MAX_TYPED}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        error={problem === null ? null : t(`settings.beyond.problem.${problem}`)}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={save}
      />
      {typed !== null && isPlainRelay(typed) ? (
        <Text size="xs" c="var(--app-warn)" mt={6}>
          {t('settings.beyond.plain')}
        </Text>
      ) : null}
    </form>
  );
}
