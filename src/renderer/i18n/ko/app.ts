import type { Part } from '../catalogue';

export const app: Part<'app'> = {
  name: 'Hither',
  home: '홈',
  settings: '설정',
  transfers: '전송',
  transfersWaiting_other: '전송 {{count, number}}건 진행 중',
  views: '홈과 열린 세션',
  accept: '수락',
  decline: '거절',
  later: '나중에 결정',
  cancel: '취소',
  close: '닫기',
  dismiss: '닫기',
  save: '저장',
  copy: '{{text}} 복사',
  copied: '복사했어요',
  tryAgain: '다시 시도',
  connectAgain: '다시 연결',
  starting: 'Hither를 시작하는 중…',
  gathering: '선택한 항목을 읽는 중…',
  found_other: '지금까지 파일 {{count, number}}개',
  drop: {
    onDevice: '“홈”에 있는 기기나 그 기기의 세션에 파일을 놓아 주세요.',
    nobody: '아직 파일을 보낼 기기가 없어요.',
    barred: '이 세션의 초대에는 파일 보내기가 들어 있지 않아요.',
    missed: '아무것도 보내지 않았어요.',
  },
  folderHint: {
    handle:
      '브라우저에서는 폴더 안의 링크가 보이지 않아 링크는 보내지 않아요. 실행 권한과 폴더의 수정 시간도 남지 않아요. 데스크톱 앱에서는 모두 남고, 빠진 링크의 이름도 알려 드려요.',
    input:
      '이 브라우저에서 폴더를 선택하면 빈 폴더가 빠지고, 링크로 연결된 파일도 빠질 수 있어요. 폴더를 끌어다 놓으면 모든 파일을 보낼 수 있어요. 링크는 브라우저에서 보낼 수 없어요.',
  },
  tab: {
    youShare: '내 화면 공유 중',
    theyShare: '화면을 공유하는 중',
    news_other: '새 소식 {{count, number}}개',
    close: '{{name}} 닫기',
    leave: '{{name}} 나가기',
  },
  prompts: {
    region: '답을 기다리는 질문',
    more_other: '{{count, number}}개가 더 기다리고 있어요',
    later_other: '미뤄 둔 질문 {{count, number}}개 확인하기',
    endsIn: '{{duration}} 뒤에 끝나요',
    always: '이 상대는 항상 허용',
  },
  jumpToRequest: 'F6 키를 누르면 답할 수 있어요.',
  lost: {
    title: '이 컴퓨터에서 Hither가 멈췄어요',
    help: '처음 시작했던 방법으로 다시 시작해 주세요. 새 화면이 열리거나 새 주소가 나와요. 이 화면은 닫아도 돼요. 받다가 끊긴 파일은 완성된 이름으로 남지 않아요.',
  },
  superseded: {
    title: 'Hither가 다른 탭에서 열렸어요',
    help: '한 번에 한 탭에서만 쓸 수 있어서 이 탭은 멈춰 있어요. 다른 탭을 닫으면 여기서 자동으로 이어져요.',
    waiting: '여기서 다시 쓸 때까지 기다리는 파일이에요.',
    useHere: '여기서 쓰기',
  },
  occupied: {
    sends: '그 탭에서 파일을 보내고 있어요. 여기서 쓰면 그 탭으로 돌아갈 때까지 기다려요.',
    sharing: '그 탭에서 화면이나 음성, 카메라를 공유하고 있어요. 여기서 쓰면 공유가 끝나요.',
    leave: '그대로 두기',
  },
  heldFiles_other: '보내는 파일 {{count, number}}개, 받는 사람: {{name}}',
  noKey: {
    title: '접속 키가 빠진 주소로 열었어요',
    help: 'Hither를 시작한 사람만 쓸 수 있어요. 시작할 때 나온 주소를 끝까지 그대로 열어 주세요.',
  },
  bug: {
    title: '이 화면에 문제가 생겼어요',
    help: '새로고침하면 이어서 쓸 수 있어요. 설정과 받은 파일은 안전해요.',
    reload: '새로고침',
  },
  platform: { linux: 'Linux', macos: 'macOS', windows: 'Windows', other: '다른 시스템' },
  version: '버전 {{version}}',
};

