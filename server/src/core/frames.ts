/**
 * Server frames as text. The frames of the hot path are put together by hand, around a body that was
 * turned into JSON once; ids are made of characters that JSON leaves alone.
 */
import type { Head, LogEvent, Mark } from '../../../src/protocol/entities.js';
import type { ImError } from '../../../src/protocol/im-error.js';
import type { ServerFrame } from '../../../src/protocol/server-frames.js';

export function frame(value: ServerFrame): string {
  return JSON.stringify(value);
}

/** One event as it stands in `events` frames. */
export function eventText(event: LogEvent, bodyJson: string): string {
  const kind = event.kind === 'text' ? '"text"' : JSON.stringify(event.kind);
  return `{"seq":${event.seq},"at":${event.at},"sender":"${event.sender}","clientId":"${event.clientId}","kind":${kind},"body":${bodyJson}}`;
}

/** A contiguous piece of a log that has just happened, from texts of `eventText`. */
export function eventsFrame(
  conversation: string,
  from: number,
  texts: readonly string[],
  id?: number,
): string {
  const answer = id === undefined ? '' : `"id":${id},`;
  const to = from + texts.length - 1;
  return `{"type":"events",${answer}"conversation":"${conversation}","from":${from},"to":${to},"events":[${texts.join(',')}]}`;
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
