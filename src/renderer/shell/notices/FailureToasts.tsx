import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/errors';
import { useFormat } from '../../i18n/useFormat';
import { failureWords } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';

/** Long enough to read two sentences twice, in ms; hovering stops the clock. */
const SHOWN_MS = 12_000;

/** A person's own "no" is no failure to shout about. */
const quiet = new Set<Failure['code']>(['capture-denied', 'cancelled', 'declined']);

/** Turns the failures in the store into notifications, each once. */
export function FailureToasts() {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const failures = useApp((state) => state.failures);
  useEffect(() => {
    for (const { id, failure } of failures) {
      const words = failureWords(t, format, failure);
      notifications.show({
        id: `failure-${id}`,
        title: words.title,
        color: quiet.has(failure.code) ? 'gray' : 'red',
        autoClose: SHOWN_MS,
        withBorder: true,
        closeButtonProps: { 'aria-label': t('app.dismiss') },
        message: <FailureMessage help={words.help} facts={words.facts} />,
      });
      model.forgetFailure(id);
    }
  }, [failures, t, format, model]);
  return null;
}

function FailureMessage({
  help,
  facts,
}: {
  help: string;
  facts: readonly { label: string; value: string }[];
}) {
  return (
    <div className="wrap-anywhere">
      {help}
      {facts.map(({ label, value }) => (
        <div key={label}>
          {label}: <bdi>{value}</bdi>
        </div>
      ))}
    </div>
  );
}
