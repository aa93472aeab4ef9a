import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { expect, test } from '../support/electron/electronTest';

/** What the profile says of its key. */
async function identityIn(profileDir: string): Promise<{ text: string; vault: string }> {
  const text = await readFile(join(profileDir, 'identity.json'), 'utf8');
  return { text, vault: (JSON.parse(text) as { vault: string }).vault };
}

const isMissing = (path: string) =>
  stat(path).then(
    () => false,
    () => true,
  );

test.skip(
  findElectron() !== null,
  'the keychain is chosen, and native dialogs answered, on the stand-in alone',
);

test('the key goes into the keychain, and the next start finds it there', async ({ desk }) => {
  const first = await desk.launch('Alice');
  const before = await identityIn(first.profileDir);
  expect(before.vault).toBe('keychain');
  await first.stop();
  const second = await desk.launch('Alice', { profileDir: first.profileDir });
  await second.app.expectInUse();
  expect((await identityIn(first.profileDir)).text).toBe(before.text);
  expect(await isMissing(join(first.profileDir, 'identity.json.corrupt'))).toBe(true);
});

for (const keychain of ['basic_text', 'none'] as const)
  test(`a system without a keychain (${keychain}) is refused loudly: quitting leaves no key behind`, async ({
    desk,
  }) => {
    const alice = await desk.launch('Alice', {
      env: { STAND_IN_KEYCHAIN: keychain, STAND_IN_ANSWER: '0' },
      hasWindow: false,
    });
    alice.announce(/^dialog: /, /"msg":"keychain"/);
    expect(await alice.exitCode).toBe(0);
    const asked = alice.complaints.filter((line) => line.startsWith('dialog: '));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('This system has no keychain');
    expect(asked[0]).toContain('| Quit Hither | Keep the Key in a File That Only This Account Can Read');
    expect(await isMissing(join(alice.profileDir, 'identity.json'))).toBe(true);
  });

test('a person who chooses a file, in Korean, is not asked again, and the file is theirs alone', async ({
  desk,
}) => {
  const env = { STAND_IN_KEYCHAIN: 'basic_text', LANG: 'ko_KR.UTF-8' };
  const first = await desk.launch('Alice', { env: { ...env, STAND_IN_ANSWER: '1' } });
  first.announce(/^dialog: /, /"msg":"keychain"/);
  expect(first.complaints.join('\n')).toContain(
    '키체인이 없어요. | Hither는 비밀 키로 이 기기가 내 것임을 증명해요.',
  );
  expect((await identityIn(first.profileDir)).vault).toBe('file');
  const { mode } = await stat(join(first.profileDir, 'identity.json'));
  expect(mode & 0o777).toBe(0o600);
  await first.stop();
  const second = await desk.launch('Alice', { profileDir: first.profileDir, env });
  expect(second.complaints).toEqual([]);
});

test('a keychain that is locked keeps the app from starting and the key as it is', async ({ desk }) => {
  const first = await desk.launch('Alice');
  const before = await identityIn(first.profileDir);
  await first.stop();
  for (const keychain of ['locked', 'basic_text', 'none'] as const) {
    const { profileDir } = first;
    const again = await desk.launch('Alice', {
      profileDir,
      env: { STAND_IN_KEYCHAIN: keychain },
      hasWindow: false,
    });
    again.announce(/keychain/);
    expect(await again.exitCode, keychain).toBe(2);
    expect(again.complaints.join('\n'), keychain).toContain('Unlock it and start again');
  }
  expect(await identityIn(first.profileDir)).toEqual(before);
  const last = await desk.launch('Alice', {
    profileDir: first.profileDir,
    env: { STAND_IN_KEYCHAIN: 'rotated' },
  });
  await last.app.expectInUse();
  expect(await identityIn(first.profileDir)).toEqual(before);
});
