import { ImError } from '../protocol/im-error.js';
import { Connection } from './connection/connection.js';
import { socketUrl } from './connection/socket-url.js';
import { isDismissal } from './connection/refusals.js';
import { Conversations } from './conversations.js';
import { Mirror } from './database/mirror.js';
import { moveOver } from './database/move-over.js';
import { destroyed } from './database/storage-errors.js';
import { Storage } from './database/storage.js';
import { Emitter } from './emitter.js';
import { RUNTIME, type Environment } from './environment.js';
import { History } from './history.js';
import { Identity } from './identity.js';
import { Late } from './late/late.js';
import { Log } from './log.js';
import { Messages } from './messages.js';
import { Outbox } from './outbox.js';
import { messageId } from './present.js';
import type { ImClient, ImClientOptions, SocketLike } from './public.js';
import { Receipts } from './receipts.js';
import { Sync } from './sync/sync.js';
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
  const { connection, storage, mirror, log, outbox, receipts, typing, late, emitter } = parts;
  const loaded = storage.use((db) => mirror.follow(db));
  loaded.catch((error: unknown) => {
    log.error('load-failed', error);
    if (!stopping.signal.aborted) mirror.fail(error);
  });
  void connection.run();
  connection.state.subscribe({
    next: (state) => {
      emitter.emit('connection-change', state);
      if (state.status !== 'refused' || !isDismissal(state.error)) return;
      if (state.error.code === 'device/signed-out') leaveDevice();
      emitter.emit('kicked', { error: state.error });
    },
  });

  function leaveDevice(): void {
    const left = options.keepWhenSignedOut ? storage.renewDevice() : storage.startOver();
    left.catch((error: unknown) => log.error('leave-device-failed', error));
  }

  async function stop(wipe: boolean): Promise<void> {
    stopping.abort();
    for (const part of [mirror, outbox, receipts, typing, late]) part.stop();
    await storage.close(wipe);
  }
  return clientOf({ ...parts, loaded, signal: stopping.signal, stop });
}

/** Makes the modules and connects them. Which of them calls which is all that is decided here. */
function wire(environment: Environment, options: ImClientOptions, url: URL, signal: AbortSignal) {
  const { token, userId, logLevel = 'warn', readReceipts = true, storage: kept } = options;
  const log = new Log(logLevel, environment.now);
  const emitter = new Emitter();
  const identity = new Identity(token, userId);
  const self = (): string => identity.userId;
  const common = { environment, log, signal, self };
  const mirror = new Mirror({ ...common, lookUp: (users) => sync.lookUp.want(users) });
  const storage = new Storage({
    ...common,
    name: databaseName(url, identity.known, signal),
    memory: kept === 'memory',
    onReopened: async (db, change) => {
      if (!change.continues) await moveOver(db, mirror.rows(), mirror.users());
      if (!change.continues) await outbox.moveTo(db, change.waiting);
      await mirror.follow(db);
      if (!change.continues) connection.restart(new ImError('connection/offline', 'A new start.'));
    },
  });
  const connection: Connection = new Connection({
    ...common,
    url: url.href,
    identity,
    openSocket: options.openSocket ?? openSocket,
    device: () => storage.device(),
    about: () => late.about(),
    onReady: (frame) => {
      sync.ready(frame);
      late.ready();
    },
    onFrame: (frame, isWhole) => sync.frame(frame, isWhole),
    onPing: () => sync.ping(),
    onPong: (frame) => sync.pong(frame),
    onLost: (error) => {
      sync.lost(error);
      late.lost();
    },
    onTokenExpired: (error) => emitter.emit('token-expired', { error }),
  });
  const outbox: Outbox = new Outbox({
    ...common,
    ...{ storage, connection },
    resync: (conversation) => sync.catchUp.pulls.want(conversation, LOG_END, 'open'),
    onFailed: ({ conversation: conversationId, clientId }, error) => {
      const id = messageId({ sender: identity.userId, clientId });
      emitter.emit('message-failed', { conversationId, messageId: id, error });
    },
  });
  const shared = { ...common, storage, mirror, connection, outbox, emitter, people: mirror };
  const receipts = new Receipts({ ...shared, receipt: readReceipts });
  const typing = new Typing(shared);
  const late = new Late({ ...shared, about: options });
  const sync: Sync = new Sync({ ...shared, receipts, typing, late });
  const { catchUp } = sync;
  const messages = new Messages(shared);
  const conversations = new Conversations({ ...shared, catchUp });
  return { ...shared, identity, receipts, typing, late, catchUp, messages, conversations };
}

type Parts = ReturnType<typeof wire> & {
  readonly loaded: Promise<void>;
  readonly stop: (wipe: boolean) => Promise<void>;
};

/** The public face of the modules. */
function clientOf(parts: Parts): ImClient {
  const { connection, storage, mirror, typing, late, messages, conversations, receipts } = parts;
  const { identity, emitter, log, stop } = parts;
  const send: ImClient['send'] = async (conversation, draft) => {
    const message = await messages.send(conversation, draft);
    typing.sent(conversation);
    return message;
  };
  return {
    get userId() {
      return identity.userId;
    },
    connection: connection.state,
    storage: storage.state,
    conversations: mirror.conversations,
    totalUnread: mirror.totalUnread,
    conversation: (id) => mirror.conversation(id),
    history: (conversation, { pageSize = PAGE_SIZE } = {}) =>
      new History({ ...parts, conversation, pageSize }),
    typing: (conversation) => typing.live(conversation),
    presence: (userId) => late.presence(userId),
    devices: async () => (await late.load()).devices(),
    signOutDevice: async (id) => (await late.load()).signOut(id),
    openPeer: (userId) => conversations.openPeer(userId),
    send,
    sendText: (conversation, text) => send(conversation, { type: 'text', text }),
    retry: (conversation, id) => messages.retry(conversation, id),
    discard: (conversation, id) => messages.discard(conversation, id),
    markRead: (conversation, seq) => receipts.markRead(conversation, seq),
    keepRead: (conversation) => receipts.keepRead(conversation),
    setTyping: (conversation, active) => typing.set(conversation, active),
    setDraft: (conversation, text) => conversations.setDraft(conversation, text),
    reconnect: () => connection.reconnect(),
    setToken(token) {
      identity.replace(token);
      connection.reconnect();
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
