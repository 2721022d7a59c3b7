import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { conversation, manyMessages } from '../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  keyDown,
  settled,
  still,
} from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import { ImError } from '../../protocol/im-error.js';
import type { ImApp } from './app.js';
import './define.js';

const mara = conversation();
const lin = conversation({ id: 'c2c:lin.jia:me', peerId: 'lin.jia', title: '林佳' });

describe('<im-app>', () => {
  let client: FakeClient;
  let app: ImApp;

  // It arrives late; what is tested here begins once it is there.
  before(() => customElements.whenDefined('im-chat-window'));

  beforeEach(async () => {
    client = new FakeClient();
    client.onHistory = (history) => history.show({ messages: manyMessages(10) });
    client.conversations.emit([mara, lin]);
    for (const one of [mara, lin]) client.conversation(one.id).emit(one);
    app = await fixture<ImApp>(html`<im-app .client=${client}></im-app>`);
    app.style.setProperty('block-size', '500px');
    await resize(800);
  });

  async function resize(width: number): Promise<void> {
    app.style.setProperty('inline-size', `${width}px`);
    await settled(app);
    await frames();
  }

  async function pick(index: number): Promise<void> {
    deepAll(app.renderRoot, '[part~=row][data-id^=c2c]')[index]!.click();
    await settled(app);
    await frames();
  }

  const shown = (tag: string): boolean => deepOne(app.renderRoot, tag).checkVisibility();
  const title = (): string => deepAll(app.renderRoot, 'header [part=title]')[0]?.textContent ?? '';

  it('shows both panes where there is room, and puts the cursor into the composer', async () => {
    await pick(1);
    expect(shown('im-conversation-list') && shown('im-chat-window')).to.equal(true);
    expect(title()).to.equal('林佳');
    expect(app.conversationId).to.equal(lin.id);
    expect(deepActive()?.localName).to.equal('textarea');
    expect(deepOne(app.renderRoot, '[part=back]').checkVisibility()).to.equal(false);
  });

  it('shows one pane after the other in less than 640 pixels of its own', async () => {
    await resize(639);
    expect([shown('im-conversation-list'), shown('im-chat-window')]).to.deep.equal([true, false]);
    await pick(0);
    expect([shown('im-conversation-list'), shown('im-chat-window')]).to.deep.equal([false, true]);
    deepOne(app.renderRoot, '[part=back]').click();
    await settled(app);
    await frames();
    expect([shown('im-conversation-list'), shown('im-chat-window')]).to.deep.equal([true, false]);
    expect((deepActive() as HTMLElement).dataset.id).to.equal(mara.id);
  });

  it('stays where it is when the page cancels selecting or leaving', async () => {
    await resize(500);
    app.addEventListener('im-conversation-select', (event) => event.preventDefault(), {
      once: true,
    });
    await pick(0);
    expect(app.conversationId).to.equal('');
    await pick(0);
    app.addEventListener('im-back', (event) => event.preventDefault());
    deepOne(app.renderRoot, '[part=back]').click();
    await settled(app);
    expect(app.conversationId).to.equal(mara.id);
  });

  it('changes the conversation by Alt and arrows', async () => {
    await pick(0);
    await sendKeys({ down: 'Alt' });
    await sendKeys({ press: 'ArrowDown' });
    await settled(app);
    expect(app.conversationId).to.equal(lin.id);
    expect(deepActive()?.localName).to.equal('textarea');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ up: 'Alt' });
    await settled(app);
    expect(app.conversationId).to.equal(mara.id);
    expect(deepActive()?.localName).to.equal('textarea');
  });

  it('takes the focus from the bar that is about to go to where one writes', async () => {
    client.connection.emit({
      status: 'offline',
      retryAt: 0,
      error: new ImError('connection/offline', 'no connection'),
    });
    await pick(0);
    const button = deepOne(app.renderRoot, '[part=button]');
    button.focus();
    await sendKeys({ press: 'Enter' });
    await settled(app);
    expect(client.callsOf('reconnect')).to.have.length(1);
    expect(deepActive()?.localName).to.equal('textarea');
  });

  it('lets the page style what is inside by the parts that it documents', async () => {
    await pick(0);
    const style = document.createElement('style');
    const parts = ['bubble', 'send', 'title', 'list-row', 'list-title', 'search'];
    style.textContent = parts.map((part) => `im-app::part(${part}) { order: 7 }`).join('');
    document.head.append(style);
    const found = deepAll(
      app.renderRoot,
      '[part~=bubble], [part~=send], [part~=search], .row[data-id^=c2c]',
    );
    expect(found.length).to.be.above(4);
    expect(found.filter((one) => getComputedStyle(one).order !== '7')).to.deep.equal([]);
    style.remove();
  });

  it('searches by Ctrl + K from wherever the focus is, also where the list is hidden', async () => {
    await resize(500);
    await pick(0);
    keyDown(deepOne(app.renderRoot, 'textarea'), 'k', { ctrlKey: true });
    await settled(app);
    await frames();
    expect((deepActive() as HTMLInputElement).type).to.equal('search');
    expect(app.conversationId).to.equal('');
  });

  it('lists its keys on ?, but not while one writes', async () => {
    await pick(0);
    const dialog = (): HTMLDialogElement =>
      deepOne(app.renderRoot, 'im-shortcuts').shadowRoot!.querySelector('dialog')!;
    keyDown(deepOne(app.renderRoot, 'textarea'), '?');
    await settled(app);
    expect(dialog().open).to.equal(false);
    keyDown(deepAll(app.renderRoot, '[part~=row][data-id^=c2c]')[0]!, '?');
    await frames();
    expect(dialog().open).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await frames();
    expect(dialog().open).to.equal(false);
    expect(app.conversationId).to.equal(mara.id);
  });

  it('leaves the conversation on Escape only where that shows the list', async () => {
    await pick(0);
    await sendKeys({ press: 'Escape' });
    await settled(app);
    expect(app.conversationId).to.equal(mara.id);
    await resize(500);
    await sendKeys({ press: 'Escape' });
    await settled(app);
    expect(app.conversationId).to.equal('');
  });

  it('has no accessibility finding, wide and narrow, in light and in dark', async () => {
    await pick(0);
    await expect(app).to.be.accessible();
    app.theme = 'dark';
    await resize(390);
    // The day at the top fades away when the rows have come to rest.
    while (deepAll(app.renderRoot, '.top-day.shown').length) await frames();
    await still();
    await expect(app).to.be.accessible();
    app.open('');
    await settled(app);
    await expect(app).to.be.accessible();
  });
});
