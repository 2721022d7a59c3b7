/**
 * What a person keeps for themselves about conversations and messages: each is a register in their
 * personal log (`self:<user>`), written by events of the kind `set`. The newest `seq` of a register
 * counts, so every device that has read the log has the same.
 */

/** How a conversation asks for attention. */
export const ATTENTION = ['all', 'mentions', 'count', 'none'] as const;

/**
 * - `all`: everything is told
 * - `mentions`: only what names this person
 * - `count`: nothing is told, but it is counted
 * - `none`: nothing is told or counted
 */
export type Attention = (typeof ATTENTION)[number];

export type Folder = {
  readonly name: string;
  /** Folders stand in the order of their positions. */
  readonly position: number;
};

/** What each register holds. `null` empties it. */
export type RegisterValues = {
  /** The conversation stands on top; the number is its place among those that do. */
  readonly pinned: number | null;
  readonly attention: Attention | null;
  /** Hidden until a message with a greater `seq` comes. */
  readonly hidden: number | null;
  /** Shown as unread although it has been read. */
  readonly unread: boolean | null;
  /** The unsent text of the composer. */
  readonly draft: string | null;
  readonly folder: Folder | null;
  /** The conversation is in the folder. */
  readonly filed: boolean | null;
  readonly starred: boolean | null;
  /** The message is not shown to this person any more. */
  readonly removed: boolean | null;
};

export type RegisterName = keyof RegisterValues;

/**
 * The body of an event of kind `set`. `conversation`, `target` and `folder` say which register of
 * that name is meant; `REGISTER_PLACES` tells which of them belong to a name.
 */
export type SetBody<N extends RegisterName = RegisterName> = {
  readonly name: N;
  readonly conversation?: string;
  readonly target?: number;
  readonly folder?: string;
  readonly value: RegisterValues[N];
};

type Place = 'conversation' | 'target' | 'folder';

export const REGISTER_PLACES: { readonly [N in RegisterName]: readonly Place[] } = {
  pinned: ['conversation'],
  attention: ['conversation'],
  hidden: ['conversation'],
  unread: ['conversation'],
  draft: ['conversation'],
  folder: ['folder'],
  filed: ['conversation', 'folder'],
  starred: ['conversation', 'target'],
  removed: ['conversation', 'target'],
};

export function isRegisterName(name: unknown): name is RegisterName {
  return typeof name === 'string' && Object.hasOwn(REGISTER_PLACES, name);
}
