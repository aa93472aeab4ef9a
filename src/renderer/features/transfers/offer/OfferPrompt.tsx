import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TransferView } from '../../../../shared/contract/transfers';
import { Sentence } from '../../../i18n/Sentence';
import { useFormat } from '../../../i18n/useFormat';
import { useModel } from '../../../state/AppModelContext';
import { useSession, useSettings } from '../../../state/selectors';
import { useFolderCheck } from '../../../state/folders/useFolderCheck';
import { useStandingConsent } from '../../../state/useStandingConsent';
import { AlwaysBox } from '../../../ui/prompt/AlwaysBox';
import { DevicePicture } from '../../../ui/device/DevicePicture';
import { Prompt } from '../../../ui/prompt/Prompt';
import { EntryList } from './EntryList';
import { FolderChoice } from './FolderChoice';
import { OfferDetails } from './OfferDetails';
import { countWords } from '../transferWords';

/** Another device offers files: who, what, how much, and where to put it. */
export function OfferPrompt({ transfer }: { transfer: TransferView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const downloadsDir = useSettings()?.downloadsDir ?? '';
  const [chosenDir, setChosenDir] = useState<string | null>(null);
  const dir = chosenDir ?? downloadsDir;
  const { transferId, totalBytes, fileCount } = transfer;
  const { result, check } = useFolderCheck(dir, transferId);
  const { consent, give } = useStandingConsent(transfer.peerId, 'sendFiles');
  const peer = useSession(transfer.sessionId)?.peer;
  const isFull = result.status === 'good' && result.freeBytes < totalBytes;
  const values = { what: countWords(t, transfer), size: format.bytes(totalBytes) };
  const choose = (wanted: string) => {
    setChosenDir(wanted === downloadsDir ? null : wanted);
    // The same folder may have been made, or freed, since it was checked.
    if (wanted === dir) void check(wanted);
  };
  const answer = (work: () => Promise<unknown>) => void model.attempt(work);
  // Making room for it can take a busy disk seconds.
  const [isAccepting, setIsAccepting] = useState(false);
  const accept = async () => {
    setIsAccepting(true);
    const args = chosenDir === null ? { transferId } : { transferId, dir };
    const hasWorked = await model.attempt(() => model.core.backend.request('transfers:accept', args));
    if (hasWorked) give();
    else setIsAccepting(false);
  };
  return (
    <Prompt
      title={<Sentence k="transfers.offer.title" names={{ name: transfer.peerName }} />}
      quietHint={t('app.jumpToRequest')}
      closeLabel={t('app.later')}
      onLater={() => model.putOff(transferId)}
      actions={
        <>
          <Button variant="subtle" color="gray" onClick={() => model.putOff(transferId)}>
            {t('app.later')}
          </Button>
          <Button
            variant="default"
            onClick={() => answer(() => model.core.backend.request('transfers:decline', { transferId }))}
          >
            {t('app.decline')}
          </Button>
          <Button
            disabled={result.status === 'bad' || isFull}
            loading={isAccepting}
            onClick={() => void accept()}
          >
            {fileCount === 0 ? t('app.accept') : t('transfers.offer.accept', { count: fileCount })}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap">
          {peer ? <DevicePicture deviceId={peer.deviceId} size={36} /> : null}
          <Text className="grow wrap-anywhere">
            {transfer.isFolder ? (
              <Sentence
                k="transfers.offer.inOneFolder"
                names={{ file: transfer.rootNames[0] ?? '' }}
                values={values}
              />
            ) : (
              t('transfers.offer.summary', values)
            )}
          </Text>
        </Group>
        <EntryList transferId={transferId} count={fileCount + transfer.folderCount} />
        <FolderChoice dir={dir} downloadsDir={downloadsDir} check={result} onChoose={choose} />
        <OfferDetails leftOut={transfer.leftOut} renamed={result.status === 'good' ? result.renamed : null} />
        {isFull ? (
          <Alert color="red" variant="light" title={t('errors.disk-full.title')}>
            {t('errors.disk-full.help')}
          </Alert>
        ) : null}
        {consent ? <AlwaysBox {...consent} /> : null}
        <Text size="xs" c="dimmed">
          {t('transfers.offer.noOverwrite')}
        </Text>
      </Stack>
    </Prompt>
  );
}
