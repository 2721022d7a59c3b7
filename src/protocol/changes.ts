/**
 * What happens to a message after it was written. Each change is an event of the same log whose
 * `target` is the `seq` of the message, so it always comes after what it changes; the state of a
 * message is folded from its changes. The fold gives the same whatever the order and however often a
 * change comes in, because pages of a log may be read from either end.
 */
import type { LogEvent } from './entities.js';

/** Another text in place of the present one; `version` counts the texts: the first edit makes 2. */
export type EditBody = { readonly target: number; readonly version: number; readonly text: string };

/** Takes a message back: its words are gone everywhere. */
export type RecallBody = { readonly target: number };

/** Removes a message for everybody. */
export type DeleteBody = { readonly target: number };

export type ReactBody = { readonly target: number; readonly emoji: string; readonly on: boolean };

export type PinBody = { readonly target: number; readonly on: boolean };

export type ChangeBodies = {
  readonly edit: EditBody;
  readonly recall: RecallBody;
  readonly delete: DeleteBody;
  readonly react: ReactBody;
  readonly pin: PinBody;
};

export type ChangeKind = keyof ChangeBodies;

/** A text that took the place of an earlier one. */
export type Version = { readonly seq: number; readonly at: number; readonly text: string };

/** What one person has last done with one emoji. */
export type Reaction = {
  readonly emoji: string;
  readonly user: string;
  readonly seq: number;
  readonly on: boolean;
};

export type Pin = {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly on: boolean;
};

export type Gone = {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly how: 'recall' | 'delete';
};

/** The state of one message besides its first words. */
export type Changes = {
  /** By rising `seq`; the last one is what the message says now. */
  readonly versions: readonly Version[];
  /** A message that is gone has nothing else. */
  readonly gone?: Gone;
  /** Those that were taken back stay, with `on` false, so that an older page cannot bring them back. */
  readonly reactions: readonly Reaction[];
  readonly pin?: Pin;
};

export const NO_CHANGES: Changes = { versions: [], reactions: [] };

const KINDS: readonly ChangeKind[] = ['edit', 'recall', 'delete', 'react', 'pin'];

/** Kinds of events that are never unread. */
export const QUIET_KINDS: readonly string[] = ['system', 'set', ...KINDS];

/** Whether events of this kind change a message instead of being one. */
export function isChangeKind(kind: string): kind is ChangeKind {
  return KINDS.includes(kind as ChangeKind);
}

/** Whether events of this kind are shown as messages. */
export function isMessageKind(kind: string): boolean {
  return kind === 'text' || kind === 'system' || !QUIET_KINDS.includes(kind);
}

/** The message that a change is about; undefined for other events and for bodies that were blanked. */
export function targetOf({ kind, body }: Pick<LogEvent, 'kind' | 'body'>): number | undefined {
  if (!isChangeKind(kind) || typeof body !== 'object' || body === null) return;
  const { target } = body as { readonly target?: unknown };
  return typeof target === 'number' ? target : undefined;
}

/**
 * The state after one more change, whose body fits its kind (`event-shapes.ts`). Gives the same object
 * when nothing is new.
 */
export function fold(changes: Changes, event: LogEvent): Changes {
  const { seq, at, sender, kind, body } = event;
  if (kind === 'recall' || kind === 'delete') {
    // The first who takes a message away counts.
    if (changes.gone && changes.gone.seq <= seq) return changes;
    return { ...NO_CHANGES, gone: { seq, at, by: sender, how: kind } };
  }
  if (changes.gone) return changes;
  switch (kind) {
    case 'edit':
      return withVersion(changes, { seq, at, text: (body as EditBody).text });
    case 'react': {
      const { emoji, on } = body as ReactBody;
      return withReaction(changes, { emoji, user: sender, seq, on });
    }
    case 'pin':
      if ((changes.pin?.seq ?? 0) >= seq) return changes;
      return { ...changes, pin: { seq, at, by: sender, on: (body as PinBody).on } };
    default:
      return changes;
  }
}

function withVersion(changes: Changes, version: Version): Changes {
  if (changes.versions.some(({ seq }) => seq === version.seq)) return changes;
  const versions = [...changes.versions, version].sort((one, other) => one.seq - other.seq);
  return { ...changes, versions };
}

function withReaction(changes: Changes, reaction: Reaction): Changes {
  const isSame = ({ emoji, user }: Reaction): boolean =>
    emoji === reaction.emoji && user === reaction.user;
  const known = changes.reactions.find(isSame);
  if (known && known.seq >= reaction.seq) return changes;
  const others = changes.reactions.filter((one) => !isSame(one));
  return { ...changes, reactions: [...others, reaction].sort(byPlace) };
}

function byPlace(one: Reaction, other: Reaction): number {
  if (one.emoji !== other.emoji) return one.emoji < other.emoji ? -1 : 1;
  return one.user < other.user ? -1 : 1;
}
