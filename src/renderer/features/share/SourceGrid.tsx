import { Radio, ScrollArea, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaptureSource } from '../../../shared/contract/shell';
import { Name } from '../../ui/device/Name';
import './SourceGrid.css';

interface SourceGridProps {
  sources: readonly CaptureSource[];
  label: string;
  emptyWords: string;
  chosenId: string | null;
  onChoose: (sourceId: string) => void;
  onShare: (sourceId: string) => void;
}

/** Pictures of sources as one radio group: arrow keys walk it, Enter and a double click share. */
export function SourceGrid({ sources, label, emptyWords, chosenId, onChoose, onShare }: SourceGridProps) {
  const { t } = useTranslation();
  if (sources.length === 0) {
    return (
      <Text c="dimmed" ta="center" py={90} px="lg">
        {emptyWords}
      </Text>
    );
  }
  return (
    <ScrollArea.Autosize mah="min(420px, 48vh)" type="auto" offsetScrollbars>
      <Radio.Group value={chosenId} onChange={onChoose} aria-label={label}>
        <div className="source-grid">
          {sources.map(({ sourceId, name, thumbnail }) => (
            <Radio.Card
              key={sourceId}
              value={sourceId}
              className="source-grid-card"
              aria-label={t('share.picker.source', { name })}
              onDoubleClick={() => onShare(sourceId)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') onShare(sourceId);
              }}
            >
              <img src={thumbnail} alt="" className="source-grid-picture" />
              <Name size="xs" p={8}>
                {name}
              </Name>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </ScrollArea.Autosize>
  );
}
