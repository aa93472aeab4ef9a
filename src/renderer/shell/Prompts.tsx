import { RequestPrompt } from '../features/session/RequestPrompt';
import { ViewPrompt } from '../features/share/ViewPrompt';
import { OfferPrompt } from '../features/transfers/offer/OfferPrompt';
import { usePrompt } from '../state/selectors';

/** The oldest question that waits for this person; the next one follows when it is answered or put off. */
export function Prompts() {
  const { prompt, moreCount } = usePrompt();
  if (!prompt) return null;
  if (prompt.kind === 'offer')
    return <OfferPrompt key={prompt.transfer.transferId} transfer={prompt.transfer} />;
  if (prompt.kind === 'view') return <ViewPrompt key={prompt.session.sessionId} session={prompt.session} />;
  return <RequestPrompt key={prompt.session.sessionId} session={prompt.session} moreCount={moreCount} />;
}
