import { subjectOf } from '../../client/identity.js';
import type { ImClientOptions } from '../../client/public.js';

const providers = new WeakMap<object, number>();
let lastProvider = 0;

/**
 * Tells which clients may be one: those of the same user, on the same server, with the same habits.
 *
 * Whom a token provider speaks for shows only when it answers, so without a user's id each provider
 * is somebody else: two people must never share a client.
 */
export function clientKey({ server, userId, token, readReceipts }: ImClientOptions): string {
  return JSON.stringify([server, readReceipts ?? true, ...whose(userId, token)]);
}

function whose(
  userId: string | undefined,
  token: ImClientOptions['token'],
): readonly (string | number)[] {
  if (userId) return ['user', userId];
  if (typeof token === 'function') return ['provider', numberOf(token)];
  const subject = subjectOf(token);
  return subject === undefined ? ['token', token] : ['user', subject];
}

function numberOf(provider: object): number {
  const known = providers.get(provider) ?? ++lastProvider;
  providers.set(provider, known);
  return known;
}
