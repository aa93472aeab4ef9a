import { VaultLockedError } from '../backend/trust/KeyVault';
import { ProfileInUseError } from './node/storage/ProfileLock';
import { PortTakenError } from './web/listenOn';
import { PageMissingError } from './web/pageFolder';

/** Why the app can't start, where a person can do something about it; `null` for everything else. */
export function startFailureText(error: unknown, language: 'en' | 'ko'): string | null {
  const isKorean = language === 'ko';
  if (error instanceof ProfileInUseError)
    return isKorean
      ? `다른 Hither(프로세스 ${error.pid})가 ${error.profileDir} 프로필을 쓰고 있습니다. 그것을 끝내거나 --profile DIR로 다른 프로필을 지정하세요.`
      : `Another Hither (process ${error.pid}) uses the profile ${error.profileDir}. Quit it, or name another profile with --profile DIR.`;
  if (error instanceof PortTakenError)
    return isKorean
      ? `포트 ${error.port}을(를) 쓸 수 없습니다. --port N으로 다른 포트를 지정하거나 --port를 빼고 실행하세요.`
      : `Port ${error.port} can't be used. Name another with --port N, or leave --port out.`;
  if (error instanceof PageMissingError)
    return isKorean
      ? `${error.dir}에 페이지가 없습니다. npm run build로 먼저 빌드하세요.`
      : `There is no page in ${error.dir}. Build it with npm run build.`;
  if (error instanceof VaultLockedError)
    return isKorean
      ? '이 기기의 키가 든 키체인을 지금 열 수 없습니다. 키체인의 잠금을 풀고 다시 시작하세요. 바뀐 것은 없습니다.'
      : 'The keychain with the key of this device can’t be opened now. Unlock it and start again; nothing was changed.';
  return null;
}
