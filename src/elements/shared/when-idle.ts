/** What matters now is over after this long. */
const LATER_MS = 150;
/** A page that never rests gets its work done all the same. */
const LATEST_MS = 1_000;

/** Runs `task` later, once the page rests, unless the function it returns is called before. */
export function whenIdle(task: () => void): () => void {
  let handle: number | undefined;
  const timer = setTimeout(() => {
    // Safari has no such call.
    if ('requestIdleCallback' in globalThis) {
      handle = requestIdleCallback(task, { timeout: LATEST_MS });
    } else task();
  }, LATER_MS);
  return () => {
    clearTimeout(timer);
    if (handle !== undefined) cancelIdleCallback(handle);
  };
}