export const settings: Part<'settings'> = {
  tabs: { general: '일반', trust: '신뢰', beyond: '이 네트워크 밖' },
  beyond: {
    lead: '다른 네트워크에 있는 사람과는 중계 서버에서 만나요. 중계 서버는 두 기기가 암호화한 내용을 전하기만 하고 읽지는 못해요. 중계 서버가 없으면 Hither는 이 네트워크 안에서만 동작해요.',
    relay: '중계 서버 주소',
    relayHint: '직접 운영하거나 아는 사람의 중계 서버를 쓸 수 있어요. 쓰지 않으려면 비워 두세요.',
    relayPlaceholder: '예: relay.example.org',
    problem: {
      scheme: '중계 서버 주소는 https://로 시작해요. 내 네트워크 안에 있다면 http://도 쓸 수 있어요.',
      parts: '사용자 이름과 비밀번호, ?나 # 뒤의 내용은 빼 주세요. 예: https://example.org/relay',
      host: '올바른 주소가 아니에요. 예: relay.example.org, https://example.org/relay',
    },
    plain:
      'https://가 아니면 이 중계 서버를 쓴다는 사실이 중간에서 보여요. 주고받는 내용은 그대로 암호화돼요.',
    reachable: '신뢰하는 기기가 중계 서버를 통해 이 기기에 연결할 수 있어요',
    reachableHint:
      '중계 서버는 두 기기가 언제, 어느 주소에서 만나는지 알게 돼요. 그 기기가 누구의 것인지는 알지 못해요.',
    needsRelay: '먼저 중계 서버 주소를 입력해 주세요. 이 앱에서 실행하는 중계 서버는 초대에만 쓰여요.',
  },
  embeddedRelay: {
    title: '이 네트워크의 중계 서버 실행하기',
    hint: '멀티캐스트가 막힌 곳처럼 같은 네트워크에서 서로 찾지 못하는 기기들이 이 기기에서 만나요. 위에 중계 서버 주소를 입력하지 않으면 내 초대도 이 중계 서버를 써요.',
    addresses: '같은 네트워크에 있는 상대가 중계 서버 주소로 입력할 값이에요.',
    noNetwork: '켜져 있지만 지금은 연결된 네트워크가 없어서 다른 기기가 접속할 수 없어요.',
    starting: '시작하는 중…',
    stopping: '끄는 중…',
    port: '중계 서버 포트',
    portHint:
      '상대가 연결하지 못하면 이 기기의 방화벽에서 이 포트의 TCP와 UDP를 허용해 주세요. 다른 프로그램이 이 포트의 UDP를 쓰고 있으면 UDP는 다른 포트를 쓰고, 그 번호는 hither.log에 남아요.',
    badPort: '1부터 65535까지의 숫자를 입력해 주세요.',
  },
  title: '설정',
  name: '네트워크에 보이는 이름',
  nameHint: '다른 사람의 목록에 이 이름이 보여요.',
  nameEmpty: '이름을 한 글자 이상 입력해 주세요.',
  language: '언어',
  languages: { system: '시스템 설정', en: 'English', ko: '한국어' },
  theme: '화면 모드',
  themes: { system: '시스템 설정', light: '밝게', dark: '어둡게' },
  downloads: '다운로드 폴더',
  downloadsHint: '다른 폴더를 선택하지 않으면 수락한 파일을 여기에 저장해요.',
  chooseFolder: '선택…',
  useFolder: '이 폴더로 변경',
  folderFree: '{{size}} 남음',
  visibility: '이 네트워크에서 보이기',
  visibilityHint: '같은 네트워크에서 서로를 찾을 수 있어요.',
  hideOwnWindow: '공유하는 화면에서 Hither 창 숨기기',
  hideOwnWindowHint:
    '나에게는 보이고 상대방에게는 보이지 않아요. 공유하는 동안에는 내 화면 녹화 프로그램에도 보이지 않아요.',
  keepRunning: '창을 닫아도 계속 실행하기',
  keepRunningHint:
    '창을 닫아도 Hither가 트레이에 남아요. 파일을 계속 받고, 공유하던 화면도 계속 공유해요. 트레이에 아이콘이 없으면 Hither를 다시 실행해 주세요. 창이 다시 열려요.',
  hideAddress: '내 주소 숨기기',
  hideAddressHint:
    '중계 서버로 만난 상대에게 내 네트워크 주소를 알리지 않아요. 대신 모든 데이터가 TURN 서버를 거쳐서 느려지고, TURN 서버가 없으면 화면과 파일을 주고받을 수 없어요. 같은 네트워크에서는 상대가 이미 주소를 알고 있어서 달라지는 점이 없어요.',
  servers: {
    title: '내 STUN·TURN 서버',
    hint: '중계 서버의 서버 대신 써요. 직접 운영하는 서버가 없으면 비워 두세요. 같은 네트워크에서 서로 찾은 기기끼리는 어떤 서버에도 묻지 않아요. 그 네트워크의 중계 서버에서 만난 기기는 내 주소를 숨기지 않는 한 그 중계 서버에만 물어요.',
    url: '서버 주소',
    urlHint: '예: stun:example.org:3478 또는 turns:example.org?transport=tcp',
    username: '사용자 이름',
    credential: '비밀번호',
    add: '서버 추가',
    remove: '삭제: {{url}}',
    bad: {
      url: 'STUN이나 TURN 서버의 주소가 아니에요. stun:, turn:, turns: 중 하나로 시작하고 그 뒤에 호스트를 적어 주세요.',
      credentials: 'TURN 서버에는 사용자 이름과 비밀번호가 필요해요.',
      known: '이미 목록에 있는 서버예요.',
      many_other: '서버는 {{count, number}}개까지 넣을 수 있어요.',
    },
  },
  about: '정보',
  runtime: { electron: '데스크톱 앱', headless: '브라우저 화면 (헤드리스)' },
};

export const welcome: Part<'welcome'> = {
  title: 'Hither에 오신 것을 환영해요',
  lead: '같은 네트워크에 있는 기기와 화면, 파일을 바로 공유해요. 서버를 거치지 않아요.',
  name: '네트워크에 보이는 이름',
  language: '언어',
  permission:
    '다른 기기를 찾으려면 이 기기를 네트워크에 알리고 연결 요청을 기다려야 해요. 요청이 올 때마다 직접 결정할 수 있어요.',
  turnOn: '기기 찾기 시작',
  notNow: '나중에',
  notNowHint: '주소로는 언제든 연결할 수 있고, 이 선택은 나중에 바꿀 수 있어요.',
};
