/** Messages that are shown outside their log, such as pinned ones: stored here, or had from the server. */
import type { Standing as Fetched } from '../../protocol/entities.js';
import { LIMITS } from '../../protocol/limits.js';
import { withPending } from '../changes/standing.js';
import type { Gate } from '../gate.js';
import type { MessageRow } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import { readStandings } from '../history/history-pages.js';
import { isHidden, messageId, toMessage, watermarks, type Standing } from '../messages/present.js';
import type { Message } from '../public.js';
import { messageRow } from '../sync/apply-log.js';

export type FetchedOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly gate: Gate;
};

type Known = { readonly row: MessageRow; readonly standing: Standing };

const NO_MARKS = { delivered: 0, read: 0 };

export class FetchedMessages {
  readonly #options: FetchedOptions;
  /** By conversation and `seq`; only in memory. */
  readonly #fetched: Map<string, Map<number, Fetched>> = new Map();

  constructor(options: FetchedOptions) {
    this.#options = options;
  }

  /** One that was fetched before. */
  find(conversation: string, id: string): Fetched | undefined {
    for (const one of this.#fetched.get(conversation)?.values() ?? []) {
      if (messageId(one.event) === id) return one;
    }
    return;
  }

  /**
   * The messages in these places, as far as they can be had and are shown. Those that are not stored
   * are asked for when `isFresh`, or when they have never been.
   */
  async at(
    conversation: string,
    seqs: readonly number[],
    isFresh: boolean = false,
  ): Promise<readonly Message[]> {
    const { storage, mirror } = this.#options;
    const keys = seqs.map((seq): [string, number] => [conversation, seq]);
    const stored = await storage.use((db) => db.messages.bulkGet(keys));
    const held = this.#fetched.get(conversation);
    const missing = seqs.filter((seq, index) => !stored[index] && (isFresh || !held?.has(seq)));
    if (missing.length) await this.#fetch(conversation, missing);
    const known = await Promise.all(
      seqs.map((seq, index) => this.#known(conversation, seq, stored[index])),
    );
    const row = mirror.row(conversation);
    const marks = row ? watermarks(row) : NO_MARKS;
    return known.flatMap((one) =>
      one && !isHidden(one.standing, mirror) ? toMessage(one.row, mirror, marks, one.standing) : [],
    );
  }

  async #known(
    conversation: string,
    seq: number,
    stored: MessageRow | undefined,
  ): Promise<Known | undefined> {
    const { storage, mirror } = this.#options;
    const fetched = stored ? undefined : this.#fetched.get(conversation)?.get(seq);
    const row = stored ?? (fetched && messageRow(conversation, fetched.event));
    if (!row) return;
    const piece = { from: seq, to: seq };
    const standings = await storage.use((db) =>
      readStandings(db, conversation, piece, mirror.self),
    );
    const standing = standings.get(seq) ?? {};
    if (!fetched?.changes) return { row, standing };
    const waiting = await storage.use((db) => db.changes.get([conversation, seq]));
    const changes = withPending(fetched.changes, waiting?.pending, mirror.self);
    return { row, standing: changes ? { ...standing, changes } : standing };
  }

  /** Without a connection they are left out. */
  async #fetch(conversation: string, seqs: readonly number[]): Promise<void> {
    const { gate } = this.#options;
    const held = this.#fetched.get(conversation) ?? new Map<number, Fetched>();
    this.#fetched.set(conversation, held);
    for (let start = 0; gate.ready && start < seqs.length; start += LIMITS.messagesPage) {
      const page = seqs.slice(start, start + LIMITS.messagesPage);
      try {
        const answer = await gate.ask({ type: 'messages', conversation, seqs: page });
        if (answer.type !== 'messages') return;
        for (const one of answer.messages) held.set(one.event.seq, one);
      } catch {
        // The next connection is asked again.
        return;
      }
    }
  }
}
