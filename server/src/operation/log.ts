/**
 * The log. It tells what happened, never what was said: no tokens, no secrets, no message bodies.
 * Callers log codes and ids; the redaction and the error serializer below catch what slips through.
 */
import { destination, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/settings.js';

export type Log = Logger;

const SECRETS = ['token', 'secret', 'authorization', 'cookie', 'body', 'bodyJson', 'text'];

/** Parsers put pieces of their input into `message`, so causes are told by name and code only. */
function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, code, message, stack, cause } = error as NodeJS.ErrnoException;
  if (error instanceof SyntaxError) return { type: name };
  const inner = cause instanceof Error ? (cause as NodeJS.ErrnoException) : undefined;
  return {
    type: name,
    code,
    message,
    stack,
    cause: inner && { type: inner.name, code: inner.code },
  };
}

/** Lines that wait for a disk to have room again, in characters; further ones are lost. */
const WAITING_LENGTH = 1_048_576;

/** Writes lines at once. A file that takes none, as on a full disk, keeps nobody from working. */
export function openSink(fd: number): DestinationStream {
  const sink = destination({ fd, sync: true, maxLength: WAITING_LENGTH });
  // There is no place left to tell of it; what waits goes out with the next line that is taken.
  sink.on('error', () => undefined);
  return sink;
}

/** One JSON object a line, or a plain line for the eye when `pretty`. */
export function createLog(
  level: LogLevel,
  pretty: boolean,
  sink: DestinationStream = openSink(2),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[hidden]',
      },
      serializers: { err: describe },
    },
    pretty ? { write: (line) => sink.write(prettyLine(line)) } : sink,
  );
}

function prettyLine(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const clock = String(time).slice(11, 19);
  const details = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const stack = err ? `\n${(err as { stack?: string }).stack ?? JSON.stringify(err)}` : '';
  return `${[clock, String(level).padEnd(5), msg, ...details].join(' ')}${stack}\n`;
}
