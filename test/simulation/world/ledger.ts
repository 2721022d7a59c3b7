/** What people did and were promised, written down by nobody that takes part. */
import { isMessageKind } from '../../../src/protocol/changes.js';
import type { LogEvent } from '../../../src/protocol/entities.js';

/** A message that somebody wrote; its text is the only one of its kind. */
export type Sent = {
  readonly device: string;
  readonly user: string;
  readonly conversation: string;
  readonly text: string;
  /** When it was asked for, in the order of everything that happened. */
  readonly askedAt: number;
  /** When the client said that it is stored; undefined while it has not. */
  storedAt?: number;
  /** The code with which the client refused it. */
  refused?: string;
  /** The message's id on its device. */
  id?: string;
  /** Why it may be missing, and out of order. */
  excuse?: string;
  /** It may have been sent again behind later ones. */
  isRetried?: boolean;
};

/** A message in somebody's name that came in by the back end. */
export type Posted = { readonly conversation: string; readonly text: string; seq?: number };

/** Somebody has read this far, and the client has said that it is stored. */
export type Read = {
  readonly device: string;
  readonly user: string;
  readonly conversation: string;
  readonly seq: number;
  isStored: boolean;
  isExcused: boolean;
};

export class Ledger {
  readonly sent: Sent[] = [];
  readonly posted: Posted[] = [];
  readonly reads: Read[] = [];
  /** `user conversation` of whoever had a conversation on the screen that counts as read. */
  readonly keptRead: Set<string> = new Set();
  /** Every event as it came to the server's disk, whatever becomes of it there; by conversation. */
  readonly written: Map<string, LogEvent[]> = new Map();
  /** `user conversation sender/clientId` of what somebody has wanted not to see any more. */
  readonly removed: Set<string> = new Set();
  readonly #violations: Map<string, number> = new Map();
  #moment = 0;

  /** A number greater than all before it. */
  moment(): number {
    return ++this.#moment;
  }

  write(conversation: string, event: LogEvent): void {
    const log = this.written.get(conversation);
    if (log) log.push(event);
    else this.written.set(conversation, [event]);
  }

  /** Whether a window of `user` may be without what is between two places. */
  isSilent(user: string, conversation: string, after: number, before: number): boolean {
    const between = (this.written.get(conversation) ?? []).slice(after, before - 1);
    return between.every(
      ({ kind, sender, clientId }) =>
        !isMessageKind(kind) || this.removed.has(`${user} ${conversation} ${sender}/${clientId}`),
    );
  }

  /** A promise was broken. */
  violation(kind: string, what: string): void {
    const line = `${kind}: ${what}`;
    this.#violations.set(line, (this.#violations.get(line) ?? 0) + 1);
  }

  get violations(): readonly string[] {
    return [...this.#violations.keys()];
  }

  /**
   * What a device holds goes with its storage: what it has not passed on by now may be missing. What
   * is `kept` elsewhere is sent from there, at some time.
   */
  excuse(device: string, why: string, kept: ReadonlySet<string> = new Set()): void {
    for (const sent of this.sent) {
      if (sent.device !== device) continue;
      if (sent.id !== undefined && kept.has(sent.id)) sent.isRetried = true;
      else sent.excuse ??= why;
    }
    for (const read of this.reads) if (read.device === device) read.isExcused = true;
  }
}
