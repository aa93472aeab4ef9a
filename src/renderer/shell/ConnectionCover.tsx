import { Button, Group, List, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldSend } from '../../shared/contract/app';
import { Sentence } from '../i18n/Sentence';
import { useApp, useModel } from '../state/AppModelContext';

/** Why a page is covered: its backend is gone, or another page is in use; `occupied` asks whether it shall be this one. */
export type Covering = 'lost' | 'superseded' | 'occupied';

/** Covers a page that can't be used as it stands. */
export function ConnectionCover({ connection }: { connection: Covering }) {
  switch (connection) {
    case 'lost':
      return <Lost />;
    case 'superseded':
      return <Superseded />;
    case 'occupied':
      return <Occupied />;
  }
}

function Lost() {
  const { t } = useTranslation();
  return <Cover title={t('app.lost.title')} help={<Text c="dimmed">{t('app.lost.help')}</Text>} />;
}

/** Says where Hither is now, what waits here for the person, and takes it back. */
function Superseded() {
  const { t } = useTranslation();
  const model = useModel();
  const waiting = useApp(({ core }) => core.aside?.waiting ?? NOTHING);
  const help = (
    <>
      <Text c="dimmed">{t('app.superseded.help')}</Text>
      {waiting.length > 0 ? (
        <>
          <Text mt="sm">{t('app.superseded.waiting')}</Text>
          <Sends sends={waiting} />
        </>
      ) : null}
    </>
  );
  return (
    <Cover title={t('app.superseded.title')} help={help}>
      <Button onClick={() => void model.attempt(() => model.core.useHere())}>
        {t('app.superseded.useHere')}
      </Button>
    </Cover>
  );
}

/** Asks before something stands still, or ends, in the tab that has Hither now. */
function Occupied() {
  const { t } = useTranslation();
  const model = useModel();
  const other = useApp(({ core }) => core.aside?.other ?? null);
  const sends = other?.sends ?? NOTHING;
  const help = (
    <>
      {sends.length > 0 ? (
        <>
          <Text>{t('app.occupied.sends')}</Text>
          <Sends sends={sends} />
        </>
      ) : null}
      {other?.isSharing === true ? (
        <Text mt={sends.length > 0 ? 'sm' : 0}>{t('app.occupied.sharing')}</Text>
      ) : null}
    </>
  );
  return (
    <Cover title={t('app.superseded.title')} help={help}>
      <Button variant="default" onClick={() => model.core.leaveThere()}>
        {t('app.occupied.leave')}
      </Button>
      <Button onClick={() => void model.attempt(() => model.core.useHere())}>
        {t('app.superseded.useHere')}
      </Button>
    </Cover>
  );
}

/** The same list each time: it must not look new to the store. */
const NOTHING: readonly HeldSend[] = [];

function Sends({ sends }: { sends: readonly HeldSend[] }) {
  return (
    <List mt={4} className="shell-cover-list wrap-anywhere">
      {sends.map(({ peerName, fileCount }) => (
        <List.Item key={peerName}>
          <Sentence k="app.heldFiles" names={{ name: peerName }} values={{ count: fileCount }} />
        </List.Item>
      ))}
    </List>
  );
}

interface CoverProps {
  title: string;
  help: ReactNode;
  /** Its buttons. */
  children?: ReactNode;
}

/** Takes the focus, but never a button: a key that was on its way decides nothing. */
function Cover({ title, help, children }: CoverProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="shell-cover">
      <div
        role="alertdialog"
        aria-labelledby="cover-title"
        aria-describedby="cover-help"
        className="shell-cover-card"
      >
        <Text component="h2" id="cover-title" ref={heading} tabIndex={-1} fz={20} fw={650} m={0} mb={8}>
          {title}
        </Text>
        <div id="cover-help">{help}</div>
        {children ? (
          <Group justify="center" gap="xs" mt="lg">
            {children}
          </Group>
        ) : null}
      </div>
    </div>
  );
}
