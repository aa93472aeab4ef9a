import { Button, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorFinding } from '../../../shared/contract/doctor';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';
import { checkedSessions, hasWay } from '../../state/checkedSessions';
import { inOrderOfCare, isAbout, reportText } from '../../state/doctorReport';
import type { LinkExam } from '../../state/views';
import { FindingRow } from './FindingRow';
import { LinkSection } from './LinkSection';
import { ReportButton } from './ReportButton';
import { useLinkExam } from './useLinkExam';

export interface DoctorDialogProps {
  /** The device that did not come about, whose findings stand first. */
  about: { deviceId: string | null; name: string } | null;
  /** The session whose way is looked at first; `null` for any that is up. */
  sessionId: string | null;
}

/** Why devices don't meet, and what to do about it. */
export function DoctorDialog({ about, sessionId }: DoctorDialogProps) {
  const { t } = useTranslation();
  const model = useModel();
  const link = useCheckedLink(sessionId);
  const target = useApp(({ ui }) => (sessionId === null ? undefined : ui.purposes.get(sessionId)?.target));
  const { examine, findings, isUnderWay } = useExamination(
    about !== null && target?.kind === 'address' ? target.address : undefined,
  );
  const deviceId = about?.deviceId ?? (target?.kind === 'device' ? target.deviceId : null);
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
            findings && (
              <Summary findings={[...findings, ...(link?.exam.findings ?? [])]} isFailed={about !== null} />
            )
          )}
        </div>
        <Actions findings={findings} exam={link?.exam ?? null} isUnderWay={isUnderWay} onAgain={examine} />
        {link ? <LinkSection {...link} /> : null}
        {findings ? (
          <Findings findings={findings} about={about && { ...about, deviceId }} hasHeading={link !== null} />
        ) : null}
      </Stack>
    </Modal>
  );
}

/** The session that is looked at, of those that can be; `null` where there is none, or nothing is known of its way. */
function useCheckedLink(asked: string | null) {
  const [chosen, setChosen] = useState(asked);
  const all = useApp((state) => state.core.sessions);
  const sessions = useMemo(() => checkedSessions(all, chosen), [all, chosen]);
  const session = sessions.find(({ sessionId }) => sessionId === chosen) ?? sessions[0];
  const exam = useLinkExam(session?.sessionId ?? null);
  if (!session || !exam || (!hasWay(session) && exam.tried.length === 0)) return null;
  return { sessions, session, exam, onChoose: setChosen };
}

/** Examines at once, and again when asked to. @param address one that was typed, and not reached */
function useExamination(address: string | undefined) {
  const model = useModel();
  const [findings, setFindings] = useState<readonly DoctorFinding[] | null>(null);
  const [isUnderWay, setIsUnderWay] = useState(true);
  const examine = useCallback(() => {
    setIsUnderWay(true);
    setFindings(null);
    void model
      .attempt(async () => {
        const report = await model.core.backend.request('doctor:examine', { address });
        setFindings(report.findings);
      })
      .then(() => setIsUnderWay(false));
  }, [model, address]);
  useEffect(examine, [examine]);
  return { examine, findings, isUnderWay };
}

function Summary({
  findings,
  isFailed,
}: {
  findings: readonly Pick<DoctorFinding, 'level'>[];
  /** Something went wrong, whatever was found. */
  isFailed: boolean;
}) {
  const { t } = useTranslation();
  const count = findings.filter(({ level }) => level === 'bad').length;
  const nothing = t(isFailed ? 'doctor.unexplained' : 'doctor.allGood');
  return <Text fw={600}>{count === 0 ? nothing : t('doctor.problems', { count })}</Text>;
}

function Findings({
  findings,
  about,
  hasHeading,
}: Pick<DoctorDialogProps, 'about'> & { findings: readonly DoctorFinding[]; hasHeading: boolean }) {
  const { t } = useTranslation();
  const deviceId = about?.deviceId ?? null;
  const isUnseen = about !== null && !findings.some((each) => isAbout(each, deviceId));
  return (
    <>
      {hasHeading ? (
        <Text component="h3" fw={650} m={0}>
          {t('linkCheck.network')}
        </Text>
      ) : null}
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
  exam,
  isUnderWay,
  onAgain,
}: {
  /** `null` until there are some, and where the check itself failed. */
  findings: readonly DoctorFinding[] | null;
  /** The way that is looked at. */
  exam: LinkExam | null;
  isUnderWay: boolean;
  onAgain: () => void;
}) {
  const { t } = useTranslation();
  const device = useApp((state) => state.core.app?.device);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        {/* One that is disabled would lose the focus to the page, with whoever pressed it. */}
        <Button
          data-autofocus
          {...(isUnderWay ? { 'data-disabled': true } : {})}
          aria-disabled={isUnderWay}
          onClick={() => {
            if (!isUnderWay) onAgain();
          }}
        >
          {t('doctor.again')}
        </Button>
        {device && findings ? <ReportButton text={reportText(findings, device, exam)} /> : null}
      </Group>
      <Text size="xs" c="dimmed">
        {t('doctor.reportHint')}
      </Text>
    </Stack>
  );
}
