import type { Part } from '../catalogue';

export const home: Part<'home'> = {
  you: {
    title: '이 기기',
    rename: '이름 바꾸기',
    nameLabel: '이 기기의 이름',
    visibility: '나를 찾고 요청할 수 있는 기기',
    off: { label: '끄기', hint: '다른 기기에 보이지 않고, 나도 다른 기기를 볼 수 없어요.' },
    reach: '나에게 연결하는 방법',
    addresses: '상대에게 알려 줄 내 주소',
    noAddress: '꺼져 있거나 네트워크가 없으면 주소가 없어요.',
    more_other: '주소 {{count, number}}개 더 보기',
    fewer: '접기',
  },
  nearby: {
    title: '사람과 기기',
    looking: '기기를 찾는 중…',
    found_other: '기기 {{count, number}}대를 찾았어요',
    refresh: '다시 찾기',
    connect: '연결: {{name}}',
    connectShort: '연결',
    sendTo: '보내기: {{name}}',
    send: '보내기',
    sendFiles: '파일…',
    sendFolder: '폴더…',
    sendText: '메시지…',
    settingsOf: '설정: {{name}}',
    dropHere: '여기에 놓아 보내기',
    online: '온라인',
    reachable: '다른 네트워크에 있어요 · 연결할 수 있어요',
    relayDown:
      '중계 서버에 연결할 수 없어서 지금은 다른 네트워크에 있는 신뢰하는 기기와 서로 찾을 수 없어요. 계속 다시 시도하고 있어요: {{relay}}',
    away: '지금은 연결할 수 없어요',
    lastSeen: '지금은 연결할 수 없어요 · 마지막 접속 {{time}}',
    incompatible: '상대는 Hither {{theirs}}, 나는 {{ours}} 버전이에요. 낮은 쪽을 업데이트해 주세요.',
  },
  empty: {
    off: {
      title: '이 기기는 숨겨져 있어요',
      help: '보이기를 켜면 다른 기기를 찾을 수 있고 다른 기기에도 보여요. 꺼져 있어도 주소로는 연결할 수 있어요.',
      action: '기기 찾기 시작',
    },
    noNetwork: {
      title: '네트워크가 없어요',
      help: 'Wi-Fi에 연결하거나 케이블을 꽂아 주세요. 그러면 기기가 자동으로 나타나요.',
    },
    noMulticast: {
      title: '이 네트워크에서는 기기끼리 서로 보이지 않아요',
      help: '기기를 찾는 신호를 보내지 못했어요. 대신 주소로 연결해 보세요. 상대 화면의 “나에게 연결하는 방법” 아래에 주소가 있어요.',
    },
    portTaken: {
      title: '이 컴퓨터에 사용할 수 있는 포트가 없어요',
      help: 'Hither가 쓰려는 포트를 모두 다른 프로그램이 쓰고 있어서 서로 찾을 수 없어요. 그 프로그램을 몇 개 끄고 보이기를 껐다 켜 주세요. 주소로는 그대로 연결할 수 있어요.',
    },
    nobody: {
      title: '아직 아무도 없어요',
      help: '다른 기기에서 Hither를 열어 주세요. 몇 초 안에 자동으로 나타나요.',
    },
    steps: {
      open: '다른 기기에서 Hither를 열어 주세요.',
      visible: '같은 네트워크인가요? 그 기기의 “이 기기”에서 찾을 수 있게 해 주세요.',
    },
    checks: '그래도 안 보이나요?',
    checkList: {
      network: '두 기기가 같은 네트워크에 있고, 상대 기기를 찾을 수 있게 해 두었나요?',
      vpn: 'VPN이 켜져 있나요? VPN을 켜면 로컬 네트워크가 가려질 때가 많아요.',
      guest:
        '게스트 Wi-Fi인가요? 게스트 Wi-Fi에서는 기기끼리 연결할 수 없으니 다른 네트워크나 케이블을 사용해 주세요.',
      firewall: '방화벽이 Hither를 허용하나요(TCP {{port}}, UDP 5353)?',
      address: '모두 아닌가요? 맨 위에 상대 기기의 주소를 입력해 주세요.',
    },
    interfaces: '찾고 있는 네트워크',
  },
  address: {
    label: '링크, 코드 또는 주소',
    placeholder: '링크, 코드 또는 주소(예: 192.168.0.12:{{port}})',
    connect: '연결',
    problem: {
      empty:
        '링크를 붙여 넣거나, 들은 코드나 상대 기기에 보이는 주소를 입력해 주세요. 예: 192.168.0.12:{{port}}',
      spaces: '주소에는 공백이 없어요. 말로 전하는 코드는 숫자 하나와 낱말 둘이에요.',
      scheme: '“://”로 끝나는 부분은 빼고 주소만 입력해 주세요. 예: 192.168.0.12:{{port}}',
      port: '콜론 뒤에는 1부터 65535까지의 숫자가 와야 해요.',
      v6: 'IPv6 주소는 대괄호로 감싸 주세요. 예: [fe80::1]:{{port}}',
      host: 'IP 주소도 이름도 아니에요. 상대 기기에 보이는 주소와 같은지 확인해 주세요.',
    },
  },
  sessions: {
    title: '연결 중인 세션',
    open: '돌아가기',
    look: '열기',
  },
  request: {
    title: '{{name}} 님이 연결을 요청했어요',
    help: '수락하면 서로 화면을 공유하고 파일을 보낼 수 있어요. 직접 선택하기 전에는 아무것도 공유되지 않아요.',
    more_other: '요청 {{count, number}}개가 더 기다리고 있어요.',
    region: '연결 요청',
    files: {
      one: '{{name}} 님이 파일을 보내려고 해요: {{file}}, {{size}}',
      many: '{{name}} 님이 파일을 보내려고 해요: {{what}}, {{size}}',
      folder: '{{name}} 님이 폴더를 보내려고 해요: {{file}}, {{size}}',
      some: '{{name}} 님이 파일을 보내려고 해요',
      help: '수락하면 이 파일만 받고, 다른 것은 오지 않아요.',
      region: '파일 보내기 요청',
    },
  },
};
