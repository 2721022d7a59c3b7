/** What the tabs of a browser tell each other. Errors travel as what they are made of. */
import type { ClientFrame } from '../../protocol/client-frames.js';
import type { OwnPresence } from '../../protocol/entities.js';
import type { PeerTypingFrame, PresenceFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { ConnectionState } from '../public.js';

/** What a tab has to do with who is there: whom it watches, and whether somebody uses it. */
export type Around = { readonly users: readonly string[]; readonly own: OwnPresence };

/** To the leader. `from` names a tab. */
export type ToLeader =
  /** A tab is new, or has heard of a new leader. */
  | { readonly type: 'hello'; readonly from: string }
  /** Is anybody there? `keeps` are the conversations that this tab keeps read. */
  | {
      readonly type: 'ping';
      readonly from: string;
      readonly keeps: readonly string[];
      readonly around?: Around | undefined;
    }
  | {
      readonly type: 'ask';
      readonly from: string;
      readonly id: number;
      readonly question: object;
      readonly deadlineMs: number;
    }
  | { readonly type: 'tell'; readonly frame: ClientFrame }
  /** The outbox has changed. */
  | { readonly type: 'look' }
  | { readonly type: 'reconnect'; readonly token?: string };

/** From the leader. `term` is missing until it has been raised. */
export type FromLeader = { readonly term: number | undefined } & (
  | { readonly type: 'pong' }
  | { readonly type: 'state'; readonly state: ConnectionState }
  | { readonly type: 'answer'; readonly to: string; readonly frame: ServerFrame }
  | { readonly type: 'typing'; readonly frame: PeerTypingFrame }
  | { readonly type: 'presence'; readonly frame: PresenceFrame }
  | { readonly type: 'event'; readonly event: SharedEvent; readonly detail: never }
);

/** Events that happen in every tab. */
export type SharedEvent = 'message' | 'message-sent' | 'message-failed' | 'action-failed';

/** Messages of the leader before they are given its term. */
export type Words<M> = M extends unknown ? Omit<M, 'term'> : never;

export type TabMessage = ToLeader | FromLeader;
