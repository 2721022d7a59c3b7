/** The element once its definition is there, so that its methods can be called. */
export async function arrived<E extends HTMLElement>(element: E): Promise<E> {
  await customElements.whenDefined(element.localName);
  return element;
}

/**
 * Registers what the first picture can do without: its file is fetched beside the work on that
 * picture, and does not stand before it. Where it cannot be had, the next connection is awaited.
 */
export function defineLate(load: () => Promise<unknown>): void {
  // In Node there is nothing to register.
  if (typeof document === 'undefined') return;
  load().catch(() => addEventListener('online', () => defineLate(load), { once: true }));
}
