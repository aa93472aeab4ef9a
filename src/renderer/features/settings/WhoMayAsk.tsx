import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Requests } from '../../../shared/settings/settings';
import { useModel } from '../../state/AppModelContext';

/** Whose requests reach this person. */
export function WhoMayAsk({ requests }: { requests: Requests }) {
  const { t } = useTranslation();
  const model = useModel();
  const choose = (value: string) =>
    void model.attempt(() =>
      model.core.backend.request('settings:update', { requests: Requests.parse(value) }),
    );
  return (
    <Radio.Group label={t('requests.title')} value={requests} onChange={choose}>
      <Stack gap="sm" mt="xs">
        {Requests.options.map((value) => (
          <Radio
            key={value}
            value={value}
            label={t(`requests.choices.${value}.label`)}
            description={t(`requests.choices.${value}.hint`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
