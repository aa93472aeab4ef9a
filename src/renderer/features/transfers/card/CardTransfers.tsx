import { useShallow } from 'zustand/react/shallow';
import { isOver } from '../../../state/selectors';
import { useApp } from '../../../state/AppModelContext';
import './CardTransfers.css';
import { CardSending } from './CardSending';
import { CardTransfer } from './CardTransfer';

/** What is on its way between this device and another one, on that one's card: first what was sent from the card. */
export function CardTransfers({ deviceId }: { deviceId: string }) {
  const sendings = useApp(
    useShallow((state) => state.ui.sendings.filter((each) => each.deviceId === deviceId)),
  );
  const transferIds = useApp(
    useShallow((state) =>
      state.core.transfers
        .filter((each) => each.peerId === deviceId && each.phase !== 'incoming' && !isOver(each))
        .map(({ transferId }) => transferId),
    ),
  );
  const sent = sendings.map(({ outcome }) => (outcome.kind === 'sent' ? outcome.sentId : null));
  const others = transferIds.filter((transferId) => !sent.includes(transferId));
  if (sendings.length + others.length === 0) return null;
  return (
    <div className="card-transfers">
      {sendings.map((sending) => (
        <CardSending key={sending.sendingId} sending={sending} />
      ))}
      {others.map((transferId) => (
        <CardTransfer key={transferId} transferId={transferId} />
      ))}
    </div>
  );
}
