/** Who has read a message, and who has not. */
import type { ReadersFrame } from '../../../../src/protocol/client-frames.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { ReadersAnswerFrame } from '../../../../src/protocol/server-frames.js';
import type { Member, Room } from '../directory.js';
import type { Services } from './services.js';
import { edgeOf, hasReceipts } from '../log/sync.js';
import { notFound } from '../changes/rules.js';

/**
 * A page of the other members, by rising id.
 *
 * @throws ImError `message/not-found`; `request/invalid` where reading is not told.
 */
export async function readersOf(
  room: Room,
  asking: Member,
  { seq, read, after }: Pick<ReadersFrame, 'seq' | 'read' | 'after'>,
  { directory, policy, options }: Services,
): Promise<Omit<ReadersAnswerFrame, 'type' | 'id'>> {
  const isVisible = seq > edgeOf(room, asking) && seq <= room.lastSeq;
  const [message] = isVisible ? await options.store.standing(room.id, [seq]) : [];
  if (!message) throw notFound();
  if (!hasReceipts(room, policy)) {
    throw new ImError('request/invalid', 'Reading is not told here.', { field: 'conversation' });
  }
  const others = [...room.members.values()].filter(({ user }) => user !== message.event.sender);
  const [have, haveNot] = [true, false].map((wanted) =>
    others.filter(({ receipt }) => receipt >= seq === wanted).map(({ user }) => user),
  ) as [string[], string[]];
  const ids = (read ? have : haveNot).filter((user) => user > (after ?? '')).sort();
  const page = ids.slice(0, LIMITS.readersPage);
  const people = await directory.people(page);
  return {
    users: page.flatMap((id) => people.get(id) ?? []),
    more: ids.length > page.length,
    readCount: have.length,
    unreadCount: haveNot.length,
  };
}
