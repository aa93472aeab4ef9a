import { describe, expect, it } from 'vitest';
import { PageTurn } from '../../../../src/renderer/core/PageTurn';
import type { PageHoldings } from '../../../../src/shared/contract/app';
import { HitherError } from '../../../../src/shared/errors';
import { appState } from '../../../support/appState';
import { RecordingBackend } from '../../../support/RecordingBackend';

const NOTHING: PageHoldings = { sends: [], isSharing: false };
const SENDS: PageHoldings = { sends: [{ peerName: 'Mina', fileCount: 3 }], isSharing: false };
const SHARES: PageHoldings = { sends: [], isSharing: true };

/** A page, and what it did, while the one in use is `world.other`. */
function pageBeside(other: PageHoldings | null) {
  const world = { other };
  const did: string[] = [];
  const backend = new RecordingBackend({
    'app:look': () => ({ waiting: [], other: world.other, settings: appState.settings }),
  });
  const turn = new PageTurn({
    backend,
    attach: () => {
      did.push('attaches');
      return Promise.resolve();
    },
    onAside: (_aside, mayAsk) => did.push(mayAsk ? 'asks' : 'stands aside'),
    onSettings: () => undefined,
    onFailure: (error) => did.push(error instanceof HitherError ? error.code : 'bug'),
  });
  const tell = (holdings: PageHoldings | null): void => {
    world.other = holdings;
    backend.emit('app:superseded', { waiting: [], other: holdings });
  };
  return { turn, world, did, backend, tell };
}

describe('a page that comes', () => {
  it.each([
    ['there is no other', null, ['attaches']],
    ['the other holds nothing', NOTHING, ['attaches']],
    ['the other sends', SENDS, ['asks']],
    ['the other shares its screen', SHARES, ['asks']],
  ])('takes nothing from anybody by itself: %s', async (_, other, did) => {
    const page = pageBeside(other);
    await page.turn.come();
    expect(page.did).toEqual(did);
  });

  it('does as the person says, and asks again where they think again', async () => {
    const { turn, did } = pageBeside(SENDS);
    await turn.come();
    turn.leaveThere();
    await turn.useHere();
    await turn.useHere();
    expect(did).toEqual(['asks', 'stands aside', 'asks', 'attaches']);
  });

  it('asks no more once there is nothing to ask for', async () => {
    const { turn, did, tell } = pageBeside(SENDS);
    await turn.come();
    tell(SHARES);
    tell(NOTHING);
    expect(did).toEqual(['asks', 'asks', 'stands aside']);
  });

  it('says so where it can’t be told', async () => {
    const { turn, did, backend } = pageBeside(null);
    backend.answers['app:look'] = () => Promise.reject(new HitherError('backend-gone'));
    await turn.come();
    expect(did).toEqual(['backend-gone']);
  });
});

describe('a page that was in use', () => {
  const pageInUse = async () => {
    const page = pageBeside(null);
    await page.turn.come();
    page.did.length = 0;
    return page;
  };

  it('stands aside for another one, and goes on when the person or the backend says so', async () => {
    const { turn, did, tell } = await pageInUse();
    tell(NOTHING);
    await turn.useHere();
    tell(NOTHING);
    tell(null);
    await Promise.resolve();
    await Promise.resolve();
    expect(did).toEqual(['stands aside', 'attaches', 'stands aside', 'attaches']);
  });

  it('asks before it goes back where the other one has something to lose by now', async () => {
    const { turn, did, tell } = await pageInUse();
    tell(SENDS);
    await turn.useHere();
    await turn.useHere();
    expect(did).toEqual(['stands aside', 'asks', 'attaches']);
  });

  it('takes nothing back by itself when its way to the backend broke meanwhile', async () => {
    const { turn, did, world } = await pageInUse();
    world.other = NOTHING;
    await turn.come();
    world.other = null;
    await turn.come();
    expect(did).toEqual(['stands aside', 'attaches']);
  });
});
