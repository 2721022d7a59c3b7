/** Keeps on the rows of conversations what the registers of this person say about them. */
import { unfitSet } from '../../protocol/event-shapes.js';
import { REGISTER_PLACES, type Folder, type SetBody } from '../../protocol/registers.js';
import {
  newConversation,
  type ConversationRow,
  type Database,
  type Own,
  type RegisterKey,
  type RegisterRow,
} from '../database/database.js';
import { valueOf } from './standing.js';

/** The register that an event of kind `set` writes; undefined when it writes none of this version. */
export function registerOf(body: unknown): RegisterKey | undefined {
  if (unfitSet(body) !== undefined) return;
  const { name, conversation = '', target, folder } = body as SetBody;
  const places = REGISTER_PLACES[name];
  const item = places.includes('target') ? target : places.includes('folder') ? folder : '';
  return [name, places.includes('conversation') ? conversation : '', item ?? ''];
}

/** A conversation, made when it is not known yet; what this person keeps about it may be. */
export async function conversationIn(
  db: Database,
  id: string,
  at: number,
): Promise<ConversationRow> {
  const known = await db.conversations.get(id);
  if (known) return known;
  const row = newConversation(id, at);
  const registers = await db.registers.where('conversation').equals(id).toArray();
  for (const register of registers) showRegister(row, register);
  return row;
}

/** A register has another value: its conversation shows it. */
export function showRegister(row: ConversationRow, register: RegisterRow): void {
  const { name, item } = register;
  const value = valueOf(register);
  switch (name) {
    case 'pinned':
    case 'attention':
    case 'hidden':
    case 'unread':
      row.own = withValue(row.own, name, value);
      break;
    case 'draft':
      if (!row.draftWaits) row.draft = typeof value === 'string' ? value : '';
      break;
    case 'filed':
      row.own = withFolder(row.own, item as string, value === true);
      break;
    case 'removed':
      row.own = { ...row.own, removed: Math.max(row.own?.removed ?? 0, item as number) };
      row.changesRevision = (row.changesRevision ?? 0) + 1;
      break;
    case 'starred':
      row.changesRevision = (row.changesRevision ?? 0) + 1;
      break;
    case 'folder':
      break;
  }
}

/** The folders after one of them was saved or removed, on the row of the personal log. */
export function showFolder(row: ConversationRow, register: RegisterRow): void {
  const value = valueOf(register) as Folder | null;
  const id = register.item as string;
  const folders = (row.folders ?? []).filter((folder) => folder.id !== id);
  if (value) folders.push({ id, name: value.name, position: value.position });
  row.folders = folders.sort(
    (one, other) => one.position - other.position || (one.id < other.id ? -1 : 1),
  );
}

/** What is kept about a conversation with another value; `null` and `false` are left out. */
export function withValue(own: Own | undefined, name: keyof Own, value: unknown): Own {
  const entries: [string, unknown][] = Object.entries(own ?? {}).filter(([key]) => key !== name);
  if (value !== null && value !== false) entries.push([name, value]);
  return Object.fromEntries(entries);
}

function withFolder(own: Own | undefined, folder: string, on: boolean): Own {
  const others = (own?.folders ?? []).filter((id) => id !== folder);
  const folders = on ? [...others, folder].sort() : others;
  return withValue(own, 'folders', folders.length ? folders : null);
}
