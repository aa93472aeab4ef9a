import type { Part } from '../catalogue';

export const doctor: Part<'doctor'> = {
  title: '연결 점검',
  open: '연결 점검하기',
  why: '왜 안 되나요?',
  examining: '네트워크를 점검하고 있어요. 몇 초 걸려요…',
  again: '다시 점검',
  copyReport: '보고서 복사',
  reportHint: '보고서에는 이름과 비밀 정보가 없고, 주소는 줄여서 들어가요.',
  unseen: '{{name}} 기기가 이 네트워크에 자신을 알리지 않아서 점검할 수 없었어요.',
  levels: { good: '정상', hint: '확인해 보세요', bad: '문제' },
  allGood: '문제가 없어요',
  unexplained: '원인이 될 만한 것을 찾지 못했어요',
  problems_other: '문제 {{count, number}}개를 찾았어요',
  what: {
    network: '이 컴퓨터는 네트워크에 연결되어 있어요: {{names}}',
    'no-network': '이 컴퓨터가 네트워크에 연결되어 있지 않아요.',
    vpn: 'VPN이 켜져 있는 것 같아요: {{name}}',
    ipv6: '인터넷에 IPv6로 연결할 수 있어요.',
    'ipv6-none': '인터넷용 IPv6는 없지만 IPv4로 충분해요.',
    listening: '다른 기기가 포트 {{port}}번으로 이 기기에 연결할 수 있어요.',
    'listening-elsewhere': 'Hither가 평소와 다른 포트 {{port}}번을 쓰고 있어요.',
    'not-listening': 'Hither가 시도한 포트가 모두 사용 중이어서 다른 기기가 이 기기에 연결할 수 없어요.',
    'nearby-off': '이 기기가 숨겨져 있어서 네트워크에 누가 있는지 묻지 않았어요.',
    'multicast-good': '이 컴퓨터에서 기기 찾기가 잘 돼요.',
    'multicast-fails': '인터페이스 {{name}} 쪽에서 기기를 찾을 수 없어요({{word}}).',
    'multicast-deaf':
      '인터페이스 {{name}} 쪽으로 모두에게 보낸 것이 돌아오지 않아요. 이 컴퓨터의 무언가가 막고 있어요.',
    'nobody-answers': '응답한 기기가 없어요.',
    isolation: '기기들이 자신을 알리지만, 연결하면 어느 것도 응답하지 않아요({{count}}대).',
    'device-good': '{{name}} 기기와 이 기기가 서로 연결할 수 있어요({{address}}).',
    'device-unreachable': '{{name}} 기기가 {{address}}에 있다고 알리지만 거기서 응답하지 않아요({{word}}).',
    'device-not-hither': '{{name}} 기기가 있어야 할 {{address}}에서 다른 것이 응답해요.',
    'device-no-way-back': '{{name}} 기기({{address}})가 응답하지만, 거기서 이 기기로는 연결할 수 없어요.',
    'device-deaf': '{{name}} 기기({{address}})가 응답하지만, 이 기기의 알림은 듣지 못했어요.',
    'device-silent': '{{name}} 기기({{address}})가 응답해요. 반대 방향은 물어볼 수 없었어요.',
    'address-good': '다음 주소에서 {{name}} 기기의 Hither가 응답해요: {{address}}',
    'address-other': '다음 주소에서 Hither가 아닌 것이 응답해요: {{address}}',
    'address-refused': '다음 주소에 기기가 있지만 연결을 거절해요: {{address}}',
    'address-unknown': '다음 주소의 이름을 아무도 몰라요: {{address}}',
    'address-silent': '다음 주소에서 아무도 응답하지 않아요({{word}}): {{address}}',
    'firewall-linux': '이 컴퓨터의 방화벽이 들어오는 연결을 막고 있는 것 같아요.',
    'firewall-macos': 'macOS 방화벽이 들어오는 연결을 막고 있는 것 같아요.',
    'firewall-windows': 'Windows 방화벽이 들어오는 연결을 막고 있는 것 같아요.',
    'internet-not-asked': '인터넷은 점검하지 않았어요. 인터넷이 필요한 설정이 없어요.',
    'relay-good': '중계 서버가 잘 작동해요: {{relay}}',
    'relay-failed': '중계 서버를 쓸 수 없어요({{word}}): {{relay}}',
    'relay-name-unknown': '중계 서버의 이름을 찾을 수 없어요: {{relay}}',
    'relay-unreachable': '중계 서버에 연결할 수 없어요. 그 주소에서 아무것도 응답하지 않아요: {{relay}}',
    'relay-no-tls': '중계 서버가 https를 쓰지 않아요: {{relay}}',
    'relay-certificate': '중계 서버의 인증서가 올바르지 않아요: {{relay}}',
    'relay-other': '다음 주소에서 응답하는 것은 Hither 중계 서버가 아니에요: {{relay}}',
    'relay-draining': '중계 서버가 곧 꺼져요: {{relay}}',
    'relay-degraded': '중계 서버가 지금은 제대로 작동하지 않아요: {{relay}}',
    'relay-no-sockets': '중계 서버 앞의 무언가가 계속 이어지는 연결을 막고 있어요: {{relay}}',
    'relay-refuses': '중계 서버가 이 컴퓨터를 받아 주지 않아요: {{relay}}',
    'clock-wrong': '이 컴퓨터와 중계 서버의 시계가 {{seconds}}초 차이 나요.',
    'stun-good': '{{url}} 서버가 응답해요.',
    'stun-silent': '{{url}} 서버가 응답하지 않아요.',
    'nat-easy': '공유기가 직접 연결을 허용해요.',
    'nat-hard': '공유기가 연결마다 다른 포트를 써서 직접 연결이 자주 실패해요.',
    'nat-none': '이 컴퓨터의 주소를 바꾸는 공유기가 없어요.',
    'turn-good': '{{url}} 서버로 데이터가 오가요. 왕복 {{roundTripMs}}ms예요.',
    'turn-failed': '{{url}} 서버로 데이터가 오가지 않아요({{word}}).',
    'turn-none': 'TURN 서버가 없어요. 어떤 네트워크끼리는 이것 없이 연결할 수 없어요.',
  },
  todo: {
    'no-network': '이 컴퓨터를 Wi-Fi에 연결하거나 케이블을 꽂아 주세요.',
    vpn: '기기들이 서로 찾지 못하면 VPN을 잠시 끄거나, VPN 설정에서 로컬 네트워크를 허용해 주세요.',
    'listening-elsewhere':
      '방화벽 규칙이 포트 47117번에만 있을 수 있어요. 그 포트를 쓰는 프로그램(다른 Hither일 수 있어요)을 끝내고, 보이기를 껐다 켜 주세요.',
    'not-listening': '프로그램을 몇 개 끝내고, 보이기를 껐다 켜 주세요.',
    'nearby-off':
      '홈의 “나를 찾고 요청할 수 있는 기기”에서 다른 기기가 찾을 수 있게 한 뒤 다시 점검해 주세요.',
    'multicast-fails':
      'Hither에 로컬 네트워크 사용을 허용하고, 방화벽에서 UDP 포트 5353번을 허용해 주세요. 주소로 연결하는 것은 이것 없이도 돼요.',
    'multicast-deaf': '이 컴퓨터의 방화벽에서 들어오는 UDP 포트 5353번을 허용해 주세요.',
    'nobody-answers':
      '상대 기기에서 Hither를 열고 보이기를 켜 주세요. 두 기기가 같은 네트워크에 있어야 하고, 게스트 네트워크는 기기를 서로 숨기는 일이 많아요. 주소로 연결할 수도 있어요.',
    isolation:
      '네트워크가 기기들을 서로 떼어 놓는 것 같아요(“클라이언트 격리”, 게스트 Wi-Fi에 흔해요). 다른 네트워크나 케이블을 쓰거나, 공유기에서 격리를 꺼 주세요.',
    'device-unreachable':
      '그 기기의 방화벽에서 Hither를 허용해 주세요. 같은 공유기의 다른 Wi-Fi에 있다면 두 기기를 같은 곳에 연결해 주세요.',
    'device-not-hither': '그 기기의 주소가 바뀐 것 같아요. 그 기기에서 보이기를 껐다 켜 주세요.',
    'device-no-way-back':
      '이 기기에서 연결해 주세요. 이 방향은 돼요. 반대로도 연결하려면 이 컴퓨터의 방화벽을 확인해 주세요.',
    'device-deaf':
      '이 기기에서 연결하거나, 거기서 주소로 연결해 주세요. 네트워크가 이 기기의 알림을 막고 있어요.',
    'address-good': '다시 시도해 주세요. 바빴거나 막 시작했을 수 있어요.',
    'address-other':
      '상대 기기의 Hither에 보이는 주소와 포트가 맞는지 확인해 주세요. 숨겨진 Hither도 이렇게 응답하니, 그렇다면 보이기를 켜 주세요.',
    'address-refused': '상대 기기에서 Hither를 열고, “이 기기”에 보이는 포트와 같은지 확인해 주세요.',
    'address-unknown': '철자를 확인하거나, 상대 기기의 Hither에 보이는 숫자 주소를 써 주세요.',
    'address-silent':
      '주소가 맞는지, 기기가 켜져 있고 이 네트워크에 있는지, 방화벽이 Hither를 허용하는지 확인해 주세요.',
    'firewall-linux':
      'TCP 포트 {{port}}번과 UDP 포트 5353번을 허용해 주세요. 예: sudo ufw allow {{port}}/tcp; sudo ufw allow 5353/udp',
    'firewall-macos':
      '시스템 설정 → 네트워크 → 방화벽 → 옵션에서 Hither로 들어오는 연결을 허용해 주세요. 개인정보 보호 및 보안 → 로컬 네트워크에서도 Hither가 켜져 있어야 해요.',
    'firewall-windows':
      'Windows 보안 → 방화벽 → 앱 허용에서 Hither를 개인 네트워크에 체크하고, 이 네트워크가 개인 네트워크인지 확인해 주세요. TCP 포트 {{port}}번이에요.',
    'relay-failed':
      '중계 서버 주소를 확인해 주세요. 중계 서버를 운영하는 사람은 거기서 “npm run relay -- doctor”를 실행할 수 있어요.',
    'relay-name-unknown': '철자를 확인하고, 이 컴퓨터가 인터넷에 연결되어 있는지 확인해 주세요.',
    'relay-unreachable':
      '주소와 포트가 맞는지, 이 컴퓨터가 인터넷에 연결되어 있는지 확인해 주세요. 그래도 안 되면 서버가 꺼진 것이니 운영하는 사람에게 알려 주세요.',
    'relay-no-tls':
      '내 네트워크의 중계 서버라면 주소가 http://로 시작해요. 아니면 운영하는 사람에게 알려 주세요.',
    'relay-certificate':
      '이 컴퓨터의 시계가 맞는지 확인해 주세요. 맞다면 운영하는 사람에게 인증서를 갱신해 달라고 해 주세요.',
    'relay-other':
      '주소를 확인해 주세요. 이름 뒤의 경로가 빠졌을 수 있어요. 운영하는 사람에게 물어봐도 돼요.',
    'relay-draining': '1분쯤 뒤에 다시 점검해 주세요.',
    'relay-degraded': '1분쯤 뒤에 다시 점검해 주세요. 계속 그러면 운영하는 사람에게 알려 주세요.',
    'relay-no-sockets':
      '이 네트워크나 중계 서버의 프록시가 웹소켓을 막고 있어요. 다른 네트워크에서도 그러면 운영하는 사람에게 알려 주세요.',
    'relay-refuses':
      '이 네트워크에서 연결이 너무 많을 수 있어요. 1분쯤 뒤에 다시 점검하고, 계속 그러면 운영하는 사람에게 알려 주세요.',
    'clock-wrong':
      '이 컴퓨터의 시계를 자동으로 맞춰 주세요. 그래도 같으면 중계 서버를 운영하는 사람에게 알려 주세요.',
    'stun-silent':
      '서버가 꺼져 있거나, 이 네트워크가 UDP를 내보내지 않아요. 그럴 때는 TCP나 TLS를 쓰는 TURN 서버가 도움이 돼요.',
    'nat-hard': 'TURN 서버가 있으면 도움이 돼요.',
    'turn-failed':
      '서버 주소와 자격 정보를 확인해 주세요. 서버를 운영하는 사람은 “npm run relay -- doctor”를 실행할 수 있어요.',
    'turn-none': '연결이 안 되면 중계 서버를 운영하는 사람이 TURN 서버를 추가할 수 있어요.',
  },
};
