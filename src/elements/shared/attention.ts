/**
 * Whether somebody is likely to see the page: it is not hidden, and its window has the focus.
 *
 * A frame counts as seen when the page around it has the focus, as far as that may be asked.
 */
export function hasAttention(): boolean {
  return document.visibilityState === 'visible' && (document.hasFocus() || outerHasFocus());
}

function outerHasFocus(): boolean {
  try {
    return window.top?.document.hasFocus() ?? false;
  } catch {
    // A page of another origin around this one tells nothing.
    return false;
  }
}
