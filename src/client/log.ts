import { ImError } from '../protocol/im-error.js';
import type { LogLevel } from './public.js';

type LineLevel = Exclude<LogLevel, 'silent'>;

/** What a line may tell: ids, codes and counts. Never a token, never what somebody wrote. */
export type LogFields = { readonly [name: string]: string | number | boolean | undefined };

const RANK: { readonly [L in LogLevel]: number } = {
  silent: 0,
  error: 1,
  warn: 2,
  info: 3,
  debug: 4,
};

const LINES = 1_000;

/** Keeps the last lines for `exportLogs()` and shows the grave ones on the console. */
export class Log {
  readonly #shown: number;
  readonly #now: () => number;
  readonly #lines: string[] = [];
  #next = 0;

  constructor(level: LogLevel, now: () => number) {
    this.#shown = RANK[level];
    this.#now = now;
  }

  /** What a destroyed client could not finish, or a tab that does not lead any more, is no error. */
  error(event: string, cause: unknown, fields: LogFields = {}): void {
    const isEnd =
      cause instanceof ImError && /^(client\/destroyed|device\/replaced)$/.test(cause.code);
    this.#write(isEnd ? 'debug' : 'error', event, { ...fields, ...describe(cause) });
  }

  warn(event: string, fields: LogFields = {}): void {
    this.#write('warn', event, fields);
  }

  info(event: string, fields: LogFields = {}): void {
    this.#write('info', event, fields);
  }

  debug(event: string, fields: LogFields = {}): void {
    this.#write('debug', event, fields);
  }

  /** The kept lines, oldest first. */
  export(): string {
    return [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)].join('\n');
  }

  #write(level: LineLevel, event: string, fields: LogFields): void {
    this.#lines[this.#next] = JSON.stringify({ at: this.#now(), level, event, ...fields });
    this.#next = (this.#next + 1) % LINES;
    if (RANK[level] <= this.#shown) globalThis.console[level](`im-kit: ${event}`, fields);
  }
}

/** Name and code of an error. Its message stays out: a library's may quote what it was given. */
function describe(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { error: typeof cause };
  const { code } = cause as { code?: unknown };
  return { error: cause.name, code: typeof code === 'string' ? code : undefined };
}
