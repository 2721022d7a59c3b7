/** The half of the client that speaks with the server: loaded late, and only wired here. */
import { ImError } from '../protocol/im-error.js';
import { Connection } from './connection/connection.js';
import type { Database } from './database/database.js';
import type { Mirror } from './database/mirror.js';
import { moveOver } from './database/move-over.js';
import type { Change, Storage } from './database/storage.js';
import type { Drafts } from './messages/drafts.js';
import type { Emitter } from './emitter.js';
import type { Environment } from './environment.js';
import type { Gate } from './gate.js';
import type { Identity } from './identity.js';
import type { Late } from './late/late.js';
import type { LateActions } from './actions/late-actions.js';
import type { Log } from './log.js';
import { Outbox } from './outbox/outbox.js';
import { messageId } from './messages/present.js';
import type { ImClientOptions, SocketLike } from './public.js';
import { Receipts } from './conversations/receipts.js';
import { Sync } from './sync/sync.js';
import { Link } from './tabs/link.js';
import type { Typing } from './conversations/typing.js';

export type OnlineOptions = {
  readonly environment: Environment;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly self: () => string;
  /** The database's name, once the user is known. */
  readonly name: Promise<string>;
  readonly url: URL;
  readonly asked: Pick<ImClientOptions, 'openSocket' | 'readReceipts' | 'storage'>;
  readonly gate: Gate;
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly emitter: Emitter;
  readonly identity: Identity;
  readonly typing: Typing;
  readonly drafts: Drafts;
  readonly late: LateActions;
  readonly around: Late;
};

/** Further than any log reaches: fetches until there is nothing more. */
const LOG_END: number = 2 ** 52;

export class Online {
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly link: Link;
  readonly receipts: Receipts;
  readonly sync: Sync;
  readonly #options: OnlineOptions;

  constructor(options: OnlineOptions) {
    this.#options = options;
    const { drafts, gate, mirror, asked } = options;
    this.connection = this.#connect();
    const { connection } = this;
    this.outbox = new Outbox({
      ...options,
      connection,
      link: () => this.link,
      resync: (conversation) => this.sync.catchUp.pulls.want(conversation, LOG_END, 'open'),
      onFailed: (row, error) => this.#failed(row, error),
    });
    this.link = this.#join();
    const shared = { ...options, ...this.#own, people: mirror };
    this.receipts = new Receipts({ ...shared, receipt: asked.readReceipts ?? true });
    this.sync = new Sync({
      ...shared,
      receipts: this.receipts,
      open: gate.open,
      kept: gate.kept,
      onReady: () => drafts.start(),
    });
  }

  start(): void {
    const { name, signal, storage, gate, around } = this.#options;
    void this.connection.run();
    // Also for a tab that follows: what it was told was true while its leader had a connection.
    gate.state.subscribe({
      next: ({ status }) => {
        if (status !== 'connected' && status !== 'catching-up') around.lost();
      },
    });
    storage.state.subscribe({
      next: ({ status }) => status === 'memory' && this.link.goAlone(),
    });
    // Where tabs cannot speak with each other, each speaks for itself.
    this.link.start(name).catch(() => signal.aborted || this.link.goAlone());
  }

  stop(): void {
    this.outbox.stop();
    this.receipts.stop();
  }

  /** Another database is in use. What is new to a tab that follows is its leader's concern. */
  async reopened(db: Database, change: Change): Promise<void> {
    const { mirror } = this.#options;
    const isNew = !change.continues && !this.link.follows;
    if (isNew) {
      await this.link.term.claim(db);
      await moveOver(db, mirror.rows(), mirror.users());
      await this.outbox.moveTo(db, change.waiting);
    }
    await mirror.follow(db);
    if (isNew) this.connection.restart(new ImError('connection/offline', 'A new start.'));
  }

  get #own(): Pick<Online, 'connection' | 'outbox' | 'link'> {
    const { connection, outbox, link } = this;
    return { connection, outbox, link };
  }

  #connect(): Connection {
    const { url, asked, gate, late, around, emitter, log } = this.#options;
    return new Connection({
      ...this.#options,
      url: url.href,
      openSocket: asked.openSocket ?? openSocket,
      turn: () => this.link.leadership.turn(),
      leads: () => this.link.leadership.leads,
      device: () => this.link.device(),
      about: () => around.about(),
      onReady: (frame) => {
        gate.version = frame.version;
        this.sync.ready(frame);
        if (frame.version > 1) around.ready();
        // A part that is missing when it is needed may not be had any more by then.
        late
          .load()
          .catch((error: unknown) => log.warn('late-part-missing', { error: String(error) }));
      },
      onFrame: (frame, isWhole) => this.sync.frame(frame, isWhole),
      onPing: () => this.sync.ping(),
      onPong: (frame) => this.sync.pong(frame),
      onLost: (error) => {
        this.sync.lost(error);
        around.lost();
      },
      onTokenExpired: (error) => emitter.emit('token-expired', { error }),
    });
  }

  #join(): Link {
    const { asked, gate, mirror, typing, emitter, drafts, storage, around } = this.#options;
    const { connection, outbox } = this;
    return new Link({
      ...this.#options,
      ...{ connection, outbox, state: gate.state },
      memory: asked.storage === 'memory',
      keeps: () => gate.kept.all(),
      watches: () => around.needs,
      onAround: (from, needs) => around.heard(from, needs),
      onPresence: (frame) => around.receive(frame),
      refresh: (conversations) => mirror.refresh(conversations),
      onTyping: ({ frame }) => typing.receive(frame),
      onEvent: (event, detail) => {
        if ('messages' in detail)
          for (const { conversationId, sender } of detail.messages) {
            typing.ended(conversationId, sender.id);
          }
        emitter.emit(event, detail);
      },
      onConnected: () => {
        this.sync.lookUp.again();
        drafts.start();
        around.follow();
      },
      onWoken: () => void storage.use((db) => mirror.follow(db)).catch(() => undefined),
    });
  }

  #failed(row: Parameters<LateActions['failed']>[0], error: ImError): void {
    const { late, emitter, identity } = this.#options;
    if (row.order === undefined) {
      late.failed(row, error);
      return;
    }
    const { conversation: conversationId, clientId } = row;
    const id = messageId({ sender: identity.userId, clientId });
    emitter.emit('message-failed', { conversationId, messageId: id, error });
  }
}

function openSocket(url: string, protocol: string): SocketLike {
  return new WebSocket(url, protocol);
}
