import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { conversation, LIN, MARA } from '../../../test/helpers/chat-samples.js';
import { ChatFixture, ID } from '../../../test/helpers/chat-fixture.js';
import {
  deepActive,
  deepAll,
  deepOne,
  deepText,
  frames,
  settled,
} from '../../../test/helpers/element-fixtures.js';
import { ImError } from '../../protocol/im-error.js';

const offline = {
  status: 'offline',
  retryAt: 0,
  error: new ImError('connection/offline', 'no connection'),
} as const;

describe('<im-chat-window>', () => {
  let $: ChatFixture;

  beforeEach(async () => {
    $ = new ChatFixture();
    await $.make();
  });

  const heading = (): string =>
    deepOne($.chat.renderRoot, 'im-state').getAttribute('heading') ?? '';

  it('waits for a choice', () => {
    expect(heading()).to.equal('Pick a conversation');
  });

  it('tells apart what loads, what is not here yet and what does not exist', async () => {
    $.chat.conversationId = ID;
    await settled($.chat);
    expect(deepAll($.chat.renderRoot, 'im-skeleton')).to.have.length(1);
    $.client.connection.emit(offline);
    $.client.conversation(ID).emit(undefined);
    await settled($.chat);
    expect(heading()).to.equal('This conversation isn’t on this device yet');
    $.client.connection.emit({ status: 'connected' });
    await settled($.chat);
    expect(heading()).to.equal('This conversation isn’t available');
  });

  it('does not flicker between two attempts to connect, nor wait for one that is not made', async () => {
    $.client.connection.emit({ status: 'connecting', attempt: 1 });
    $.client.conversation(ID).emit(undefined);
    $.chat.conversationId = ID;
    await settled($.chat);
    expect(deepAll($.chat.renderRoot, 'im-skeleton')).to.have.length(1);
    for (const state of [offline, { status: 'connecting', attempt: 2 } as const, offline]) {
      $.client.connection.emit(state);
      await settled($.chat);
      expect(heading()).to.equal('This conversation isn’t on this device yet');
    }
    const error = new ImError('auth/token-invalid', 'bad');
    $.client.connection.emit({ status: 'refused', error });
    await settled($.chat);
    expect(heading()).to.equal('This conversation isn’t on this device yet');
    expect(deepText($.chat.renderRoot)).to.contain('Your sign-in wasn’t accepted.');
    $.client.connection.emit({ status: 'stopped' });
    await settled($.chat);
    expect(heading()).to.equal('This conversation isn’t on this device yet');
  });

  it('opens the conversation with a person', async () => {
    $.client.conversation(ID).emit(undefined);
    $.client
      .conversation('c2c:lin.jia:me')
      .emit(conversation({ id: 'c2c:lin.jia:me', peerId: 'lin.jia', title: '林佳' }));
    $.chat.peerId = 'lin.jia';
    await settled($.chat);
    await settled($.chat);
    expect(deepOne($.chat.renderRoot, '[part=title]').textContent).to.equal('林佳');
  });

  it('tells that the user types, and who else does', async () => {
    await $.open();
    await $.write('h');
    expect($.client.callsOf('setTyping')).to.deep.equal([[ID, true]]);
    $.client.typing(ID).emit([MARA, LIN]);
    await settled($.chat);
    const line = deepOne($.chat.renderRoot, '[part=typing]');
    expect(line.textContent.trim()).to.equal('Mara Okafor and 林佳 are typing…');
    const top = line.getBoundingClientRect().top;
    $.client.typing(ID).emit([]);
    await settled($.chat);
    expect(line.getBoundingClientRect().top).to.equal(top);
  });

  it('shows how the connection stands, and tries again on demand', async () => {
    await $.open();
    $.client.connection.emit(offline);
    await settled($.chat);
    const bar = deepOne($.chat.renderRoot, 'im-connection-bar');
    expect(deepText(bar.shadowRoot!)).to.contain('You’re offline');
    deepOne($.chat.renderRoot, '[part=button]').click();
    await settled($.chat);
    expect($.client.callsOf('reconnect')).to.have.length(1);
    $.client.storage.emit({ status: 'memory', error: offline.error });
    $.client.connection.emit({ status: 'connected' });
    await settled($.chat);
    expect(deepText(bar.shadowRoot!))
      .to.contain('can’t store messages')
      .and.not.to.contain('offline');
  });

  it('leads with Escape from the messages to the composer, and takes the line away', async () => {
    $.client.conversation(ID).emit(conversation({ readSeq: 27, lastSeq: 30 }));
    $.chat.conversationId = ID;
    await settled($.chat);
    await frames();
    expect(deepAll($.chat.renderRoot, '[part=unread]')).to.have.length(1);
    deepAll($.chat.renderRoot, '.row').at(-1)!.focus();
    await sendKeys({ press: 'Escape' });
    await settled($.chat);
    expect(deepActive()).to.equal($.input);
    expect(deepAll($.chat.renderRoot, '[part=unread]')).to.have.length(0);
  });

  it('keeps the composer at the bottom of its box, whatever the box', async () => {
    await $.open();
    for (const [width, height] of [
      [300, 400],
      [900, 300],
      [360, 640],
    ]) {
      $.chat.style.setProperty('inline-size', `${width}px`);
      $.chat.style.setProperty('block-size', `${height}px`);
      await frames();
      const bottom = deepOne($.chat.renderRoot, 'im-composer').getBoundingClientRect().bottom;
      expect(Math.abs(bottom - $.chat.getBoundingClientRect().bottom)).to.be.at.most(1);
    }
  });

  it('listens only while connected', async () => {
    await $.open();
    const live = [
      $.client.conversation(ID),
      $.client.typing(ID),
      $.client.connection,
      $.client.storage,
    ];
    expect(live.every(({ observers }) => observers.size > 0)).to.equal(true);
    $.chat.remove();
    expect(live.map(({ observers }) => observers.size)).to.deep.equal([0, 0, 0, 0]);
  });

  it('has no accessibility finding, chosen and unchosen, in light and in dark', async () => {
    await expect($.chat).to.be.accessible();
    await $.open('draft');
    $.client.connection.emit(offline);
    await settled($.chat);
    await expect($.chat).to.be.accessible();
    $.chat.style.setProperty('color-scheme', 'dark');
    await expect($.chat).to.be.accessible();
  });
});
