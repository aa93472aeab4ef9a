import { Divider, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmbeddedRelayState } from '../../../shared/contract/embeddedRelay';
import type { Settings, SettingsPatch } from '../../../shared/settings/settings';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { useEmbeddedRelay } from '../../state/selectors';
import { CopyLine } from '../../ui/fields/CopyLine';
import { isPort, nextDraft } from './portDraft';

interface EmbeddedRelayProps {
  settings: Settings;
  onChange: (patch: SettingsPatch) => void;
}

/** Whether this device runs a relay for its network, on which port, and where others reach it. */
export function EmbeddedRelay({ settings, onChange }: EmbeddedRelayProps) {
  const { t } = useTranslation();
  const state = useEmbeddedRelay();
  if (state.phase === 'unavailable') return null;
  const { embeddedRelay: isWanted, embeddedRelayPort } = settings;
  // Where any port will do, it is told which one it is.
  const port = embeddedRelayPort === 0 && state.phase === 'on' ? state.port : embeddedRelayPort;
  return (
    <>
      <Divider />
      <Switch
        checked={isWanted}
        label={t('settings.embeddedRelay.title')}
        description={t('settings.embeddedRelay.hint')}
        labelPosition="left"
        className="spread-switch"
        onChange={(event) => onChange({ embeddedRelay: event.currentTarget.checked })}
      />
      {isWanted ? <Standing state={state} /> : null}
      {isWanted ? (
        <PortField port={port} onSave={(embeddedRelayPort) => onChange({ embeddedRelayPort })} />
      ) : null}
    </>
  );
}

/** Where others reach it, or why nobody does. */
function Standing({ state }: { state: EmbeddedRelayState }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state.phase === 'failed') {
    const { title, help } = failureWords(t, format, state.failure);
    return (
      <div role="alert">
        <Text size="sm" fw={600} c="var(--app-bad)">
          {title}
        </Text>
        <Text size="sm">{help}</Text>
      </div>
    );
  }
  if (state.phase !== 'on')
    return (
      <Text size="sm" c="dimmed" role="status">
        {t(`settings.embeddedRelay.${state.phase === 'stopping' ? 'stopping' : 'starting'}`)}
      </Text>
    );
  return (
    <div>
      <Text size="xs" c="dimmed" role="status">
        {t(state.urls.length === 0 ? 'settings.embeddedRelay.noNetwork' : 'settings.embeddedRelay.addresses')}
      </Text>
      {state.urls.map((url) => (
        <CopyLine
          key={url}
          text={url}
          copyLabel={t('app.copy', { text: url })}
          copiedLabel={t('app.copied')}
        />
      ))}
    </div>
  );
}

/** The port; it counts when the field is left, or with Enter. The field stays where it is when the port changes, with its focus. */
function PortField({ port, onSave }: { port: number; onSave: (port: number) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(String(port));
  const [shownPort, setShownPort] = useState(port);
  if (port !== shownPort) {
    setShownPort(port);
    setDraft(nextDraft(draft, shownPort, port));
  }
  const typed = draft.trim();
  const isGood = isPort(typed);
  const save = () => {
    if (isGood && Number(typed) !== port) onSave(Number(typed));
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
        label={t('settings.embeddedRelay.port')}
        description={t('settings.embeddedRelay.portHint')}
        inputMode="numeric"
        maxLength={8}
        styles={{ wrapper: { maxWidth: 160 } }}
        value={draft}
        error={isGood || typed === String(port) ? null : t('settings.embeddedRelay.badPort')}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={save}
      />
    </form>
  );
}
