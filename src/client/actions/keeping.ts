/** What a person keeps about conversations: registers of the personal log. */
import { makeKey } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Attention } from '../../protocol/registers.js';
import { newRegister, valueOf } from '../changes/standing.js';
import type { Mirror } from '../database/mirror.js';
import type { Environment } from '../environment.js';
import type { ImClient } from '../public.js';
import type { Actions } from './actions.js';

export type KeepingOptions = { readonly mirror: Mirror; readonly environment: Environment };

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
    const { mirror } = this.#options;
    let last = 0;
    for (const { own } of mirror.rows()) last = Math.max(last, own?.pinned ?? 0);
    if (on && mirror.row(conversation)?.own?.pinned !== undefined) return;
    await this.#actions.set('pinned', on ? last + 1 : null, { conversation });
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
    const folders = mirror.folders.value ?? [];
    const known = folders.find((one) => one.id === id)?.position;
    const position = folder.position ?? known ?? (folders.at(-1)?.position ?? 0) + 1;
    await this.#actions.set('folder', { name, position }, { folder: id });
    return id;
  }

  async removeFolder(folder: string): Promise<void> {
    await this.#actions.set('folder', null, { folder });
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
    await this.#actions.set('draft', draft || null, { conversation }, async (db) => {
      const row = await db.conversations.get(conversation);
      const register = await db.registers.get(['draft', conversation, '']);
      // Typed on meanwhile: the next one writes it.
      if (!row?.draftWaits || row.draft !== draft) return false;
      row.draftWaits = false;
      await db.conversations.put(row);
      const told = valueOf(register ?? newRegister(['draft', conversation, '']));
      return (told ?? '') !== draft;
    });
  }
}
