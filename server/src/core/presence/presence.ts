/**
 * Tells people of those they watch, and only of those with whom they share a conversation: a stranger
 * is told as offline, like somebody who does not exist. News wait for their second, the latest wins,
 * and a reader who does not keep up gets none until there is room again.
 */
import type { OwnPresence, Presence as Told } from '../../../../src/protocol/entities.js';
import { TIMES } from '../../../../src/protocol/limits.js';
import type { DeviceStore } from '../../store/store.js';
import type { CoreOptions } from '../core.js';
import { frame } from '../frames.js';
import { Standings, type Seated } from './standings.js';

/** A socket that may want to hear of people. */
export interface Watcher extends Seated {
  /** Whether it was sent. */
  whisper(text: string): boolean;
}

export type PresenceOptions = Pick<CoreOptions, 'now' | 'schedule'> & {
  readonly devices: Pick<DeviceStore, 'acquainted' | 'lastSeen'>;
  /** False tells nobody anything. */
  readonly isShown: boolean;
};

type Watch = {
  users: ReadonlySet<string>;
  /** Of those, the ones who share a conversation, as far as it has been looked up. */
  readonly acquainted: Set<string>;
  /** Who is to be told. */
  readonly news: Set<string>;
  /** Before this nothing is sent. */
  nextAt: number;
  cancel: (() => void) | undefined;
};

export class Presence {
  readonly #options: PresenceOptions;
  readonly #standings: Standings;
  readonly #watches = new Map<Watcher, Watch>();
  readonly #watchersOf = new Map<string, Set<Watcher>>();

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#standings = new Standings({
      ...options,
      isWatched: (user) => this.#watchersOf.has(user),
      onChanged: (user) => {
        for (const watcher of this.#watchersOf.get(user) ?? []) this.#add(watcher, [user]);
      },
    });
  }

  isHidden(seat: Seated): boolean {
    return this.#standings.isHidden(seat);
  }

  /** Words of newer clients say nothing here. */
  set(seat: Seated, state: OwnPresence = 'active'): void {
    if (!['active', 'away', 'hidden'].includes(state)) return;
    this.#standings.set(seat, state);
  }

  leave(watcher: Watcher): void {
    this.#standings.leave(watcher);
    const watch = this.#watches.get(watcher);
    if (!watch) return;
    watch.cancel?.();
    this.#unlink(watcher, watch.users);
    this.#watches.delete(watcher);
  }

  /** From now on `watcher` hears of `users`, and of nobody else. */
  watch(watcher: Watcher, users: readonly string[]): void {
    if (!this.#options.isShown) return;
    const watch = this.#watches.get(watcher) ?? newWatch();
    this.#watches.set(watcher, watch);
    const before = watch.users;
    watch.users = new Set(users);
    this.#unlink(watcher, before);
    for (const user of watch.users) {
      const watchers = this.#watchersOf.get(user);
      if (watchers) watchers.add(watcher);
      else this.#watchersOf.set(user, new Set([watcher]));
    }
    for (const user of watch.acquainted) if (!watch.users.has(user)) watch.acquainted.delete(user);
    this.#add(
      watcher,
      [...watch.users].filter((user) => !before.has(user) || !watch.acquainted.has(user)),
    );
  }

  /** These people have a conversation from now on: what was kept from them may be told. */
  met(members: ReadonlySet<string>): void {
    for (const member of members) {
      for (const seat of this.#standings.seats(member)) {
        const watch = this.#watches.get(seat as Watcher);
        if (!watch) continue;
        const { users, acquainted } = watch;
        const fresh = [...users].filter((user) => members.has(user) && !acquainted.has(user));
        this.#add(seat as Watcher, fresh);
      }
    }
  }

  #unlink(watcher: Watcher, users: Iterable<string>): void {
    for (const user of users) {
      const watchers = this.#watchersOf.get(user);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.#watchersOf.delete(user);
    }
  }

  #add(watcher: Watcher, users: Iterable<string>): void {
    const watch = this.#watches.get(watcher);
    if (!watch) return;
    for (const user of users) watch.news.add(user);
    if (watch.cancel || watch.news.size === 0) return;
    const { now, schedule } = this.#options;
    const delayMs = Math.min(Math.max(0, watch.nextAt - now()), TIMES.presenceIntervalMs);
    watch.cancel = schedule(delayMs, () => void this.#send(watcher, watch));
  }

  async #send(watcher: Watcher, watch: Watch): Promise<void> {
    const users = [...watch.news].filter((user) => watch.users.has(user));
    watch.news.clear();
    watch.nextAt = this.#options.now() + TIMES.presenceIntervalMs;
    const isSent = await this.#describe(watcher, watch, users).then(
      (people) => people.length === 0 || watcher.whisper(frame({ type: 'presence', people })),
      // The store cannot be read, for now.
      () => false,
    );
    watch.cancel = undefined;
    this.#add(watcher, isSent ? [] : users);
  }

  async #describe(
    watcher: Watcher,
    { acquainted }: Watch,
    users: readonly string[],
  ): Promise<readonly Told[]> {
    const { devices } = this.#options;
    const strangers = users.filter((user) => !acquainted.has(user));
    if (strangers.length > 0) {
      for (const user of await devices.acquainted(watcher.user, strangers)) acquainted.add(user);
    }
    const isUnknown = (user: string): boolean => {
      const { told, seenAt } = this.#standings.of(user);
      return acquainted.has(user) && told === 'offline' && seenAt === undefined;
    };
    const asked = users.filter(isUnknown);
    const lastSeen = asked.length > 0 ? await devices.lastSeen(asked) : new Map<string, number>();
    return users.map((user) => {
      if (!acquainted.has(user)) return { user, state: 'offline' };
      const { told: state, seenAt = lastSeen.get(user) } = this.#standings.of(user);
      return { user, state, ...(state === 'offline' && seenAt !== undefined && { seenAt }) };
    });
  }
}

function newWatch(): Watch {
  return {
    users: new Set(),
    acquainted: new Set(),
    news: new Set(),
    nextAt: 0,
    cancel: undefined,
  };
}
