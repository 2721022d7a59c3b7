/** Rows of plain DOM, four elements each, as the floors of the page draw them. */
import { content, isOwn, person } from '../pages/content.js';

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' });

function element(className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.append(...children);
  return made;
}

export function messageRow(seq: number, text: string = content(seq).text): HTMLElement {
  const time = element('time', clock.format(content(seq).at));
  const bubble = element('bubble', element('text', text), time);
  return element(isOwn(seq) ? 'row own' : 'row', bubble);
}

/** Conversation `index` with the message at `seq` as its last. */
export function conversationRow(index: number, seq: number): HTMLElement {
  const { text, at } = content(seq);
  const { name } = person(index);
  return element(
    'room',
    element('name', name),
    element('preview', text),
    element('time', clock.format(at)),
  );
}

export const STYLES = `
body{margin:0;font:15px/1.4 system-ui,sans-serif;height:100vh;display:flex}
.rooms{width:320px;overflow-y:auto}.list{flex:1;overflow-y:auto;position:relative}
.room{padding:10px;border-bottom:1px solid #ddd}.name{font-weight:600}
.preview{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row{display:flex;padding:4px 12px}.own{justify-content:end}
.bubble{background:#eee;border-radius:12px;padding:6px 10px;max-width:70%}.own .bubble{background:#cdf}
.time{font-size:11px;color:#666}`;

/** Puts the style sheet and a box into the page. */
export function page(...boxes: readonly HTMLElement[]): void {
  const style = document.createElement('style');
  style.textContent = STYLES;
  document.head.append(style);
  document.body.append(...boxes);
}

export function box(className: string): HTMLElement {
  return element(className);
}
