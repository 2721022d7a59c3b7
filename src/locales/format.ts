/** Times and days in words. Formatters are costly to make, so each is made once a locale. */
import type { Strings } from './en.js';

type Kind = 'time' | 'both' | 'weekday' | 'day' | 'dayOfYear' | 'full';

const OPTIONS: Readonly<Record<Kind, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit' },
  both: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
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
    const cycle =
      (kind === 'time' || kind === 'both') && !locale.includes('-')
        ? ({ hourCycle: 'h23' } as const)
        : {};
    format = new Intl.DateTimeFormat(locale, { ...OPTIONS[kind], ...cycle });
    formatters.set(key, format);
  }
  return format;
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/**
 * What the formatters for plain English say. The first one that a page makes costs it over 10 ms, in
 * which the browser looks through all its languages; the language that is built in needs none.
 */
function english(kind: Kind, at: number): string {
  const date = new Date(at);
  const [month = '', weekday = ''] = [MONTHS[date.getMonth()], DAYS[date.getDay()]];
  const day = `${month.slice(0, 3)} ${date.getDate()}`;
  switch (kind) {
    case 'time':
      return [date.getHours(), date.getMinutes()]
        .map((part) => `${part}`.padStart(2, '0'))
        .join(':');
    case 'both':
      return `${day}, ${english('time', at)}`;
    case 'weekday':
      return weekday.slice(0, 3);
    case 'day':
      return day;
    case 'dayOfYear':
      return `${day}, ${date.getFullYear()}`;
    case 'full':
      return `${weekday}, ${month} ${date.getDate()}`;
  }
}

function format(locale: string, kind: Kind, at: number): string {
  return locale === 'en' ? english(kind, at) : formatter(locale, kind).format(at);
}

/** The start of the viewer's day that is `offset` days after that of `at`. */
export function startOfDay(at: number, offset = 0): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + offset).getTime();
}

/** The time of day, such as "09:52". */
export function timeOfDay(locale: string, at: number): string {
  return format(locale, 'time', at);
}

/** A day of this year and the time of day, such as "12 Mar, 09:52". */
export function dayAndTime(locale: string, at: number): string {
  return format(locale, 'both', at);
}

/** As short as a row of a list allows: "09:52", "Yesterday", "Mon", "12 Mar", "12 Mar 2025". */
export function listTime(strings: Strings, locale: string, at: number, now: number): string {
  if (at >= startOfDay(now)) return timeOfDay(locale, at);
  if (at >= startOfDay(now, -1)) return strings.yesterday;
  if (at >= startOfDay(now, -6)) return format(locale, 'weekday', at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(locale, sameYear ? 'day' : 'dayOfYear', at);
}

/** A day as a heading: "Today", "Yesterday", "Monday, 9 March", "9 Mar 2025". */
export function dayHeading(strings: Strings, locale: string, at: number, now: number): string {
  const day = startOfDay(at);
  if (day === startOfDay(now)) return strings.today;
  if (day === startOfDay(now, -1)) return strings.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(locale, sameYear ? 'full' : 'dayOfYear', at);
}

const lists = new Map<string, Intl.ListFormat>();

/** Names one after the other: "Mara, Omar and Lin". */
export function nameList(locale: string, names: readonly string[]): string {
  // Mostly there is nothing to put together.
  if (names.length < 2) return names.join();
  const list = lists.get(locale) ?? new Intl.ListFormat(locale, { type: 'conjunction' });
  lists.set(locale, list);
  return list.format(names);
}
