/**
 * What surrounds the core: the outside is handed in, so that the same rules run behind real sockets,
 * inside a page, and by the hundred in a simulation. Nothing here may import Node.
 */
import type { Device, Policy, User } from '../../../src/protocol/entities.js';
import type { Store } from '../store/store.js';
import type { DeviceLimits } from './devices/online.js';

/** One connected device, seen from the core. */
export interface Wire {
  /** Sends one frame. Frames arrive in the order of the calls, or not at all. */
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Bytes that `send` was given and that the network has not taken yet. */
  readonly bufferedBytes: number;
}

/** What the owner of a wire calls. */
export interface Session {
  receive(text: string): void;
  /** The wire is gone; nothing is sent any more. */
  closed(): void;
}

export type Identity = {
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** When the token was made; absent counts as the beginning of time. */
  readonly issuedAt?: number;
};

export type CoreOptions = {
  readonly store: Store;
  /** Milliseconds since 1970; may jump. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Runs `task` once after `delayMs`, unless the function it returns is called before. */
  readonly schedule: (delayMs: number, task: () => void) => () => void;
  /**
   * Resolves when every socket has been read that has something to read, so that one commit takes all
   * of it. Without it a commit takes what one socket has brought at once.
   */
  readonly turn?: () => Promise<void>;
  /** How often the clients are to ping; `TIMES.heartbeatMs` by default. */
  readonly heartbeatMs?: number | undefined;
  /** Events of conversations that are older are removed; absent keeps all for ever. */
  readonly keepMs?: number;
  /** Between two searches for those; an hour by default. */
  readonly sweepMs?: number;
  /** @throws ImError `auth/token-invalid`, `auth/token-expired`. */
  readonly authenticate: (token: string) => Promise<Identity>;
  /** How many devices of one person may be online; the newest wins. Default: 20 in all. */
  readonly maxDevices?: DeviceLimits;
  /** False tells nobody who is online. Default true. */
  readonly presence?: boolean;
  /** What one person may send, from all devices together; `off` for no limit. Default: `SEND_RATES`. */
  readonly sendRate?: { readonly burst: number; readonly perSecond: number } | 'off';
  /** What differs from the defaults. */
  readonly policy?: Partial<Policy>;
  /** Told of what happens, for logs and metrics; never of tokens or bodies. */
  readonly observe?: (event: CoreEvent) => void;
};

export type CoreEvent =
  | { readonly type: 'session-open'; readonly user: string; readonly device: string }
  | { readonly type: 'session-close'; readonly user: string | undefined }
  | { readonly type: 'committed'; readonly events: number; readonly commits: number }
  /** Events that were older than they may be kept are gone. */
  | { readonly type: 'trimmed'; readonly events: number }
  | { readonly type: 'delivered'; readonly frames: number }
  | {
      readonly type: 'refused';
      readonly code: string;
      readonly frame: string | undefined;
      readonly user: string | undefined;
      /** Another number for every socket. */
      readonly socket: number;
    }
  | { readonly type: 'store-failed'; readonly error: unknown };

export type NewGroup = {
  /** `group:<id>`; made by the core when absent. */
  readonly id?: string;
  readonly name: string;
  readonly avatarUrl?: string;
  readonly members: readonly string[];
};

export interface Core {
  connect(wire: Wire): Session;
  /** Creates or replaces a profile. @throws ImError `request/invalid` with `field`. */
  putUser(user: User): Promise<User>;
  /** @throws ImError `user/not-found`. */
  user(id: string): Promise<User>;
  /** Creates a group and its first event. @throws ImError `request/invalid`, `user/not-found`. */
  createGroup(group: NewGroup): Promise<{ readonly id: string }>;
  /** Creates a one-to-one conversation, or finds it. @throws ImError as `createGroup`. */
  createPair(one: string, other: string): Promise<{ readonly id: string }>;
  /**
   * Appends an event in a member's name, as the back end may: a message, or a change of one, which no
   * window closes for.
   */
  post(conversation: string, sender: string, kind: string, body: unknown): Promise<{ seq: number }>;
  /** A person's devices that are not signed out, last seen first. @throws ImError `user/not-found` */
  devices(user: string): Promise<readonly Omit<Device, 'current'>[]>;
  /** Closes a device out for good. @throws ImError `device/not-found` */
  signOut(user: string, device: string): Promise<void>;
  /**
   * Ends all tokens of a person that have been issued so far, and the sockets that they opened; gives
   * the moment from which new ones count, in milliseconds since 1970. @throws ImError `user/not-found`
   */
  revokeTokens(user: string): Promise<number>;
  /** Says `bye` to everybody, finishes what was accepted, then resolves. Nothing is accepted after. */
  drain(): Promise<void>;
}
