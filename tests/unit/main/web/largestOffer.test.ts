import { expect, it } from 'vitest';
import { MAX_FRAME_BYTES } from '../../../../src/main/web/PageServer';
import { requests } from '../../../../src/shared/contract/contract';
import type { OfferItem } from '../../../../src/shared/contract/transfers';
import { encodeFrame } from '../../../../src/shared/contract/frames';
import { MAX_ENTRIES, MAX_FILE_BYTES } from '../../../../src/shared/protocol/transfer';
import { MAX_OFFER_TEXT } from '../../../../src/shared/transfer/manifest/offer';
import { id } from '../../../support/harness/samples';

it('the largest offer that a peer takes goes to the backend in one frame', () => {
  const path = '한'.repeat(MAX_OFFER_TEXT / MAX_ENTRIES);
  const items = Array.from({ length: MAX_ENTRIES }, (_, index): OfferItem => {
    const sourceId = `file-${String(1_000_000 + index)}`;
    return { kind: 'page-file', sourceId, path, sizeBytes: MAX_FILE_BYTES, modifiedMs: 8.64e15 };
  });
  const body = { sessionId: id(1), items };
  expect(requests['transfers:offer'].args.safeParse(body).success).toBe(true);
  const frame = encodeFrame({ kind: 'request', id: 1_000_000, name: 'transfers:offer', body });
  expect(Buffer.byteLength(frame)).toBeLessThan(MAX_FRAME_BYTES);
  expect(Buffer.byteLength(frame)).toBeGreaterThan(MAX_FRAME_BYTES / 2);
});
