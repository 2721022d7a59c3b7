/**
 * Every setting of the server: where it comes from, what it may be, and what it is otherwise. The
 * reader and `--help` are both made from this table.
 */
import { isIP } from 'node:net';
import type { Policy } from '../../../src/protocol/entities.js';
import { LIMITS, SEND_RATES } from '../../../src/protocol/limits.js';
import type { DeviceLimits } from '../core/devices/online.js';
import type { AppKeys } from './app-keys.js';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export type Settings = {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The data folder as it was given. */
  readonly data: string;
  readonly origins: readonly string[];
  readonly dev: boolean;
  readonly logLevel: LogLevel;
  readonly maxDevices: DeviceLimits;
  readonly presence: boolean;
  readonly sendRate: { readonly burst: number; readonly perSecond: number } | 'off';
  readonly policy: Policy;
  readonly heartbeatMs: number;
  /** Messages that are older are removed; undefined keeps all. */
  readonly keepDays: number | undefined;
  /** Given by the environment; otherwise they are kept in the data folder. */
  readonly keys: AppKeys | undefined;
};

export type SettingName =
  | 'host'
  | 'port'
  | 'data'
  | 'origin'
  | 'dev'
  | 'logLevel'
  | 'maxDevices'
  | 'noPresence'
  | 'sendRate'
  | 'heartbeat'
  | 'keepDays'
  | 'recallSeconds'
  | 'editHours'
  | 'deletedMark'
  | 'receiptMembers'
  | 'appId'
  | 'secret';

export type Setting = {
  /** Absent where the command line would show a secret to everybody on the machine. */
  readonly flag?: string;
  readonly variable: string;
  /** How the value is written in `--help`; absent for a switch. */
  readonly value?: string;
  readonly help: string;
  readonly fallback?: string;
  /** In words, for the message about a wrong value. */
  readonly allowed: string;
  readonly accepts: (text: string) => boolean;
};

const MAX_DEVICES = /^(web|mobile|desktop|bot|all)=[1-9]\d{0,2}$/;

const SEND_RATE = /^([1-9]\d{0,5}|1000000)\/([1-9]\d{0,5}|1000000)$/;
const isCount = (text: string): boolean => /^\d{1,7}$/.test(text);

const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text);
    return url.origin === text && /^https?:$/.test(url.protocol);
  } catch {
    return false;
  }
}

