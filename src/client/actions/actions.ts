/**
 * What a person does to messages and conversations that are there. Every command is stored in one
 * transaction, with what it does to the screen, and goes to the server by the outbox; a late module,
 * since nothing of it is needed for the first picture.
 */
import { NO_CHANGES, targetOf, type ChangeBodies, type Changes } from '../../protocol/changes.js';
import { unfitChange, unfitSet } from '../../protocol/event-shapes.js';
import { makeKey } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import type { RegisterValues, SetBody } from '../../protocol/registers.js';
import { contentOf } from '../changes/apply-changes.js';
import { withPending } from '../changes/standing.js';
import { enqueueChange, selfRow } from '../changes/waiting.js';
import { PENDING, type Database, type MessageRow, type OutboxRow } from '../database/database.js';
import type { Emitter } from '../emitter.js';
import type { Environment } from '../environment.js';
import { throwUnlessSendable } from '../messages/messages.js';
import { rowsOf } from '../outbox/outbox-rows.js';
import { messageId } from '../messages/present.js';
import type { ImClient, Message, MessageVersion, Readers } from '../public.js';
import { messageRow } from '../sync/apply-log.js';
import { FetchedMessages, type FetchedOptions } from './fetched.js';
import { findStored } from './find.js';

export type ActionsOptions = FetchedOptions & {
  readonly environment: Environment;
  readonly emitter: Emitter;
};

/** A message as this device sees it. */
type Found = { readonly row: MessageRow; readonly changes: Changes };

type Making<K extends keyof ChangeBodies> = {
  readonly kind: K;
  readonly isOwn?: boolean;
  /** The body of the change; undefined when the message is already as it should be. */
  readonly body: (found: Found) => ChangeBodies[K] | undefined;
};

export class Actions {
  readonly fetched: FetchedMessages;
  readonly #options: ActionsOptions;

  constructor(options: ActionsOptions) {
    this.#options = options;
    this.fetched = new FetchedMessages(options);
  }

