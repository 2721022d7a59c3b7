/** What people did and were promised, written down by nobody that takes part. */

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
  readonly #violations: Map<string, number> = new Map();
  #moment = 0;

  /** A number greater than all before it. */
  moment(): number {
    return ++this.#moment;
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
