import type { ClientFrame, HelloFrame } from '../../protocol/client-frames.js';
import type { ImError } from '../../protocol/im-error.js';
import type { ReadyFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';
import type { Log } from '../log.js';
import type { SocketLike } from '../public.js';

/** A request without its id. */
export type Question = ClientFrame extends infer F
  ? F extends { readonly id: number }
    ? Omit<F, 'id'>
    : never
  : never;

export type ConnectionOptions = {
  readonly url: string;
  readonly openSocket: (url: string, protocol: string) => SocketLike;
  readonly identity: Identity;
  /** Resolves when this tab may connect. */
  readonly turn: () => Promise<void>;
  /** Whether it still may. */
  readonly leads: () => boolean;
  /** The device to say hello for; resolves when this tab may speak for it. */
  readonly device: () => Promise<string>;
  /** What hello says of this device besides. */
  readonly about: () => Promise<Partial<HelloFrame>>;
  readonly environment: Environment;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onReady: (frame: ReadyFrame) => void;
  /**
   * Every frame but the answers to hello and ping. Its receiver settles the request it answers.
   * `isWhole` is false when something in it could not be read.
   */
  readonly onFrame: (frame: ServerFrame, isWhole: boolean) => void;
  readonly onPong: (frame: Extract<ServerFrame, { type: 'pong' }>) => void;
  /** A ping goes out; what has come until then is what its answer may be compared with. */
  readonly onPing: () => void;
  readonly onLost: (error: ImError) => void;
  readonly onTokenExpired: (error: ImError) => void;
};
