import { Select, Stack, Text } from '@mantine/core';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { en } from '../../i18n/en';
import { Sentence } from '../../i18n/Sentence';
import { pathWords } from '../../i18n/words';
import type { LinkExam, SessionView } from '../../state/views';
import { FindingLine } from './FindingLine';
import { LinkCharts } from './LinkCharts';
import { TriedPairs } from './TriedPairs';
import './Doctor.css';

interface LinkSectionProps {
  /** Those that may be looked at: one at least. */
  sessions: readonly SessionView[];
  session: SessionView;
  exam: LinkExam;
  onChoose: (sessionId: string) => void;
}

/** The way that a session's packets take: how it does, what is wrong with it, and what was tried. */
export function LinkSection({ sessions, session, exam, onChoose }: LinkSectionProps) {
  const { t } = useTranslation();
  const { findings, isUp, path, tried } = exam;
  return (
    <Stack gap="xs" component="section" aria-labelledby="link-check-title">
      <Text component="h3" id="link-check-title" fw={650} m={0} className="wrap-anywhere">
        <Sentence k="linkCheck.title" names={{ name: session.title }} />
      </Text>
      {sessions.length > 1 ? (
        <Select
          label={t('linkCheck.which')}
          value={session.sessionId}
          allowDeselect={false}
          data={sessions.map(({ sessionId, title }) => ({ value: sessionId, label: title }))}
          onChange={(sessionId) => sessionId !== null && onChoose(sessionId)}
        />
      ) : null}
      <Text data-testid="link-path">{isUp ? path && pathWords(t, path).exact : t('linkCheck.noLink')}</Text>
      {isUp ? <LinkCharts exam={exam} /> : null}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {findings.map(({ code, level, facts }, index) => (
          <FindingLine
            key={index}
            level={level}
            what={`linkCheck.what.${code}`}
            todo={Object.hasOwn(en.linkCheck.todo, code) ? (`linkCheck.todo.${code}` as ParseKeys) : null}
            facts={facts}
          />
        ))}
      </Stack>
      {tried.length > 0 ? <TriedPairs key={String(isUp)} tried={tried} isOpenAtFirst={!isUp} /> : null}
    </Stack>
  );
}
