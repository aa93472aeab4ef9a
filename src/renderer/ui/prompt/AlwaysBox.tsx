import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface AlwaysBoxProps {
  /** What would be allowed for good. */
  kind: 'connect' | 'sendFiles';
  isChosen: boolean;
  choose: (isChosen: boolean) => void;
}

/** "Always from this device", with what that means; it counts along with a yes alone. */
export function AlwaysBox({ kind, isChosen, choose }: AlwaysBoxProps) {
  const { t } = useTranslation();
  return (
    <Checkbox
      checked={isChosen}
      label={t('app.prompts.always')}
      description={t(`trust.permissions.${kind}Hint`)}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
