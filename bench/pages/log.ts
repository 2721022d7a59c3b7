/** The log of a conversation with a friend, as the server tells it. */
import type { Head, LogEvent } from '../../src/protocol/entities.js';
import { content, conversationWith, isOwn, person, READER } from './content.js';

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

/** What the server says of the first conversation with so many messages, none of them read. */
export function unreadHead(messages: number): Head {
  return {
    conversation: conversationWith(0),
    memberCount: 2,
    lastSeq: messages,
    activeAt: content(messages).at,
    last: eventAt(messages),
    read: 0,
    unread: 100,
    marks: [],
    people: [person(0)],
  };
}
