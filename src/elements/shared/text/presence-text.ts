import type { Presence } from '../../../client/public.js';
import type { Strings } from '../../../locales/en.js';
import { listTime, startOfDay } from '../../../locales/format.js';

/** Whether somebody is there, in words; empty where it is not known. */
export function presenceText(
  strings: Strings,
  locale: string,
  { state, seenAt }: Presence,
  now: number,
): string {
  if (state === 'online' || state === 'away') return strings[state];
  if (state === 'unknown' || seenAt === undefined) return '';
  const isYesterday = seenAt < startOfDay(now) && seenAt >= startOfDay(now, -1);
  if (isYesterday) return strings.lastSeenYesterday;
  return strings.lastSeen(listTime(strings, locale, seenAt, now));
}
