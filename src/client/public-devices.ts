/** What may be known of devices and of who is there. Types alone, as in `public.ts`. */

/** What a device is; a server may allow so many of each to be online. */
export type Platform = 'web' | 'mobile' | 'desktop' | 'bot';

/** An installation that this user has signed in with. */
export type Device = {
  readonly id: string;
  /** Such as "Chrome on macOS". */
  readonly label: string | undefined;
  readonly platform: Platform;
  /** When it first signed in; milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was last connected, to within a minute. */
  readonly seenAt: number;
  readonly online: boolean;
  /** Whether it is this one. */
  readonly current: boolean;
};

/** Whether a person can be reached now; `unknown` without a connection, or where it is not told. */
export type Presence = {
  readonly state: 'online' | 'away' | 'offline' | 'unknown';
  /** When an offline person was last there, if that is told; milliseconds since 1970. */
  readonly seenAt: number | undefined;
};

/** The part of the client's options that is about this device. */
export type DeviceOptions = {
  /** What the user knows this device by. Default: read from the runtime, such as "Chrome on macOS". */
  readonly deviceLabel?: string;
  /** Default `web`, and `bot` outside a browser. */
  readonly platform?: Platform;
  /** False has this user told as offline, always. Default true. */
  readonly presence?: boolean;
  /**
   * True keeps what is stored when another device signs this one out. Default false: it is deleted, and
   * what could not be sent as well.
   */
  readonly keepWhenSignedOut?: boolean;
};
