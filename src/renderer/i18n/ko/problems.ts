import type { Part } from '../catalogue';

export const errors: Part<'errors'> = {
  'bad-request': {
    title: 'Hither가 요청을 이해하지 못했어요',
    help: '구성 요소의 버전이 서로 다를 수 있어요. Hither를 다시 시작하고 시도해 주세요.',
  },
  'not-allowed': { title: '허용되지 않은 일이에요', help: '앱에서 이 화면을 다시 열고 시도해 주세요.' },
  internal: {
    title: 'Hither 안에서 문제가 생겼어요',
    help: '다시 시도해 주세요. 계속되면 Hither를 다시 시작하고 로그와 함께 알려 주세요.',
  },
  'backend-gone': {
    title: '이 컴퓨터에서 Hither가 멈췄어요',
    help: '다시 시작해 주세요. 그러면 이 화면이 자동으로 이어져요.',
  },
  'bad-address': {
    title: '올바른 주소가 아니에요',
    help: '상대 기기에 보이는 대로 입력해 주세요. 예: 192.168.0.12:47117',
  },
  unreachable: {
    title: '그 주소에서 응답이 없어요',
    help: '상대 기기에서 Hither가 열려 있고 보이기가 켜져 있는지, 두 기기가 같은 네트워크에 있는지, 방화벽이 막고 있지 않은지 확인해 주세요.',
  },
  'timed-out': {
    title: '시간이 너무 오래 걸려 중단했어요',
    help: '상대 기기가 켜져 있는지 확인하고 다시 시도해 주세요.',
  },
  'incompatible-version': {
    title: '두 기기의 버전이 서로 호환되지 않아요',
    help: '낮은 버전을 쓰는 기기의 Hither를 업데이트한 뒤 다시 시도해 주세요.',
  },
  'not-hither': {
    title: '그 주소에서 다른 프로그램이 응답했어요',
    help: '주소와 콜론 뒤의 숫자가 상대 기기에 보이는 것과 같은지 확인해 주세요.',
  },
  busy: {
    title: '상대가 아직 답하지 않은 파일이 너무 많아요',
    help: '먼저 보낸 파일에 상대가 답한 뒤에 다시 보내 주세요.',
  },
  unavailable: {
    title: '상대 기기에 열린 Hither 창이 없어요',
    help: '상대에게 Hither 창을 열어 달라고 한 뒤 다시 시도해 주세요.',
  },
  'self-connection': {
    title: '지금 쓰고 있는 이 기기의 주소예요',
    help: '상대 기기의 주소를 입력해 주세요.',
  },
  declined: { title: '상대가 거절했어요', help: '상대와 이야기해 본 뒤 다시 요청해 주세요.' },
  cancelled: { title: '취소했어요', help: '다른 작업은 하지 않았어요. 언제든 다시 시작할 수 있어요.' },
  'unknown-device': {
    title: '그 기기가 더 이상 없어요',
    help: '다시 나타날 때까지 기다리거나 주소로 연결해 주세요.',
  },
  'unknown-session': { title: '이미 끝난 세션이에요', help: '그 기기에 다시 연결해 주세요.' },
  'unknown-transfer': { title: '이미 끝난 전송이에요', help: '아직 필요하면 파일을 다시 보내 주세요.' },
  'unknown-source': {
    title: '그 창이나 화면이 사라졌어요',
    help: '공유할 화면이나 창을 다시 선택해 주세요.',
  },
  'capture-denied': {
    title: '공유하고 있는 것이 없어요',
    help: '선택하지 않았거나 시스템이 막았어요. 선택했는데도 그렇다면 시스템의 개인정보 설정에서 이 앱의 화면 녹화를 허용해 주세요.',
  },
  'capture-failed': {
    title: '화면을 캡처하지 못했어요',
    help: '화면을 녹화하는 다른 프로그램을 끄고 다시 시도하거나 다른 창을 선택해 주세요.',
  },
  'hostile-name': {
    title: '이름이 안전하지 않아서 받지 않았어요',
    help: '아무것도 저장하지 않았어요. 안전한 이름이 하나도 없었어요.',
  },
  'too-many-entries': {
    title: '한 번에 보내기에는 파일이 너무 많아요',
    help: '나누어 보내거나 압축 파일로 묶어서 보내 주세요.',
  },
  'unknown-digest': {
    title: '두 기기가 파일을 확인하는 방식이 서로 달라요',
    help: '낮은 버전을 쓰는 기기의 Hither를 업데이트한 뒤 파일을 다시 보내 주세요.',
  },
  'folder-missing': {
    title: '그 폴더가 없어요',
    help: '다른 폴더를 선택하거나, 폴더를 만들고 다시 시도해 주세요.',
  },
  'folder-read-only': {
    title: '그 폴더에는 저장할 수 없어요',
    help: '다른 폴더를 선택하거나, 폴더 권한을 바꾸고 다시 시도해 주세요.',
  },
  'disk-full': {
    title: '디스크가 가득 찼어요',
    help: '공간을 비워 주세요. 진행 중이던 전송은 자동으로 이어져요. 아니면 다른 디스크의 폴더를 선택해 주세요.',
  },
  'file-too-large': {
    title: '이 디스크에는 그렇게 큰 파일을 저장할 수 없어요',
    help: '다른 디스크의 폴더를 선택해 주세요. FAT로 포맷한 디스크에는 4GB까지만 저장할 수 있어요.',
  },
  'disk-error': {
    title: '디스크에서 오류가 났어요',
    help: '디스크가 연결되어 있는지 확인하고 다른 폴더로 다시 시도해 주세요.',
  },
  'page-gone': {
    title: '파일을 갖고 있던 페이지가 닫혔어요',
    help: '페이지를 닫으면 브라우저가 파일을 더 읽을 수 없어요. 보내려면 다시 선택해 주세요.',
  },
  'page-away': {
    title: '파일을 갖고 있는 탭을 지금 쓰지 않고 있어요',
    help: '그 탭에서 Hither를 다시 쓰면 자동으로 이어져요.',
  },
  'source-missing': {
    title: '파일이 원래 위치에 없어요',
    help: '보내는 동안 옮겨지거나 삭제됐어요. 다시 선택해 주세요.',
  },
  'source-unreadable': {
    title: '읽을 수 없는 파일이나 폴더가 있어요',
    help: '권한을 확인하거나, 그것을 빼고 나머지를 보내 주세요.',
  },
  'source-changed': {
    title: '보내는 동안 파일이 바뀌었어요',
    help: '다른 프로그램이 그 파일에 쓰기를 마칠 때까지 기다렸다가 다시 보내 주세요.',
  },
  'text-too-long': { title: '메시지로 보내기에는 너무 길어요', help: '파일로 보내 주세요.' },
  'too-fast': { title: '한꺼번에 너무 많이 보냈어요', help: '몇 초 뒤에 다시 보내 주세요.' },
  'drop-unreadable': {
    title: '놓은 것을 읽을 수 없어요',
    help: '브라우저의 언어 설정으로 나타낼 수 없는 이름의 파일은 숨겨져요. “파일 보내기”로 선택하거나 브라우저를 UTF-8로 시작해 주세요.',
  },
  'folder-not-opened': {
    title: '브라우저에서 폴더를 열지 못했어요',
    help: '선택 창에 다 가려지지 않도록 이 창을 키운 다음 다시 시도하거나, 폴더를 창에 끌어다 놓아 주세요.',
  },
  'all-left-out': {
    title: '보낼 수 있는 것이 없어요',
    help: '링크와 장치, 읽을 수 없는 파일, 이름이 올바른 텍스트가 아닌 파일은 보내지 않아요. 다른 것을 선택해 주세요.',
  },
  'nothing-to-send': { title: '보낼 것이 없어요', help: '파일이나 폴더를 하나 이상 선택해 주세요.' },
  'corrupt-file': {
    title: '파일이 손상된 채로 도착했어요',
    help: '그 파일은 버렸어요. 다시 받아 보고, 또 그러면 두 컴퓨터의 메모리와 디스크를 확인해 주세요.',
  },
  'protocol-violation': {
    title: '상대 기기가 잘못된 데이터를 보냈어요',
    help: '두 기기의 Hither를 업데이트해 주세요. 모르는 기기라면 다시 연결하지 마세요.',
  },
  'not-taking': {
    title: '상대 기기가 지금은 요청을 받지 않아요',
    help: '상대에게 이 기기의 요청을 허용해 달라고 한 뒤 다시 시도해 주세요. 세 번 거절되거나 응답이 없으면 그 기기는 10분 동안 이 기기의 요청을 받지 않아요.',
  },
  'wrong-device': {
    title: '연결하려던 기기가 아니에요',
    help: '다른 기기가 대신 응답했어요. 이 네트워크를 믿지 말고, 두 기기의 주소를 비교해 주세요.',
  },
  tampered: {
    title: '누군가 연결을 가로채고 있을 수 있어요',
    help: '받은 내용이 도중에 바뀌었거나 그 기기가 보낸 것이 아니에요. 믿을 수 있는 네트워크를 사용해 주세요.',
  },
  'not-verified': {
    title: '아직 코드를 비교하지 않았어요',
    help: '먼저 상대와 코드를 비교해 주세요.',
  },
  'connection-lost': { title: '연결이 끊어졌어요', help: '다시 연결한 뒤 하던 일을 다시 해 주세요.' },
};

