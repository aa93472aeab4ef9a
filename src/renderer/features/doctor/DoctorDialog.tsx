import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorFinding } from '../../../shared/contract/doctor';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';
import { inOrderOfCare, reportText } from '../../state/doctorReport';
import { FindingRow } from './FindingRow';
import { ReportButton } from './ReportButton';

export interface DoctorDialogProps {
  /** The device that did not come about, whose findings stand first. */
  about: { deviceId: string | null; name: string } | null;
}

/** Why devices don't meet, and what to do about it. */
export function DoctorDialog({ about }: DoctorDialogProps) {
  const { t } = useTranslation();
  const model = useModel();
  const { examine, findings, isUnderWay } = useExamination();
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t('doctor.title')}
      size={620}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <div aria-live="polite">
          {isUnderWay ? (
            <Group gap="sm" wrap="nowrap">
              <Loader size="sm" aria-hidden />
              <Text>{t('doctor.examining')}</Text>
            </Group>
          ) : (
            findings && <Summary findings={findings} />
          )}
        </div>
        <Actions findings={findings} isUnderWay={isUnderWay} onAgain={examine} />
        {findings ? <Findings findings={findings} about={about} /> : null}
      </Stack>
    </Modal>
  );
}

/** Examines at once, and again when asked to. */
function useExamination() {
  const model = useModel();
  const [findings, setFindings] = useState<readonly DoctorFinding[] | null>(null);
  const [isUnderWay, setIsUnderWay] = useState(true);
  const examine = useCallback(() => {
    setIsUnderWay(true);
    setFindings(null);
    void model
      .attempt(async () => {
        const report = await model.core.backend.request('doctor:examine', {});
        setFindings(report.findings);
      })
      .then(() => setIsUnderWay(false));
  }, [model]);
  useEffect(examine, [examine]);
  return { examine, findings, isUnderWay };
}

function Summary({ findings }: { findings: readonly DoctorFinding[] }) {
  const { t } = useTranslation();
  const count = findings.filter(({ level }) => level === 'bad').length;
  return <Text fw={600}>{count === 0 ? t('doctor.allGood') : t('doctor.problems', { count })}</Text>;
}

function Findings({ findings, about }: DoctorDialogProps & { findings: readonly DoctorFinding[] }) {
  const deviceId = about?.deviceId ?? null;
  const isUnseen =
    about !== null && !findings.some((each) => each.deviceId !== null && each.deviceId === deviceId);
  return (
    <>
      {isUnseen && findings.length > 0 ? (
        <Text>
          <Sentence k="doctor.unseen" names={{ name: about.name }} />
        </Text>
      ) : null}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {inOrderOfCare(findings, deviceId).map((finding, index) => (
          <FindingRow key={index} finding={finding} />
        ))}
      </Stack>
    </>
  );
}

function Actions({
  findings,
  isUnderWay,
  onAgain,
}: {
  /** `null` until there are some, and where the check itself failed. */
  findings: readonly DoctorFinding[] | null;
  isUnderWay: boolean;
  onAgain: () => void;
}) {
  const { t } = useTranslation();
  const device = useApp((state) => state.core.app?.device);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Button disabled={isUnderWay} onClick={onAgain}>
          {t('doctor.again')}
        </Button>
        {device && findings ? <ReportButton text={reportText(findings, device)} /> : null}
      </Group>
      <Text size="xs" c="dimmed">
        {t('doctor.reportHint')}
      </Text>
    </Stack>
  );
}
