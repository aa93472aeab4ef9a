import { beforeEach, describe, expect, it } from 'vitest';
import { SourceChoice } from '../../../../src/main/electron/capture/SourceChoice';

describe('SourceChoice', () => {
  let nowMs = 0;
  let choice: SourceChoice;

  beforeEach(() => {
    nowMs = 1_000;
    choice = new SourceChoice(() => nowMs);
    choice.show([
      { id: 'screen:0:0', name: 'Entire screen' },
      { id: 'window:7:0', name: 'Editor' },
    ]);
  });

  it('hands the chosen source out once', () => {
    choice.choose('window:7:0');
    expect(choice.consume()).toEqual({ id: 'window:7:0', name: 'Editor' });
    expect(choice.consume()).toBeNull();
  });

  it('has nothing to hand out before a choice', () => {
    expect(choice.consume()).toBeNull();
  });

  it('forgets a choice after ten seconds', () => {
    choice.choose('screen:0:0');
    nowMs += 10_000;
    expect(choice.consume()).toBeNull();
  });

  it('keeps a choice for just under ten seconds', () => {
    choice.choose('screen:0:0');
    nowMs += 9_999;
    expect(choice.consume()).not.toBeNull();
  });

  it('lets a later choice replace the one before', () => {
    choice.choose('screen:0:0');
    choice.choose('window:7:0');
    expect(choice.consume()?.id).toBe('window:7:0');
  });

  it('refuses a source that nobody was shown', () => {
    expect(() => choice.choose('window:99:0')).toThrow('unknown-source');
  });

  it('refuses a source that the newest listing no longer has', () => {
    choice.show([{ id: 'screen:0:0', name: 'Entire screen' }]);
    expect(() => choice.choose('window:7:0')).toThrow('unknown-source');
  });
});
