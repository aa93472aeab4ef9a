import { describe, expect, it } from 'vitest';
import { MediaAccess } from '../../../../src/main/electron/window/MediaAccess';

/** A person who answers as the test says; every question is noted. */
function person(answers: boolean[]) {
  const asked: string[] = [];
  const answer = (who: string) => (device: string) => {
    asked.push(`${who}: ${device}`);
    return Promise.resolve(answers.shift() ?? false);
  };
  return { asked, answer };
}

describe('access to microphone and camera', () => {
  it('is asked for apart, and a yes to one is none to the other', async () => {
    const { asked, answer } = person([true, false]);
    const access = new MediaAccess({ askPerson: answer('Hither'), askSystem: null });
    expect(await access.allow(['microphone'])).toBe(true);
    expect(await access.allow(['camera'])).toBe(false);
    expect(asked).toEqual(['Hither: microphone', 'Hither: camera']);
  });

  it('is not asked for again after a yes, and again after a no', async () => {
    const { asked, answer } = person([false, true]);
    const access = new MediaAccess({ askPerson: answer('Hither'), askSystem: null });
    expect(await access.allow(['microphone'])).toBe(false);
    expect(await access.allow(['microphone'])).toBe(true);
    expect(await access.allow(['microphone'])).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('has one question at a time, however often the page asks', async () => {
    const { asked, answer } = person([true]);
    const access = new MediaAccess({ askPerson: answer('Hither'), askSystem: null });
    expect(await Promise.all([access.allow(['camera']), access.allow(['camera'])])).toEqual([true, true]);
    expect(asked).toEqual(['Hither: camera']);
  });

  it('leaves the question to a system that puts it itself', async () => {
    const { asked, answer } = person([true]);
    const access = new MediaAccess({ askPerson: answer('Hither'), askSystem: answer('system') });
    await access.allow(['microphone']);
    expect(asked).toEqual(['system: microphone']);
  });

  it('is a no to nothing at all, and where the question fails', async () => {
    const broken = () => Promise.reject(new Error('no dialog'));
    const access = new MediaAccess({ askPerson: broken, askSystem: null });
    expect(await access.allow([])).toBe(false);
    expect(await access.allow(['camera'])).toBe(false);
  });
});
