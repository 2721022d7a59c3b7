/**
 * A tab that lets another one speak with the server. It asks regularly whether the leader is there:
 * by messages, because those are answered by hidden pages as well, whose timers are slow.
 */
import type { ClientFrame } from '../../protocol/client-frames.js';
import type { PresenceFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { Question } from '../connection/connection-options.js';
import type { errorOf, Requests } from '../connection/requests.js';
import type { Environment } from '../environment.js';
import type { ConnectionState, ImClientEvents, Token } from '../public.js';
import type { Way } from './link.js';
import type { Around, FromLeader, ToLeader } from './messages.js';

export type FollowerOptions = {
  /** The name of this tab. */
  readonly id: string;
  readonly environment: Environment;
  readonly requests: Requests;
  readonly errorOf: typeof errorOf;
  readonly post: (message: ToLeader) => void;
  /** The leader is not there. */
  readonly steal: () => void;
  /** The conversations that this tab keeps read. */
  readonly keeps: () => Iterable<string>;
  /** What this tab has to do with who is there; undefined while nothing is known of it. */
  readonly watches: () => Around | undefined;
  /** Has the mirror read conversations again that the leader has just written. */
  readonly refresh: (conversations: readonly string[]) => Promise<void>;
  readonly onState: (state: ConnectionState) => void;
  readonly onTyping: (message: FromLeader & { type: 'typing' }) => void;
  readonly onPresence: (frame: PresenceFrame) => void;
  readonly onEvent: <E extends keyof ImClientEvents>(event: E, detail: ImClientEvents[E]) => void;
};

/** How often the leader is asked. */
const PING_MS = 250;
/** It has gone when this many questions in a row have no answer. */
const SILENT = 2;
/** Pings after which one is due although other tabs ask as well: it says what this one needs. */
const OWN = 4;

export class Follower implements Way {
  readonly #options: FollowerOptions;
  /** The newest that has been heard of. */
  #term: number | undefined;
  #ready = false;
  #silent = 0;
  #heard = true;
  /** Another tab has asked: its answer is an answer for all. */
  #isAsked = false;
  #ticks = 0;
  #tickedAt: number;
  #cancel: () => void = () => undefined;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#tickedAt = options.environment.now();
    options.post({ type: 'hello', from: options.id });
    this.keep();
    this.#schedule();
  }

  get ready(): boolean {
    return this.#ready;
  }

  async ask(question: Question, deadlineMs: number): Promise<ServerFrame> {
    const { requests, post, id: from, refresh } = this.#options;
    if (!this.#ready) throw this.#offline();
    const id = requests.nextId();
    const answer = requests.wait(id, deadlineMs);
    post({ type: 'ask', from, id, question, deadlineMs });
    const frame = await answer;
    if (frame.type === 'events') await refresh([frame.conversation]);
    else if (frame.type === 'head') await refresh([frame.head.conversation]);
    return frame;
  }

  tell(frame: ClientFrame): void {
    this.#options.post({ type: 'tell', frame });
  }

  reconnect(token?: Token): void {
    void this.#reconnect(token);
  }

  /** The outbox has changed. */
  look(): void {
    this.#options.post({ type: 'look' });
  }

  /** What this tab keeps read, or whom it watches, has changed. */
  keep(): void {
    const { post, id, keeps, watches } = this.#options;
    this.#ticks = 0;
    post({ type: 'ping', from: id, keeps: [...keeps()], around: watches() });
  }

  /** Ends: what has been asked has no answer any more. */
  stop(): void {
    this.#cancel();
    this.#ready = false;
    this.#options.requests.abandon(this.#offline());
  }

  /** Another tab that follows has spoken. */
  overhear({ type }: ToLeader): void {
    if (type === 'ping') this.#isAsked = true;
  }

  receive(message: FromLeader): void {
    const { term } = message;
    if (term !== undefined && !this.#takeTerm(term)) return;
    this.#heard = true;
    switch (message.type) {
      case 'pong':
        break;
      case 'state':
        this.#takeState(message.state);
        break;
      case 'answer':
        if (message.to === this.#options.id) this.#options.requests.settle(message.frame);
        break;
      case 'typing':
        this.#options.onTyping(message);
        break;
      case 'presence':
        this.#options.onPresence(message.frame);
        break;
      case 'event':
        void this.#announce(message.event, message.detail);
        break;
    }
  }

  /** A provider cannot travel; what it provides can. */
  async #reconnect(given: Token | undefined): Promise<void> {
    const { post } = this.#options;
    try {
      const token = typeof given === 'function' ? await given() : given;
      post(token === undefined ? { type: 'reconnect' } : { type: 'reconnect', token });
    } catch {
      // The leader has a provider of its own, or waits for another token.
      post({ type: 'reconnect' });
    }
  }

  /** Whether a leader is the newest. One that was frozen may not know yet that it is none. */
  #takeTerm(term: number): boolean {
    const { post, id, requests } = this.#options;
    const known = this.#term ?? term;
    if (term < known) return false;
    this.#term = term;
    if (term > known) {
      requests.abandon(this.#offline());
      post({ type: 'hello', from: id });
    }
    return true;
  }

  #takeState(state: ConnectionState): void {
    const { onState } = this.#options;
    this.#ready = state.status === 'connected' || state.status === 'catching-up';
    onState('error' in state ? { ...state, error: this.#revive(state.error) } : state);
  }

  async #announce(event: keyof ImClientEvents, detail: object): Promise<void> {
    const { refresh, onEvent } = this.#options;
    const { messages } = detail as Partial<ImClientEvents['message']>;
    // What is told of is there to be seen.
    await refresh((messages ?? []).map(({ conversationId }) => conversationId));
    onEvent(
      event,
      ('error' in detail ? { ...detail, error: this.#revive(detail.error) } : detail) as never,
    );
  }

  #revive(error: unknown): ReturnType<typeof errorOf> {
    return this.#options.errorOf({
      type: 'error',
      ...(error as { code: string; message: string }),
    });
  }

  #offline(): ReturnType<typeof errorOf> {
    return this.#revive({
      code: 'connection/offline',
      message: 'The tab that was asked has gone.',
    });
  }

  #schedule(): void {
    const { environment } = this.#options;
    // Not all tabs at the same moment: the first one asks for all.
    const delayMs = PING_MS * (0.9 + environment.random() / 5);
    this.#cancel = environment.schedule(delayMs, () => this.#tick());
  }

  #tick(): void {
    const { environment, steal, keeps, watches } = this.#options;
    const now = environment.now();
    // When this tab itself stood still, an answer may wait behind this very turn.
    const isSlow = now - this.#tickedAt > 2 * PING_MS;
    const patience = isSlow ? SILENT + 1 : SILENT;
    this.#tickedAt = now;
    this.#silent = this.#heard ? 0 : this.#silent + 1;
    this.#heard = false;
    this.#schedule();
    if (this.#silent >= patience) {
      this.#silent = 0;
      steal();
      return;
    }
    const isDue = ++this.#ticks >= OWN || isSlow;
    const hasNeeds = watches() !== undefined || [...keeps()].length > 0;
    if (!this.#isAsked || (isDue && hasNeeds)) this.keep();
    this.#isAsked = false;
  }
}
