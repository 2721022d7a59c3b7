import { expect, fixture, html } from '@open-wc/testing';
import { conversation, message } from '../../../test/helpers/chat-samples.js';
import { frames, settled } from '../../../test/helpers/element-fixtures.js';
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

  describe('that makes its own client', () => {
    const server = 'http://127.0.0.1:9';

    /** A token as a back end would sign it. */
    function tokenOf(sub: string, id = 1): string {
      return ['{}', JSON.stringify({ sub, id }), 'sig'].map((part) => btoa(part)).join('.');
    }

    async function make(change: Partial<ImClientElement>): Promise<ImClientElement> {
      const made = await fixture<ImClientElement>(html`<im-client server=${server}></im-client>`);
      Object.assign(made, change);
      await settled(made);
      return made;
    }

    it('never shares it between two people, also when only their providers know who they are', async () => {
      const mara = await make({ tokenProvider: () => tokenOf('mara') });
      const lin = await make({ tokenProvider: () => tokenOf('lin.jia') });
      expect(mara.client).to.not.equal(lin.client);
      await frames();
      expect([mara.client!.userId, lin.client!.userId]).to.deep.equal(['mara', 'lin.jia']);
    });

    it('hands a fresh token to the client that is there already', async () => {
      const first = await make({ userId: 'mara', token: tokenOf('mara') });
      const { client: made } = first;
      const tokens: unknown[] = [];
      made!.setToken = (token) => tokens.push(token);
      first.remove();
      const second = await make({ userId: 'mara', token: tokenOf('mara', 2) });
      expect(second.client).to.equal(made);
      expect(tokens).to.deep.equal([tokenOf('mara', 2)]);
    });

    it('keeps it when it is moved, and when a fresh token of the same user comes', async () => {
      const moved = await make({ token: tokenOf('mara') });
      const { client: made } = moved;
      const seen: unknown[] = [];
      const list = document.createElement('im-conversation-list');
      moved.append(list);
      await settled(list);
      list.addController({ hostUpdated: () => seen.push(list.client) });
      moved.parentElement!.parentElement!.append(moved);
      moved.token = tokenOf('mara', 2);
      await settled(moved);
      await frames();
      expect(moved.client).to.equal(made);
      expect(seen.every((one) => one === made)).to.equal(true);
    });

    it('gives it back when it is gone for good', async () => {
      const gone = await make({ token: tokenOf('mara') });
      gone.remove();
      await frames();
      expect(gone.client).to.equal(undefined);
    });

    it('makes another one where reading is kept from the others', async () => {
      const open = await make({ userId: 'mara', token: tokenOf('mara') });
      const discreet = await make({ userId: 'mara', token: tokenOf('mara'), noReadReceipts: true });
      expect(discreet.client).to.not.equal(open.client);
    });
  });

  it('takes no room of its own, and overrides the colours by its theme', async () => {
    expect(getComputedStyle(element).display).to.equal('contents');
    element.theme = 'dark';
    await settled(element);
    const list = element.querySelector('im-conversation-list')!;
    expect(getComputedStyle(list).colorScheme).to.equal('dark');
  });
});
