import { fold, NO_CHANGES, type Version } from '../../protocol/changes.js';
import type { LogEvent } from '../../protocol/entities.js';
import type { ChangesRow, Database, RegisterKey, RegisterRow } from '../database/database.js';
import { newChanges, newRegister } from './standing.js';

/** Which rows have to be read before events can be folded. */
export type FoldNeeds = {
  readonly targets: readonly (readonly [conversation: string, target: number])[];
  readonly registers: readonly RegisterKey[];
};

/** Working copies of the rows that one transaction folds events into; a part of its `Batch`. */
export class Folds {
  readonly #changes: Map<string, ChangesRow> = new Map();
  readonly #registers: Map<string, RegisterRow> = new Map();
  readonly #written: Set<ChangesRow | RegisterRow> = new Set();
  /** Messages whose words have to go, by their keys. */
  readonly #blanked: Map<string, [string, number]> = new Map();
  readonly #forgotten: Set<string> = new Set();
  #isSelfForgotten = false;

  async load(db: Database, { targets, registers }: FoldNeeds): Promise<void> {
    if (targets.length) {
      for (const row of await db.changes.bulkGet(targets.map(([id, target]) => [id, target]))) {
        if (row) this.#changes.set(keyOf(row.conversation, row.target), row);
      }
    }
    if (registers.length) {
      for (const row of await db.registers.bulkGet([...registers])) if (row) this.#keep(row);
    }
  }

  /** Reads what this person keeps about conversations, which are new here. */
  async loadRegistersOf(db: Database, conversations: readonly string[]): Promise<void> {
    const rows = await db.registers.where('conversation').anyOf(conversations).toArray();
    for (const row of rows) this.#keep(row);
  }

  /** What this person keeps about a conversation that is new here, as of this transaction. */
  registersOf(id: string): readonly RegisterRow[] {
    return [...this.#registers.values()].filter(({ conversation }) => conversation === id);
  }

  /** What is known of a message within this transaction. */
  changes(conversation: string, target: number): ChangesRow | undefined {
    return this.#changes.get(keyOf(conversation, target));
  }

  /** Folds a change into its target; gives whether that says something new. */
  fold(conversation: string, target: number, event: LogEvent): boolean {
    const row = this.#changes.get(keyOf(conversation, target)) ?? newChanges(conversation, target);
    const before = row.changes;
    row.changes = fold(before, event);
    if (row.changes === before) return false;
    this.#write(row);
    if (row.changes.gone) this.#blankAll(conversation, target, before.versions);
    return true;
  }

  /** A change of this device has come back; gives whether it was waited for. */
  settleChange(conversation: string, target: number, clientId: string): boolean {
    const row = this.#changes.get(keyOf(conversation, target));
    const pending = row?.pending.filter((change) => change.clientId !== clientId) ?? [];
    if (!row || pending.length === row.pending.length) return false;
    row.pending = pending;
    this.#write(row);
    return true;
  }

  /** Sets a register, and takes what this device has waited for out of `pending`. */
  set(key: RegisterKey, event: LogEvent, value: RegisterRow['value']): RegisterRow {
    const row = this.#registers.get(keyOf(...key)) ?? newRegister(key);
    this.#keep(row);
    this.#written.add(row);
    row.pending = row.pending.filter(({ clientId }) => clientId !== event.clientId);
    if (event.seq > row.seq) Object.assign(row, { seq: event.seq, value });
    return row;
  }

  /** Takes the words of a stored message away. */
  blank(conversation: string, seq: number): void {
    this.#blanked.set(keyOf(conversation, seq), [conversation, seq]);
  }

  isBlanked(conversation: string, seq: number): boolean {
    return this.#blanked.has(keyOf(conversation, seq));
  }

  /** The log of a conversation is another one; what waits for the server still does. */
  forget(conversation: string, isSelf: boolean): void {
    this.#forgotten.add(conversation);
    for (const row of this.#changes.values()) {
      if (row.conversation === conversation) row.changes = NO_CHANGES;
    }
    if (!isSelf) return;
    this.#isSelfForgotten = true;
    for (const row of this.#registers.values()) Object.assign(row, { seq: 0, value: null });
  }

  async save(db: Database): Promise<void> {
    for (const id of this.#forgotten) await forgetChanges(db, id);
    if (this.#isSelfForgotten) await forgetRegisters(db);
    if (this.#blanked.size) {
      const stored = await db.messages.bulkGet([...this.#blanked.values()]);
      await db.messages.bulkPut(stored.flatMap((row) => (row ? [{ ...row, body: null }] : [])));
    }
    const changes: ChangesRow[] = [];
    const registers: RegisterRow[] = [];
    for (const row of this.#written) {
      if ('target' in row) changes.push(row);
      else registers.push(row);
    }
    if (changes.length) await db.changes.bulkPut(changes);
    if (registers.length) await db.registers.bulkPut(registers);
  }

  #keep(row: RegisterRow): void {
    this.#registers.set(keyOf(row.name, row.conversation, row.item), row);
  }

  #write(row: ChangesRow): void {
    this.#changes.set(keyOf(row.conversation, row.target), row);
    this.#written.add(row);
  }

  #blankAll(conversation: string, target: number, versions: readonly Version[]): void {
    this.blank(conversation, target);
    for (const { seq } of versions) this.blank(conversation, seq);
  }
}

async function forgetChanges(db: Database, conversation: string): Promise<void> {
  const all = db.changes.where('[conversation+target]');
  const rows = all.between([conversation, 0], [conversation, Infinity]);
  const waiting = await rows.filter(({ pending }) => pending.length > 0).toArray();
  await rows.delete();
  await db.changes.bulkPut(waiting.map((row) => ({ ...row, changes: NO_CHANGES })));
}

async function forgetRegisters(db: Database): Promise<void> {
  const waiting = await db.registers.filter(({ pending }) => pending.length > 0).toArray();
  await db.registers.clear();
  await db.registers.bulkPut(waiting.map((row) => ({ ...row, seq: 0, value: null })));
}

function keyOf(...places: readonly (string | number)[]): string {
  return places.join(' ');
}
