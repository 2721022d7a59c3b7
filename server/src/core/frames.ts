/**
 * Server frames as text. The frames of the hot path are put together by hand, around a body that was
 * turned into JSON once; ids are made of characters that JSON leaves alone.
 */
import type { Head, LogEvent, Mark } from '../../../src/protocol/entities.js';
import type { ImError } from '../../../src/protocol/im-error.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import type { ServerFrame } from '../../../src/protocol/server-frames.js';

export function frame(value: ServerFrame): string {
  return JSON.stringify(value);
}

/** One event as it stands in `events` frames. */
export function eventText(event: LogEvent, bodyJson: string): string {
  const kind = event.kind === 'text' ? '"text"' : JSON.stringify(event.kind);
  return `{"seq":${event.seq},"at":${event.at},"sender":"${event.sender}","clientId":"${event.clientId}","kind":${kind},"body":${bodyJson}}`;
}

/** A contiguous piece of a log, from texts of `eventText`. Without `id` it has just happened. */
export function eventsFrame(
  conversation: string,
  from: number,
  texts: readonly string[],
  id?: number,
  trimmed: number = 0,
): string {
  const answer = id === undefined ? '' : `"id":${id},${trimmed > 0 ? `"trimmed":${trimmed},` : ''}`;
  const to = from + texts.length - 1;
  return `{"type":"events",${answer}"conversation":"${conversation}","from":${from},"to":${to},"events":[${texts.join(',')}]}`;
}

/** What has just happened in a conversation: as many frames as it takes for none to outgrow a page. */
export function eventsFrames(
  conversation: string,
  from: number,
  texts: readonly string[],
): readonly string[] {
  let next = from;
  return pages(texts).map((page) => {
    const text = eventsFrame(conversation, next, page);
    next += page.length;
    return text;
  });
}

function pages(texts: readonly string[]): readonly (readonly string[])[] {
  let units = 0;
  for (const text of texts) units += text.length + 1;
  // A unit takes three bytes at most, so that most batches need no counting.
  if (texts.length <= LIMITS.rangeEvents && units * 3 <= LIMITS.rangeBytes) return [texts];
  const done: string[][] = [];
  let page: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = byteLength(text) + 1;
    const isFull = page.length === LIMITS.rangeEvents || bytes + size > LIMITS.rangeBytes;
    if (isFull && page.length > 0) {
      done.push(page);
      page = [];
      bytes = 0;
    }
    page.push(text);
    bytes += size;
  }
  return [...done, page];
}

/** The bytes of `text` as UTF-8. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // A surrogate pair takes four bytes, two for each of its halves.
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

export function ackFrame(
  id: number,
  conversation: string,
  clientId: string,
  seq: number,
  at: number,
): string {
  return `{"type":"ack","id":${id},"conversation":"${conversation}","clientId":"${clientId}","seq":${seq},"at":${at}}`;
}

export function errorFrame(error: ImError, id?: number): string {
  const { code, field, retryAfterMs } = error;
  const message = error.message.slice(0, 1_000);
  return frame({
    type: 'error',
    ...(id === undefined ? {} : { id }),
    code,
    message,
    ...(field === undefined ? {} : { field }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

export function byeFrame(code: string, message: string, retryAfterMs?: number): string {
  return frame({
    type: 'bye',
    code,
    message,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

export function headFrame(head: Head, id?: number): string {
  return frame(id === undefined ? { type: 'head', head } : { type: 'head', id, head });
}

export function marksFrame(conversation: string, marks: readonly Mark[]): string {
  return frame({ type: 'marks', conversation, marks });
}