  async edit(conversation: string, id: string, text: string): Promise<void> {
    throwUnlessSendable(text);
    const found = await this.#find(conversation, id, true);
    if (found.row.order >= PENDING) return this.#rewrite(found.row, text);
    await this.#change(conversation, id, {
      kind: 'edit',
      isOwn: true,
      body: ({ row, changes }) => {
        if (row.kind !== 'text') throw notFound();
        const { order, body } = row;
        const now = changes.versions.at(-1)?.text ?? (body as { text?: unknown }).text;
        if (now === text) return;
        return { target: order, version: changes.versions.length + 2, text };
      },
    });
  }

  recall(conversation: string, id: string): Promise<void> {
    const body = ({ row }: Found): ChangeBodies['recall'] => ({ target: row.order });
    return this.#change(conversation, id, { kind: 'recall', isOwn: true, body });
  }

  async remove(...[conversation, id, how]: Parameters<ImClient['remove']>): Promise<void> {
    if (how.for === 'me') return this.#flag('removed', conversation, id, true);
    const body = ({ row }: Found): ChangeBodies['delete'] => ({ target: row.order });
    await this.#change(conversation, id, { kind: 'delete', isOwn: true, body });
  }

  react(conversation: string, id: string, emoji: string, on: boolean = true): Promise<void> {
    const { self } = this.#options.mirror;
    return this.#change(conversation, id, {
      kind: 'react',
      body: ({ row, changes }) => {
        const known = changes.reactions.find((one) => one.emoji === emoji && one.user === self);
        return (known?.on ?? false) === on ? undefined : { target: row.order, emoji, on };
      },
    });
  }

  pinMessage(conversation: string, id: string, on: boolean = true): Promise<void> {
    return this.#change(conversation, id, {
      kind: 'pin',
      body: ({ row, changes }) =>
        (changes.pin?.on ?? false) === on ? undefined : { target: row.order, on },
    });
  }

  star(conversation: string, id: string, on: boolean = true): Promise<void> {
    return this.#flag('starred', conversation, id, on || null);
  }

  async versions(conversation: string, id: string): Promise<readonly MessageVersion[]> {
    const { row, changes } = await this.#find(conversation, id, true);
    const { text } = (row.body ?? {}) as { readonly text?: unknown };
    if (changes.gone || typeof text !== 'string') return [];
    return [
      { text, at: row.at },
      ...changes.versions.map((one) => ({ text: one.text, at: one.at })),
    ];
  }

  async readers(...[conversation, id, which]: Parameters<ImClient['readers']>): Promise<Readers> {
    const { gate, mirror } = this.#options;
    this.#throwUnlessSpoken();
    const { order: seq } = (await this.#find(conversation, id)).row;
    const answer = await gate.ask({ type: 'readers', conversation, seq, ...which });
    if (answer.type !== 'readers') {
      throw new ImError('protocol/unexpected-frame', 'No readers came.');
    }
    await mirror.settled();
    const { users, more, readCount, unreadCount } = answer;
    return {
      people: users.map(({ id: user }) => mirror.person(user)),
      more,
      readCount,
      unreadCount,
    };
  }

  async starredMessages({
    skip = 0,
    limit = 50,
  }: Parameters<ImClient['starredMessages']>[0] = {}): Promise<readonly Message[]> {
    const rows = await this.#options.storage.use((db) =>
      db.registers
        .where('[name+conversation+item]')
        .between(['starred', '', 0], ['starred', '\uffff', Infinity])
        .toArray(),
    );
    const starred = rows.filter(({ value, pending }) => (pending.at(-1) ?? { value }).value);
    const newness = ({ seq, pending }: (typeof rows)[number]): number =>
      pending.length ? Infinity : seq;
    starred.sort((one, other) => newness(other) - newness(one) || 0);
    const page = starred.slice(skip, skip + limit);
    const found = await Promise.all(
      page.map((row) => this.fetched.at(row.conversation, [row.item as number])),
    );
    return found.flat();
  }

  /** The server has refused a change, which has been taken back. */
  async failed(row: OutboxRow, error: ImError): Promise<void> {
    const { storage, emitter } = this.#options;
    const content = contentOf(row);
    const set = row.kind === 'set' ? (content.body as SetBody) : undefined;
    // The text is still in its composer.
    if (set?.name === 'draft') return;
    const conversationId = set ? set.conversation : row.conversation;
    const target = set ? set.target : targetOf(content);
    const message =
      conversationId !== undefined && target !== undefined
        ? await storage.use((db) => db.messages.get([conversationId, target]))
        : undefined;
    emitter.emit('action-failed', {
      conversationId,
      messageId: message && messageId(message),
      error,
    });
  }

  /**
   * Sets a register, here and by the outbox everywhere. A value that depends on what is stored is made
   * within the transaction, and none when there is nothing to set.
   */
  async set<N extends keyof RegisterValues>(
    name: N,
    make: RegisterValues[N] | ((db: Database) => Promise<RegisterValues[N] | undefined>),
    places: Omit<SetBody, 'name' | 'value'>,
  ): Promise<void> {
    const { storage, mirror, gate, environment } = this.#options;
    this.#throwUnlessSpoken();
    const row = await storage.use((db) =>
      db.write(async () => {
        const { conversation } = places;
        if (conversation !== undefined && !(await db.conversations.get(conversation))) {
          throw new ImError('conversation/not-found', 'This device knows no such conversation.');
        }
        const value = typeof make === 'function' ? await make(db) : make;
        if (value === undefined) return;
        const body: SetBody<N> = { name, ...places, value };
        throwIfUnfit(unfitSet(body));
        const self = await selfRow(db, mirror.self, environment.now());
        return enqueueChange(db, self, this.#waiting('set', body));
      }),
    );
    if (row) gate.add(row);
  }

  async #flag(
    name: 'starred' | 'removed',
    conversation: string,
    id: string,
    value: boolean | null,
  ): Promise<void> {
    const { row } = await this.#find(conversation, id);
    await this.set(name, value, { conversation, target: row.order });
  }

  async #change<K extends keyof ChangeBodies>(
    conversation: string,
    id: string,
    making: Making<K>,
  ): Promise<void> {
    const { storage, mirror, gate } = this.#options;
    this.#throwUnlessSpoken();
    const { row: found, changes: fetched } = await this.#find(conversation, id);
    const { kind, isOwn, body: make } = making;
    if (isOwn && found.sender !== mirror.self) {
      throw new ImError('message/not-own', 'Only who wrote a message can do this.');
    }
    const row = await storage.use((db) =>
      db.write(async () => {
        const stored = await db.conversations.get(conversation);
        if (!stored) throw notFound();
        const known = await db.changes.get([conversation, found.order]);
        const changes = withPending(known?.changes, known?.pending, mirror.self) ?? fetched;
        if (changes.gone) throw new ImError('message/gone', 'The message is gone.');
        const body = make({ row: found, changes });
        if (!body) return;
        throwIfUnfit(unfitChange(kind, body));
        return enqueueChange(db, stored, this.#waiting(kind, body));
      }),
    );
    if (row) gate.add(row);
  }

  /** @throws ImError `message/not-found`; also for unsent messages, unless they are `welcome`. */
  async #find(conversation: string, id: string, welcome: boolean = false): Promise<Found> {
    const { storage, mirror } = this.#options;
    const found = await storage.use(async (db) => {
      const stored = await db.conversations.get(conversation);
      const row = stored && (await findStored(db, stored, id));
      if (!row) return;
      const known = await db.changes.get([conversation, row.order]);
      const changes = withPending(known?.changes, known?.pending, mirror.self);
      return { row, changes: changes ?? NO_CHANGES };
    });
    const fetched = found ? undefined : this.fetched.find(conversation, id);
    const result = fetched
      ? { row: messageRow(conversation, fetched.event), changes: fetched.changes ?? NO_CHANGES }
      : found;
    if (!result || (result.row.order >= PENDING && !welcome)) throw notFound();
    return result;
  }

  /** A message that has never left this device says something else. */
  async #rewrite({ conversation, order, clientId }: MessageRow, text: string): Promise<void> {
    await this.#options.storage.use((db) =>
      db.write(async () => {
        const stored = await db.conversations.get(conversation);
        const message = await db.messages.get([conversation, order]);
        const rows = await rowsOf(db, conversation);
        const waiting = rows.find((row) => row.clientId === clientId);
        if (!stored || !message || waiting?.sent !== false) throw notFound();
        const rewritten = { ...message, body: { text } };
        await db.messages.put(rewritten);
        await db.outbox.put({ ...waiting, bodyJson: JSON.stringify({ text }) });
        stored.pendingRevision++;
        if (stored.pending?.order === order) stored.pending = rewritten;
        await db.conversations.put(stored);
      }),
    );
  }

  #waiting(kind: string, body: object): Parameters<typeof enqueueChange>[2] {
    const { environment, gate } = this.#options;
    return {
      clientId: makeKey(environment.randomBytes),
      kind,
      bodyJson: JSON.stringify(body),
      at: environment.now(),
      sent: gate.flowing,
    };
  }

  #throwUnlessSpoken(): void {
    if ((this.#options.gate.version ?? 2) >= 2) return;
    throw new ImError('protocol/unsupported-version', 'The server is too old for this.');
  }
}

function notFound(): ImError {
  return new ImError('message/not-found', 'There is no such message.');
}

function throwIfUnfit(path: string | undefined): void {
  if (path === undefined) return;
  const field = path.replace('body.', '');
  throw new ImError('request/invalid', `The ${field} does not fit.`, { field });
}
