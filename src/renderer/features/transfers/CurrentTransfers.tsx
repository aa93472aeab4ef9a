import { Button, EmptyState } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { TransferView } from '../../../shared/contract/transfers';
import { useApp, useModel } from '../../state/AppModelContext';
import { isOver, useTransferIds } from '../../state/selectors';
import { SureButton } from '../../ui/SureButton';
import { TransferList } from './TransferList';
import { TransferRow } from './TransferRow';
import { canPause, canResume } from './transferWords';

/** The transfers of this start, newest first, and what can be done about all of them. */
export function CurrentTransfers() {
  const { t } = useTranslation();
  const ids = useTransferIds();
  if (ids.length === 0) {
    return (
      <EmptyState
        size="sm"
        mt={60}
        px="lg"
        icon={<IconArrowsExchange stroke={1.4} aria-hidden />}
        title={t('transfers.empty.title')}
        description={t('transfers.empty.help')}
      />
    );
  }
  return (
    <>
      <Toolbar />
      <TransferList
        label={t('transfers.list')}
        count={ids.length}
        keyOf={(index) => ids[index] ?? ''}
        row={(index) => <TransferRow transferId={ids[index] ?? ''} />}
      />
    </>
  );
}

type All = 'transfers:pauseAll' | 'transfers:resumeAll' | 'transfers:cancelAll' | 'transfers:clear';

function Toolbar() {
  const { t } = useTranslation();
  const model = useModel();
  const has = useApp(
    useShallow(({ core }) => {
      const some = (test: (transfer: TransferView) => boolean) => core.transfers.some(test);
      const retryCount = core.transfers.filter(({ canRetry }) => canRetry).length;
      return {
        pausable: some(canPause),
        resumable: some(canResume),
        going: some((each) => !isOver(each)),
        finished: some(isOver),
        retryable: retryCount > 1,
      };
    }),
  );
  const ask = (name: All) => void model.attempt(() => model.core.backend.request(name, {}));
  const retryAll = () => {
    for (const { transferId, canRetry } of model.store.getState().core.transfers)
      if (canRetry) void model.attempt(() => model.core.backend.request('transfers:retry', { transferId }));
  };
  const button = (label: string, onClick: () => void) => (
    <Button size="compact-xs" variant="subtle" color="gray" onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <div className="transfers-panel-tools">
      {has.pausable ? button(t('transfers.pauseAll'), () => ask('transfers:pauseAll')) : null}
      {has.resumable ? button(t('transfers.resumeAll'), () => ask('transfers:resumeAll')) : null}
      {has.retryable ? button(t('transfers.retryAll'), retryAll) : null}
      {has.going ? (
        <SureButton
          size="compact-xs"
          variant="subtle"
          color="gray"
          label={t('transfers.cancelAll')}
          sure={t('transfers.cancelAllSure')}
          onSure={() => ask('transfers:cancelAll')}
        />
      ) : null}
      {has.finished ? button(t('transfers.clear'), () => ask('transfers:clear')) : null}
    </div>
  );
}
