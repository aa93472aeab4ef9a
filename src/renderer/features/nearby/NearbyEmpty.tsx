import { Button, List, Text, UnstyledButton } from '@mantine/core';
import {
  IconAccessPointOff,
  IconChevronDown,
  IconEyeOff,
  IconPlugConnectedX,
  IconRadar2,
  IconWifiOff,
} from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NearbyProblem, NearbyState } from '../../../shared/contract/nearby';
import { LAN_PORT } from '../../../shared/protocol/lan';
import { useModel } from '../../state/AppModelContext';
import './NearbyEmpty.css';

const keys = {
  off: 'off',
  'no-network': 'noNetwork',
  'no-multicast': 'noMulticast',
  'port-taken': 'portTaken',
} as const satisfies Record<NearbyProblem, string>;

const icons: Record<NearbyProblem, ReactNode> = {
  off: <IconEyeOff size={34} stroke={1.4} aria-hidden />,
  'no-network': <IconWifiOff size={34} stroke={1.4} aria-hidden />,
  'no-multicast': <IconAccessPointOff size={34} stroke={1.4} aria-hidden />,
  'port-taken': <IconPlugConnectedX size={34} stroke={1.4} aria-hidden />,
};

/** Why nobody is in the list, and what to do about it. */
export function NearbyEmpty({ nearby }: { nearby: NearbyState }) {
  const { t } = useTranslation();
  const problem = nearby.problems[0] ?? null;
  const key = problem === null ? 'nobody' : keys[problem];
  return (
    <div className="nearby-empty">
      <div className="nearby-empty-lead">
        <span className="nearby-empty-icon" data-searching={problem === null || undefined}>
          {problem === null ? <IconRadar2 size={34} stroke={1.4} aria-hidden /> : icons[problem]}
        </span>
        <Text component="h3" fw={650} fz="lg" m={0}>
          {t(`home.empty.${key}.title`)}
        </Text>
        {problem === null ? (
          <Steps />
        ) : (
          <Text c="dimmed" maw={460}>
            {t(`home.empty.${key}.help`)}
          </Text>
        )}
        {problem === 'off' ? <TurnOn /> : null}
      </div>
      {problem === null || problem === 'no-multicast' ? <Checks nearby={nearby} /> : null}
    </div>
  );
}

/** What to do so that somebody appears. */
function Steps() {
  const { t } = useTranslation();
  return (
    <ol className="nearby-empty-steps">
      <li>{t('home.empty.steps.open')}</li>
      <li>{t('home.empty.steps.visible')}</li>
    </ol>
  );
}

function TurnOn() {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Button
      mt="sm"
      onClick={(event) => {
        // The button goes away; what it stands in stays.
        event.currentTarget.closest<HTMLElement>('.home')?.focus();
        void model.attempt(() => model.core.backend.request('settings:update', { nearby: true }));
      }}
    >
      {t('home.empty.off.action')}
    </Button>
  );
}

/** The port this device listens on: the one in its own address, as another program may have the usual one. */
function ownPort(nearby: NearbyState): string {
  return /:(\d+)$/.exec(nearby.ownAddresses[0] ?? '')?.[1] ?? String(LAN_PORT);
}

function Checks({ nearby }: { nearby: NearbyState }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <div className="nearby-empty-checks">
      <UnstyledButton
        className="nearby-empty-fold"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('home.empty.checks')}
        <IconChevronDown size={16} aria-hidden />
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        <List size="sm" spacing={4} mt={6}>
          <List.Item>{t('home.empty.checkList.network')}</List.Item>
          <List.Item>{t('home.empty.checkList.vpn')}</List.Item>
          <List.Item>{t('home.empty.checkList.guest')}</List.Item>
          <List.Item>{t('home.empty.checkList.firewall', { port: ownPort(nearby) })}</List.Item>
          <List.Item>{t('home.empty.checkList.address')}</List.Item>
        </List>
        {nearby.interfaces.length > 0 ? (
          <Text size="xs" c="dimmed" mt="sm" className="wrap-anywhere">
            {t('home.empty.interfaces')}:{' '}
            {nearby.interfaces.map((each) => `${each.name} (${each.address})`).join(', ')}
          </Text>
        ) : null}
      </div>
    </div>
  );
}
