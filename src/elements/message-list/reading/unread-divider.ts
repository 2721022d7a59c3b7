/**
 * Where the "new messages" line stands.
 *
 * It is decided when a conversation opens, or when messages arrive while nobody looks, and then stays
 * put while the user reads. It never stands before an own message. Answering, Escape and leaving take
 * it away.
 */
import type { Message } from '../../../client/public.js';

export class UnreadDivider {
  #beforeId: string | undefined;
  /** Whether the user has been here since the line was drawn. */
  #seen = false;

  /** The id of the message that the line stands before. */
  get beforeId(): string | undefined {
    return this.#beforeId;
  }

  /** The conversation opens, with everything up to `readSeq` read. */
  open(messages: readonly Message[], readSeq: number): void {
    this.#seen = false;
    this.#beforeId = messages.find(
      ({ own, seq, content }) =>
        !own && content.type !== 'system' && seq !== undefined && seq > readSeq,
    )?.id;
  }

  /** Messages of others have arrived. */
  arrived(messages: readonly Message[], looking: boolean): void {
    if (looking) {
      this.#seen = true;
      return;
    }
    const [first] = messages;
    if (!first || (this.#beforeId !== undefined && !this.#seen)) return;
    this.#beforeId = first.id;
    this.#seen = false;
  }

  /** The user has come back and sees the newest messages. */
  looked(): void {
    this.#seen = true;
  }

  /** The user has answered, pressed Escape or left. */
  clear(): void {
    this.#beforeId = undefined;
  }
}
