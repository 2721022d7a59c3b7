/** Takes the server's frames to those whom they concern, and tells them of the connection. */
import type { ImError } from '../../protocol/im-error.js';
import type { PongFrame, ReadyFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { Connection } from '../connection/connection.js';
import type { MessageRow } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Emitter } from '../emitter.js';
import type { Environment } from '../environment.js';
import type { Late } from '../late/late.js';
import type { Log } from '../log.js';
import type { Outbox } from '../outbox/outbox.js';
import { messageId, toMessage, watermarks } from '../messages/present.js';
import type { Receipts } from '../conversations/receipts.js';
import type { Link } from '../tabs/link.js';
import type { Typing } from '../conversations/typing.js';
import type { Views } from '../conversations/views.js';
import type { Outcome } from './outcome.js';
import { isMessageKind } from '../../protocol/changes.js';
import { CatchUp } from './catch-up.js';
import { Inbox } from './inbox.js';
import { LookUp } from './look-up.js';

export type SyncOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly connection: Connection;
  readonly link: Link;
  readonly outbox: Outbox;
  readonly receipts: Receipts;
  /** Conversations with a window on them, and those that somebody keeps read. */
  readonly open: Views;
  readonly kept: Views;
  readonly typing: Typing;
  readonly around: Late;
  readonly emitter: Emitter;
  readonly environment: Environment;
  readonly log: Log;
  /** What was held back without a connection may go. */
  readonly onReady: () => void;
};

export class Sync {
  readonly catchUp: CatchUp;
  readonly lookUp: LookUp;
  readonly #options: SyncOptions;
  readonly #inbox: Inbox;
  #versionAtPing = -1;

  constructor(options: SyncOptions) {
    const { connection, link, mirror } = options;
    this.#options = options;
    this.#inbox = new Inbox({
      ...options,
      term: link.term,
      isKeptRead: (id) => options.kept.has(id) || link.desk?.isKept(id) === true,
      onApplied: (outcome) => this.#applied(outcome),
      settle: (frame) => connection.requests.settle(frame),
      onFailed: (error) => connection.restart(error),
    });
    this.catchUp = new CatchUp({ ...options, inbox: this.#inbox });
    this.lookUp = new LookUp(link, (id) => mirror.knows(id));
  }

  ready(frame: ReadyFrame): void {
    this.#inbox.push(frame);
    void this.#options.outbox.start().then(() => this.#options.onReady());
    this.catchUp.start();
    this.#options.receipts.start();
    this.lookUp.again();
  }

  frame(frame: ServerFrame, isWhole: boolean): void {
    const { connection, link, log, typing, around } = this.#options;
    if (frame.type === 'events' && frame.id !== undefined) this.catchUp.pulls.arrived(frame);
    if (frame.type === 'heads' && !isWhole) this.catchUp.partialPages++;
    if (frame.type === 'typing') {
      typing.receive(frame);
      link.typing(frame);
    } else if (frame.type === 'presence') {
      around.receive(frame);
      link.presence(frame);
    } else if (frame.type !== 'error') this.#inbox.push(frame);
    else if (frame.id === undefined) log.warn('frame-refused', { code: frame.code });
    else connection.requests.settle(frame);
  }

  /** The digest that answers this ping counts what has come before it. */
  ping(): void {
    this.#versionAtPing = this.#isQuiet() ? this.#inbox.version : -1;
  }

  pong({ digest }: PongFrame): void {
    this.#options.receipts.check();
    // Between a ping and its answer the two ends differ while anything is on its way.
    if (this.#isQuiet() && this.#inbox.version === this.#versionAtPing)
      this.catchUp.compare(digest);
  }

  lost(error: ImError): void {
    const { outbox, receipts } = this.#options;
    this.#inbox.clear();
    outbox.stop();
    receipts.stop();
    this.catchUp.stop(error);
  }

  #isQuiet(): boolean {
    return this.catchUp.idle && this.#options.outbox.idle;
  }

  #applied(outcome: Outcome): void {
    const { outbox, emitter, typing, mirror, receipts } = this.#options;
    for (const message of outcome.sent) {
      const { conversation, clientId } = message;
      outbox.settled(conversation, clientId);
      if (!isMessageKind(message.kind)) continue;
      emitter.emit('message-sent', { conversationId: conversation, messageId: messageId(message) });
    }
    for (const conversation of outcome.trimmed) outbox.askAgain(conversation);
    this.catchUp.follow(outcome);
    for (const { conversation, sender } of outcome.arrived) typing.ended(conversation, sender);
    void mirror.settled().then(() => {
      for (const conversation of outcome.toMark) receipts.tell(conversation);
      this.#announce(outcome.arrived);
    });
  }

  #announce(arrived: readonly MessageRow[]): void {
    const { emitter, mirror } = this.#options;
    if (arrived.length === 0) return;
    const messages = arrived.map((row) => {
      const conversation = mirror.row(row.conversation);
      const marks = conversation ? watermarks(conversation) : { delivered: 0, read: 0 };
      return toMessage(row, mirror, marks);
    });
    emitter.emit('message', { messages });
    emitter.emit('notify', { messages });
  }
}
