/**
 * The shape of every frame as data: what `decode.ts` checks and what the version's fingerprint is
 * taken from. The compiler holds each table to its type's fields.
 */
import type { ClientFrame, ClientFrameType } from './client-frames.js';
import type { Changes, Gone, Pin, Reaction, Version } from './changes.js';
import type {
  Device,
  Digest,
  Head,
  LogEvent,
  Mark,
  OwnMark,
  Pinned,
  Policy,
  Presence,
  Standing,
  User,
} from './entities.js';
import { LIMITS } from './limits.js';
import type { ServerFrame, ServerFrameType } from './server-frames.js';

/**
 * - `count`: a safe integer ≥ 0; `seq`: one ≥ 1
 * - `flag`: a boolean
 * - `user`, `key`, `conversation`: ids as in `ids.ts`; `sender` is a user or the system
 * - `name`, `word`, `line`, `text`, `emoji`, `url`, `token`, `cursor`: strings with a greatest length
 * - `any`: whatever JSON can hold
 */
export type Scalar =
  | 'count'
  | 'seq'
  | 'flag'
  | 'user'
  | 'sender'
  | 'key'
  | 'conversation'
  | 'name'
  | 'word'
  | 'line'
  | 'text'
  | 'emoji'
  | 'url'
  | 'token'
  | 'cursor'
  | 'any';

export type Field =
  | Scalar
  | { readonly shape: Shape }
  | { readonly list: Field; readonly most: number }
  | { readonly optional: Field };

export type Shape = { readonly [field: string]: Field };

export type ShapeOf<T> = { readonly [K in Exclude<keyof T, 'type'>]-?: Field };

const user: ShapeOf<User> = { id: 'user', name: 'name', avatarUrl: { optional: 'url' } };

const event: ShapeOf<LogEvent> = {
  seq: 'count',
  at: 'count',
  sender: 'sender',
  clientId: 'key',
  kind: 'word',
  body: 'any',
};

const mark: ShapeOf<Mark> = { user: 'user', delivered: 'count', read: 'count' };

const ownMark: ShapeOf<OwnMark> = {
  conversation: 'conversation',
  delivered: 'count',
  read: 'count',
  receipt: 'flag',
};

const digest: ShapeOf<Digest> = {
  conversations: 'count',
  seqs: 'count',
  trimmed: { optional: 'count' },
};

const version: ShapeOf<Version> = { seq: 'seq', at: 'count', text: 'text' };

const reaction: ShapeOf<Reaction> = { emoji: 'emoji', user: 'user', seq: 'seq', on: 'flag' };

const gone: ShapeOf<Gone> = { seq: 'seq', at: 'count', by: 'sender', how: 'word' };

const pin: ShapeOf<Pin> = { seq: 'seq', at: 'count', by: 'sender', on: 'flag' };

const changes: ShapeOf<Changes> = {
  versions: { list: { shape: version }, most: 1_000 },
  gone: { optional: { shape: gone } },
  reactions: { list: { shape: reaction }, most: 100_000 },
  pin: { optional: { shape: pin } },
};

const pinned: ShapeOf<Pinned> = { target: 'seq', at: 'count', by: 'sender' };

const standing: ShapeOf<Standing> = {
  event: { shape: event },
  changes: { optional: { shape: changes } },
};

const policy: ShapeOf<Policy> = {
  recallMs: 'count',
  editMs: 'count',
  deletedMark: 'flag',
  receiptMembers: 'count',
};

const head: ShapeOf<Head> = {
  conversation: 'conversation',
  name: { optional: 'name' },
  avatarUrl: { optional: 'url' },
  memberCount: 'count',
  lastSeq: 'count',
  trimmed: { optional: 'count' },
  activeAt: 'count',
  last: { optional: { shape: event } },
  lastChanges: { optional: { shape: changes } },
  pins: { optional: { list: { shape: pinned }, most: 1_000 } },
  read: 'count',
  unread: 'count',
  marks: { list: { shape: mark }, most: 1_000 },
  people: { list: { shape: user }, most: 1_000 },
};

