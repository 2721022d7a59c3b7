/**
 * Who is there: asked for those whom somebody observes, believed while there is a connection. Of several
 * tabs the one that leads asks for all, and shares the answers; this user is there when one of them is used.
 */
import type { OwnPresence } from '../../protocol/entities.js';
import { LIMITS } from '../../protocol/limits.js';
import type { PresenceFrame } from '../../protocol/server-frames.js';
import type { Connection } from '../connection/connection.js';
import type { Environment } from '../environment.js';
import { LiveValue } from '../live-value.js';
import type { Live } from '../public.js';
import type { Presence } from '../public-devices.js';
import type { Around } from '../tabs/messages.js';
import { OwnUse } from './own-use.js';

export type PresencesOptions = {
  /** Undefined before there has been one. */
  readonly connection: () => Pick<Connection, 'ready' | 'tell'> | undefined;
  readonly environment: Environment;
  /** Whether this user does not want to be seen. */
  readonly isHidden: boolean;
  /** What this tab needs has changed: the tab that leads hears of it, if it is another one. */
  readonly toLeader: () => void;
  /** Tells the tabs that follow. */
  readonly toFollowers: (frame: PresenceFrame) => void;
};

type Watched = { readonly live: LiveValue<Presence>; observers: number };

/** Rows come and go while a list is scrolled; the server hears of those that stay. */
const SETTLED_MS = 250;

/** A tab that says nothing for so long is gone: one that is hidden may be let speak once a minute. */
const GONE_MS = 70_000;

type Follower = Around & { readonly cancel: () => void };

const UNKNOWN: Presence = { state: 'unknown', seenAt: undefined };

export class Presences {
  readonly #options: PresencesOptions;
  /** Those who were asked for last stand last. */
  readonly #watched: Map<string, Watched> = new Map();
  readonly #followers: Map<string, Follower> = new Map();
  /** What the server has said, for tabs that ask later. */
  readonly #known: Map<string, PresenceFrame['people'][number]> = new Map();
  readonly #use: OwnUse | undefined;
  /** What the present connection has been told. */
  #toldUsers = '';
  #toldOwn: OwnPresence | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: PresencesOptions) {
    const { environment, isHidden } = options;
    this.#options = options;
    const used = (): void => {
      this.#tellOwn();
      options.toLeader();
    };
    if (!isHidden) this.#use = new OwnUse(environment, used);
  }

  /** Of all tabs together. */
  get own(): OwnPresence {
    const { own } = this.needs;
    const isUsed = [...this.#followers.values()].some((one) => one.own === 'active');
    return own === 'away' && isUsed ? 'active' : own;
  }

  /** Of this tab alone. */
  get needs(): Around {
    return { users: [...this.#watched.keys()], own: this.#use?.state ?? 'hidden' };
  }

  /** A tab that follows has told what it needs. */
  heard(from: string, { users, own }: Around): void {
    const before = this.#followers.get(from);
    before?.cancel();
    const cancel = this.#options.environment.schedule(GONE_MS, () => {
      this.#followers.delete(from);
      this.#tellOwn();
      this.#schedule();
    });
    this.#followers.set(from, { users, own, cancel });
    this.#tellOwn();
    const fresh = users.filter((user) => !before?.users.includes(user));
    if (fresh.length === 0 && before?.users.length === users.length) return;
    this.#schedule();
    const people = fresh.flatMap((user) => this.#known.get(user) ?? []);
    if (people.length > 0) this.#options.toFollowers({ type: 'presence', people });
  }

  live(user: string): Live<Presence> {
    return {
      subscribe: (observer) => {
        const watched = this.#of(user);
        watched.observers++;
        const subscription = watched.live.subscribe(observer);
        this.#schedule();
        let isOver = false;
        return {
          unsubscribe: () => {
            subscription.unsubscribe();
            if (!isOver) watched.observers--;
            isOver = true;
            this.#schedule();
          },
        };
      },
    };
  }

  /** There is a connection; its hello has said `own`. */
  start(own: OwnPresence): void {
    this.#toldOwn = own;
    this.#toldUsers = '';
    this.#tellOwn();
    this.#schedule();
  }

  lost(): void {
    this.#toldOwn = undefined;
    this.#known.clear();
    for (const { live } of this.#watched.values()) live.set(UNKNOWN);
  }

  stop(): void {
    this.#cancel?.();
    this.#use?.stop();
    for (const { cancel } of this.#followers.values()) cancel();
  }

  receive({ people }: PresenceFrame): void {
    for (const person of people) {
      const { user, state, seenAt } = person;
      this.#known.set(user, person);
      const isKnown = ['online', 'away', 'offline'].includes(state);
      this.#watched.get(user)?.live.set(isKnown ? { state, seenAt } : UNKNOWN);
    }
  }

  #of(user: string): Watched {
    const watched = this.#watched.get(user) ?? { live: new LiveValue(UNKNOWN), observers: 0 };
    this.#watched.delete(user);
    this.#watched.set(user, watched);
    return watched;
  }

  #schedule(): void {
    this.#cancel ??= this.#options.environment.schedule(SETTLED_MS, () => {
      this.#cancel = undefined;
      this.#tellUsers();
    });
  }

  #tellUsers(): void {
    for (const [user, { observers }] of this.#watched) {
      if (observers === 0) this.#watched.delete(user);
    }
    this.#options.toLeader();
    const others = [...this.#followers.values()].flatMap((one) => one.users);
    const users = [...new Set([...others, ...this.#watched.keys()])].slice(-LIMITS.watched).sort();
    for (const user of this.#known.keys()) if (!users.includes(user)) this.#known.delete(user);
    const connection = this.#options.connection();
    if (!connection?.ready || this.#toldOwn === undefined) return;
    const told = users.join(' ');
    if (told === this.#toldUsers) return;
    this.#toldUsers = told;
    connection.tell({ type: 'watch', users });
  }

  #tellOwn(): void {
    const { own } = this;
    if (this.#toldOwn === undefined || this.#toldOwn === own) return;
    this.#toldOwn = own;
    this.#options.connection()?.tell({ type: 'presence', state: own });
  }
}
