import type { Language } from '../../../shared/settings/settings';

type NativeLanguage = Exclude<Language, 'system'>;

const en = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  open: 'Open Hither',
  about: 'About Hither',
  services: 'Services',
  hide: 'Hide Hither',
  hideOthers: 'Hide Others',
  unhide: 'Show All',
  quit: 'Quit Hither',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  reload: 'Reload',
  toggleDevTools: 'Developer Tools',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  togglefullscreen: 'Full Screen',
  minimize: 'Minimize',
  zoom: 'Zoom',
  front: 'Bring All to Front',
  close: 'Close Window',
  chooseFolder: 'Choose a Folder',
  sendFolders: 'Choose Folders to Send',
  crashed: 'The window of Hither keeps crashing.',
  tryAgain: 'Try Again',
  transferring: 'Files are still being transferred.',
  transferringDetail: 'If you close Hither now, they stop. They go on when both devices are connected again.',
  keepTransferring: 'Keep Transferring',
  closeAnyway: 'Close Anyway',
  noKeychain: 'This system has no keychain for the key of this device.',
  noKeychainDetail:
    'Hither proves with a secret key that this device is yours. Without a keychain the key can lie in a file that only this account can read; every program that runs under this account can read it too.',
  keepKeyInFile: 'Keep the Key in a File That Only This Account Can Read',
  openLink: 'Open this address in your browser?',
  openInBrowser: 'Open',
  cancel: 'Cancel',
  allowMicrophone: 'May Hither use the microphone?',
  allowCamera: 'May Hither use the camera?',
  allowDeviceDetail: 'You have asked for it in the window. The answer holds until you quit Hither.',
  allow: 'Allow',
  dontAllow: 'Don’t Allow',
  microphoneOn: 'Hither: microphone on',
  microphoneMuted: 'Hither: microphone muted',
  recording: 'Hither: recording',
  mute: 'Mute Microphone',
  unmute: 'Unmute Microphone',
};

export type NativeText = Readonly<Record<keyof typeof en, string>>;

const ko: NativeText = {
  file: '파일',
  edit: '편집',
  view: '보기',
  window: '윈도우',
  help: '도움말',
  open: 'Hither 열기',
  about: 'Hither 정보',
  services: '서비스',
  hide: 'Hither 가리기',
  hideOthers: '기타 가리기',
  unhide: '모두 보기',
  quit: 'Hither 종료',
  undo: '실행 취소',
  redo: '다시 실행',
  cut: '잘라내기',
  copy: '복사',
  paste: '붙여넣기',
  selectAll: '모두 선택',
  reload: '새로고침',
  toggleDevTools: '개발자 도구',
  resetZoom: '실제 크기',
  zoomIn: '확대',
  zoomOut: '축소',
  togglefullscreen: '전체 화면',
  minimize: '최소화',
  zoom: '확대/축소',
  front: '모두 앞으로 가져오기',
  close: '창 닫기',
  chooseFolder: '폴더 선택',
  sendFolders: '보낼 폴더 선택',
  crashed: 'Hither 창이 계속 비정상 종료돼요.',
  tryAgain: '다시 시도',
  transferring: '파일을 아직 주고받고 있어요.',
  transferringDetail: '지금 Hither를 닫으면 전송이 멈추고, 두 기기가 다시 연결되면 이어져요.',
  keepTransferring: '계속 전송',
  closeAnyway: '그래도 닫기',
  noKeychain: '이 시스템에는 이 기기의 키를 보관할 키체인이 없어요.',
  noKeychainDetail:
    'Hither는 비밀 키로 이 기기가 내 것임을 증명해요. 키체인이 없으면 이 계정만 읽을 수 있는 파일에 키를 둘 수 있어요. 이 계정으로 실행되는 다른 프로그램도 그 파일을 읽을 수 있어요.',
  keepKeyInFile: '이 계정만 읽을 수 있는 파일에 키 보관',
  openLink: '이 주소를 브라우저에서 열까요?',
  openInBrowser: '열기',
  cancel: '취소',
  allowMicrophone: 'Hither에서 마이크를 사용할까요?',
  allowCamera: 'Hither에서 카메라를 사용할까요?',
  allowDeviceDetail: '창에서 켜기를 눌렀어요. 허용하면 Hither를 종료할 때까지 다시 묻지 않아요.',
  allow: '허용',
  dontAllow: '허용 안 함',
  microphoneOn: 'Hither: 마이크 켜짐',
  microphoneMuted: 'Hither: 마이크 음소거됨',
  recording: 'Hither: 녹화 중',
  mute: '마이크 음소거',
  unmute: '마이크 음소거 해제',
};

const texts: Readonly<Record<NativeLanguage, NativeText>> = { en, ko };

/**
 * The words that the operating system shows for us: menus and dialogs, which the page's own texts can't reach.
 * @param systemLanguages BCP 47 tags, preferred first; asked where the setting is `system`
 */
export function nativeText(setting: Language, systemLanguages: readonly string[]): NativeText {
  if (setting !== 'system') return texts[setting];
  const spoken = systemLanguages
    .map((tag) => tag.split('-')[0])
    .find((language) => language === 'ko' || language === 'en');
  return texts[spoken === 'ko' ? 'ko' : 'en'];
}
