/** The log of a conversation with a friend, as the server tells it. */
import type { LogEvent } from '../../src/protocol/entities.js';
import { content, isOwn, person, READER } from './content.js';

/** The event at place `seq` of the conversation with friend `index`. */
export function eventAt(seq: number, index: number = 0): LogEvent {
  const { text, at } = content(seq);
  return {
    seq,
    at,
    sender: isOwn(seq) ? READER.id : person(index).id,
    clientId: `c${seq}`,
    kind: 'text',
    body: { text },
  };
}
