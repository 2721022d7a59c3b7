/**
 * A page with a windowed list of `?rows=`. A bare socket fills it: `{"open":true}` shows the rows,
 * which are in memory already, `{"text":…}` adds one.
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

const socket = new WebSocket(params.get('server')!);
socket.addEventListener('open', () => sayPainted());
socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
  const order = JSON.parse(data) as { open?: true; text?: string };
  if (order.text !== undefined) texts.push(order.text);
  list.setCount(texts.length);
  sayPainted();
});
