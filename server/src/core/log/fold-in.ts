/** What one change does to its message, as part of the commit that appends it. */
import { fold, type ChangeKind, type Changes } from '../../../../src/protocol/changes.js';
import type { LogEvent, Pinned, Policy } from '../../../../src/protocol/entities.js';
import type { ImError } from '../../../../src/protocol/im-error.js';
import type { Entry } from './append.js';
import type { Draft } from './journal.js';
import { notFound, refusal } from '../changes/rules.js';
import type { Target } from '../changes/targets.js';

export class FoldIn {
  readonly #entry: Entry;
  readonly #target: Target;
  readonly #policy: Policy;
  /** The message after this change. */
  #after: Changes;

  constructor(entry: Entry, target: Target, policy: Policy) {
    this.#entry = entry;
    this.#target = target;
    this.#policy = policy;
    this.#after = target.draft;
  }

  /** Why the change is refused as things stand, or undefined when it is not. */
  refusal(now: number): ImError | undefined {
    const { room, kind, body, sender, turn } = this.#entry;
    if (this.#target.event.seq <= room.draftTrimmed) return notFound();
    const attempt = { kind: kind as ChangeKind, body, sender, pins: room.draftPins, now };
    return refusal(this.#target, { ...attempt, isTrusted: turn === undefined }, this.#policy);
  }

  prepare(event: LogEvent, draft: Draft): void {
    const { room } = this.#entry;
    const before = this.#target.draft;
    const after = fold(before, event);
    const { seq } = this.#target.event;
    this.#after = this.#target.draft = after;
    room.draftPins += Number(after.pin?.on ?? false) - Number(before.pin?.on ?? false);
    draft.changes.push({ conversation: room.id, target: seq, changes: after });
    if (!after.gone) return;
    const seqs = [seq, ...before.versions.map((version) => version.seq)];
    draft.blanks.push({ conversation: room.id, seqs });
  }

  committed(): void {
    const { room } = this.#entry;
    const { event } = this.#target;
    // Whatever else happens to a pinned message, it keeps its place.
    const isPinChanged = this.#target.changes.pin?.seq !== this.#after.pin?.seq;
    this.#target.changes = this.#after;
    if (this.#after.gone) this.#target.event = { ...event, body: null };
    if (isPinChanged) room.pinned = withPin(room.pinned, event.seq, this.#after);
  }

  undo(): void {
    const { room } = this.#entry;
    this.#target.draft = this.#target.changes;
    room.draftPins = room.pinned.length;
  }
}

function withPin(pinned: readonly Pinned[], target: number, { pin }: Changes): readonly Pinned[] {
  const others = pinned.filter((one) => one.target !== target);
  if (pin?.on) return [...others, { target, at: pin.at, by: pin.by }];
  return others.length === pinned.length ? pinned : others;
}