const device: ShapeOf<Device> = {
  id: 'key',
  label: { optional: 'name' },
  platform: 'word',
  createdAt: 'count',
  seenAt: 'count',
  online: 'flag',
  current: 'flag',
};

const presence: ShapeOf<Presence> = {
  user: 'user',
  state: 'word',
  seenAt: { optional: 'count' },
};

export const CLIENT_SHAPES: {
  readonly [T in ClientFrameType]: ShapeOf<Extract<ClientFrame, { type: T }>>;
} = {
  hello: {
    id: 'count',
    version: 'count',
    token: 'token',
    device: 'key',
    label: { optional: 'name' },
    platform: { optional: 'word' },
    presence: { optional: 'word' },
  },
  send: {
    id: 'count',
    conversation: 'conversation',
    clientId: 'key',
    n: 'count',
    kind: 'word',
    body: 'any',
  },
  sync: { id: 'count', cursor: 'cursor' },
  range: {
    id: 'count',
    conversation: 'conversation',
    after: { optional: 'count' },
    before: { optional: 'count' },
    limit: 'count',
  },
  open: { id: 'count', conversation: 'conversation' },
  messages: {
    id: 'count',
    conversation: 'conversation',
    seqs: { list: 'seq', most: LIMITS.messagesPage },
  },
  readers: {
    id: 'count',
    conversation: 'conversation',
    seq: 'seq',
    read: 'flag',
    after: { optional: 'user' },
  },
  'look-up': { id: 'count', users: { list: 'user', most: LIMITS.usersPage } },
  mark: { marks: { list: { shape: ownMark }, most: LIMITS.marksPage } },
  typing: { conversation: 'conversation', active: 'flag' },
  presence: { state: 'word' },
  watch: { users: { list: 'user', most: LIMITS.watched } },
  devices: { id: 'count' },
  'sign-out': { id: 'count', device: 'key' },
  ping: { id: 'count' },
};

export const SERVER_SHAPES: {
  readonly [T in ServerFrameType]: ShapeOf<Extract<ServerFrame, { type: T }>>;
} = {
  ready: {
    id: 'count',
    version: 'count',
    user: { shape: user },
    now: 'count',
    heartbeatMs: 'count',
    policy: { optional: { shape: policy } },
  },
  ack: { id: 'count', conversation: 'conversation', clientId: 'key', seq: 'count', at: 'count' },
  error: {
    id: { optional: 'count' },
    code: 'word',
    message: 'line',
    field: { optional: 'word' },
    retryAfterMs: { optional: 'count' },
  },
  heads: {
    id: 'count',
    heads: { list: { shape: head }, most: 1_000 },
    cursor: 'cursor',
    more: 'flag',
  },
  head: { id: { optional: 'count' }, head: { shape: head } },
  events: {
    id: { optional: 'count' },
    conversation: 'conversation',
    from: 'count',
    to: 'count',
    trimmed: { optional: 'count' },
    events: { list: { shape: event }, most: 1_000 },
  },
  messages: {
    id: 'count',
    conversation: 'conversation',
    messages: { list: { shape: standing }, most: 1_000 },
  },
  readers: {
    id: 'count',
    users: { list: { shape: user }, most: 1_000 },
    more: 'flag',
    readCount: 'count',
    unreadCount: 'count',
  },
  users: { id: 'count', users: { list: { shape: user }, most: 1_000 } },
  marks: { conversation: 'conversation', marks: { list: { shape: mark }, most: 1_000 } },
  typing: { conversation: 'conversation', user: 'user', active: 'flag' },
  presence: { people: { list: { shape: presence }, most: 1_000 } },
  devices: { id: 'count', devices: { list: { shape: device }, most: 1_000 } },
  done: { id: 'count' },
  pong: { id: 'count', now: 'count', digest: { shape: digest } },
  bye: { code: 'word', message: 'line', retryAfterMs: { optional: 'count' } },
};
