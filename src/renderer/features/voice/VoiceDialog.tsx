import { Button, Modal, Select, Stack, Switch, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoiceSettings } from '../../../shared/settings/voice';
import { useApp, useModel } from '../../state/AppModelContext';
import { useSettings } from '../../state/selectors';
import { type DeviceKind, useDeviceChoice, useVoiceUpdate } from '../../state/voice/useDeviceChoice';
import { useUserCapture } from '../../state/voice/useVoice';
import { VideoView } from '../../ui/VideoView';
import { LevelBar } from './LevelBar';
import { MuteKeyField } from './MuteKeyField';
import './Voice.css';

/** Which microphone, camera and speaker, to be tried before anybody hears or sees them. */
export function VoiceDialog() {
  const { t } = useTranslation();
  const model = useModel();
  const settings = useSettings();
  if (!settings) return null;
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t('voice.dialog.title')}
      size={520}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <DeviceSelect kind="microphone" />
        <MicTest />
        <Processing voice={settings.voice} />
        <MuteKeyField />
        <Speaker />
        <DeviceSelect kind="camera" />
        <CameraTest />
      </Stack>
    </Modal>
  );
}

const LISTS = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;

function DeviceSelect({ kind }: { kind: DeviceKind }) {
  const { t } = useTranslation();
  const devices = useApp(({ core }) => core.devices[LISTS[kind]]);
  const { chosen, choose } = useDeviceChoice(kind, devices);
  const hint = devices.length === 0 ? { description: t('voice.devices.unnamed') } : {};
  return (
    <Select
      label={t(`voice.devices.${kind}`)}
      {...hint}
      allowDeselect={false}
      value={chosen?.deviceId ?? ''}
      data={[
        { value: '', label: t('voice.devices.standard') },
        ...devices.map(({ deviceId, label }) => ({ value: deviceId, label })),
      ]}
      onChange={(value) => choose(devices.find(({ deviceId }) => deviceId === value) ?? null)}
    />
  );
}

/** Where a browser plays on the system's speaker alone, it says so in place of a choice. */
function Speaker() {
  const { t } = useTranslation();
  if ('setSinkId' in HTMLMediaElement.prototype) return <DeviceSelect kind="speaker" />;
  return (
    <Text size="sm" c="dimmed">
      {t('voice.dialog.noSpeakers')}
    </Text>
  );
}

/** How loud the microphone is: the one that is on, or one that is opened for the test alone. */
function MicTest() {
  const { t } = useTranslation();
  const capture = useUserCapture('microphone');
  const preview = usePreview('microphone');
  const stream = capture?.stream ?? preview.stream;
  return (
    <div className="voice-try">
      <LevelBar stream={stream} />
      <Text size="xs" c="dimmed">
        {t('voice.dialog.testHelp')}
      </Text>
      {capture ? null : (
        <Button size="xs" variant="default" onClick={preview.toggle}>
          {t(preview.stream ? 'voice.dialog.stopTest' : 'voice.dialog.test')}
        </Button>
      )}
    </div>
  );
}

function CameraTest() {
  const { t } = useTranslation();
  const capture = useUserCapture('camera');
  const preview = usePreview('camera');
  const stream = capture?.stream ?? preview.stream;
  return (
    <div className="voice-try">
      {stream ? (
        <VideoView
          stream={stream}
          className="voice-preview camera-mirrored"
          data-testid="camera-preview"
          aria-label={t('voice.cam.own')}
        />
      ) : null}
      <Text size="xs" c="dimmed">
        {t('voice.dialog.previewHelp')}
      </Text>
      {capture ? null : (
        <Button size="xs" variant="default" onClick={preview.toggle}>
          {t(preview.stream ? 'voice.dialog.stopPreview' : 'voice.dialog.preview')}
        </Button>
      )}
    </div>
  );
}

/** Opens a device for this dialog alone, again when another one is chosen; lets go of it when the dialog closes. */
function usePreview(kind: 'microphone' | 'camera'): { stream: MediaStream | null; toggle: () => void } {
  const model = useModel();
  const voice = useSettings()?.voice;
  const [isWanted, setIsWanted] = useState(false);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const key = JSON.stringify(kind === 'camera' ? voice?.camera : { ...voice, camera: null, speaker: null });
  useEffect(() => {
    if (!isWanted) return undefined;
    let isOpen = true;
    let stop = (): void => undefined;
    void model
      .attempt(async () => {
        const preview = await model.core.user.preview(kind);
        stop = () => preview.stop();
        if (isOpen) setStream(preview.stream);
        else stop();
      })
      .then((worked) => {
        if (!worked && isOpen) setIsWanted(false);
      });
    return () => {
      isOpen = false;
      stop();
      setStream(null);
    };
  }, [model, kind, isWanted, key]);
  return { stream, toggle: useCallback(() => setIsWanted((now) => !now), []) };
}

function Processing({ voice }: { voice: VoiceSettings }) {
  const { t } = useTranslation();
  const update = useVoiceUpdate();
  return (
    <>
      {PROCESSINGS.map(({ setting, words }) => (
        <Switch
          key={setting}
          checked={voice[setting]}
          disabled={setting === 'rnnoise' && !voice.noiseSuppression}
          label={t(`voice.dialog.${words}`)}
          description={t(`voice.dialog.${words}Hint`)}
          labelPosition="left"
          className="spread-switch"
          onChange={(event) => update({ [setting]: event.currentTarget.checked })}
        />
      ))}
    </>
  );
}

const PROCESSINGS = [
  { setting: 'echoCancellation', words: 'echo' },
  { setting: 'noiseSuppression', words: 'noise' },
  { setting: 'rnnoise', words: 'rnnoise' },
  { setting: 'autoGainControl', words: 'gain' },
] as const;
