/** The part of a key press that tells whether an input method is using it. */
export type Composable = { readonly keyCode: number; readonly isComposing: boolean };

/** What input methods report instead of the key that they swallow. */
const SWALLOWED = 229;

/**
 * Whether a key press belongs to an input method: to choose a candidate, to confirm or to give up.
 *
 * Safari reports the key that ends a composition after its end; only the code still tells.
 */
export function isComposing({ keyCode, isComposing }: Composable): boolean {
  return isComposing || keyCode === SWALLOWED;
}
