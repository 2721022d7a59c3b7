/** Finding things inside elements, as a person would: by role, label or part. */
import type { LitElement } from 'lit';

/** All elements of a tree, through every open shadow root. */
export function deepAll<K extends keyof HTMLElementTagNameMap>(
  root: ParentNode,
  tag: K,
): readonly HTMLElementTagNameMap[K][];
export function deepAll(root: ParentNode, selector: string): readonly HTMLElement[];
export function deepAll(root: ParentNode, selector: string): readonly HTMLElement[] {
  const found = [...root.querySelectorAll<HTMLElement>(selector)];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) found.push(...deepAll(element.shadowRoot, selector));
  }
  return found;
}

/** The only element of a tree that matches; throws when it is none or several. */
export function deepOne<K extends keyof HTMLElementTagNameMap>(
  root: ParentNode,
  tag: K,
): HTMLElementTagNameMap[K];
export function deepOne(root: ParentNode, selector: string): HTMLElement;
export function deepOne(root: ParentNode, selector: string): HTMLElement {
  const found = deepAll(root, selector);
  if (found.length !== 1) throw new Error(`${selector}: ${found.length} found`);
  return found[0]!;
}

/** What a person reads in a tree, in its order, without what is hidden. */
export function deepText(root: Node): string {
  let text = '';
  for (const node of root.childNodes) {
    if (node instanceof Text) text += node.data;
    if (!(node instanceof Element) || node instanceof HTMLStyleElement) continue;
    text += ` ${node.shadowRoot ? deepText(node.shadowRoot) : ''}${deepText(node)}`;
  }
  return text.replace(/\s+/g, ' ');
}

/** The element that has the focus, at whatever depth. */
export function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Waits until an element and those inside it have drawn everything that is known. */
export async function settled(element: LitElement): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await element.updateComplete;
    await Promise.resolve();
  }
}

/** Waits for the next frames, in which observers of size and position report. */
export async function frames(count = 2): Promise<void> {
  for (let round = 0; round < count; round++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  await new Promise((resolve) => setTimeout(resolve));
}

/** Waits until nothing fades or moves any more, so that colours are what they will stay. */
export async function still(): Promise<void> {
  const running = deepAll(document, '*')
    .flatMap((element) => element.getAnimations({ subtree: false }))
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(running.map(({ finished }) => finished));
}

/** A key press as browsers make it. */
export function keyDown(target: Element, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  target.dispatchEvent(event);
  return event;
}
