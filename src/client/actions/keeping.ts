/** What a person keeps about conversations: registers of the personal log. */
import { makeKey, selfId } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Attention, Folder } from '../../protocol/registers.js';
import { newRegister, valueOf } from '../changes/standing.js';
import type { Database } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Environment } from '../environment.js';
import type { ImClient } from '../public.js';
import type { Actions } from './actions.js';

export type KeepingOptions = {
  readonly mirror: Mirror;
  readonly environment: Environment;
};

export class Keeping {
  readonly #actions: Actions;
  readonly #options: KeepingOptions;

  constructor(actions: Actions, options: KeepingOptions) {
    this.#actions = actions;
    this.#options = options;
  }

  markUnread(conversation: string, on: boolean = true): Promise<void> {
    return this.#actions.set('unread', on || null, { conversation });
  }

  setAttention(conversation: string, attention: Attention): Promise<void> {
    return this.#actions.set('attention', attention === 'all' ? null : attention, { conversation });
  }

  async pinConversation(conversation: string, on: boolean = true): Promise<void> {
    const place = async (db: Database): Promise<number | null | undefined> => {
      if (!on) return null;
      const registers = await db.registers
        .where('[name+conversation+item]')
        .between(['pinned', '', ''], ['pinned', '\uffff', ''])
        .toArray();
      const places = new Map(registers.map((row) => [row.conversation, valueOf(row)]));
      if (typeof places.get(conversation) === 'number') return;
      return Math.max(0, ...[...places.values()].map(Number)) + 1;
    };
    await this.#actions.set('pinned', place, { conversation });
  }

  hideConversation(conversation: string): Promise<void> {
    const lastSeq = this.#options.mirror.row(conversation)?.lastSeq ?? 0;
    return this.#actions.set('hidden', lastSeq, { conversation });
  }

  async saveFolder(...[folder]: Parameters<ImClient['saveFolder']>): Promise<string> {
    const { mirror, environment } = this.#options;
    const { id = makeKey(environment.randomBytes), name } = folder;
    if (name.trim() === '' || name.length > LIMITS.nameLength) {
      const message = `A folder needs a name of at most ${LIMITS.nameLength} characters.`;
      throw new ImError('request/invalid', message, { field: 'name' });
    }
    const make = async (db: Database): Promise<Folder> => {
      const { folders = [] } = (await db.conversations.get(selfId(mirror.self))) ?? {};
      const known = folders.find((one) => one.id === id)?.position;
      const last = folders.at(-1)?.position ?? 0;
      return { name, position: folder.position ?? known ?? last + 1 };
    };
    await this.#actions.set('folder', make, { folder: id });
    return id;
  }

  async removeFolder(folder: string): Promise<void> {
    await this.#actions.set('folder', null, { folder });
    await this.#options.mirror.settled();
    for (const { id, own } of this.#options.mirror.rows()) {
      if (own?.folders?.includes(folder)) await this.file(folder, id, false);
    }
  }

  file(folder: string, conversation: string, on: boolean = true): Promise<void> {
    return this.#actions.set('filed', on || null, { conversation, folder });
  }

  /** Tells the other devices what is in the composer of a conversation. */
  async writeDraft(conversation: string): Promise<void> {
    const { draft } = this.#options.mirror.row(conversation) ?? { draft: '' };
    const make = async (db: Database): Promise<string | null | undefined> => {
      const row = await db.conversations.get(conversation);
      const register = await db.registers.get(['draft', conversation, '']);
      // Typed on meanwhile: the next one writes it.
      if (!row?.draftWaits || row.draft !== draft) return;
      row.draftWaits = false;
      await db.conversations.put(row);
      const told = valueOf(register ?? newRegister(['draft', conversation, '']));
      return (told ?? '') === draft ? undefined : draft || null;
    };
    await this.#actions.set('draft', make, { conversation });
  }
}
