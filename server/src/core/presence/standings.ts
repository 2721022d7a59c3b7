/** How people stand: by the best of their devices, and not gone before a moment has passed. */
import type { OwnPresence, Presence } from '../../../../src/protocol/entities.js';
import { TIMES } from '../../../../src/protocol/limits.js';
import type { CoreOptions } from '../core.js';

/** A socket of a person. */
export type Seated = { readonly user: string };

export type StandingsOptions = Pick<CoreOptions, 'now' | 'schedule'> & {
  /** Whether anybody wants to hear of a person. */
  readonly isWatched: (user: string) => boolean;
  readonly onChanged: (user: string) => void;
};

type Standing = {
  readonly seats: Map<Seated, OwnPresence>;
  /** As the others know it. */
  told: Presence['state'];
  seenAt: number | undefined;
  cancelGrace: (() => void) | undefined;
};

/** People whose going is remembered; of others the store knows to within a minute. */
const MOST_GONE = 10_000;

export class Standings {
  readonly #options: StandingsOptions;
  /** Those who have a socket, or had one a moment ago. */
  readonly #people = new Map<string, Standing>();
  /** When people have gone, the latest last. */
  readonly #gone = new Map<string, number>();

  constructor(options: StandingsOptions) {
    this.#options = options;
  }

  /** `seenAt` is undefined where only the store can know. */
  of(user: string): Readonly<Pick<Standing, 'told' | 'seenAt'>> {
    return this.#people.get(user) ?? { told: 'offline', seenAt: this.#gone.get(user) };
  }

  seats(user: string): Iterable<Seated> {
    return this.#people.get(user)?.seats.keys() ?? [];
  }

  isHidden(seat: Seated): boolean {
    return this.#people.get(seat.user)?.seats.get(seat) === 'hidden';
  }

  set(seat: Seated, state: OwnPresence): void {
    let standing = this.#people.get(seat.user);
    if (!standing) {
      const { told, seenAt } = this.of(seat.user);
      standing = { seats: new Map(), told, seenAt, cancelGrace: undefined };
      this.#people.set(seat.user, standing);
    }
    standing.seats.set(seat, state);
    this.#update(seat.user, standing);
  }

  leave(seat: Seated): void {
    const standing = this.#people.get(seat.user);
    if (standing?.seats.delete(seat)) this.#update(seat.user, standing);
  }

  #update(user: string, standing: Standing): void {
    const state = best(standing.seats.values());
    if (state === 'offline' && standing.told !== 'offline') {
      this.#mayBeGone(user, standing);
      return;
    }
    standing.cancelGrace?.();
    standing.cancelGrace = undefined;
    if (state !== standing.told) this.#tell(user, standing, state, undefined);
    this.#drop(user, standing);
  }

  #mayBeGone(user: string, standing: Standing): void {
    if (standing.cancelGrace) return;
    const { isWatched, now, schedule } = this.#options;
    const seenAt = now();
    const go = (): void => {
      standing.cancelGrace = undefined;
      this.#tell(user, standing, 'offline', seenAt);
      this.#drop(user, standing);
    };
    if (isWatched(user)) standing.cancelGrace = schedule(TIMES.presenceGraceMs, go);
    else go();
  }

  #tell(
    user: string,
    standing: Standing,
    state: Presence['state'],
    seenAt: number | undefined,
  ): void {
    standing.told = state;
    standing.seenAt = seenAt;
    this.#options.onChanged(user);
  }

  #drop(user: string, { seats, told, seenAt }: Standing): void {
    if (seats.size > 0 || told !== 'offline') return;
    this.#people.delete(user);
    this.#gone.delete(user);
    if (seenAt !== undefined) this.#gone.set(user, seenAt);
    const [first] = this.#gone.keys();
    if (first !== undefined && this.#gone.size > MOST_GONE) this.#gone.delete(first);
  }
}

function best(states: Iterable<OwnPresence>): Presence['state'] {
  let found: Presence['state'] = 'offline';
  for (const state of states) {
    if (state === 'active') return 'online';
    if (state === 'away') found = 'away';
  }
  return found;
}
