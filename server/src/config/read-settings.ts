import { parseArgs } from 'node:util';
import type { AppKeys } from './app-keys.js';
import {
  isLoopback,
  SETTINGS,
  type LogLevel,
  type SettingName,
  type Settings,
} from './settings.js';

export type Command =
  | { readonly status: 'run'; readonly settings: Settings }
  | { readonly status: 'help' }
  | { readonly status: 'version' }
  /** One line each, naming the flag or variable, what was given, and what is allowed. */
  | { readonly status: 'wrong'; readonly problems: readonly string[] };

type Given = { readonly source: string; readonly text: string };

type Reading = {
  readonly given: Map<SettingName, Given[]>;
  readonly problems: string[];
};

const NAMES = Object.keys(SETTINGS) as SettingName[];
const FLAGS = NAMES.flatMap((name) => SETTINGS[name].flag ?? []);
const VARIABLES = NAMES.map((name) => SETTINGS[name].variable);

/** Reads the command line, then the environment for what the command line leaves open. */
export function readSettings(argv: readonly string[], env: NodeJS.ProcessEnv): Command {
  if (argv.includes('--help') || argv.includes('-h')) return { status: 'help' };
  if (argv.includes('--version')) return { status: 'version' };
  const reading: Reading = { given: new Map(), problems: [] };
  readFlags(argv, reading);
  readEnvironment(env, reading);
  check(reading);
  if (reading.problems.length > 0) return { status: 'wrong', problems: reading.problems };
  return { status: 'run', settings: settingsOf(reading) };
}

function readFlags(argv: readonly string[], { given, problems }: Reading): void {
  const options = Object.fromEntries(
    NAMES.flatMap((name) => {
      const { flag, value } = SETTINGS[name];
      return flag ? [[flag.slice(2), { type: value ? 'string' : 'boolean' } as const]] : [];
    }),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') {
      problems.push(`"${token.value}": not expected. Allowed: ${FLAGS.join(', ')}.`);
    }
    if (token.kind !== 'option') continue;
    const name = NAMES.find((candidate) => SETTINGS[candidate].flag === token.rawName);
    if (!name) {
      problems.push(`${token.rawName}: unknown. Allowed: ${FLAGS.join(', ')}, --help, --version.`);
      continue;
    }
    const text = token.value ?? (SETTINGS[name].value ? '' : 'true');
    given.set(name, [...(given.get(name) ?? []), { source: token.rawName, text }]);
  }
}

function readEnvironment(env: NodeJS.ProcessEnv, { given, problems }: Reading): void {
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('IM_KIT_') || value === undefined) continue;
    const name = NAMES.find((candidate) => SETTINGS[candidate].variable === variable);
    if (!name) problems.push(`${variable}: unknown. Allowed: ${VARIABLES.join(', ')}.`);
    else if (!given.has(name))
      given.set(
        name,
        split(name, value).map((text) => ({ source: variable, text })),
      );
  }
}

function split(name: SettingName, value: string): string[] {
  if (name === 'origin') return value.split(',').map((origin) => origin.trim());
  if (name === 'dev' || name === 'noPresence')
    return [{ '1': 'true', '0': 'false' }[value] ?? value];
  return [value];
}

function check({ given, problems }: Reading): void {
  for (const [name, values] of given) {
    const { accepts, allowed } = SETTINGS[name];
    for (const { source, text } of values) {
      if (accepts(text)) continue;
      // A secret is not repeated, not even a wrong one.
      const shown =
        name === 'secret' ? `these ${text.length} characters are` : `"${text.slice(0, 200)}" is`;
      problems.push(`${source}: ${shown} not allowed. Allowed: ${allowed}.`);
    }
  }
  if (given.has('appId') !== given.has('secret')) {
    problems.push('IM_KIT_APP_ID and IM_KIT_SECRET: only one is given. Allowed: both or none.');
  }
  const host = last(given, 'host');
  if (last(given, 'dev') === 'true' && !isLoopback(host)) {
    const source = given.get('host')?.at(-1)?.source ?? '--host';
    problems.push(
      `${source}: "${host}" is not allowed with --dev. Allowed: 127.0.0.1, ::1, localhost.`,
    );
  }
}

function last(given: Reading['given'], name: SettingName): string {
  return given.get(name)?.at(-1)?.text ?? SETTINGS[name].fallback ?? '';
}

function settingsOf({ given }: Reading): Settings {
  return {
    host: last(given, 'host'),
    port: Number(last(given, 'port')),
    data: last(given, 'data'),
    origins: given.get('origin')?.map(({ text }) => text) ?? [],
    dev: last(given, 'dev') === 'true',
    logLevel: last(given, 'logLevel') as LogLevel,
    maxDevices: countsOf(last(given, 'maxDevices')),
    presence: last(given, 'noPresence') !== 'true',
    sendRate: rateOf(last(given, 'sendRate')),
    policy: {
      recallMs: Number(last(given, 'recallSeconds')) * 1_000,
      editMs: Number(last(given, 'editHours')) * 3_600_000,
      deletedMark: last(given, 'deletedMark') === 'true',
      receiptMembers: Number(last(given, 'receiptMembers')),
    },
    heartbeatMs: Number(last(given, 'heartbeat')) * 1_000,
    keepDays: given.has('keepDays') ? Number(last(given, 'keepDays')) : undefined,
    keys: keysOf(given),
  };
}

function countsOf(text: string): Settings['maxDevices'] {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [kind = '', count] = part.split('=');
      return [kind, Number(count)];
    }),
  );
}

function rateOf(text: string): Settings['sendRate'] {
  if (text === 'off') return text;
  const [burst = 0, perSecond = 0] = text.split('/').map(Number);
  return { burst, perSecond };
}

function keysOf(given: Reading['given']): AppKeys | undefined {
  if (!given.has('appId')) return;
  return { appId: last(given, 'appId'), secret: last(given, 'secret') };
}
