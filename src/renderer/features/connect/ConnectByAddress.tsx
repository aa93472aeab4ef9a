import { Button, TextInput } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LAN_PORT } from '../../../shared/protocol/lan';
import { useModel } from '../../state/AppModelContext';
import { addressProblem } from './addressProblem';
import './ConnectByAddress.css';

/** One field for whatever somebody tells to get together: an address, for networks on which devices can't find each other. */
export function ConnectByAddress() {
  const { t } = useTranslation();
  const model = useModel();
  const [address, setAddress] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const problem = isChecked ? addressProblem(address) : null;
  const connect = () => {
    setIsChecked(true);
    if (addressProblem(address) !== null) return;
    model.connect({ kind: 'address', address: address.trim() }, address.trim());
  };
  return (
    <form
      noValidate
      className="connect-by-address"
      onSubmit={(event) => {
        event.preventDefault();
        connect();
      }}
    >
      <TextInput
        className="grow"
        aria-label={t('home.address.label')}
        placeholder={t('home.address.placeholder', { port: LAN_PORT })}
        leftSection={<IconWorld size={17} stroke={1.6} aria-hidden />}
        value={address}
        maxLength={255}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        error={problem === null ? null : t(`home.address.problem.${problem}`, { port: LAN_PORT })}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
          // Complaints wait for the button; while one stands, it follows the typing.
          if (event.currentTarget.value === '') setIsChecked(false);
        }}
      />
      <Button type="submit" variant="default">
        {t('home.address.connect')}
      </Button>
    </form>
  );
}
