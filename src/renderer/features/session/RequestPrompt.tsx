import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FilesPurpose, folderOf } from '../../../shared/protocol/purpose';
import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import { trustMarkWords } from '../../i18n/words';
import { useModel } from '../../state/AppModelContext';
import { isImpostor, peerTrust } from '../../state/deviceTrust';
import { useSettings } from '../../state/selectors';
import { type FolderCheck, useFolderCheck } from '../../state/folders/useFolderCheck';
import { useStandingConsent } from '../../state/useStandingConsent';
import type { SessionView } from '../../state/views';
import { AlwaysBox } from '../../ui/prompt/AlwaysBox';
import { DevicePicture } from '../../ui/device/DevicePicture';
import { FileName } from '../../ui/device/FileName';
import { Name } from '../../ui/device/Name';
import { TrustMark } from '../../ui/device/TrustMark';
import { Prompt } from '../../ui/prompt/Prompt';
import './RequestPrompt.css';

interface RequestPromptProps {
  session: SessionView;
  /** Draws the choice of where files go. */
  folderChoice: (choice: {
    dir: string;
    downloadsDir: string;
    check: FolderCheck;
    onChoose: (dir: string) => void;
  }) => ReactNode;
}

/** Another device asks for a session: for everything, or to send files that it names. */
export function RequestPrompt({ session, folderChoice }: RequestPromptProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { peer, sessionId, purpose, scope } = session;
  const folder = useChosenFolder(purpose);
  const { consent, give } = useStandingConsent(
    peer?.deviceId ?? null,
    scope === 'files' ? 'sendFiles' : 'connect',
  );
  const isVerified = session.security?.isVerified === true;
  const silence = () => {
    model.putOff(sessionId);
    model.open({ kind: 'settings', tab: 'trust' });
  };
  return (
    <Prompt
      title={<Title session={session} />}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={() => model.putOff(sessionId)}
      untilMs={session.waitsUntilMs}
      actions={<Answers session={session} folder={folder} onAccept={give} />}
    >
      <Stack gap="md">
        {peer ? <Asker peer={peer} session={session} /> : null}
        {purpose ? <Names purpose={purpose} /> : null}
        <Text>
          {t(scope === 'files' ? 'home.request.files.help' : 'home.request.help')}{' '}
          {isVerified ? null : t('trust.codeFollows')}
        </Text>
        {folder ? folderChoice(folder) : null}
        {consent ? <AlwaysBox {...consent} /> : null}
        <UnstyledButton className="text-button request-silence" onClick={silence}>
          {t('requests.silence')}
        </UnstyledButton>
      </Stack>
    </Prompt>
  );
}

type Folder = NonNullable<ReturnType<typeof useChosenFolder>>;

/** Where the named files are to go, and whether they can; `null` where none are named. */
function useChosenFolder(purpose: FilesPurpose | null) {
  const downloadsDir = useSettings()?.downloadsDir ?? '';
  const [chosenDir, setChosenDir] = useState<string | null>(null);
  const dir = chosenDir ?? downloadsDir;
  const { result: check, check: look } = useFolderCheck(purpose ? dir : null);
  if (!purpose) return null;
  const onChoose = (wanted: string) => {
    setChosenDir(wanted === downloadsDir ? null : wanted);
    // The same folder may have been made since it was checked.
    if (wanted === dir) void look(wanted);
  };
  return { dir, downloadsDir, check, chosenDir, onChoose };
}

interface AnswersProps {
  session: SessionView;
  folder: Folder | null;
  onAccept: () => void;
}

function Answers({ session, folder, onAccept }: AnswersProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId } = session;
  const isDoubtful = isImpostor(session);
  const accept = () => {
    onAccept();
    if (!folder) model.acceptRequest(sessionId);
    else model.acceptRequest(sessionId, folder.chosenDir === null ? {} : { dir: folder.chosenDir });
  };
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => model.putOff(sessionId)}>
        {t('app.later')}
      </Button>
      <Button variant={isDoubtful ? 'filled' : 'default'} onClick={() => model.core.decline(sessionId)}>
        {t('app.decline')}
      </Button>
      <Button
        variant={isDoubtful ? 'default' : 'filled'}
        disabled={folder?.check.status === 'bad'}
        onClick={accept}
      >
        {t('app.accept')}
      </Button>
    </>
  );
}

/** What is asked, in one sentence: the files by name where there is one, else how many. */
function Title({ session: { title: name, scope, purpose } }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (scope === 'all') return <Sentence k="home.request.title" names={{ name }} />;
  if (!purpose) return <Sentence k="home.request.files.some" names={{ name }} />;
  const size = format.bytes(purpose.totalBytes);
  const folder = folderOf(purpose);
  const [file = ''] = purpose.names;
  if (folder !== null)
    return <Sentence k="home.request.files.folder" names={{ name, file: folder }} values={{ size }} />;
  if (purpose.fileCount === 1)
    return <Sentence k="home.request.files.one" names={{ name, file }} values={{ size }} />;
  const what = t('transfers.files', { count: purpose.fileCount });
  return <Sentence k="home.request.files.many" names={{ name }} values={{ what, size }} />;
}

/** The names of several files, as far as they are told; a single one stands in the title. */
function Names({ purpose }: { purpose: FilesPurpose }) {
  const { t } = useTranslation();
  const { names, fileCount } = purpose;
  if (folderOf(purpose) !== null) return <Text size="sm">{t('transfers.files', { count: fileCount })}</Text>;
  if (names.length === 1) return null;
  const moreCount = fileCount - names.length;
  return (
    <ul className="request-names">
      {names.map((name) => (
        <li key={name}>
          <FileName size="sm">{name}</FileName>
        </li>
      ))}
      {moreCount > 0 ? <li>{t('transfers.andMore', { count: moreCount })}</li> : null}
    </ul>
  );
}

/** Who asks: picture, name, and what is known of the device. */
function Asker({ peer, session }: { peer: NonNullable<SessionView['peer']>; session: SessionView }) {
  const { t } = useTranslation();
  const mark = trustMarkWords(t, peerTrust(session.security?.trust));
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <DevicePicture deviceId={peer.deviceId} size={44} />
      <div className="grow">
        <Name fw={600}>{session.title}</Name>
        <Text size="sm" c="dimmed">
          {t(`app.platform.${peer.platform}`)}
        </Text>
        <Text size="sm" c={mark?.tone === 'bad' ? 'var(--app-bad)' : 'dimmed'} className="wrap-anywhere">
          {mark ? <TrustMark {...mark} size={15} isBesideWords /> : null}{' '}
          <bdi>{mark?.label ?? t('trust.unknown')}</bdi>
        </Text>
      </div>
    </Group>
  );
}
