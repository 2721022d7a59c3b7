/**
 * The least that storing a log can cost: a bare IndexedDB takes the same records, `?messages=` of them,
 * as many in a transaction as a page of the log has. Nothing is fetched.
 */
import { LIMITS } from '../../src/protocol/limits.js';
import { messageRow } from '../../src/client/sync/apply-log.js';
import { conversationWith } from '../pages/content.js';
import { eventAt } from '../pages/log.js';
import { sayPainted } from '../pages/painted.js';

const params = new URLSearchParams(location.search);
const messages = Number(params.get('messages'));
const conversation = conversationWith(0);

const db = await new Promise<IDBDatabase>((opened, failed) => {
  const request = indexedDB.open(`store ${params.get('server')!}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('messages', { keyPath: ['conversation', 'order'] });
  };
  request.onsuccess = () => opened(request.result);
  request.onerror = () => failed(new Error('The database does not open.'));
});

function store(from: number): Promise<void> {
  const transaction = db.transaction('messages', 'readwrite');
  const rows = transaction.objectStore('messages');
  for (let seq = from; seq < Math.min(from + LIMITS.rangeEvents, messages + 1); seq++) {
    rows.put(messageRow(conversation, eventAt(seq)));
  }
  return new Promise((done) => (transaction.oncomplete = () => done()));
}

const startedAt = performance.now();
for (let from = 1; from <= messages; from += LIMITS.rangeEvents) await store(from);
sayPainted({ tookMs: performance.now() - startedAt });
