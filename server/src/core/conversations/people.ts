/** Profiles: checked, written, read. */
import type { User } from '../../../../src/protocol/entities.js';
import { isWholeText } from '../../../../src/protocol/draft.js';
import { isUserId } from '../../../../src/protocol/ids.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { Directory } from '../directory.js';
import type { Draft, Journal, Work } from '../log/journal.js';

/** @throws ImError `request/invalid` with the field. */
export function checkName(name: string): void {
  if (name.trim() === '' || name.length > LIMITS.nameLength || !isWholeText(name)) {
    throw new ImError('request/invalid', `A name has 1 to ${LIMITS.nameLength} characters.`, {
      field: 'name',
    });
  }
}

/** @throws ImError `request/invalid` with the field. */
export function checkAvatar(url: string | undefined): void {
  if (url === undefined) return;
  if (url.length <= LIMITS.urlLength && /^https?:\/\/[^\s]+$/.test(url) && isWholeText(url)) return;
  throw new ImError('request/invalid', 'A picture is an http or https address.', {
    field: 'avatarUrl',
  });
}

export class People {
  readonly #directory: Directory;
  readonly #journal: Journal;

  constructor(directory: Directory, journal: Journal) {
    this.#directory = directory;
    this.#journal = journal;
  }

  /** @throws ImError `request/invalid` with the field. */
  async put(user: User): Promise<User> {
    if (!isUserId(user.id)) {
      throw new ImError('request/invalid', 'This cannot be the id of a person.', { field: 'id' });
    }
    checkName(user.name);
    checkAvatar(user.avatarUrl);
    const { id, name, avatarUrl } = user;
    const profile = { id, name, ...(avatarUrl !== undefined && { avatarUrl }) };
    return this.#write(profile, 'replace');
  }

  /** The profile, made with the id as its name when there is none yet. */
  async ensure(id: string): Promise<User> {
    const found = (await this.#directory.people([id])).get(id);
    return found ?? this.#write({ id, name: id }, 'keep');
  }

  /** @throws ImError `user/not-found`. */
  async get(id: string): Promise<User> {
    const found = (await this.#directory.people([id])).get(id);
    if (!found) throw new ImError('user/not-found', 'There is no such person.');
    return found;
  }

  /** All of them. @throws ImError `user/not-found` naming the first that is missing. */
  async all(ids: readonly string[]): Promise<Map<string, User>> {
    const people = await this.#directory.people(ids);
    const missing = ids.find((id) => !people.has(id));
    if (missing === undefined) return people;
    throw new ImError('user/not-found', `There is no person ${missing.slice(0, 64)}.`, {
      field: 'members',
    });
  }

  #write(user: User, present: 'replace' | 'keep'): Promise<User> {
    return new Promise((resolve, reject) => {
      this.#journal.add(new PutUser(user, present, this.#directory, resolve, reject));
    });
  }
}

class PutUser implements Work {
  readonly #user: User;
  /** What becomes of a profile that is there already. */
  readonly #present: 'replace' | 'keep';
  readonly #directory: Directory;
  readonly #resolve: (user: User) => void;
  readonly #reject: (error: ImError) => void;

  constructor(
    user: User,
    present: 'replace' | 'keep',
    directory: Directory,
    resolve: (user: User) => void,
    reject: (error: ImError) => void,
  ) {
    this.#user = user;
    this.#present = present;
    this.#directory = directory;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  prepare(draft: Draft): 'commit' | 'skip' | 'later' {
    if (this.#present === 'keep') {
      const { id } = this.#user;
      const known = this.#directory.known(id);
      if (known) {
        this.#resolve(known);
        return 'skip';
      }
      if (draft.users.some((user) => user.id === id)) return 'later';
    }
    draft.users.push(this.#user);
    return 'commit';
  }

  committed(): void {
    // At once, so that whatever is decided next knows of it.
    this.#directory.learn(this.#user);
    this.#resolve(this.#user);
  }

  undo(): void {
    // Nothing has changed yet.
  }

  failed(error: ImError): void {
    this.#reject(error);
  }
}
