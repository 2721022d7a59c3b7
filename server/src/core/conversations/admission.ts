/** Looks up what an event of this version's own kinds speaks of, before it may be appended. */
import { isChangeKind, targetOf } from '../../../../src/protocol/changes.js';
import { selfId } from '../../../../src/protocol/ids.js';
import type { SetBody } from '../../../../src/protocol/registers.js';
import type { Store } from '../../store/store.js';
import { notFound as noConversation, type Conversations, type Place } from './conversations.js';
import { edgeOf } from '../log/sync.js';
import { notFound } from '../changes/rules.js';
import type { Target } from '../changes/targets.js';

/** Whether an event can be appended as it is. */
export function isPlain(kind: string): boolean {
  return kind === 'text' || (kind !== 'set' && !isChangeKind(kind));
}

export class Admission {
  readonly #store: Store;
  readonly #conversations: Conversations;

  constructor(store: Store, conversations: Conversations) {
    this.#store = store;
    this.#conversations = conversations;
  }

  /**
   * The message that a change is about, pinned; undefined for other events. The caller holds a pin on
   * the room.
   *
   * @throws ImError `message/not-found`, `conversation/not-found`.
   */
  async look({ room, member }: Place, kind: string, body: unknown): Promise<Target | undefined> {
    if (kind === 'set') await this.#checkSet(member.user, body as SetBody);
    const seq = targetOf({ kind, body });
    if (seq === undefined) return;
    const isVisible = seq > edgeOf(room, member) && seq <= room.lastSeq;
    const target = isVisible && (await room.targets.pinned(this.#store, room.id, seq));
    if (!target) throw notFound();
    return target;
  }

  /** A register belongs to a conversation of its owner, or to a message there. */
  async #checkSet(user: string, { conversation, target }: SetBody): Promise<void> {
    if (conversation === undefined) return;
    if (conversation === selfId(user)) throw noConversation();
    const { room, member } = await this.#conversations.find(conversation, user);
    if (target === undefined) return;
    if (target <= edgeOf(room, member) || target > room.lastSeq) throw notFound();
  }
}
