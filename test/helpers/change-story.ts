/**
 * A conversation of two people and what one of them keeps about it, on several devices that read the
 * logs in their own pages: the client's own applying, over databases that need no time.
 */
import { contentOf } from '../../src/client/changes/apply-changes.js';
import { enqueueChange } from '../../src/client/changes/waiting.js';
import type { Database, OutboxRow } from '../../src/client/database/database.js';
import { conversationIn } from '../../src/client/changes/own.js';
import { enqueue, markFailed } from '../../src/client/outbox/outbox-rows.js';
import { applyHead } from '../../src/client/sync/apply-heads.js';
import { applyAck, applyEvents } from '../../src/client/sync/apply-log.js';
import { Batch } from '../../src/client/sync/batch.js';
import type { Outcome } from '../../src/client/sync/outcome.js';
import { needsOf } from '../../src/client/sync/needs.js';
import type { LogEvent } from '../../src/protocol/entities.js';
import { c2cId, selfId } from '../../src/protocol/ids.js';
import { LIMITS } from '../../src/protocol/limits.js';
import type { EventsFrame, ServerFrame } from '../../src/protocol/server-frames.js';
import { LogModel } from './log-model.js';
import { plainDatabase } from './plain-database.js';

export const ALICE = 'alice';
export const PAIR: string = c2cId(ALICE, 'bob');
export const SELF: string = selfId(ALICE);

/** Numbers that decide what happens next; each stands for whatever fits at that moment. */
export type Step = {
  readonly what: number;
  readonly who: number;
  readonly where: number;
  readonly which: number;
};

const EMOJI = ['👍', '🎉'];
const ATTENTION = ['mentions', 'none', null];

/** A device of Alice's. */
export class ReadingDevice {
  readonly db: Database;
  /** A page that the server has answered with and that has not arrived. */
  #late: EventsFrame | undefined;
  #at = 0;

  constructor(db: Database = plainDatabase()) {
    this.db = db;
  }

  async apply(frame: ServerFrame): Promise<Outcome> {
    const { db } = this;
    const batch = await Batch.load(db, ALICE, needsOf([frame], ALICE));
    if (frame.type === 'events') applyEvents(batch, frame);
    else if (frame.type === 'ack') applyAck(batch, frame);
    else if (frame.type === 'head') applyHead(batch, frame.head, false);
    await batch.save();
    return batch.outcome;
  }

  /** A piece of a log; when it does not say enough, the server describes the conversation. */
  async take(log: LogModel, frame: EventsFrame): Promise<void> {
    const { unknown } = await this.apply(frame);
    if (unknown.has(log.id)) await this.apply({ type: 'head', head: log.head(ALICE) });
  }

  async local(id: string): Promise<{ readonly from: number; readonly to: number } | undefined> {
    return (await this.db.conversations.get(id))?.local;
  }

  /** A page above what is there, or the newest one. */
  async readUp(log: LogModel, limit: number): Promise<void> {
    const known = await this.db.conversations.get(log.id);
    // Afterwards the log alone has to tell what the list shows.
    if (!known?.onServer) await this.apply({ type: 'head', head: log.head(ALICE) });
    const local = await this.local(log.id);
    const isWhole = log.id === SELF;
    if (!local && !isWhole) await this.take(log, log.range({ before: log.log.length + 1 }, limit));
    else await this.take(log, log.range({ after: local?.to ?? 0 }, limit));
  }

  /** A page below what is there. */
  async readDown(log: LogModel, limit: number): Promise<void> {
    const local = await this.local(log.id);
    if (local) await this.take(log, log.range({ before: local.from }, limit));
  }

  /** Asks for a page below, which comes when other things have happened. */
  async askDown(log: LogModel, limit: number): Promise<void> {
    const local = await this.local(log.id);
    if (local) this.#late ??= log.range({ before: local.from }, limit);
  }

  async takeLate(log: LogModel): Promise<void> {
    const late = this.#late;
    this.#late = undefined;
    if (late) await this.take(log, late);
  }

  /** Everything, by pages of `limit`. */
  async readAll(log: LogModel, limit: number): Promise<void> {
    do await this.readUp(log, limit);
    while (((await this.local(log.id))?.to ?? 0) < log.log.length);
    while (((await this.local(log.id))?.from ?? 1) > 1) await this.readDown(log, limit);
  }

  /** Something is written here, and waits. */
  async write(id: string, clientId: string, kind: string, body: object): Promise<OutboxRow> {
    const { db } = this;
    const stored = await conversationIn(db, id, 0);
    const waiting = { clientId, kind, bodyJson: JSON.stringify(body), at: ++this.#at, sent: true };
    if (kind !== 'text') return enqueueChange(db, stored, waiting);
    const sending = { ...waiting, conversation: id, sender: ALICE };
    return (await enqueue(db, stored, sending)).row;
  }
}

export class ChangeStory {
  readonly pair: LogModel = new LogModel(PAIR);
  readonly self: LogModel = new LogModel(SELF);
  readonly devices: readonly ReadingDevice[];
  #writes = 0;

