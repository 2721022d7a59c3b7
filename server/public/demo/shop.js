import { showSwitches, showWords, watchLooks } from './looks.js';
import { fetchToken, server } from './sign-in.js';

const CLIENT = document.querySelector('#chat');
const COPIED_MS = 1_600;

/** @type {Readonly<Record<string, string>>} */
const SNIPPETS = {
  'snippet-page': `<script type="module" src="${server}/kit/im-kit.js"></script>

<im-client server="${server}" user-id="alice" token="THE TOKEN OF YOUR BACK END">
  <im-chat-window peer-id="desk"></im-chat-window>
</im-client>`,
  'snippet-token': `import { SignJWT } from 'jose';

const token = await new SignJWT({ app: process.env.IM_KIT_APP_ID })
  .setProtectedHeader({ alg: 'HS256' })
  .setSubject(user.id)
  .setExpirationTime('1h')
  .sign(new TextEncoder().encode(process.env.IM_KIT_SECRET));`,
  'snippet-people': `curl -u "$IM_KIT_APP_ID:$IM_KIT_SECRET" -H 'content-type: application/json' \\
  -X PUT ${server}/v1/users/alice -d '{"name":"Alice Meyer"}'

curl -u "$IM_KIT_APP_ID:$IM_KIT_SECRET" -H 'content-type: application/json' \\
  -X POST ${server}/v1/conversations \\
  -d '{"kind":"group","name":"Autumn firing","members":["alice","desk"]}'`,
};

const WORDS = {
  en: {
    strip: 'An invented shop, and a real chat inside it.',
    shop: 'Shop',
    teapots: 'Teapots',
    bowls: 'Bowls',
    tea: 'Tea',
    studio: 'The studio',
    kind: 'Autumn firing, on the 28th',
    name: 'Celadon teapot',
    about:
      'Thrown by hand, glazed with ash from our own stove, and closed with a bamboo handle. Holds two generous cups. Six in this firing.',
    price: '€ 86',
    chat: 'Chat with the shop',
    guide: 'How to add it to your site',
    page: 'The page: two tags',
    token: 'Your back end: a token for whoever is signed in',
    people: 'People and groups: plain HTTP',
    copy: 'Copy',
    copied: 'Copied',
    select: 'Press Ctrl+C',
    other: 'Answer as the shop in another window:',
  },
  'zh-CN': {
    strip: '一家虚构的小店，里面是真的聊天。',
    shop: '小店',
    teapots: '茶壶',
    bowls: '茶碗',
    tea: '茶叶',
    studio: '工作室',
    kind: '秋季窑，28 日开窑',
    name: '青瓷提梁壶',
    about: '手工拉坯，釉里用的是自家炉子的草木灰，配竹提梁。容量正好两大杯，这一窑共六把。',
    price: '¥ 680',
    chat: '和店家聊天',
    guide: '怎样放进你的网站',
    page: '页面：两个标签',
    token: '你的后端：给已登录的人签一个令牌',
    people: '人和群：普通的 HTTP',
    copy: '复制',
    copied: '已复制',
    select: '请按 Ctrl+C',
    other: '在另一个窗口里以店家身份回复：',
  },
};

/** @param {HTMLElement} button */
async function copy(button) {
  const code = document.querySelector(`#${button.dataset.copies}`);
  if (!code) return;
  const words = WORDS[document.documentElement.lang === 'zh-CN' ? 'zh-CN' : 'en'];
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    button.textContent = words.copied;
  } catch {
    // Without the right to the clipboard the keyboard still works.
    getSelection()?.selectAllChildren(code);
    button.textContent = words.select;
  }
  setTimeout(() => {
    button.textContent = words.copy;
  }, COPIED_MS);
}

if (CLIENT) {
  CLIENT.setAttribute('server', server);
  Object.assign(CLIENT, { tokenProvider: () => fetchToken('alice') });
  watchLooks(({ locale, theme }) => {
    CLIENT.setAttribute('locale', locale);
    if (theme === '') CLIENT.removeAttribute('theme');
    else CLIENT.setAttribute('theme', theme);
  });
}
for (const [id, text] of Object.entries(SNIPPETS)) {
  const code = document.querySelector(`#${id}`);
  if (code) code.textContent = text;
}
for (const button of document.querySelectorAll('.copy')) {
  if (button instanceof HTMLElement) button.addEventListener('click', () => void copy(button));
}
showWords(WORDS);
const place = document.querySelector('#looks');
if (place) showSwitches(place);
