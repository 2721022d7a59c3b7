import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { conversation, LIN, manyMessages, MARA } from '../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepAll,
  deepOne,
  deepText,
  frames,
  keyDown,
  settled,
} from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import { ImError } from '../../protocol/im-error.js';
import type { ImChatWindow } from './chat-window.js';
import './define.js';

const ID = 'c2c:mara:me';
const offline = {
  status: 'offline',
  retryAt: 0,
  error: new ImError('connection/offline', 'no connection'),
} as const;

describe('<im-chat-window>', () => {
  let client: FakeClient;
  let chat: ImChatWindow;

  beforeEach(async () => {
    client = new FakeClient();
    client.onHistory = (history) => history.show({ messages: manyMessages(30) });
    chat = await fixture<ImChatWindow>(html`<im-chat-window .client=${client}></im-chat-window>`);
    chat.style.setProperty('block-size', '500px');
  });

  async function open(draft = ''): Promise<void> {
    client.conversation(ID).emit(conversation({ draft, readSeq: 30, lastSeq: 30 }));
    chat.conversationId = ID;
    await settled(chat);
    await frames();
  }

  const heading = (): string => deepOne(chat.renderRoot, 'im-state').getAttribute('heading') ?? '';
  const input = (): HTMLTextAreaElement => deepOne(chat.renderRoot, 'textarea');

  async function write(text: string): Promise<void> {
    input().value = text;
    input().dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(chat);
  }

  it('waits for a choice', () => {
    expect(heading()).to.equal('Pick a conversation');
  });

  it('tells apart what loads, what is not here yet and what does not exist', async () => {
    chat.conversationId = ID;
    await settled(chat);
    expect(deepAll(chat.renderRoot, 'im-skeleton')).to.have.length(1);
    client.connection.emit(offline);
    client.conversation(ID).emit(undefined);
    await settled(chat);
    expect(heading()).to.equal('This conversation isn’t on this device yet');
    client.connection.emit({ status: 'connected' });
    await settled(chat);
    expect(heading()).to.equal('This conversation isn’t available');
  });

  it('opens the conversation with a person', async () => {
    client.conversation(ID).emit(undefined);
    client
      .conversation('c2c:lin.jia:me')
      .emit(conversation({ id: 'c2c:lin.jia:me', peerId: 'lin.jia', title: '林佳' }));
    chat.peerId = 'lin.jia';
    await settled(chat);
    await settled(chat);
    expect(deepOne(chat.renderRoot, '[part=title]').textContent).to.equal('林佳');
  });

  it('sends what is written, unless the page does so itself', async () => {
    await open();
    await write('hello');
    keyDown(input(), 'Enter');
    await settled(chat);
    expect(client.callsOf('sendText')).to.deep.equal([[ID, 'hello']]);
    expect(input().value).to.equal('');
    chat.parentElement!.addEventListener('im-send', (event) => event.preventDefault());
    await write('mine');
    keyDown(input(), 'Enter');
    await settled(chat);
    expect(client.callsOf('sendText')).to.have.length(1);
    expect(input().value).to.equal('mine');
  });

  it('gives the words back when they could not be stored', async () => {
    await open();
    client.sendError = new ImError('storage/quota-exceeded', 'full');
    await write('precious');
    keyDown(input(), 'Enter');
    await frames();
    expect(input().value).to.equal('precious');
  });

  it('takes up the draft of a conversation and keeps that of the one it leaves', async () => {
    await open('half a thou');
    expect(input().value).to.equal('half a thou');
    await write('half a thought');
    const other = 'c2c:lin.jia:me';
    client.conversation(other).emit(conversation({ id: other, title: '林佳' }));
    chat.conversationId = other;
    await settled(chat);
    expect(client.callsOf('setDraft')).to.deep.equal([[ID, 'half a thought']]);
    expect(input().value).to.equal('');
  });

  it('forgets the draft when it has been sent, and stores it when the page goes', async () => {
    await open();
    await write('later');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    keyDown(input(), 'Enter');
    expect(client.callsOf('setDraft')).to.deep.equal([
      [ID, 'later'],
      [ID, ''],
    ]);
  });

  it('tells that the user types, and who else does', async () => {
    await open();
    await write('h');
    expect(client.callsOf('setTyping')).to.deep.equal([[ID, true]]);
    client.typing(ID).emit([MARA, LIN]);
    await settled(chat);
    const line = deepOne(chat.renderRoot, '[part=typing]');
    expect(line.textContent.trim()).to.equal('Mara Okafor and 林佳 are typing…');
    const top = line.getBoundingClientRect().top;
    client.typing(ID).emit([]);
    await settled(chat);
    expect(line.getBoundingClientRect().top).to.equal(top);
  });

  it('shows how the connection stands, and tries again on demand', async () => {
    await open();
    client.connection.emit(offline);
    await settled(chat);
    const bar = deepOne(chat.renderRoot, 'im-connection-bar');
    expect(deepText(bar.shadowRoot!)).to.contain('You’re offline');
    deepOne(chat.renderRoot, '[part=button]').click();
    await settled(chat);
    expect(client.callsOf('reconnect')).to.have.length(1);
    client.storage.emit({ status: 'memory', error: offline.error });
    client.connection.emit({ status: 'connected' });
    await settled(chat);
    expect(deepText(bar.shadowRoot!))
      .to.contain('can’t store messages')
      .and.not.to.contain('offline');
  });

  it('leads with Escape from the messages to the composer, and takes the line away', async () => {
    client.conversation(ID).emit(conversation({ readSeq: 27, lastSeq: 30 }));
    chat.conversationId = ID;
    await settled(chat);
    await frames();
    expect(deepAll(chat.renderRoot, '[part=unread]')).to.have.length(1);
    deepAll(chat.renderRoot, '.row').at(-1)!.focus();
    await sendKeys({ press: 'Escape' });
    await settled(chat);
    expect(deepActive()).to.equal(input());
    expect(deepAll(chat.renderRoot, '[part=unread]')).to.have.length(0);
  });

  it('keeps the composer at the bottom of its box, whatever the box', async () => {
    await open();
    for (const [width, height] of [
      [300, 400],
      [900, 300],
      [360, 640],
    ]) {
      chat.style.setProperty('inline-size', `${width}px`);
      chat.style.setProperty('block-size', `${height}px`);
      await frames();
      const bottom = deepOne(chat.renderRoot, 'im-composer').getBoundingClientRect().bottom;
      expect(Math.abs(bottom - chat.getBoundingClientRect().bottom)).to.be.at.most(1);
    }
  });

  it('listens only while connected', async () => {
    await open();
    const live = [client.conversation(ID), client.typing(ID), client.connection, client.storage];
    expect(live.every(({ observers }) => observers.size > 0)).to.equal(true);
    chat.remove();
    expect(live.map(({ observers }) => observers.size)).to.deep.equal([0, 0, 0, 0]);
  });

  it('has no accessibility finding, chosen and unchosen, in light and in dark', async () => {
    await expect(chat).to.be.accessible();
    await open('draft');
    client.connection.emit(offline);
    await settled(chat);
    await expect(chat).to.be.accessible();
    chat.style.setProperty('color-scheme', 'dark');
    await expect(chat).to.be.accessible();
  });
});
