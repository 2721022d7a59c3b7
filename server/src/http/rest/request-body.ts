import type { IncomingMessage } from 'node:http';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';

/** The fields of a JSON request; each reader names the field that is missing or wrong. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  any(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    const value = this.#values[name];
    if (typeof value !== 'string') throw wrong(name, 'a text');
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.#values[name] === undefined ? undefined : this.text(name);
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw wrong(name, 'a list of texts');
    }
    return value;
  }

  count(name: string, least: number, most: number): number {
    const value = this.#values[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw wrong(name, `a whole number from ${least} to ${most}`);
    }
    return value;
  }
}

export function wrong(field: string, expected: string): ImError {
  return new ImError('request/invalid', `${field} must be ${expected}.`, { field });
}

/** Reads a JSON object of at most one frame's size. */
export async function readFields(request: IncomingMessage): Promise<Fields> {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  // Any other type could be sent by a form of a foreign page without asking first.
  if (type !== 'application/json') throw wrong('content-type', 'application/json');
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ImError('request/invalid', 'The body is not JSON.', { field: 'body', cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('body', 'a JSON object');
  return new Fields(value as Record<string, unknown>);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > LIMITS.frameBytes) {
        throw new ImError('protocol/too-large', `A request may have ${LIMITS.frameBytes} bytes.`);
      }
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof ImError) throw cause;
    throw new ImError('request/invalid', 'The request broke off.', { field: 'body', cause });
  }
  return Buffer.concat(chunks).toString('utf8');
}
