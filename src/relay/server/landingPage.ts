import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/**
 * What an invite's link shows in a browser. Everything that depends on the fragment happens in the page, as browsers send it to
 * nobody. The app link is the one of `appLinkOf`: `hither:` and the address without its scheme, `?plain` where there is no TLS.
 */
const script = `
const { hash, href, origin, pathname, protocol } = location;
const root = document.documentElement;
root.lang = /^ko\\b/i.test(navigator.language) ? 'ko' : 'en';
const isInvite = /^#[\\w-]+$/.test(hash);
root.className = isInvite ? 'invite' : 'server';
document.title = root.lang === 'ko'
  ? (isInvite ? 'Hither 초대' : 'Hither 중계 서버')
  : (isInvite ? 'Invite to Hither' : 'Hither relay');
const find = (id) => document.getElementById(id);
const plain = protocol === 'http:' ? '?plain' : '';
find('open').href = 'hither:' + (origin + pathname).replace(/^https?:/, '') + plain + hash;
find('link').value = href;
find('link').ariaLabel = root.lang === 'ko' ? '초대 링크' : 'Invite link';
find('link').addEventListener('focus', () => find('link').select());
find('copy').addEventListener('click', async () => {
  find('link').select();
  let isCopied = false;
  // Pages without TLS have no clipboard, but may copy what is selected.
  try { await navigator.clipboard.writeText(href); isCopied = true; } catch { isCopied = document.execCommand('copy'); }
  const said = isCopied ? 'copied' : 'select';
  find('said').replaceChildren(find(said).content.cloneNode(true));
});
addEventListener('hashchange', () => location.reload());
`;

const style = `
:root { color-scheme: light dark; --page: #f7f8fa; --card: #fff; --text: #1f2430; --soft: #4c5464; --line: #d6dae3; --main: #2f54c8; }
@media (prefers-color-scheme: dark) {
  :root { --page: #11131a; --card: #1c1f29; --text: #e4e7ee; --soft: #b9bdc9; --line: #444a5a; --main: #3d63e0; }
}
* { box-sizing: border-box; }
html[lang=en] [lang=ko], html[lang=ko] [lang=en], html:not(.invite) .of-invite, html.invite .of-server { display: none; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif;
  overflow-wrap: anywhere; word-break: keep-all; }
main { width: 100%; max-width: 480px; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
svg { display: block; } h1 { margin: 16px 0 8px; font-size: 24px; line-height: 1.3; }
h2 { margin: 24px 0 4px; font-size: 16px; } p { margin: 0 0 12px; color: var(--soft); }
a, button { display: inline-block; padding: 10px 20px; border: 1px solid transparent; border-radius: 8px; font: inherit; font-weight: 600;
  text-decoration: none; cursor: pointer; }
a { background: var(--main); color: #fff; } button { background: none; border-color: var(--line); color: inherit; }
input { width: 100%; margin: 0 0 8px; padding: 10px; border: 1px solid var(--line); border-radius: 8px; background: none; color: inherit;
  font: 14px ui-monospace, monospace; }
:focus-visible { outline: 2px solid var(--main); outline-offset: 2px; } #said { margin-left: 12px; }
`;

const both = (en: string, ko: string): string => `<span lang="en">${en}</span><span lang="ko">${ko}</span>`;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Hither</title>
<style>${style}</style>
</head>
<body>
<main>
<svg width="48" height="48" viewBox="0 0 64 64" aria-hidden="true"><rect width="64" height="64" rx="15" fill="#2f54c8"/><path
 d="M18 13v38M18 36c0-8 5.5-13.5 12.5-13.5S43 28 43 36v13m-8.5-6.5 8.5 8.5 8.5-8.5" fill="none" stroke="#fff" stroke-width="6"
 stroke-linecap="round" stroke-linejoin="round"/></svg>
<section class="of-invite">
<h1>${both('Somebody invites you to Hither', 'Hither 초대를 받았어요')}</h1>
<p>${both(
  'Hither shares screens, voice and files directly between people. Nothing has happened yet: you join once you say so in the app.',
  'Hither는 화면, 음성, 파일을 사람들끼리 바로 나누는 앱이에요. 아직 아무 일도 일어나지 않았어요. 앱에서 직접 확인해야 들어가요.',
)}</p>
<a id="open" href="#">${both('Open in Hither', 'Hither에서 열기')}</a>
<h2>${both('Does nothing open?', '아무것도 열리지 않나요?')}</h2>
<p>${both(
  'Open Hither and paste this link in the field on Home. On a computer without Hither, install it first.',
  'Hither를 열고 홈의 입력란에 이 링크를 붙여 넣으세요. Hither가 없는 컴퓨터라면 먼저 설치해 주세요.',
)}</p>
<input id="link" readonly spellcheck="false">
<button id="copy" type="button">${both('Copy the link', '링크 복사')}</button><span id="said" role="status"></span>
<template id="copied">${both('Copied', '복사했어요')}</template>
<template id="select">${both('Copy what is selected.', '선택된 링크를 복사해 주세요.')}</template>
</section>
<section class="of-server">
<h1>${both('This is a Hither relay', 'Hither 중계 서버예요')}</h1>
<p>${both(
  'Devices that can’t reach each other directly meet here. It can’t read what they send each other.',
  '서로 바로 닿지 못하는 기기들이 여기에서 만나요. 기기끼리 주고받는 내용은 읽을 수 없어요.',
)}</p>
<p>${both(
  'Were you sent a link? Then its end, from the # on, has got lost: open the whole link.',
  '링크를 받고 오셨나요? 그렇다면 링크의 # 뒷부분이 빠졌으니, 링크 전체를 열어 주세요.',
)}</p>
<noscript><p>${both(
  'Or open Hither and paste the whole link in the field on Home: this page needs JavaScript to read it.',
  '또는 Hither를 열고 홈의 입력란에 링크 전체를 붙여 넣으세요. 이 페이지가 링크를 읽으려면 자바스크립트가 필요해요.',
)}</p></noscript>
</section>
</main>
<script>${script}</script>
</body>
</html>
`;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-length': Buffer.byteLength(page),
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=()',
};

/**
 * Answers with the page that stands at a relay's address, the same for everybody: what an invite's link is and how it is opened, in
 * English or Korean. It loads nothing, sets no cookie, and is told no secret. HEAD gets the headers alone.
 */
export function answerLandingPage(response: ServerResponse): void {
  response.writeHead(200, headers).end(page);
}
