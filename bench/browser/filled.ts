/** A device that has been used for long, and the server that its pages talk to. */
import type { BrowserContext } from 'playwright-core';
import type { PushServer } from './push-server.js';
import { startQuietServer } from './quiet-server.js';
import type { Site } from './site.js';
import { Tab } from './tab.js';

/** What is stored for one address of a server: each has a database of its own. */
export class Filled {
  readonly server: PushServer;
  /** How many messages the first conversation has; tests may add to them. */
  messages: number;
  readonly #site: Site;

  private constructor(server: PushServer, site: Site, messages: number) {
    this.server = server;
    this.#site = site;
    this.messages = messages;
  }

  static async make(
    context: BrowserContext,
    site: Site,
    { messages, rooms }: { readonly messages: number; readonly rooms: number },
  ): Promise<Filled> {
    const filled = new Filled(await startQuietServer(), site, messages);
    const tab = await Tab.open(context, site.origin);
    await tab.visit(`${filled.address('fill')}&rooms=${rooms}`);
    await tab.close();
    return filled;
  }

  /** The address of a page that works on it. */
  address(page: string): string {
    const server = encodeURIComponent(this.server.url);
    return `${this.#site.origin}/${page}.html?server=${server}&messages=${this.messages}`;
  }
}
