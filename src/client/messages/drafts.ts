/**
 * The unsent texts of composers: stored on this device at once, and told to the user's other devices
 * by a register when the typing has paused. What is still to be told is not overwritten from there.
 */
import { conversationIn } from '../changes/own.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Environment } from '../environment.js';
import type { Gate } from '../gate.js';
import { throwUnlessPossible } from './messages.js';

export type DraftsOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly gate: Gate;
  readonly environment: Environment;
  /** Whether the other devices are told. */
  readonly isShared: boolean;
  /** Writes the register of a conversation's draft. */
  readonly write: (conversation: string) => Promise<void>;
};

/** The typing pauses when nothing has changed for so long. */
const PAUSE_MS = 800;
/** After a message, so that several sent in a row make one write beside them, not one each. */
const SENT_MS = 200;

export class Drafts {
  readonly #options: DraftsOptions;
  readonly #pauses: Map<string, () => void> = new Map();

  constructor(options: DraftsOptions) {
    this.#options = options;
  }

  async set(conversation: string, draft: string): Promise<void> {
    const { storage, mirror, environment } = this.#options;
    await storage.use((db) =>
      db.write(async () => {
        const known = await db.conversations.get(conversation);
        if ((known?.draft ?? '') === draft) return;
        if (!known) throwUnlessPossible(conversation, mirror.self);
        const row = known ?? (await conversationIn(db, conversation, environment.now()));
        await db.conversations.put({ ...row, draft, draftWaits: true });
      }),
    );
    this.#schedule(conversation, PAUSE_MS);
  }

  /** A message has been sent: a draft that it took along is told soon. */
  sent(conversation: string): void {
    this.#schedule(conversation, SENT_MS);
  }

  /** A connection is there: what has been written without one is told. */
  start(): void {
    for (const { id, draftWaits } of this.#options.mirror.rows()) {
      if (draftWaits) this.#schedule(id, 0);
    }
  }

  stop(): void {
    for (const cancel of this.#pauses.values()) cancel();
    this.#pauses.clear();
  }

  #schedule(conversation: string, delayMs: number): void {
    const { environment, isShared } = this.#options;
    if (!isShared) return;
    this.#pauses.get(conversation)?.();
    const cancel = environment.schedule(delayMs, () => {
      this.#pauses.delete(conversation);
      void this.#tell(conversation);
    });
    this.#pauses.set(conversation, cancel);
  }

  /** Offline nothing is queued: the next connection tells what is there by then. */
  async #tell(conversation: string): Promise<void> {
    const { mirror, gate, write } = this.#options;
    await mirror.settled();
    const row = mirror.row(conversation);
    if (!row?.draftWaits || !row.onServer || !gate.ready) return;
    // What cannot be told now still waits.
    await write(conversation).catch(() => undefined);
  }
}
