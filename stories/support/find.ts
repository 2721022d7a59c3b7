/** Looks through shadow roots, as a person does. */
import { until } from './world.js';

function* roots(start: ParentNode): Generator<ParentNode> {
  yield start;
  for (const element of start.querySelectorAll('*')) {
    if (element.shadowRoot) yield* roots(element.shadowRoot);
  }
}

/** All elements that a selector names, at any depth. */
export function findAll<E extends Element = HTMLElement>(start: ParentNode, selector: string): E[] {
  return [...roots(start)].flatMap((root) => [...root.querySelectorAll<E>(selector)]);
}

/** Waits for an element, and gives it. */
export async function find<E extends Element = HTMLElement>(
  start: ParentNode,
  selector: string,
): Promise<E> {
  await until(() => findAll(start, selector).length > 0, selector);
  const [found] = findAll<E>(start, selector);
  // Dialogs and menus are fetched once the page rests.
  if (found!.localName.includes('-')) await customElements.whenDefined(found!.localName);
  return found!;
}

/** Whether a text is shown anywhere below. */
export function shows(start: ParentNode, text: string): boolean {
  return [...roots(start)].some(
    (root) => (root instanceof ShadowRoot || root === start) && root.textContent?.includes(text),
  );
}

/** Waits until a text is shown. */
export async function see(start: ParentNode, text: string): Promise<void> {
  await until(() => shows(start, text), text);
}

/** Waits until a text is no longer shown. */
export async function notSee(start: ParentNode, text: string): Promise<void> {
  await until(() => !shows(start, text), `no “${text}”`);
}
