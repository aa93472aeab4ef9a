import { EmptyState, TextInput } from '@mantine/core';
import { IconHistory, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../../state/AppModelContext';
import { SureButton } from '../../../ui/SureButton';
import { HistoryRow } from './HistoryRow';
import { TransferList } from '../TransferList';
import { useHistory } from './useHistory';

/** What was sent and received, of earlier starts too. */
export function History() {
  const { t } = useTranslation();
  const model = useModel();
  const [query, setQuery] = useState('');
  const { total, entryAt, need, refresh } = useHistory(query.trim());
  const ask = (work: () => Promise<unknown>) => void model.attempt(work).then(refresh);
  const { backend } = model.core;
  const none = query.trim() === '' ? 'empty' : 'noMatch';
  return (
    <>
      <div className="transfers-panel-tools">
        <TextInput
          size="xs"
          className="grow"
          type="search"
          aria-label={t('transfers.history.search')}
          placeholder={t('transfers.history.searchHint')}
          leftSection={<IconSearch size={15} aria-hidden />}
          maxLength={200}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || query === '' || event.nativeEvent.isComposing) return;
            event.stopPropagation();
            setQuery('');
          }}
        />
        {total !== null && total > 0 && query === '' ? (
          <SureButton
            size="compact-xs"
            variant="subtle"
            color="gray"
            label={t('transfers.history.clear')}
            sure={t('transfers.history.clearSure')}
            onSure={() => ask(() => backend.request('transfers:clear', {}))}
          />
        ) : null}
      </div>
      {total === 0 ? (
        <EmptyState
          size="sm"
          mt={60}
          px="lg"
          icon={<IconHistory stroke={1.4} aria-hidden />}
          title={t(`transfers.history.${none}.title`)}
          description={t(`transfers.history.${none}.help`)}
        />
      ) : (
        <TransferList
          label={t('transfers.history.list')}
          count={total ?? 0}
          keyOf={(index) => entryAt(index)?.transferId ?? String(index)}
          row={(index) => (
            <HistoryRow
              entry={entryAt(index)}
              onMissing={() => need(index)}
              onForget={(transferId) => ask(() => backend.request('transfers:forget', { transferId }))}
            />
          )}
        />
      )}
    </>
  );
}
