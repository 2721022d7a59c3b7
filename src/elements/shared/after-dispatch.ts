/**
 * Does what an event asks for, once everybody has had the chance to cancel it.
 *
 * An element that hears an event of an element inside it is called before the page around it; the
 * microtask comes after all of them.
 */
export function afterDispatch(event: Event, action: () => void): void {
  queueMicrotask(() => {
    if (!event.defaultPrevented) action();
  });
}
