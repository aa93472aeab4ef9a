import { VIEW_REQUESTS_FEATURE, ViewRequestMessage } from '../../shared/protocol/viewRequests';

/** What is said for a page that is not there, to a message of one of its features; `null` where silence will do. */
export function answerForPage(feature: string, body: unknown): ViewRequestMessage | null {
  if (feature !== VIEW_REQUESTS_FEATURE) return null;
  const message = ViewRequestMessage.safeParse(body).data;
  return message?.type === 'view-request' ? { type: 'view-declined', reason: 'no-screen' } : null;
}
