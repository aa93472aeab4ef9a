import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Requests, type Settings } from '../../../shared/settings/settings';
import { useModel } from '../../state/AppModelContext';

/** What can be chosen: whose requests come, or not to be on the network at all. */
const CHOICES = [...Requests.options, 'off'] as const;

/** Who can find this device and ask it; one choice for what is two settings. */
export function Visibility({ settings: { nearby, requests } }: { settings: Settings }) {
  const { t } = useTranslation();
  const model = useModel();
  const choice = nearby === true ? requests : 'off';
  const choose = (wanted: string) => {
    const change = wanted === 'off' ? { nearby: false } : { nearby: true, requests: Requests.parse(wanted) };
    void model.attempt(() => model.core.backend.request('settings:update', change));
  };
  return (
    <Select
      label={t('home.you.visibility')}
      description={t(choice === 'off' ? 'home.you.off.hint' : `requests.choices.${choice}.hint`)}
      inputWrapperOrder={['label', 'input', 'description']}
      allowDeselect={false}
      value={choice}
      data={CHOICES.map((value) => ({
        value,
        label: t(value === 'off' ? 'home.you.off.label' : `requests.choices.${value}.label`),
      }))}
      onChange={(value) => {
        if (value !== null) choose(value);
      }}
    />
  );
}
