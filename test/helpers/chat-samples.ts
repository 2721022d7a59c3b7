/** People, conversations and messages for tests of elements. */
import type { Conversation, Message, MessageStatus, Person } from '../../src/client/public.js';

export const LIN: Person = { id: 'lin.jia', name: '林佳', avatarUrl: undefined };
export const MARA: Person = { id: 'mara', name: 'Mara Okafor', avatarUrl: undefined };
export const ME: Person = { id: 'me', name: 'Ken Tanaka', avatarUrl: undefined };

/** A Tuesday morning, in the viewer's own time zone. */
export const MORNING: number = new Date(2026, 2, 10, 9, 0).getTime();

/** A message of Mara's to me; `seq` also makes its id. */
export function message(seq: number, text: string, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversationId: 'c2c:mara:me',
    seq,
    sender: MARA,
    own: false,
    at: MORNING + seq * 1_000,
    content: { type: 'text', text },
    state: { status: 'received' },
    edited: false,
    reactions: [],
    pinned: false,
    starred: false,
    ...change,
  };
}

/** A message of mine. */
export function ownMessage(
  seq: number,
  text: string,
  state: MessageStatus = { status: 'sent' },
): Message {
  return message(seq, text, { sender: ME, own: true, state });
}

/** My conversation with Mara, or what `change` makes of it. */
export function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c2c:mara:me',
    kind: 'c2c',
    peerId: 'mara',
    title: 'Mara Okafor',
    avatarUrl: undefined,
    memberCount: 2,
    activeAt: MORNING,
    last: message(1, 'See you at the station 🚄'),
    unread: 0,
    readSeq: 1,
    lastSeq: 1,
    draft: '',
    pinned: undefined,
    attention: 'all',
    hidden: false,
    markedUnread: false,
    folders: [],
    ...change,
  };
}

/** `count` messages of different lengths, in both languages, oldest first. */
export function manyMessages(count: number, firstSeq = 1): readonly Message[] {
  const texts = [
    'Morning!',
    'The venue sent the photos. Which hall do we take? The north one has better light, the south one is closer to the station.',
    '场地的照片发来了，我们选哪个厅？北厅采光更好，南厅离车站更近，价格差不多。',
    'Yes',
    'I put the budget into the shared folder, have a look when you find the time and tell me what is missing.',
  ];
  return Array.from({ length: count }, (_, index) => {
    const seq = firstSeq + index;
    const text = `${seq}. ${texts[seq % texts.length]}`;
    return seq % 3 === 0 ? ownMessage(seq, text) : message(seq, text);
  });
}
