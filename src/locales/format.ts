/** Times and days in words. Formatters are costly to make, so each is made once a locale. */
import type { Strings } from './en.js';

type Kind = 'time' | 'weekday' | 'day' | 'dayOfYear' | 'full';

const OPTIONS: Readonly<Record<Kind, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'short' },
  dayOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long' },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, kind: Kind): Intl.DateTimeFormat {
  const key = `${locale} ${kind}`;
  let format = formatters.get(key);
  if (!format) {
    // A bare language says nothing about the hour; 24 hours read the same everywhere.
    const cycle = kind === 'time' && !locale.includes('-') ? ({ hourCycle: 'h23' } as const) : {};
    format = new Intl.DateTimeFormat(locale, { ...OPTIONS[kind], ...cycle });
    formatters.set(key, format);
  }
  return format;
}

/** The start of the viewer's day that is `offset` days after that of `at`. */
export function startOfDay(at: number, offset = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + offset).getTime();
}

/** The time of day, such as "09:52". */
export function timeOfDay(locale: string, at: number): string {
  return formatter(locale, 'time').format(at);
}

/** As short as a row of a list allows: "09:52", "Yesterday", "Mon", "12 Mar", "12 Mar 2025". */
export function listTime(strings: Strings, locale: string, at: number, now: number): string {
  if (at >= startOfDay(now)) return timeOfDay(locale, at);
  if (at >= startOfDay(now, -1)) return strings.yesterday;
  if (at >= startOfDay(now, -6)) return formatter(locale, 'weekday').format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatter(locale, sameYear ? 'day' : 'dayOfYear').format(at);
}

/** A day as a heading: "Today", "Yesterday", "Monday, 9 March", "9 Mar 2025". */
export function dayHeading(strings: Strings, locale: string, at: number, now: number): string {
  const day = startOfDay(at);
  if (day === startOfDay(now)) return strings.today;
  if (day === startOfDay(now, -1)) return strings.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatter(locale, sameYear ? 'full' : 'dayOfYear').format(at);
}
