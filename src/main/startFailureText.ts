import { VaultLockedError } from '../backend/trust/KeyVault';
import { RelayPortError } from './askedRelay';
import { relayFailureText } from './relayFailureText';
import { ProfileInUseError } from './node/storage/ProfileLock';
import { PortTakenError } from './web/listenOn';
import { PageMissingError } from './web/pageFolder';

const REFUSALS: ReadonlySet<string> = new Set([
  ...['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'],
  // A file system that has no sockets.
  ...['ENOTSUP', 'EOPNOTSUPP', 'ENXIO'],
]);

/** The exit code of a start that failed for a reason that `startFailureText` has words for, as of a wrong command line. */
export const START_FAILED = 2;

/** Said where no folder can be found for the profile. */
export function noHomeText(language: 'en' | 'ko'): string {
  return language === 'ko'
    ? '이 계정에는 홈 폴더가 없어요. --profile DIR로 프로필을 둘 폴더를 지정해 주세요.'
    : 'This account has no home folder. Name a folder for the profile with --profile DIR.';
}

/** Why the app can't start, where a person can do something about it; `null` for everything else. */
export function startFailureText(error: unknown, language: 'en' | 'ko'): string | null {
  const isKorean = language === 'ko';
  if (error instanceof ProfileInUseError) {
    const isKnown = error.pid !== 0;
    const pid = isKnown ? ` (${isKorean ? '프로세스' : 'process'} ${error.pid})` : '';
    return isKorean
      ? `다른 Hither${pid}가 ${error.profileDir} 프로필을 쓰고 있어요. 그것을 끝내거나 --profile DIR로 다른 프로필을 지정해 주세요.`
      : `Another Hither${pid} uses the profile ${error.profileDir}. Quit it, or name another profile with --profile DIR.`;
  }
  if (error instanceof PortTakenError)
    return isKorean
      ? `포트 ${error.port}을(를) 쓸 수 없어요. --port N으로 다른 포트를 지정하거나 --port를 빼고 실행해 주세요.`
      : `Port ${error.port} can't be used. Name another with --port N, or leave --port out.`;
  if (error instanceof RelayPortError) return relayFailureText(error.failure, 'command-line', language);
  if (error instanceof PageMissingError)
    return isKorean
      ? `${error.dir}에 페이지가 없어요. npm run build로 먼저 빌드해 주세요.`
      : `There is no page in ${error.dir}. Build it with npm run build.`;
  if (error instanceof VaultLockedError)
    return isKorean
      ? '이 기기의 키가 든 키체인을 지금 열 수 없어요. 키체인의 잠금을 풀고 다시 시작해 주세요. 바뀐 것은 없어요.'
      : 'The keychain with the key of this device can’t be opened now. Unlock it and start again; nothing was changed.';
  const place = unusablePlace(error);
  if (place !== null)
    return isKorean
      ? `${place.path}에 쓸 수 없어요(${place.code}). 쓸 수 있게 하거나 --profile DIR로 다른 프로필을 지정해 주세요.`
      : `${place.path} can't be written (${place.code}). Make it writable, or name another profile with --profile DIR.`;
  return null;
}

/** What the file system refused, where the refusal is no fault of ours. */
function unusablePlace(error: unknown): { path: string; code: string } | null {
  const { code, path } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return code !== undefined && path !== undefined && REFUSALS.has(code) ? { path, code } : null;
}
