import { describe, expect, it } from 'vitest';
import { linkOfSecondStart } from '../../../src/main/electron/profile/secondStart';
import { OpenedLinkInbox } from '../../../src/main/OpenedLinkInbox';

describe('OpenedLinkInbox', () => {
  it('keeps the newest link until something can open it, and hands on each that comes then', () => {
    const inbox = new OpenedLinkInbox();
    for (const link of ['hither:1', 'hither:2', null]) inbox.add(link);
    const opened: string[] = [];
    inbox.deliverTo((link) => opened.push(link));
    expect(opened).toEqual(['hither:2']);
    inbox.add('hither:3');
    inbox.add(null);
    expect(opened).toEqual(['hither:2', 'hither:3']);
  });
});

describe('what a second start hands over', () => {
  it.each([
    [{ link: 'hither:1' }, 'hither:1'],
    [{ link: null }, null],
    [{ link: 7 }, null],
    [{}, null],
    [null, null],
    [undefined, null],
    ['hither:1', null],
  ])('as %j has the link %j', (handed, link) => {
    expect(linkOfSecondStart(handed)).toBe(link);
  });
});
