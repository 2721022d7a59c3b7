/** A chat window in a box of its own, on a client that the test drives. */
import { fixture, html } from '@open-wc/testing';
import type { ImChatWindow } from '../../src/elements/chat-window/chat-window.js';
import '../../src/elements/chat-window/define.js';
import { conversation, manyMessages } from './chat-samples.js';
import { deepAll, deepOne, frames, settled } from './element-fixtures.js';
import { FakeClient } from './fake-client.js';

export const ID = 'c2c:mara:me';

export class ChatFixture {
  readonly client: FakeClient = new FakeClient();
  chat!: ImChatWindow;

  /** Makes the window; no conversation is chosen. */
  async make(): Promise<void> {
    this.client.onHistory = (history) => history.show({ messages: manyMessages(30) });
    this.chat = await fixture<ImChatWindow>(
      html`<im-chat-window .client=${this.client}></im-chat-window>`,
    );
    this.chat.style.setProperty('block-size', '500px');
  }

  /** Opens the conversation with Mara. */
  async open(draft = ''): Promise<void> {
    this.client.conversation(ID).emit(conversation({ draft, readSeq: 30, lastSeq: 30 }));
    this.chat.conversationId = ID;
    await settled(this.chat);
    await frames();
  }

  get input(): HTMLTextAreaElement {
    return deepOne(this.chat.renderRoot, 'textarea');
  }

  /** Replaces what is written, as by keys. */
  async write(text: string): Promise<void> {
    this.input.value = text;
    this.input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(this.chat);
  }

  /** What went wrong, as far as it is shown. */
  get trouble(): string | undefined {
    return deepAll(this.chat.renderRoot, '[part=trouble]')[0]?.textContent.trim();
  }
}
