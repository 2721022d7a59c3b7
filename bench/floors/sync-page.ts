/**
 * The least that fetching and storing a log can cost: a bare socket asks for page after page, and a
 * bare IndexedDB puts each into one transaction before the next is asked for.
 */
import type { EventsFrame } from '../../src/protocol/server-frames.js';
import { conversationWith } from '../pages/content.js';
import { sayPainted } from '../pages/painted.js';

const PAGE = 200;

const params = new URLSearchParams(location.search);
const messages = Number(params.get('messages'));
const server = params.get('server')!;
const conversation = conversationWith(0);
const startedAt = performance.now();

const db = await new Promise<IDBDatabase>((opened, failed) => {
  const request = indexedDB.open(`floor ${server}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('messages', { keyPath: ['conversation', 'order'] });
  };
  request.onsuccess = () => opened(request.result);
  request.onerror = () => failed(new Error('The database does not open.'));
});
const socket = new WebSocket(server);

function ask(after: number): void {
  socket.send(JSON.stringify({ type: 'range', id: after + 1, conversation, after, limit: PAGE }));
}

function store({ events, to }: EventsFrame): void {
  const transaction = db.transaction('messages', 'readwrite');
  const rows = transaction.objectStore('messages');
  for (const { seq, ...event } of events) rows.put({ conversation, order: seq, ...event });
  transaction.oncomplete = () => {
    if (to < messages) ask(to);
    else sayPainted({ tookMs: performance.now() - startedAt });
  };
}

socket.onopen = () => ask(0);
socket.onmessage = ({ data }: MessageEvent<string>) => store(JSON.parse(data) as EventsFrame);
