/** What the bench tells the load generator, and what it answers. Data only. */

/** How to reach a server and who goes there. */
export type Target = {
  /** `im`: the product, with a token each; `floor`: a bare relay that pairs sockets by their address. */
  readonly dialect: 'im' | 'floor';
  readonly url: string;
  /** Tokens of the simulated people, by their number. */
  readonly tokens: readonly string[];
  readonly clients: number;
  /** The number of the first client; 0 by default. */
  readonly first?: number;
};

export type Order =
  | { readonly type: 'connect'; readonly target: Target; readonly frameBytes: number }
  /** As fast as the server goes, with `inFlight` unacknowledged messages a client. */
  | {
      readonly type: 'press';
      readonly inFlight: number;
      readonly warmUpMs: number;
      readonly measureMs: number;
      readonly serverPid: number;
    }
  /** `perSecond` messages in all, one client after the other. */
  | {
      readonly type: 'pace';
      readonly perSecond: number;
      readonly warmUpMs: number;
      readonly measureMs: number;
      readonly serverPid: number;
    };

export type Outcome = {
  /** Messages that were acknowledged and arrived at the peer while it was measured. */
  readonly messages: number;
  readonly seconds: number;
  readonly serverCpuMs: number;
  /** From `send` to the peer, in milliseconds; empty when pressed. */
  readonly p50Ms: number;
  readonly p99Ms: number;
};

export type Answer =
  | { readonly type: 'connected' }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | { readonly type: 'failed'; readonly reason: string };
