import { ImError } from '../protocol/im-error.js';
import { Connection } from './connection/connection.js';
import { socketUrl } from './connection/socket-url.js';
import { isDismissal } from './connection/refusals.js';
import { Conversations } from './conversations.js';
import { Mirror } from './database/mirror.js';
import { moveOver } from './database/move-over.js';
import { destroyed } from './database/storage-errors.js';
import { Storage } from './database/storage.js';
import { Drafts } from './drafts.js';
import { Emitter } from './emitter.js';
import { RUNTIME, type Environment } from './environment.js';
import { History } from './history.js';
import { Identity } from './identity.js';
import { Late } from './late/late.js';
import { LateActions } from './late-actions.js';
import { Log } from './log.js';
import { Messages } from './messages.js';
import { Outbox } from './outbox.js';
import { messageId } from './present.js';
import type { ImClient, ImClientOptions, SocketLike } from './public.js';
import { Receipts } from './receipts.js';
import { Sync } from './sync/sync.js';
import { Link } from './tabs/link.js';
import { Typing } from './typing.js';

const PAGE_SIZE = 50;
/** Further than any log reaches: fetches until there is nothing more. */
const LOG_END: number = 2 ** 52;

/**
 * Creates a client and lets it connect. What is stored shows at once when the user's id is known from
 * `userId` or from a token given as a string; else `userId` is empty until the first token is there.
 *
 * @throws ImError `request/invalid` when `server` is no address, or `userId` cannot be a person's.
 */
export function createClient(options: ImClientOptions): ImClient {
  return createClientIn(RUNTIME, options);
}

/** Like `createClient`, in surroundings that a test controls. */
export function createClientIn(environment: Environment, options: ImClientOptions): ImClient {
  const url = socketUrl(options.server);
  const stopping = new AbortController();
  const parts = wire(environment, options, url, stopping.signal);
  const { connection, link, storage, mirror, log, outbox, receipts, typing, drafts } = parts;
  const { around, emitter } = parts;
  const loaded = storage.use((db) => mirror.follow(db));
  loaded.catch((error: unknown) => {
    log.error('load-failed', error);
    if (!stopping.signal.aborted) mirror.fail(error);
  });
  void connection.run();
  link.state.subscribe({
    next: (state) => {
      emitter.emit('connection-change', state);
      if (state.status !== 'refused' || !isDismissal(state.error)) return;
      // A tab that follows leaves it to the one that leads.
      if (state.error.code === 'device/signed-out' && !link.follows) leaveDevice();
      emitter.emit('kicked', { error: state.error });
    },
  });
  const stopWatching = watchPage(environment, parts);
  stopping.signal.addEventListener('abort', stopWatching);

  function leaveDevice(): void {
    const { term } = link;
    const left = options.keepWhenSignedOut ? storage.renewDevice(term) : storage.startOver(term);
    left.catch((error: unknown) => log.error('leave-device-failed', error));
  }

  async function stop(wipe: boolean): Promise<void> {
    stopping.abort();
    for (const part of [mirror, outbox, receipts, typing, drafts, around]) part.stop();
    await storage.close(wipe);
  }
  return clientOf({ ...parts, loaded, signal: stopping.signal, stop });
}

function watchPage(
  environment: Environment,
  { connection, link, storage }: Pick<Parts, 'connection' | 'link' | 'storage'>,
): () => void {
  const wake = (): void => {
    storage.wake();
    link.leadership.wake();
    connection.wake();
  };
  return environment.watchPage(wake, () => {
    storage.halt();
    link.leadership.rest();
  });
}

