import { expect, fixture, html } from '@open-wc/testing';
import { conversation, message } from '../../../test/helpers/chat-samples.js';
import { settled } from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import { ImError } from '../../protocol/im-error.js';
import type { ImClientElement } from './client.js';
import '../conversation-list/define.js';
import './define.js';

describe('<im-client>', () => {
  let client: FakeClient;
  let element: ImClientElement;

  beforeEach(async () => {
    client = new FakeClient();
    client.conversations.emit([conversation()]);
    element = await fixture<ImClientElement>(
      html`<im-client .client=${client}><im-conversation-list></im-conversation-list></im-client>`,
    );
  });

  it('hands its client to the elements inside, and a new one when it changes', async () => {
    const list = element.querySelector('im-conversation-list')!;
    expect(list.client).to.equal(client);
    const other = new FakeClient();
    element.client = other;
    await settled(element);
    expect(list.client).to.equal(other);
    expect(client.conversations.observers.size).to.equal(0);
  });

  it('finds elements that were there before it was', async () => {
    const late = `im-client-late-${Math.random().toString(36).slice(2)}`;
    const box = await fixture<HTMLElement>(html`<div></div>`);
    const provider: Element = document.createElement(late);
    const list = document.createElement('im-conversation-list');
    provider.append(list);
    box.append(provider);
    await settled(list);
    const { ImClientElement: Base } = await import('./client.js');
    const Late = class extends Base {};
    customElements.define(late, Late);
    if (!(provider instanceof Late)) throw new Error('The element was not upgraded.');
    provider.client = client;
    await settled(provider);
    expect(list.client).to.equal(client);
  });

  it('tells the page what happens, as events', () => {
    const heard: string[] = [];
    const types = [
      'im-message-received',
      'im-message-sent',
      'im-message-failed',
      'im-connection-changed',
      'im-token-expired',
    ] as const;
    for (const type of types) {
      element.parentElement!.addEventListener(type, (event) => heard.push(event.type));
    }
    const error = new ImError('auth/token-expired', 'expired');
    client.fire('message', { messages: [message(1, 'hi')] });
    client.fire('message-sent', { conversationId: 'c', messageId: 'm' });
    client.fire('message-failed', { conversationId: 'c', messageId: 'm', error });
    client.fire('connection-change', { status: 'connected' });
    client.fire('token-expired', { error });
    expect(heard).to.deep.equal(types);
  });

  it('listens only while connected', () => {
    expect(client.listeners('message')).to.equal(1);
    element.remove();
    expect(client.listeners('message')).to.equal(0);
  });

  it('takes no room of its own, and overrides the colours by its theme', async () => {
    expect(getComputedStyle(element).display).to.equal('contents');
    element.theme = 'dark';
    await settled(element);
    const list = element.querySelector('im-conversation-list')!;
    expect(getComputedStyle(list).colorScheme).to.equal('dark');
  });
});
