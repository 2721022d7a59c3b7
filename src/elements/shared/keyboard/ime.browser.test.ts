import { expect, fixture, html } from '@open-wc/testing';
import { conversation } from '../../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepOne,
  frames,
  keyDown,
  settled,
} from '../../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../../test/helpers/fake-client.js';
import '../../app/define.js';
import '../../conversation-list/define.js';
import '../../primitives/composer/define.js';
import '../../primitives/new-chat/define.js';

type Field = { readonly input: HTMLElement; readonly acted: () => number };

async function composer(): Promise<Field> {
  const element = await fixture<HTMLElementTagNameMap['im-composer']>(
    html`<im-composer value="ni hao"></im-composer>`,
  );
  let count = 0;
  element.addEventListener('im-send', () => count++);
  return { input: deepOne(element.renderRoot, 'textarea'), acted: () => count };
}

async function newChat(): Promise<Field> {
  const element = await fixture<HTMLElementTagNameMap['im-new-chat']>(
    html`<im-new-chat></im-new-chat>`,
  );
  await element.show();
  let count = 0;
  element.addEventListener('im-peer-select', () => count++);
  const input = deepOne(element.renderRoot, 'input');
  input.value = 'mara';
  return { input, acted: () => count };
}

async function search(): Promise<Field> {
  const client = new FakeClient();
  client.conversations.emit([conversation()]);
  const element = await fixture<HTMLElementTagNameMap['im-conversation-list']>(
    html`<im-conversation-list .client=${client}></im-conversation-list>`,
  );
  await settled(element);
  let count = 0;
  element.addEventListener('im-conversation-select', () => count++);
  return { input: deepOne(element.renderRoot, 'input[type=search]'), acted: () => count };
}

const FIELDS = { 'the composer': composer, 'the id of a new chat': newChat, 'the search': search };

for (const [name, open] of Object.entries(FIELDS)) {
  describe(`Enter in ${name}`, () => {
    it('does nothing while an input method composes, whichever way it is reported', async () => {
      const { input, acted } = await open();
      keyDown(input, 'Enter', { isComposing: true });
      keyDown(input, 'Enter', { keyCode: 229 });
      keyDown(input, 'Process', { keyCode: 229 });
      expect(acted()).to.equal(0);
    });

    it('does nothing in the order of Safari: the composition ends, then the key comes', async () => {
      const { input, acted } = await open();
      input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      keyDown(input, 'Enter', { keyCode: 229 });
      keyDown(input, 'Enter', { keyCode: 13 });
      expect(acted()).to.equal(0);
    });

    it('acts once on the next plain Enter', async () => {
      const { input, acted } = await open();
      input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      await frames();
      const event = keyDown(input, 'Enter', { keyCode: 13 });
      expect(event.defaultPrevented).to.equal(true);
      expect(acted()).to.equal(1);
    });
  });
}

describe('While an input method composes', () => {
  it('the keys in the search field are its own', async () => {
    const { input } = await search();
    input.focus();
    for (const key of ['ArrowDown', 'Escape']) {
      for (const press of [{ isComposing: true }, { keyCode: 229 }]) {
        expect(keyDown(input, key, press).defaultPrevented, key).to.equal(false);
        expect(deepActive()).to.equal(input);
      }
    }
    expect(keyDown(input, 'ArrowDown').defaultPrevented).to.equal(true);
  });

  it('Escape in the composer does not leave the conversation, also in the order of Safari', async () => {
    const client = new FakeClient();
    const mara = conversation();
    client.conversations.emit([mara]);
    client.conversation(mara.id).emit(mara);
    const app = await fixture<HTMLElementTagNameMap['im-app']>(
      html`<im-app .client=${client} conversation-id=${mara.id}></im-app>`,
    );
    app.style.setProperty('inline-size', '400px');
    await frames();
    const input = deepOne(app.renderRoot, 'textarea');
    keyDown(input, 'Escape', { isComposing: true });
    input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, composed: true }));
    keyDown(input, 'Escape', { keyCode: 229 });
    expect(app.conversationId).to.equal(mara.id);
    keyDown(input, 'Escape', { keyCode: 27 });
    await settled(app);
    expect(app.conversationId).to.equal('');
  });
});
