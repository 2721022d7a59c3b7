/**
 * A page with a windowed list of `?rows=`, which are in memory already. `openList()` shows them; each
 * text that a bare socket sends adds one.
 */
import { content } from '../pages/content.js';
import { sayPainted } from '../pages/painted.js';
import { box, messageRow, page } from './rows.js';
import { WindowList } from './window-list.js';

const params = new URLSearchParams(location.search);
const texts = Array.from(
  { length: Number(params.get('rows')) },
  (_, index) => content(index + 1).text,
);
const list = new WindowList(box('list'), (index) => messageRow(index + 1, texts[index]));
page(list.element);

globalThis.openList = () => {
  const startedAt = performance.now();
  list.setCount(texts.length);
  sayPainted({ startedAt });
};

const socket = new WebSocket(params.get('server')!);
socket.addEventListener('open', () => sayPainted());
socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
  const { text } = JSON.parse(data) as { text: string };
  texts.push(text);
  list.setCount(texts.length);
  sayPainted();
});
