/** What the server takes for an event, from a socket and from the back end alike. */
import { isChangeKind } from '../../../../src/protocol/changes.js';
import { unfitPart } from '../../../../src/protocol/draft.js';
import { unfitChange, unfitSet } from '../../../../src/protocol/event-shapes.js';
import { conversationKind } from '../../../../src/protocol/ids.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';

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
export function checkedBodyJson(conversation: string, kind: string, body: unknown): string {
  // A person's own log takes what they set, and nothing else does.
  if ((kind === 'set') !== (conversationKind(conversation) === 'self')) {
    throw new ImError('request/invalid', 'Such an event has no place there.', { field: 'kind' });
  }
  if (kind === 'system') {
    throw new ImError('request/invalid', 'Only the server sends system events.', { field: 'kind' });
  }
  if (kind === 'text' || kind === 'edit') checkText(body);
  if (kind !== 'text') checkOwnKind(kind, body);
  const json = JSON.stringify(body);
  // JSON can grow when it is written anew: 1e20 gets all its zeros.
  if (json.length <= LIMITS.frameBytes) return json;
  throw new ImError('message/too-large', `A body may have ${LIMITS.frameBytes} characters.`, {
    field: 'body',
  });
}

/** Bodies of kinds that mean something to the server. */
function checkOwnKind(kind: string, body: unknown): void {
  let field: string | undefined;
  if (kind === 'set') field = unfitSet(body);
  else if (isChangeKind(kind)) field = unfitChange(kind, body);
  if (field === undefined) return;
  throw new ImError('request/invalid', `The field ${field} is missing or wrong.`, { field });
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