export const facts: Part<'facts'> = {
  file: '파일',
  folder: '폴더',
  address: '주소',
  needed: '필요한 공간',
  free: '남은 공간',
  limit: '최대',
  count: '선택한 개수',
  theirs: '상대 버전',
  ours: '내 버전',
  reason: '이유',
  detail: '시스템 메시지',
};

export const nameFaults: Part<'nameFaults'> = {
  empty: '이름의 일부가 비어 있어요.',
  absolute: '폴더 밖의 위치를 가리켜요.',
  parent: '폴더 밖으로 나가는 이름이에요.',
  encoding: '올바른 텍스트가 아니에요.',
  control: '보이지 않는 제어 문자가 들어 있어요.',
  'too-deep': '폴더 단계가 너무 많아요.',
  collision: '같은 이름의 파일이 둘 있어요.',
  clash: '같은 이름의 파일과 폴더가 함께 있어요.',
};

export const ends: Part<'ends'> = {
  declined: { title: '{{name}} 님이 거절했어요', help: '상대와 이야기해 본 뒤 다시 요청해 주세요.' },
  declinedByMe: {
    title: '내가 거절했어요',
    help: '{{name}} 님에게 알렸어요. 언제든 내가 먼저 연결할 수 있어요.',
  },
  cancelled: { title: '{{name}} 님이 요청을 취소했어요', help: '아직 필요하면 내가 먼저 연결해 보세요.' },
  cancelledByMe: { title: '요청을 취소했어요', help: '언제든 다시 요청할 수 있어요.' },
  unreachable: {
    title: '응답이 없어요: {{name}}',
    help: '상대 기기에서 Hither가 열려 있고 보이기가 켜져 있는지, 두 기기가 같은 네트워크에 있는지, 방화벽이나 VPN, 게스트 Wi-Fi가 막고 있지 않은지 확인해 주세요.',
  },
  'timed-out': {
    title: '제때 응답이 없어 요청이 끝났어요',
    help: '서로 이야기해 본 뒤 다시 연결해 주세요.',
  },
  left: { title: '{{name}} 님이 나갔어요', help: '이제 서로 공유하는 것이 없어요.' },
  leftByMe: { title: '세션에서 나왔어요', help: '이제 서로 공유하는 것이 없어요.' },
  closed: {
    title: '{{name}} 님이 Hither를 닫았어요',
    help: '이제 서로 공유하는 것이 없어요. 이어서 하려면 상대에게 Hither를 다시 열어 달라고 해 주세요.',
  },
  lost: {
    title: '{{name}} 님과 연결이 끊겼어요',
    help: '시간 안에 다시 연결하지 못했어요. 두 기기의 네트워크를 확인하고 다시 시도해 주세요.',
  },
  'incompatible-version': {
    title: '두 기기의 Hither 버전이 서로 호환되지 않아요',
    help: '낮은 버전을 쓰는 기기의 Hither를 업데이트한 뒤 다시 시도해 주세요.',
  },
  busy: {
    title: '{{name}} 님과 지금은 연결할 수 없어요',
    help: '이미 서로 연결돼 있거나 상대에게 대기 중인 요청이 너무 많아요. 잠시 뒤에 다시 시도해 주세요.',
  },
  unavailable: {
    title: '{{name}} 님의 기기에 열린 Hither 창이 없어요',
    help: '상대에게 Hither 창을 열어 달라고 한 뒤 다시 시도해 주세요.',
  },
  'not-hither': {
    title: '이 주소에서 다른 프로그램이 응답했어요: {{name}}',
    help: '주소와 콜론 뒤의 숫자가 상대 기기에 보이는 것과 같은지 확인해 주세요.',
  },
  'protocol-violation': {
    title: '{{name}} 님의 기기가 잘못된 데이터를 보냈어요',
    help: '두 기기의 Hither를 업데이트해 주세요. 모르는 기기라면 다시 연결하지 마세요.',
  },
  'not-taking': {
    title: '{{name}} 님은 지금 요청을 받지 않아요',
    help: '상대에게 이 기기의 요청을 허용해 달라고 한 뒤 다시 시도해 주세요. 세 번 거절되거나 응답이 없으면 그 기기는 10분 동안 이 기기의 요청을 받지 않아요.',
  },
  'wrong-device': {
    title: '{{name}} 님 대신 다른 기기가 응답했어요',
    help: '그 기기에는 아무것도 보내지 않았어요. 이유를 알기 전에는 이 네트워크를 믿지 말고, 두 기기의 주소를 비교해 주세요.',
  },
  tampered: {
    title: '누군가 {{name}} 님과 나의 연결을 가로채고 있을 수 있어요',
    help: '받은 내용이 도중에 바뀌어서 아무것도 공유하지 않고 중단했어요. 믿을 수 있는 네트워크를 사용해 주세요.',
  },
  'code-mismatch': {
    title: '코드가 서로 달랐어요',
    help: '누군가 {{name}} 님과 나의 연결을 가로채고 있을 수 있어요. 아무것도 공유하지 않았어요. 다른 네트워크에서 다시 시도해 주세요.',
  },
};

