import { socketUrl } from './connection/socket-url.js';
import { isDismissal } from './connection/refusals.js';
import { Conversations } from './conversations/conversations.js';
import { Mirror } from './database/mirror.js';
import { destroyed } from './database/storage-errors.js';
import { Storage } from './database/storage.js';
import { Drafts } from './messages/drafts.js';
import { Emitter } from './emitter.js';
import { RUNTIME, type Environment } from './environment.js';
import { Gate } from './gate.js';
import { History } from './history/history.js';
import { Identity } from './identity.js';
import { Late } from './late/late.js';
import { LateActions } from './actions/late-actions.js';
import { Log } from './log.js';
import { Messages } from './messages/messages.js';
import type { ImClient, ImClientOptions } from './public.js';
import { Typing } from './conversations/typing.js';

const PAGE_SIZE = 50;

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
  const { gate, storage, mirror, log, typing, drafts, around, emitter, loaded } = parts;
  loaded.catch((error: unknown) => {
    log.error('load-failed', error);
    if (!stopping.signal.aborted) mirror.fail(error);
  });
  gate.state.subscribe({
    next: (state) => {
      emitter.emit('connection-change', state);
      if (state.status !== 'refused' || !isDismissal(state.error)) return;
      // A tab that follows leaves it to the one that leads.
      if (state.error.code === 'device/signed-out' && !gate.now?.link.follows) leaveDevice();
      emitter.emit('kicked', { error: state.error });
    },
  });
  const stopWatching = watchPage(environment, parts);
  stopping.signal.addEventListener('abort', stopWatching);

  function leaveDevice(): void {
    const term = gate.now?.link.term;
    if (!term) return;
    const left = options.keepWhenSignedOut ? storage.renewDevice(term) : storage.startOver(term);
    left.catch((error: unknown) => log.error('leave-device-failed', error));
  }

  async function stop(wipe: boolean): Promise<void> {
    stopping.abort();
    for (const part of [mirror, gate.now, typing, drafts, around]) part?.stop();
    await storage.close(wipe);
  }
  return clientOf({ ...parts, signal: stopping.signal, stop });
}

function watchPage(environment: Environment, { gate, storage }: Pick<Parts, 'gate' | 'storage'>) {
  const wake = (): void => {
    storage.wake();
    gate.now?.link.leadership.wake();
    gate.now?.connection.wake();
  };
  return environment.watchPage(wake, () => {
    storage.halt();
    gate.now?.link.leadership.rest();
  });
}

/** Makes the modules and connects them. Which of them calls which is all that is decided here. */
function wire(environment: Environment, options: ImClientOptions, url: URL, signal: AbortSignal) {
  const { token, userId, logLevel = 'warn' } = options;
  const log = new Log(logLevel, environment.now);
  const emitter = new Emitter();
  const identity = new Identity(token, userId);
  const common = { environment, log, signal, self: () => identity.userId };
  const mirror = new Mirror({ ...common, lookUp: (users) => gate.lookUp(users) });
  const name = databaseName(url, identity.known, signal);
  // Whoever waits for it hears of the end; nobody may, yet.
  name.catch(() => undefined);
  const storage = new Storage({
    ...common,
    ...{ name, memory: options.storage === 'memory' },
    follows: () => gate.now?.link.follows ?? false,
    onReopened: async (db, change) => {
      // What has waited goes along when there is somebody to send it.
      if (gate.now) await gate.now.reopened(db, change);
      else void gate.loaded.then((online) => online.reopened(db, change)).catch(() => undefined);
    },
  });
  const loaded = storage.use((db) => mirror.follow(db));
  const gate: Gate = new Gate({
    ...common,
    // Whose database it is may be for the server to say.
    stored: async () => {
      if (identity.userId) await loaded;
      return !!mirror.conversations.value?.length;
    },
    load: async () => {
      const { Online } = await import('./online.js');
      return new Online({ ...shared, typing, drafts, late, around });
    },
  });
  const base = { ...common, url, name, asked: options, storage, mirror, gate, emitter, identity };
  const shared = { ...base, people: mirror };
  const typing = new Typing(shared);
  const around = new Late({
    ...shared,
    connection: () => gate.now?.connection,
    about: options,
  });
  const late: LateActions = new LateActions(shared);
  const drafts: Drafts = new Drafts({
    ...shared,
    isShared: options.syncDrafts ?? true,
    write: async (id) => (await late.load()).keeping.writeDraft(id),
  });
  const messages = new Messages(shared);
  const conversations = new Conversations(shared);
  return { ...shared, loaded, typing, messages, conversations, late, drafts, around };
}

type Parts = ReturnType<typeof wire> & {
  readonly stop: (wipe: boolean) => Promise<void>;
};

/** The public face of the modules. */
function clientOf(parts: Parts): ImClient {
  const { gate, storage, mirror, typing, messages, conversations } = parts;
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
    connection: gate.state,
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
      await (await gate.loaded).receipts.markRead(conversation, seq);
      if (mirror.row(conversation)?.own?.unread)
        await late.commands.markUnread(conversation, false);
    },
    keepRead: (conversation) => gate.kept.add(conversation),
    setTyping: (conversation, active) => typing.set(conversation, active),
    setDraft: (conversation, text) => drafts.set(conversation, text),
    reconnect: () => gate.reconnect(),
    setToken(token) {
      identity.replace(token);
      gate.reconnect(token);
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
