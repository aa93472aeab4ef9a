import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TheirRecording } from '../../../shared/contract/recordings';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { Prompt } from '../../ui/prompt/Prompt';
import './Recording.css';

interface RecordingPromptProps {
  recording: TheirRecording;
  session: SessionView;
}

/** The other person asks whether they may record: who, what, and where that is kept. */
export function RecordingPrompt({ recording, session }: RecordingPromptProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { recordingId, sessionId } = recording;
  const answer = (isAllowed: boolean) =>
    void model.attempt(() =>
      model.core.backend.request('recordings:answer', { sessionId, recordingId, isAllowed }),
    );
  return (
    <Prompt
      title={<Sentence k="recording.prompt.title" names={{ name: session.title }} />}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={() => model.putOff(recordingId)}
      untilMs={recording.waitsUntilMs}
      actions={
        <>
          <Button variant="default" onClick={() => answer(false)}>
            {t('recording.prompt.decline')}
          </Button>
          <Button color="red.9" onClick={() => answer(true)}>
            {t('recording.prompt.allow')}
          </Button>
        </>
      }
    >
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {session.peer ? <DevicePicture deviceId={session.peer.deviceId} size={44} /> : null}
        <dl className="recording-terms grow">
          {TERMS.map((term) => (
            <Term key={term} term={term} />
          ))}
        </dl>
      </Group>
    </Prompt>
  );
}

const TERMS = ['what', 'where', 'until'] as const;

function Term({ term }: { term: (typeof TERMS)[number] }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{t(`recording.prompt.${term}`)}</dt>
      <dd>{t(`recording.prompt.${term}Help`)}</dd>
    </>
  );
}
