/** Who is typing: told sparingly, believed for a short time, never stored. */
import { TIMES } from '../../protocol/limits.js';
import type { PeerTypingFrame } from '../../protocol/server-frames.js';
import type { Environment } from '../environment.js';
import type { Gate } from '../gate.js';
import { LiveValue } from '../live-value.js';
import type { People } from '../messages/present.js';
import type { Live, Person } from '../public.js';

export type TypingOptions = {
  readonly gate: Gate;
  readonly people: People;
  readonly environment: Environment;
};

type Typists = {
  /** Who types, and what ends the belief. */
  readonly cancels: Map<string, () => void>;
  readonly live: LiveValue<readonly Person[]>;
};

export class Typing {
  readonly #options: TypingOptions;
  readonly #typists: Map<string, Typists> = new Map();
  /** When the others were last told that this user types. */
  readonly #toldAt: Map<string, number> = new Map();

  constructor(options: TypingOptions) {
    this.#options = options;
  }

  live(conversation: string): Live<readonly Person[]> {
    return this.#of(conversation).live;
  }

  /** Tells the others; repetitions within the interval are kept back. */
  set(conversation: string, active: boolean): void {
    const { gate, environment } = this.#options;
    const now = environment.now();
    const toldAt = this.#toldAt.get(conversation);
    if (!active && toldAt === undefined) return;
    if (active && toldAt !== undefined && now - toldAt < TIMES.typingRepeatMs) return;
    if (active) this.#toldAt.set(conversation, now);
    else this.#toldAt.delete(conversation);
    gate.tell({ type: 'typing', conversation, active });
  }

  /** An own message says by itself that the typing has ended. */
  sent(conversation: string): void {
    this.#toldAt.delete(conversation);
  }

  receive({ conversation, user, active }: PeerTypingFrame): void {
    if (user === this.#options.people.self) return;
    const { cancels } = this.#of(conversation);
    cancels.get(user)?.();
    if (!active) {
      this.ended(conversation, user);
      return;
    }
    const cancel = this.#options.environment.schedule(TIMES.typingExpiryMs, () =>
      this.ended(conversation, user),
    );
    cancels.set(user, cancel);
    this.#show(conversation);
  }

  /** Somebody has stopped, or has said what there was to say. */
  ended(conversation: string, user: string): void {
    const typists = this.#typists.get(conversation);
    if (!typists?.cancels.has(user)) return;
    typists.cancels.get(user)?.();
    typists.cancels.delete(user);
    this.#show(conversation);
  }

  stop(): void {
    for (const [conversation, { cancels }] of this.#typists) {
      for (const user of [...cancels.keys()]) this.ended(conversation, user);
    }
    this.#toldAt.clear();
  }

  #of(conversation: string): Typists {
    let typists = this.#typists.get(conversation);
    if (!typists) {
      typists = { cancels: new Map(), live: new LiveValue<readonly Person[]>([]) };
      this.#typists.set(conversation, typists);
    }
    return typists;
  }

  #show(conversation: string): void {
    const { cancels, live } = this.#of(conversation);
    live.set([...cancels.keys()].map((user) => this.#options.people.person(user)));
  }
}
