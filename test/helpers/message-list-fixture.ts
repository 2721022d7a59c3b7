/** A message list in a box of 420 × 500 pixels, on a client that the test drives. */
import { fixture, html } from '@open-wc/testing';
import type { Conversation, Message } from '../../src/client/public.js';
import { conversation } from './chat-samples.js';
import { deepAll, deepOne, frames, settled } from './element-fixtures.js';
import { FakeClient } from './fake-client.js';
import type { FakeHistory } from './fake-history.js';
import type { ImMessageList } from '../../src/elements/message-list/message-list.js';
import '../../src/elements/message-list/define.js';

export const ID = 'c2c:mara:me';

export class ListFixture {
  readonly client: FakeClient = new FakeClient();
  list!: ImMessageList;
  history!: FakeHistory;
  scroller!: HTMLElement;

  /** Opens the conversation with these messages; all is read unless `change` says otherwise. */
  async open(
    messages: readonly Message[],
    change: Partial<Conversation> = {},
    hasOlder = false,
  ): Promise<void> {
    const lastSeq = messages.at(-1)?.seq ?? 0;
    this.client.conversation(ID).emit(conversation({ lastSeq, readSeq: lastSeq, ...change }));
    const box = await fixture<HTMLElement>(html`<div><im-message-list></im-message-list></div>`);
    box.style.setProperty('block-size', '500px');
    box.style.setProperty('inline-size', '420px');
    this.list = box.firstElementChild as ImMessageList;
    this.list.client = this.client;
    this.list.conversationId = ID;
    await settled(this.list);
    this.history = this.client.lastHistory;
    this.history.show({ messages, hasOlder });
    await this.rest();
    this.scroller = deepOne(this.list.renderRoot, '[role=log]');
  }

  /** Until heights are measured and nothing moves any more. */
  async rest(): Promise<void> {
    await frames(6);
    await settled(this.list);
  }

  async arrive(...messages: Message[]): Promise<void> {
    this.history.show({ messages: [...this.history.value.messages, ...messages] });
    this.client.fire('message', { messages: messages.filter(({ own }) => !own) });
    await this.rest();
  }

  /** How far the end is away. */
  get gap(): number {
    const { scrollHeight, clientHeight, scrollTop } = this.scroller;
    return scrollHeight - clientHeight - scrollTop;
  }

  get rows(): readonly HTMLElement[] {
    return deepAll(this.list.renderRoot, '.row');
  }

  /** What screen readers were told last. */
  get spoken(): string {
    const regions = this.list.renderRoot.querySelectorAll('.visually-hidden[role=status]');
    return [...regions].at(-1)!.textContent;
  }

  /** The first row that is in view, and where it stands. */
  firstVisible(): { readonly id: string; readonly top: number } {
    const edge = this.scroller.getBoundingClientRect().top;
    const row = this.rows.find((one) => one.getBoundingClientRect().bottom > edge)!;
    return { id: row.dataset.id!, top: row.getBoundingClientRect().top };
  }

  topOf(id: string): number {
    const row = this.rows.find((one) => one.dataset.id === id)!;
    return row.getBoundingClientRect().top;
  }
}