export const notices: Part<'notices'> = {
  'settings-corrupt': {
    title: '설정을 읽을 수 없었어요',
    help: '기본 설정으로 시작했고 예전 파일은 같은 폴더에 남겨 두었어요. 이름과 다운로드 폴더를 확인해 주세요.',
  },
  'port-taken': {
    title: '늘 쓰던 포트를 다른 프로그램이 쓰고 있어요',
    help: 'Hither가 다른 포트를 쓰고 있으니 지금 보이는 주소를 알려 주세요. 원래 포트를 쓰려면 그 프로그램을 끄고 Hither를 다시 시작해 주세요.',
  },
  'identity-lost': {
    title: '이 기기의 키가 새로 만들어졌어요',
    help: '예전 키를 읽을 수 없어서 새로 만들었고, 예전 파일은 따로 남겨 두었어요. 이 기기를 신뢰하던 기기에는 경고가 나타나고, 코드를 다시 비교해야 해요.',
  },
  'trusted-corrupt': {
    title: '신뢰하는 기기 목록을 읽을 수 없었어요',
    help: '예전 목록은 따로 남겨 두고 빈 목록으로 시작했어요. 신뢰하던 기기와 코드를 다시 비교해 주세요.',
  },
  'downloads-missing': {
    title: '다운로드 폴더가 없어요',
    help: '파일을 받기 전에 설정에서 다른 폴더를 선택해 주세요.',
  },
};
