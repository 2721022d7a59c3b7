/** What the server takes for an event, from a socket and from the back end alike. */
import { unfitPart } from '../../../src/protocol/draft.js';
import { ImError } from '../../../src/protocol/im-error.js';
import { LIMITS } from '../../../src/protocol/limits.js';

/** What the decoder does for a socket. @throws ImError `request/invalid` with the field. */
export function checkParts(kind: string, body: unknown): void {
  const field = unfitPart(kind, body);
  if (field) throw new ImError('request/invalid', `No event has such a ${field}.`, { field });
}

/**
 * Checks an event whose parts fit, and gives its body as JSON.
 *
 * @throws ImError when the server will not take it, with the field.
 */
export function checkedBodyJson(kind: string, body: unknown): string {
  if (kind === 'system') {
    throw new ImError('request/invalid', 'Only the server sends system events.', { field: 'kind' });
  }
  if (kind === 'text') checkText(body);
  const json = JSON.stringify(body);
  // JSON can grow when it is written anew: 1e20 gets all its zeros.
  if (json.length <= LIMITS.frameBytes) return json;
  throw new ImError('message/too-large', `A body may have ${LIMITS.frameBytes} characters.`, {
    field: 'body',
  });
}

function checkText(body: unknown): void {
  const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined;
  if (typeof text !== 'string' || text.trim() === '') {
    throw new ImError('message/empty', 'A text needs text.', { field: 'body' });
  }
  if (text.length > LIMITS.textLength) {
    throw new ImError('message/too-large', `A text may have ${LIMITS.textLength} characters.`, {
      field: 'body',
    });
  }
}
