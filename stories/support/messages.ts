/** Messages as a client would give them, for elements that show one. */
import type { Message, Person } from '../../src/client/public.js';

export const ALICE: Person = { id: 'alice', name: 'Alice Meyer', avatarUrl: undefined };
export const LIN: Person = { id: 'lin', name: 'Lin Jia 林佳', avatarUrl: undefined };

/** A message of Lin's, except for what is given. */
export function message(text: string, rest: Partial<Message> = {}): Message {
  return {
    id: 'message',
    conversationId: 'c2c:alice:lin',
    seq: 12,
    sender: LIN,
    own: false,
    at: new Date(2026, 2, 12, 9, 41).getTime(),
    content: { type: 'text', text },
    state: { status: 'received' },
    edited: false,
    reactions: [],
    pinned: false,
    starred: false,
    ...rest,
  };
}

/** A message of the user's own. */
export function ownMessage(text: string, state: Message['state']): Message {
  return message(text, { sender: ALICE, own: true, state });
}
