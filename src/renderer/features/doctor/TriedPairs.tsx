import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TriedPair } from '../../state/views';
import { groupedPairs } from '../../state/groupedPairs';
import './Doctor.css';

/** The pairs that were seen, those that are alike in one row, and why each failed. */
export function TriedPairs({
  tried,
  isOpenAtFirst,
}: {
  tried: readonly TriedPair[];
  isOpenAtFirst: boolean;
}) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  const id = useId();
  return (
    <div>
      <Button
        size="compact-sm"
        variant="subtle"
        ml={-8}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isOpen ? t('linkCheck.hideTried') : t('linkCheck.tried', { count: tried.length })}
      </Button>
      <div id={id}>{isOpen ? <Table tried={tried} /> : null}</div>
    </div>
  );
}

function Table({ tried }: { tried: readonly TriedPair[] }) {
  const { t } = useTranslation();
  const isFound = tried.some(({ state }) => state === 'in-use');
  return (
    <table className="tried-pairs">
      <thead>
        <tr>
          {(['from', 'to', 'over', 'state'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`linkCheck.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groupedPairs(tried).map(({ pair, count }, index) => (
          <tr key={index}>
            <td>{t(`linkCheck.kinds.${pair.local ?? 'none'}`)}</td>
            <td>{t(`linkCheck.kinds.${pair.remote}`)}</td>
            <td>
              <Over pair={pair} />
            </td>
            <td data-state={pair.state}>
              <Standing pair={pair} isFound={isFound} /> {count > 1 ? t('linkCheck.alike', { count }) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** @param props.isFound another pair is in use, so that the others are not needed */
function Standing({ pair: { fault, state }, isFound }: { pair: TriedPair; isFound: boolean }) {
  const { t } = useTranslation();
  if (fault !== null) return t(`linkCheck.faults.${fault}`);
  return isFound && (state === 'works' || state === 'untried')
    ? t(`linkCheck.spare.${state}`)
    : t(`linkCheck.states.${state}`);
}

function Over({ pair: { family, protocol, via } }: { pair: TriedPair }) {
  const { t } = useTranslation();
  const first =
    via === null ? protocol.toUpperCase() : t('linkCheck.overTurn', { protocol: via.toUpperCase() });
  return [first, family].filter((each) => each !== null).join(' · ');
}
