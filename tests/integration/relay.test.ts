import { describe } from 'vitest';
import { describeMailboxRules } from '../support/relay/mailboxRules';
import { startRelay } from '../support/relay/startRelay';

describe('mailboxes in memory', () => {
  describeMailboxRules(async (changes) => {
    const relay = await startRelay(changes);
    return [relay, relay];
  });
});
