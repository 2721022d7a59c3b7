/** Who is there: asked for those whom somebody observes, believed while there is a connection. */
import type { OwnPresence } from '../../protocol/entities.js';
import { LIMITS } from '../../protocol/limits.js';
import type { PresenceFrame } from '../../protocol/server-frames.js';
import type { Connection } from '../connection/connection.js';
import type { Environment } from '../environment.js';
import { LiveValue } from '../live-value.js';
import type { Live } from '../public.js';
import type { Presence } from '../public-devices.js';
import { OwnUse } from './own-use.js';

export type PresencesOptions = {
  readonly connection: Pick<Connection, 'ready' | 'tell'>;
  readonly environment: Environment;
  /** Whether this user does not want to be seen. */
  readonly isHidden: boolean;
};

type Watched = { readonly live: LiveValue<Presence>; observers: number };

/** Rows come and go while a list is scrolled; the server hears of those that stay. */
const SETTLED_MS = 250;

const UNKNOWN: Presence = { state: 'unknown', seenAt: undefined };

export class Presences {
  readonly #options: PresencesOptions;
  /** Those who were asked for last stand last. */
  readonly #watched: Map<string, Watched> = new Map();
  readonly #use: OwnUse | undefined;
  /** What the present connection has been told. */
  #toldUsers = '';
  #toldOwn: OwnPresence | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: PresencesOptions) {
    const { environment, isHidden } = options;
    this.#options = options;
    if (!isHidden) this.#use = new OwnUse(environment, () => this.#tellOwn());
  }

  get own(): OwnPresence {
    return this.#use?.state ?? 'hidden';
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
    for (const { live } of this.#watched.values()) live.set(UNKNOWN);
  }

  stop(): void {
    this.#cancel?.();
    this.#use?.stop();
  }

  receive({ people }: PresenceFrame): void {
    for (const { user, state, seenAt } of people) {
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
    const { connection } = this.#options;
    if (!connection.ready || this.#toldOwn === undefined) return;
    const users = [...this.#watched.keys()].slice(-LIMITS.watched).sort();
    const told = users.join(' ');
    if (told === this.#toldUsers) return;
    this.#toldUsers = told;
    connection.tell({ type: 'watch', users });
  }

  #tellOwn(): void {
    const { own } = this;
    if (this.#toldOwn === undefined || this.#toldOwn === own) return;
    this.#toldOwn = own;
    this.#options.connection.tell({ type: 'presence', state: own });
  }
}
