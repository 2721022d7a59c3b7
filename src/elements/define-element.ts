import { ContextRoot } from '@lit/context';

let root: ContextRoot | undefined;
let warned = false;

/**
 * Registers an element unless the tag is taken, as when a page loads this package twice; then it says
 * so once in the console and leaves the first one in place.
 */
export function defineElement(tagName: string, element: CustomElementConstructor): void {
  // In Node, Lit brings a registry but nothing brings a document.
  if (typeof document === 'undefined') return;
  // Elements may be registered before their provider is; the root asks again once it is there.
  if (!root) {
    root = new ContextRoot();
    root.attach(document.documentElement);
  }
  const present = customElements.get(tagName);
  if (!present) {
    customElements.define(tagName, element);
  } else if (present !== element && !warned) {
    warned = true;
    globalThis.console.warn(`im-kit: <${tagName}> is registered already. Is the kit loaded twice?`);
  }
}
