import { LIMITS } from './limits.js';

/** The sender of events that nobody wrote, such as "the group was created". No person has this id. */
export const SYSTEM_USER = '@system';

const USER_ID = /^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}$/;
const GROUP_ID = /^group:[A-Za-z0-9_-]{1,64}$/;
const SELF_ID = /^self:([A-Za-z0-9_][A-Za-z0-9._@+-]{0,63})$/;
const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/** `self` is a person's own log, which only their devices read. */
export type ConversationKind = 'c2c' | 'group' | 'self';

/** Whether `id` may name a person: 1 to 64 of letters, digits and `. _ @ + -`, the first no sign. */
export function isUserId(id: string): boolean {
  return USER_ID.test(id);
}

/** Whether `key` may be a client id or a device id: 1 to 64 of letters, digits, `_` and `-`. */
export function isKey(key: string): boolean {
  return KEY.test(key);
}

/** The id of the conversation of two people; the same whichever of them asks. */
export function c2cId(one: string, other: string): string {
  return one < other ? `c2c:${one}:${other}` : `c2c:${other}:${one}`;
}

/** The id of a person's own log. */
export function selfId(user: string): string {
  return `self:${user}`;
}

/** The two people of a `c2c:` id, or undefined when the id is not a well-formed one. */
export function c2cPeople(id: string): readonly [string, string] | undefined {
  const [prefix, one, other, rest] = id.split(':');
  if (prefix !== 'c2c' || one === undefined || other === undefined || rest !== undefined) return;
  if (!isUserId(one) || !isUserId(other) || one >= other) return;
  return [one, other];
}

/** The other person of a one-to-one conversation, or undefined when `self` is not part of it. */
export function c2cPeer(id: string, self: string): string | undefined {
  const people = c2cPeople(id);
  if (!people) return;
  if (people[0] === self) return people[1];
  return people[1] === self ? people[0] : undefined;
}

/** What kind of conversation an id names, or undefined when it names none. */
export function conversationKind(id: string): ConversationKind | undefined {
  if (id.length > LIMITS.conversationIdLength) return;
  if (GROUP_ID.test(id)) return 'group';
  if (SELF_ID.test(id)) return 'self';
  return c2cPeople(id) ? 'c2c' : undefined;
}

/** A random key of 128 bits as 22 characters of base64url, from the injected source of bytes. */
export function makeKey(randomBytes: (count: number) => Uint8Array): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let key = '';
  // 22 characters of 6 bits hold 132 bits: one byte a character, its upper two bits unused.
  for (const byte of randomBytes(22)) key += digits.charAt(byte & 63);
  return key;
}
