import { isComposing, type Composable } from './composing.js';

/** The part of a keyboard event that decides whether Enter means "send". */
export type KeyPress = Composable & {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
};

/**
 * Tells an Enter that is meant from one that confirms a candidate of an input method.
 *
 * Every field that acts on Enter has one and hands it its `compositionend` events: Safari reports the
 * confirming key after the composition has ended, in the same task.
 */
export class SendKey {
  #justComposed = false;

  /** To be called at `compositionend`. */
  compositionEnded(): void {
    this.#justComposed = true;
    setTimeout(() => {
      this.#justComposed = false;
    });
  }

  /** Whether this key press sends, or submits, what the field holds. */
  matches(press: KeyPress): boolean {
    if (press.key !== 'Enter' || isComposing(press)) return false;
    if (press.shiftKey || press.altKey || press.ctrlKey || press.metaKey) return false;
    return !this.#justComposed;
  }
}
