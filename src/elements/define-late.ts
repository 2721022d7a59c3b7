import { whenIdle } from './shared/when-idle.js';

/** A server that cannot be reached may be back after this long, without the browser knowing of it. */
const RETRY_MS = 10_000;

/** The element once its definition is there, so that its methods can be called. */
export async function arrived<E extends HTMLElement>(element: E): Promise<E> {
  await customElements.whenDefined(element.localName);
  return element;
}

/**
 * Registers what the first picture can do without: its file is fetched beside the work on that
 * picture, and does not stand before it. What cannot be had is asked for again after a while, and at
 * once with the next connection.
 */
export function defineLate(load: () => Promise<unknown>): void {
  // In Node there is nothing to register.
  if (typeof document === 'undefined') return;
  load().catch(() => {
    const waiting = new AbortController();
    const again = (): void => {
      waiting.abort();
      clearTimeout(timer);
      defineLate(load);
    };
    const timer = setTimeout(again, RETRY_MS);
    addEventListener('online', again, { signal: waiting.signal });
  });
}

/** The same for what nobody can ask for before there is a picture: its file waits until the page rests. */
export function defineLast(load: () => Promise<unknown>): void {
  if (typeof document !== 'undefined') whenIdle(() => defineLate(load));
}
