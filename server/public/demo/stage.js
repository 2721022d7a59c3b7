import { showSwitches, showWords } from './looks.js';

const PEOPLE = ['alice', 'bob'];

/** Built apart from these pages; both people's pages load it as well, for all that they show. */
const KIT = '/kit/im-kit.js';

/** @param {string} person */
function show(person) {
  for (const other of PEOPLE) {
    document.querySelector(`#${other}`)?.classList.toggle('shown', other === person);
    const tab = document.querySelector(`#tab-${other}`);
    tab?.setAttribute('aria-selected', String(other === person));
    tab?.setAttribute('tabindex', other === person ? '0' : '-1');
  }
}

/** @param {KeyboardEvent} event */
function moveByArrow(event) {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const next = PEOPLE.find((person) => event.target !== document.querySelector(`#tab-${person}`));
  if (!next) return;
  show(next);
  const tab = document.querySelector(`#tab-${next}`);
  if (tab instanceof HTMLElement) tab.focus();
}

for (const person of PEOPLE) {
  const tab = document.querySelector(`#tab-${person}`);
  tab?.addEventListener('click', () => show(person));
}
document.querySelector('.tabs')?.addEventListener('keydown', (event) => {
  if (event instanceof KeyboardEvent) moveByArrow(event);
});
show('alice');
showWords({
  en: {
    claim: 'Chat for any web page, on your own server. Write on one side; it arrives on the other.',
    embed: 'In your site',
    guide: 'How to add it',
    pages: 'Pages',
    people: 'People',
    alice: 'Alice’s screen',
    bob: 'Bob’s screen',
    alone: 'Open alone',
  },
  'zh-CN': {
    claim: '任何网页都能用的聊天，跑在你自己的服务器上。在一边写，另一边马上收到。',
    embed: '放进你的网站',
    guide: '接入方法',
    pages: '页面',
    people: '人物',
    alice: 'Alice 的屏幕',
    bob: 'Bob 的屏幕',
    alone: '单独打开',
  },
});
const place = document.querySelector('#looks');
if (place) showSwitches(place);
import(KIT).catch(reportError);
