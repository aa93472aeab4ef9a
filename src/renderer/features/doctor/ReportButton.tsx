import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Copies what was found, for somebody who helps. */
export function ReportButton({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy}>
          {t(copied ? 'app.copied' : 'doctor.copyReport')}
        </Button>
      )}
    </CopyButton>
  );
}
