/** What the leader does for the other tabs. Loaded when one of them speaks up. */
import type { ErrorFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { Connection } from '../connection/connection.js';
import type { Question } from '../connection/connection-options.js';
import type { Emitter } from '../emitter.js';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Around, FromLeader, SharedEvent, ToLeader, Words } from './messages.js';

export type DeskOptions = {
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly identity: Identity;
  readonly emitter: Emitter;
  readonly environment: Environment;
  /** Another tab says whom it watches and whether it is used; it says so again while it is there. */
  readonly onAround: (from: string, around: Around) => void;
  readonly post: (message: Words<FromLeader>) => void;
};

const SHARED: readonly SharedEvent[] = [
  'message',
  'message-sent',
  'message-failed',
  'action-failed',
];
/** A tab that keeps something read says so every second; one that has crashed says nothing. */
const KEPT_MS = 2_500;

type Keeper = { readonly conversations: readonly string[]; readonly cancel: () => void };

export class Desk {
  readonly #options: DeskOptions;
  readonly #keepers: Map<string, Keeper> = new Map();
  readonly #closers: (() => void)[] = [];

  constructor(options: DeskOptions) {
    this.#options = options;
    const { emitter, post } = options;
    for (const event of SHARED) {
      const share = (detail: object): void =>
        post({ type: 'event', event, detail: plain(detail) as never });
      this.#closers.push(emitter.on(event, share));
    }
    const { state } = options.connection;
    const told = state.subscribe({ next: () => this.#tellState() });
    this.#closers.push(() => told.unsubscribe());
  }

  /** Whether another tab keeps a conversation read. */
  isKept(conversation: string): boolean {
    return [...this.#keepers.values()].some(({ conversations }) =>
      conversations.includes(conversation),
    );
  }

  stop(): void {
    for (const close of this.#closers.splice(0)) close();
    for (const { cancel } of this.#keepers.values()) cancel();
    this.#keepers.clear();
  }

  receive(message: ToLeader): void {
    const { connection, outbox, identity } = this.#options;
    switch (message.type) {
      case 'hello':
        this.#tellState();
        void outbox.look();
        break;
      case 'ping':
        this.#keep(message.from, message.keeps);
        if (message.around) this.#options.onAround(message.from, message.around);
        break;
      case 'ask':
        void this.#ask(message);
        break;
      case 'tell':
        connection.tell(message.frame);
        break;
      case 'look':
        void outbox.look();
        break;
      case 'reconnect':
        if (message.token !== undefined) identity.offer(message.token);
        connection.reconnect();
        break;
    }
  }

  #tellState(): void {
    const { connection, post } = this.#options;
    const state = connection.state.value;
    if (state) post({ type: 'state', state: plain(state) });
  }

  #keep(from: string, conversations: readonly string[]): void {
    this.#keepers.get(from)?.cancel();
    this.#keepers.delete(from);
    if (conversations.length === 0) return;
    const forget = (): boolean => this.#keepers.delete(from);
    const cancel = this.#options.environment.schedule(KEPT_MS, forget);
    this.#keepers.set(from, { conversations, cancel });
  }

  async #ask({ from, id, question, deadlineMs }: ToLeader & { type: 'ask' }): Promise<void> {
    const { connection, post } = this.#options;
    try {
      const answer = await connection.ask(question as Question, deadlineMs);
      // What it brings is in the database by now: only how far it reaches goes to the other tab.
      const brief =
        answer.type === 'events' ? { ...answer, events: answer.events.slice(0, 1) } : answer;
      post({ type: 'answer', to: from, frame: { ...brief, id } as ServerFrame });
    } catch (error) {
      post({ type: 'answer', to: from, frame: { type: 'error', id, ...parts(error) } });
    }
  }
}

type Parts = Pick<ErrorFrame, 'code' | 'message' | 'retryAfterMs' | 'field'>;

/** What an `ImError` is made of. */
function parts(error: unknown): Parts {
  const { code, message, retryAfterMs, field } = error as Parts;
  return {
    ...{ code, message },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(field !== undefined && { field }),
  };
}

/** The same, with its error taken apart. */
function plain<T extends object>(value: T): T {
  return 'error' in value ? { ...value, error: parts(value.error) } : value;
}
