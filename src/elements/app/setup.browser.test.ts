import { expect, fixture, html } from '@open-wc/testing';
import { deepAll, deepOne, deepText, frames } from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import type { ImClientElement } from '../client/client.js';
import '../client/define.js';
import './define.js';

const heading = (root: ParentNode): string =>
  deepOne(root, 'im-state').getAttribute('heading') ?? '';

describe('A chat that cannot work', () => {
  const wait = window.setTimeout.bind(window);

  /** Makes the patience with a page that gives no client end at once. */
  beforeEach(() => {
    const impatient = (task: () => void, delayMs?: number): number =>
      wait(task, delayMs === 5_000 ? 0 : delayMs);
    window.setTimeout = impatient as typeof window.setTimeout;
  });

  afterEach(() => {
    window.setTimeout = wait;
  });

  for (const tag of ['im-app', 'im-chat-window', 'im-conversation-list'] as const) {
    it(`says so in <${tag}> when the page gives no client, until it does`, async () => {
      const box = await fixture<HTMLElement>(html`<div></div>`);
      const element = document.createElement(tag);
      box.append(element);
      await frames();
      expect(heading(box)).to.equal('The chat isn’t available yet');
      const client = new FakeClient();
      client.conversations.emit([]);
      element.client = client;
      await frames();
      expect(deepText(box)).to.not.contain('isn’t available yet');
    });
  }

  it('says so when the server is no address, and connects when it has become one', async () => {
    const provider = await fixture<ImClientElement>(
      html`<im-client server="chat.example.com" token="t"><im-app></im-app></im-client>`,
    );
    await frames();
    expect(heading(provider)).to.equal('The chat can’t be reached');
    expect(deepText(provider)).to.contain('“chat.example.com” isn’t the address of a server.');
    await expect(provider).to.be.accessible();
    provider.server = 'http://127.0.0.1:9';
    await frames();
    expect(provider.client).to.not.equal(undefined);
    expect(deepAll(provider, 'im-conversation-list')).to.have.length(1);
  });
});