export const SETTINGS: { readonly [N in SettingName]: Setting } = {
  host: {
    flag: '--host',
    variable: 'IM_KIT_HOST',
    value: 'address',
    help: 'The address to listen on.',
    fallback: '127.0.0.1',
    allowed: 'an IP address or a host name',
    accepts: (text) => isIP(text) !== 0 || HOST_NAME.test(text),
  },
  port: {
    flag: '--port',
    variable: 'IM_KIT_PORT',
    value: 'number',
    help: 'The port to listen on; 0 takes any free one. With --dev the next free one if it is taken.',
    fallback: '8787',
    allowed: 'a whole number from 0 to 65535',
    accepts: (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535,
  },
  data: {
    flag: '--data',
    variable: 'IM_KIT_DATA',
    value: 'folder',
    help: 'Everything the server remembers. One server a folder.',
    fallback: './data',
    allowed: 'a folder that this user may write',
    accepts: (text) => text !== '' && !text.includes('\0'),
  },
  origin: {
    flag: '--origin',
    variable: 'IM_KIT_ORIGIN',
    value: 'origin',
    help: 'A site whose pages may connect; repeat it for more (in the variable: commas).',
    allowed: 'an exact origin such as https://shop.example or http://localhost:5173',
    accepts: isOrigin,
  },
  dev: {
    flag: '--dev',
    variable: 'IM_KIT_DEV',
    help: 'Demo pages, demo people, and sign-in without a password. Loopback only.',
    fallback: 'false',
    allowed: 'true or false',
    accepts: (text) => text === 'true' || text === 'false',
  },
  logLevel: {
    flag: '--log-level',
    variable: 'IM_KIT_LOG_LEVEL',
    value: 'level',
    help: `How much is logged on stderr: ${LOG_LEVELS.join(', ')}.`,
    fallback: 'info',
    allowed: LOG_LEVELS.join(', '),
    accepts: (text) => LOG_LEVELS.some((level) => level === text),
  },
  maxDevices: {
    flag: '--max-devices',
    variable: 'IM_KIT_MAX_DEVICES',
    value: 'counts',
    help: 'Devices of one person online at a time, like web=5,mobile=1,all=6; the newest wins.',
    fallback: 'all=20',
    allowed: 'web, mobile, desktop, bot or all, each with = and 1 to 999, with commas between them',
    accepts: (text) => text.split(',').every((part) => MAX_DEVICES.test(part)),
  },
  noPresence: {
    flag: '--no-presence',
    variable: 'IM_KIT_NO_PRESENCE',
    help: 'Tells nobody who is online and when people were last seen.',
    fallback: 'false',
    allowed: 'true or false',
    accepts: (text) => text === 'true' || text === 'false',
  },
  sendRate: {
    flag: '--send-rate',
    variable: 'IM_KIT_SEND_RATE',
    value: 'burst/second',
    help: 'Messages that one person may send at once, and how many more a second.',
    fallback: `${SEND_RATES.burst}/${SEND_RATES.perSecond}`,
    allowed: 'two whole numbers from 1 to 1000000 with / between them, or off',
    accepts: (text) => text === 'off' || SEND_RATE.test(text),
  },
  recallSeconds: {
    flag: '--recall-seconds',
    variable: 'IM_KIT_RECALL_SECONDS',
    value: 'number',
    help: 'How long a message can be taken back; 0 forbids it.',
    fallback: '120',
    allowed: 'a whole number from 0 to 9999999',
    accepts: isCount,
  },
  editHours: {
    flag: '--edit-hours',
    variable: 'IM_KIT_EDIT_HOURS',
    value: 'number',
    help: 'How long a message can be edited; 0 forbids it.',
    fallback: '24',
    allowed: 'a whole number from 0 to 9999999',
    accepts: isCount,
  },
  deletedMark: {
    flag: '--deleted-mark',
    variable: 'IM_KIT_DELETED_MARK',
    value: 'true|false',
    help: 'Whether a message that was deleted for everyone leaves a mark.',
    fallback: 'true',
    allowed: 'true or false',
    accepts: (text) => text === 'true' || text === 'false',
  },
  receiptMembers: {
    flag: '--receipt-members',
    variable: 'IM_KIT_RECEIPT_MEMBERS',
    value: 'number',
    help: 'In groups with more members nobody is told who has read what.',
    fallback: String(LIMITS.receiptMembers),
    allowed: `a whole number from 0 to ${LIMITS.receiptMembers}`,
    accepts: (text) => isCount(text) && Number(text) <= LIMITS.receiptMembers,
  },
  heartbeat: {
    flag: '--heartbeat',
    variable: 'IM_KIT_HEARTBEAT',
    value: 'seconds',
    help: 'How often clients ask whether the server is still there; a dead line is noticed within two.',
    fallback: '15',
    allowed: 'a whole number from 1 to 60',
    accepts: (text) => /^[1-9]\d?$/.test(text) && Number(text) <= 60,
  },
  keepDays: {
    flag: '--keep-days',
    variable: 'IM_KIT_KEEP_DAYS',
    value: 'number',
    help: 'Removes messages that are older, everywhere and for good. Without it all are kept.',
    allowed: 'a whole number from 1 to 36500',
    accepts: (text) => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 36_500,
  },
  appId: {
    variable: 'IM_KIT_APP_ID',
    help: 'The name of your app in tokens. Needs IM_KIT_SECRET.',
    allowed: '1 to 64 letters, digits, - and _',
    accepts: (text) => /^[A-Za-z0-9_-]{1,64}$/.test(text),
  },
  secret: {
    variable: 'IM_KIT_SECRET',
    help: 'Signs the tokens of your users. Without it one is made and kept in the data folder.',
    allowed: '32 to 256 characters without spaces',
    accepts: (text) => /^[\x21-\x7e]{32,256}$/.test(text),
  },
};

/** Whether nobody but this machine can reach `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
