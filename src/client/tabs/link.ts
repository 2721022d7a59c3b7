/**
 * The way to the server, whether this tab leads or follows. A leader goes through its own connection
 * and answers the other tabs; a follower goes through the leader.
 */
import type { ClientFrame } from '../../protocol/client-frames.js';
import { makeKey } from '../../protocol/ids.js';
import { TIMES } from '../../protocol/limits.js';
import type { PeerTypingFrame, PresenceFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { Question } from '../connection/connection-options.js';
import { errorOf, Requests } from '../connection/requests.js';
import type { Storage } from '../database/storage.js';
import type { Channel } from '../environment.js';
import type { LiveValue } from '../live-value.js';
import type { ConnectionState, Token } from '../public.js';
import type { Desk, DeskOptions } from './desk.js';
import type { Follower, FollowerOptions } from './follower.js';
import { Leadership, type Role } from './leadership.js';
import type * as several from './several-tabs.js';
import type { FromLeader, TabMessage, Words } from './messages.js';
import { replaced, Term } from './term.js';

/** What can be done with the server. */
export interface Way {
  /** Whether frames can be sent now. */
  readonly ready: boolean;
  /** Sends a request; what its answer brings is stored when this resolves. @throws ImError */
  ask(question: Question, deadlineMs: number): Promise<ServerFrame>;
  /** Sends a frame that needs no answer; it may be lost. */
  tell(frame: ClientFrame): void;
  /** Tries again now, with a token that this tab has been given. */
  reconnect(token?: Token): void;
}

type Shared = Pick<
  FollowerOptions,
  'keeps' | 'watches' | 'refresh' | 'onTyping' | 'onPresence' | 'onEvent'
>;

export type LinkOptions = Omit<DeskOptions, 'post'> &
  Shared & {
    readonly signal: AbortSignal;
    readonly storage: Storage;
    /** How this tab stands with the server, whoever speaks with it. */
    readonly state: LiveValue<ConnectionState>;
    /** Nothing is kept beyond this page, so there is nothing to share. */
    readonly memory: boolean;
    /** This tab follows, and its leader is connected. */
    readonly onConnected: () => void;
    /** The page was frozen: what other tabs have written since has not been heard. */
    readonly onWoken: () => void;
  };

type SeveralTabs = typeof several;

/** A file that cannot be had is asked for again after this time. */
const RETRY_MS = 5_000;

export class Link implements Way {
  readonly state: LiveValue<ConnectionState>;
  readonly term: Term;
  readonly leadership: Leadership;
  /** What this tab is when another one leads. */
  follower: Follower | undefined;
  /** What this tab is to the others when it leads. */
  desk: Desk | undefined;
  readonly #options: LinkOptions;
  readonly #id: string;
  #channel: Channel | undefined;
  #isAlone: boolean;
  #several: Promise<SeveralTabs> | undefined;

  constructor(options: LinkOptions) {
    const { connection, environment, memory, signal } = options;
    this.#options = options;
    this.state = options.state;
    this.#isAlone = memory;
    this.#id = makeKey(environment.randomBytes);
    this.term = new Term(() => this.leadership.stepDown());
    const onRole = (role: Role, before: Role): void => this.#take(role, before);
    this.leadership = new Leadership({ term: this.term, signal, onRole });
    connection.state.subscribe({
      next: (state) => {
        // What has not begun yet has not stopped.
        if (state.status === 'stopped' ? !signal.aborted : this.follows) return;
        this.#show(state);
      },
    });
  }

  /** Whether another tab speaks with the server. */
  get follows(): boolean {
    const { role } = this.leadership;
    return role === 'following' || role === 'resting';
  }

  get ready(): boolean {
    return this.#way.ready;
  }

  /** Takes part in the election among the tabs that share a database. */
  async start(place: Promise<string>): Promise<void> {
    const name = await place;
    const { environment, signal, storage } = this.#options;
    const idb = this.#isAlone ? undefined : environment.indexedDb();
    const channel = idb && environment.channel(name);
    if (!channel) {
      this.goAlone();
      return;
    }
    const locks =
      environment.locks() ??
      (await this.#late(() => import('./lease.js'))).leaseLocks({ environment, storage, signal });
    if (signal.aborted || this.#isAlone) {
      channel.close();
      return;
    }
    this.#channel = channel;
    channel.onmessage = ({ data }: { readonly data: unknown }) => this.#hear(data as TabMessage);
    signal.addEventListener('abort', () => {
      this.#leaveRole();
      channel.close();
    });
    this.leadership.join(locks, name);
  }

  /** What this tab keeps is its own from now on: it leads without the others. */
  goAlone(): void {
    this.#isAlone = true;
    this.#leaveRole();
    this.#channel?.close();
    this.#channel = undefined;
    this.leadership.goAlone();
  }

  /** The device to say hello for, once this tab may speak for it. */
  async device(): Promise<string> {
    const { storage, signal } = this.#options;
    const { leadership, term } = this;
    do {
      await leadership.turn();
      await storage.use((db) => term.claim(db, () => leadership.leads));
      if (!leadership.leads) term.value = undefined;
    } while (!leadership.leads && !signal.aborted);
    return storage.device();
  }

  ask(question: Question, deadlineMs: number = TIMES.requestTimeoutMs): Promise<ServerFrame> {
    return this.#way.ask(question, deadlineMs);
  }

  tell(frame: ClientFrame): void {
    this.#way.tell(frame);
  }

  reconnect(token?: Token): void {
    this.#way.reconnect(token);
  }

  /** The outbox has changed. Gives whether it is another tab's to send what is in it. */
  look(): boolean {
    this.follower?.look();
    return this.follows;
  }

  /** Somebody types: the other tabs hear of it. */
  typing(frame: PeerTypingFrame): void {
    if (this.desk) this.#post({ type: 'typing', frame });
  }

  /** Somebody comes or goes. */
  presence(frame: PresenceFrame): void {
    if (this.desk) this.#post({ type: 'presence', frame });
  }

  get #way(): Way {
    return this.follower ?? this.#options.connection;
  }

  #show(state: ConnectionState): void {
    if (!isFirst(state) || !isFirst(this.state.value)) this.state.set(state);
  }

  #post(message: Words<FromLeader>): void {
    this.#channel?.postMessage({ ...message, term: this.term.value });
  }

  #hear(message: TabMessage): void {
    const { leads } = this.leadership;
    if ('term' in message) {
      if (!leads) this.follower?.receive(message);
      else if (Number(message.term) > Number(this.term.value)) this.leadership.stepDown();
    } else if (leads) {
      // At once, whatever has to be loaded for more.
      if (message.type === 'ping') this.#post({ type: 'pong' });
      void this.#sit().then(() => this.desk?.receive(message));
    } else this.follower?.overhear(message);
  }

  #take(role: Role, before: Role): void {
    const { connection, outbox, onWoken } = this.#options;
    this.#leaveRole();
    if (before === 'leading') connection.restart(replaced());
    if (role === 'leading') {
      this.#show(connection.state.value ?? { status: 'connecting', attempt: 1 });
      this.#post({ type: 'pong' });
      if (this.#several) void this.#sit();
    } else {
      outbox.forget();
      if (role === 'following') void this.#follow();
    }
    if (before === 'resting') onWoken();
  }

  #leaveRole(): void {
    this.follower?.stop();
    this.desk?.stop();
    this.follower = this.desk = undefined;
  }

  async #follow(): Promise<void> {
    const { Follower } = await this.#load();
    const { leadership } = this;
    if (leadership.role !== 'following' || this.follower) return;
    this.follower = new Follower({
      ...this.#options,
      errorOf,
      id: this.#id,
      requests: new Requests(this.#options.environment.schedule),
      post: (message) => this.#channel?.postMessage(message),
      steal: () => leadership.steal(),
      onState: (state) => {
        this.state.set(state);
        if (state.status === 'connected') this.#options.onConnected();
      },
    });
  }

  async #sit(): Promise<void> {
    const { Desk } = await this.#load();
    if (!this.leadership.leads || !this.#channel) return;
    this.desk ??= new Desk({ ...this.#options, post: (message) => this.#post(message) });
  }

  #load(): Promise<SeveralTabs> {
    this.#several ??= this.#late(() => import('./several-tabs.js'));
    return this.#several;
  }

  /** Loads until it succeeds; after the end, never. */
  async #late<T>(load: () => Promise<T>): Promise<T> {
    const { environment, signal } = this.#options;
    for (;;) {
      try {
        return await load();
      } catch {
        await new Promise<void>((resolve) => {
          if (!signal.aborted) environment.schedule(RETRY_MS, resolve);
        });
      }
    }
  }
}

/** Whether it is the first try, as it is also before there is a connection. */
function isFirst(state: ConnectionState | undefined): boolean {
  return state?.status === 'connecting' && state.attempt === 1;
}