/** Makes the modules and connects them. Which of them calls which is all that is decided here. */
function wire(environment: Environment, options: ImClientOptions, url: URL, signal: AbortSignal) {
  const { token, userId, logLevel = 'warn', readReceipts = true, storage: kept } = options;
  const log = new Log(logLevel, environment.now);
  const emitter = new Emitter();
  const identity = new Identity(token, userId);
  const self = (): string => identity.userId;
  let version: number | undefined;
  const common = { environment, log, signal, self };
  const mirror = new Mirror({ ...common, lookUp: (users) => sync.lookUp.want(users) });
  const name = databaseName(url, identity.known, signal);
  const memory = kept === 'memory';
  const storage = new Storage({
    ...common,
    ...{ name, memory },
    follows: () => link.follows,
    onReopened: async (db, change) => {
      // What is new to a tab that follows is its leader's concern.
      const isNew = !change.continues && !link.follows;
      if (isNew) {
        await link.term.claim(db);
        await moveOver(db, mirror.rows(), mirror.users());
        await outbox.moveTo(db, change.waiting);
      }
      await mirror.follow(db);
      if (isNew) connection.restart(new ImError('connection/offline', 'A new start.'));
    },
  });
  const connection: Connection = new Connection({
    ...common,
    url: url.href,
    identity,
    openSocket: options.openSocket ?? openSocket,
    turn: () => link.leadership.turn(),
    leads: () => link.leadership.leads,
    device: () => link.device(),
    about: () => around.about(),
    onReady: (frame) => {
      version = frame.version;
      sync.ready(frame);
      if (frame.version > 1) around.ready();
      // A part that is missing when it is needed may not be had any more by then.
      late
        .load()
        .catch((error: unknown) => log.warn('late-part-missing', { error: String(error) }));
    },
    onFrame: (frame, isWhole) => sync.frame(frame, isWhole),
    onPing: () => sync.ping(),
    onPong: (frame) => sync.pong(frame),
    onLost: (error) => {
      sync.lost(error);
      around.lost();
    },
    onTokenExpired: (error) => emitter.emit('token-expired', { error }),
  });
  const outbox: Outbox = new Outbox({
    ...common,
    ...{ storage, connection },
    link: () => link,
    resync: (conversation) => sync.catchUp.pulls.want(conversation, LOG_END, 'open'),
    onFailed: (row, error) => {
      if (row.order === undefined) {
        late.failed(row, error);
        return;
      }
      const { conversation: conversationId, clientId } = row;
      const id = messageId({ sender: identity.userId, clientId });
      emitter.emit('message-failed', { conversationId, messageId: id, error });
    },
  });
  const link: Link = new Link({
    ...common,
    ...{ storage, memory, connection, outbox, identity, emitter },
    keeps: () => receipts.kept,
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
      sync.lookUp.again();
      drafts.start();
    },
    onWoken: () => void storage.use((db) => mirror.follow(db)).catch(() => undefined),
  });
  storage.state.subscribe({ next: ({ status }) => status === 'memory' && link.goAlone() });
  // Where tabs cannot speak with each other, each speaks for itself.
  link.start(name).catch(() => signal.aborted || link.goAlone());
  const shared = { ...common, storage, mirror, connection, link, outbox, emitter, people: mirror };
  const receipts = new Receipts({
    ...shared,
    receipt: readReceipts,
    onKept: () => link.follower?.keep(),
  });
  const typing = new Typing(shared);
  const around = new Late({ ...shared, about: options });
  const sync: Sync = new Sync({
    ...shared,
    receipts,
    typing,
    around,
    onReady: () => drafts.start(),
  });
  const { catchUp } = sync;
  const late: LateActions = new LateActions({ ...shared, version: () => version });
  const drafts: Drafts = new Drafts({
    ...shared,
    isShared: options.syncDrafts ?? true,
    write: async (id) => (await late.load()).keeping.writeDraft(id),
  });
  const messages = new Messages(shared);
  const conversations = new Conversations({ ...shared, catchUp });
  return {
    ...shared,
    identity,
    receipts,
    typing,
    catchUp,
    messages,
    conversations,
    late,
    drafts,
    around,
  };
}

type Parts = ReturnType<typeof wire> & {
  readonly loaded: Promise<void>;
  readonly stop: (wipe: boolean) => Promise<void>;
};

/** The public face of the modules. */
function clientOf(parts: Parts): ImClient {
  const { link, storage, mirror, typing, messages, conversations, receipts } = parts;
  const { identity, emitter, log, stop, late, drafts, around } = parts;
  const send: ImClient['send'] = async (conversation, draft) => {
    const message = await messages.send(conversation, draft);
    typing.sent(conversation);
    drafts.sent(conversation);
    return message;
  };
  return {
    get userId() {
      return identity.userId;
    },
    connection: link.state,
    storage: storage.state,
    conversations: mirror.conversations,
    totalUnread: mirror.totalUnread,
    folders: mirror.folders,
    policy: mirror.policy,
    conversation: (id) => mirror.conversation(id),
    history: (conversation, { pageSize = PAGE_SIZE } = {}) =>
      new History({ ...parts, conversation, pageSize }),
    typing: (conversation) => typing.live(conversation),
    presence: (userId) => around.presence(userId),
    devices: async () => (await around.load()).devices(),
    signOutDevice: async (id) => (await around.load()).signOut(id),
    openPeer: (userId) => conversations.openPeer(userId),
    send,
    sendText: (conversation, text) => send(conversation, { type: 'text', text }),
    retry: (conversation, id) => messages.retry(conversation, id),
    discard: (conversation, id) => messages.discard(conversation, id),
    ...late.commands,
    pinnedMessages: (conversation) => late.pinned(conversation),
    markRead: async (conversation, seq) => {
      await receipts.markRead(conversation, seq);
      if (mirror.row(conversation)?.own?.unread)
        await late.commands.markUnread(conversation, false);
    },
    keepRead: (conversation) => receipts.keepRead(conversation),
    setTyping: (conversation, active) => typing.set(conversation, active),
    setDraft: (conversation, text) => drafts.set(conversation, text),
    reconnect: () => link.reconnect(),
    setToken(token) {
      identity.replace(token);
      link.reconnect(token);
    },
    on: (event, handler) => emitter.on(event, handler),
    exportLogs: () => log.export(),
    logout: ({ wipe = false } = {}) => stop(wipe),
    destroy: () => stop(false),
  };
}

/** One database for each server and user. */
function databaseName(url: URL, known: Promise<string>, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(destroyed()), { once: true });
    const place = `${url.host}${url.pathname.replace('/v1/socket', '')}`;
    void known.then((userId) => resolve(`im-kit/${place}/${userId}`));
  });
}

function openSocket(url: string, protocol: string): SocketLike {
  return new WebSocket(url, protocol);
}
