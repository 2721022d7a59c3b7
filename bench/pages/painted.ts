/** How a page tells the bench that something can be seen. */

declare global {
  // The bench binds it before the page's first script; what it is told is a JSON text.
  function benchSays(text: string): void;
}

/** Tells `what` after the frame that shows what is in the page now. */
export function sayPainted(what: object = {}): void {
  requestAnimationFrame(() => {
    // The callback runs before its frame is drawn, a task after it.
    setTimeout(() => benchSays(JSON.stringify({ painted: performance.now(), ...what })), 0);
  });
}

/** Looks once a frame, and tells when `isThere` holds and has been drawn. */
export function paintedWhen(isThere: () => boolean, what: object = {}): void {
  if (isThere()) sayPainted(what);
  else requestAnimationFrame(() => paintedWhen(isThere, what));
}
