import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LAN_PORT } from '../../../shared/protocol/lan';
import { useModel } from '../../state/AppModelContext';
import { Section } from '../../ui/Section';
import { addressProblem } from './addressProblem';

/** For networks on which devices can't find each other: the address is typed. */
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
    <Section title={t('home.address.title')} className="card">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          connect();
        }}
      >
        <TextInput
          label={t('home.address.label')}
          description={t('home.address.hint')}
          placeholder={`192.168.0.12:${LAN_PORT}`}
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
        <Button type="submit" variant="default" fullWidth mt="sm">
          {t('home.address.connect')}
        </Button>
      </form>
    </Section>
  );
}
