/** Looks into the open shadow roots of a page, as a person looks at the screen. */
import type { Page } from 'playwright-core';

export type Sighting = {
  /** Wall time, in milliseconds since 1970, of the frame that first showed the text. */
  readonly painted: Readonly<Record<string, number>>;
  /** The statuses that the bubble with that text has passed, in order. */
  readonly statuses: Readonly<Record<string, readonly string[]>>;
};

/** Notes from now on, frame by frame, which messages the page shows. */
export async function watchMessages(page: Page): Promise<void> {
  await page.evaluate(() => {
    const painted: Record<string, number> = {};
    const statuses: Record<string, string[]> = {};
    const list = (function find(root: Document | ShadowRoot): ShadowRoot | undefined {
      for (const element of root.querySelectorAll('*')) {
        if (element.localName === 'im-message-list') return element.shadowRoot ?? undefined;
        const found = element.shadowRoot && find(element.shadowRoot);
        if (found) return found;
      }
      return;
    })(document);
    const look = (): void => {
      for (const row of list?.querySelectorAll<HTMLElement>('[data-message-id]') ?? []) {
        const text = row.querySelector('[part~=text]')?.textContent.trim() ?? '';
        painted[text] ??= Date.now();
        const passed = (statuses[text] ??= []);
        const status = row.dataset['status'] ?? '';
        if (passed.at(-1) !== status) passed.push(status);
      }
      requestAnimationFrame(look);
    };
    look();
    Object.assign(globalThis, { seenMessages: { painted, statuses } });
  });
}

export function sightings(page: Page): Promise<Sighting> {
  return page.evaluate(() => (globalThis as unknown as { seenMessages: Sighting }).seenMessages);
}

/** The texts on the screen, from the top. */
export function shownTexts(page: Page): Promise<string[]> {
  return page.locator('im-message-list [data-message-id] [part~=text]').allInnerTexts();
}
