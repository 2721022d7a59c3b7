/** Looks into the open shadow roots of a page, as a person looks at the screen. */
import type { Page } from 'playwright-core';

export type Sighting = {
  /** Wall time, in milliseconds since 1970, of the frame that first showed the text. */
  readonly painted: Readonly<Record<string, number>>;
  /** The statuses that the bubble with that text has passed, in order. */
  readonly statuses: Readonly<Record<string, readonly string[]>>;
};

/** What `watch.js` of the test site has seen so far. */
export function sightings(page: Page): Promise<Sighting> {
  return page.evaluate('seenMessages');
}

/** The texts on the screen, from the top. */
export function shownTexts(page: Page): Promise<string[]> {
  return page.locator('im-message-list [data-id] [part~=text]').allInnerTexts();
}

/** Resolves once the client of the page is connected. */
export function connectedIn(page: Page): Promise<void> {
  return page.evaluate(`new Promise((resolve) => {
    document.querySelector('im-client').client.connection.subscribe({
      next: ({ status }) => status === 'connected' && resolve(),
    });
  })`);
}