  constructor(devices: readonly ReadingDevice[]) {
    this.devices = devices;
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.#play(step);
  }

  /** All devices read what they have not. */
  async finish(limit: number): Promise<void> {
    for (const device of this.devices) {
      await device.readAll(this.self, limit);
      await device.readAll(this.pair, limit);
      await this.#flush(device);
    }
    // What waited on one device has become new for the others.
    for (const device of this.devices) {
      await device.readAll(this.self, limit);
      await device.readAll(this.pair, limit);
    }
  }

  async #play({ what, who, where, which }: Step): Promise<void> {
    const device = this.devices[where % this.devices.length]!;
    const limit = 1 + (which % 7);
    const log = which % 3 === 0 ? this.self : this.pair;
    if (what < 50) await this.#happen(what, who, which, device);
    else if (what < 65) await device.readUp(log, limit);
    else if (what < 70) await device.readDown(this.pair, limit);
    else if (what < 73) await device.askDown(this.pair, limit);
    else if (what < 76) await device.takeLate(this.pair);
    else if (what < 80) await device.apply({ type: 'head', head: log.head(ALICE) });
    else if (what < 92) await this.#flush(device);
    else await this.#push(device, log);
  }

  /** Somebody writes an event: Bob at the server, Alice on a device of hers. */
  async #happen(what: number, who: number, which: number, device: ReadingDevice): Promise<void> {
    const clientId = `k${++this.#writes}`;
    const target = 1 + (which % Math.max(this.pair.log.length, 1));
    if (who % 2 === 0) {
      const [kind, body] = this.#event(what, which, target, 'bob');
      if (kind !== 'set') this.pair.append('bob', clientId, kind, body);
      return;
    }
    const [kind, body] = this.#event(what, which, target, ALICE);
    const id = kind === 'set' ? SELF : PAIR;
    const local = await device.local(PAIR);
    // Only what is here can be changed.
    const isHere = local !== undefined && target >= local.from && target <= local.to;
    if ('target' in body && !isHere) return;
    await device.write(id, clientId, kind, body);
  }

  #event(what: number, which: number, target: number, user: string): [string, object] {
    const on = which % 3 !== 0;
    if (what < 12) return ['text', { text: `Text ${which}` }];
    if (what < 20) {
      const version = this.pair.changes(target).versions.length + 2;
      return ['edit', { target, version, text: `Edit ${which}` }];
    }
    if (what < 23) return [which % 2 ? 'recall' : 'delete', { target }];
    if (what < 34) return ['react', { target, emoji: EMOJI[which % 2], on }];
    if (what < 38 || user !== ALICE) return ['pin', { target, on }];
    const place = { conversation: PAIR };
    if (what < 41) return ['set', { name: 'pinned', ...place, value: on ? which : null }];
    if (what < 43) return ['set', { name: 'attention', ...place, value: ATTENTION[which % 3] }];
    if (what < 45) return ['set', { name: 'starred', ...place, target, value: on || null }];
    if (what < 46) return ['set', { name: 'removed', ...place, target, value: true }];
    if (what < 48) return ['set', { name: 'draft', ...place, value: `Draft ${which}` }];
    const folder = `f${which % 2}`;
    if (what < 49) return ['set', { name: 'filed', ...place, folder, value: on || null }];
    return [
      'set',
      { name: 'folder', folder, value: on ? { name: folder, position: which } : null },
    ];
  }

  /** What waits on a device reaches the server, which takes it or does not. */
  async #flush(device: ReadingDevice): Promise<void> {
    const rows = await device.db.outbox.toArray();
    for (const row of rows.sort((one, other) => one.key - other.key)) {
      const log = row.conversation === SELF ? this.self : this.pair;
      const { kind, body } = contentOf(row);
      const known = log.log.find(({ clientId }) => clientId === row.clientId);
      const event: LogEvent | undefined = known ?? log.append(ALICE, row.clientId, kind, body);
      if (!event) {
        await markFailed(device.db, row, 'message/gone');
        continue;
      }
      const { seq, at, clientId } = event;
      await device.apply({ type: 'ack', id: 1, conversation: log.id, clientId, seq, at });
    }
  }

  /** The newest events come by themselves. */
  async #push(device: ReadingDevice, log: LogModel): Promise<void> {
    const local = await device.local(log.id);
    if (!local || local.to >= log.log.length) return;
    const { events, from, to } = log.range({ after: local.to }, LIMITS.rangeEvents);
    for (const event of events) {
      const { seq } = event;
      if (seq < from || seq > to) continue;
      await device.take(log, {
        type: 'events',
        conversation: log.id,
        from: seq,
        to: seq,
        events: [event],
      });
    }
  }
}
