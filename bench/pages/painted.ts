/** How a page tells the bench that something can be seen. */

declare global {
  // The bench binds it before the page's first script; what it is told is a JSON text.
  function benchSays(text: string): void;
  // Pages with a list define these; the bench calls them.
  var openList: () => void;
  var awaitMessages: (seq: number) => Promise<void>;
  var countNodes: () => Promise<number>;
}

/** Tells `what` after the frame that shows what is in the page now. */
export function sayPainted(what: object = {}): void {
  requestAnimationFrame(() => {
    // The callback runs before its frame is drawn, a task after it.
    setTimeout(() => benchSays(JSON.stringify({ painted: performance.now(), ...what })), 0);
  });
}
