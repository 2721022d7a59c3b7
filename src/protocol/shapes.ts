/**
 * The shape of every frame as data: what `decode.ts` checks and what the version's fingerprint is
 * taken from. The compiler holds each table to its type's fields.
 */
import type { ClientFrame, ClientFrameType } from './client-frames.js';
import type { Digest, Head, LogEvent, Mark, OwnMark, User } from './entities.js';
import { LIMITS } from './limits.js';
import type { ServerFrame, ServerFrameType } from './server-frames.js';

/**
 * - `count`: a safe integer ≥ 0
 * - `flag`: a boolean
 * - `user`, `key`, `conversation`: ids as in `ids.ts`; `sender` is a user or the system
 * - `name`, `word`, `line`, `url`, `token`, `cursor`: strings with a greatest length
 * - `any`: whatever JSON can hold
 */
export type Scalar =
  | 'count'
  | 'flag'
  | 'user'
  | 'sender'
  | 'key'
  | 'conversation'
  | 'name'
  | 'word'
  | 'line'
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

type ShapeOf<T> = { readonly [K in Exclude<keyof T, 'type'>]-?: Field };

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

const digest: ShapeOf<Digest> = { conversations: 'count', seqs: 'count' };

const head: ShapeOf<Head> = {
  conversation: 'conversation',
  name: { optional: 'name' },
  avatarUrl: { optional: 'url' },
  memberCount: 'count',
  lastSeq: 'count',
  trimmed: { optional: 'count' },
  activeAt: 'count',
  last: { optional: { shape: event } },
  read: 'count',
  unread: 'count',
  marks: { list: { shape: mark }, most: 1_000 },
  people: { list: { shape: user }, most: 1_000 },
};

export const CLIENT_SHAPES: {
  readonly [T in ClientFrameType]: ShapeOf<Extract<ClientFrame, { type: T }>>;
} = {
  hello: { id: 'count', version: 'count', token: 'token', device: 'key' },
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
  'look-up': { id: 'count', users: { list: 'user', most: LIMITS.usersPage } },
  mark: { marks: { list: { shape: ownMark }, most: LIMITS.marksPage } },
  typing: { conversation: 'conversation', active: 'flag' },
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
  users: { id: 'count', users: { list: { shape: user }, most: 1_000 } },
  marks: { conversation: 'conversation', marks: { list: { shape: mark }, most: 1_000 } },
  typing: { conversation: 'conversation', user: 'user', active: 'flag' },
  pong: { id: 'count', now: 'count', digest: { shape: digest } },
  bye: { code: 'word', message: 'line', retryAfterMs: { optional: 'count' } },
};
