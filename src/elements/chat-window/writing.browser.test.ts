import { expect } from '@open-wc/testing';
import { conversation } from '../../../test/helpers/chat-samples.js';
import { ChatFixture, ID } from '../../../test/helpers/chat-fixture.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  keyDown,
  settled,
} from '../../../test/helpers/element-fixtures.js';
import { ImError } from '../../protocol/im-error.js';
import { ImRetryEvent } from '../events/retry.js';

describe('Writing in <im-chat-window>', () => {
  let $: ChatFixture;

  beforeEach(async () => {
    $ = new ChatFixture();
    await $.make();
  });

  /** What was stored or sent, in this order. */
  const written = (): unknown[] =>
    $.client.calls.filter(([name]) => name === 'setDraft' || name === 'sendText');

  it('sends what is written, unless the page does so itself', async () => {
    await $.open();
    await $.write('hello');
    keyDown($.input, 'Enter');
    await settled($.chat);
    expect($.client.callsOf('sendText')).to.deep.equal([[ID, 'hello']]);
    expect($.input.value).to.equal('');
    $.chat.parentElement!.addEventListener('im-send', (event) => event.preventDefault());
    await $.write('mine');
    keyDown($.input, 'Enter');
    await settled($.chat);
    expect($.client.callsOf('sendText')).to.have.length(1);
    expect($.input.value).to.equal('mine');
  });

  it('gives the words back when they could not be stored', async () => {
    await $.open();
    $.client.failures.set('sendText', new ImError('storage/quota-exceeded', 'full'));
    await $.write('precious');
    keyDown($.input, 'Enter');
    await $.write('and more');
    await frames();
    expect($.input.value).to.equal('precious\nand more');
    expect($.trouble).to.equal('Not sent. There’s no space left on this device.');
    $.client.failures.clear();
    keyDown($.input, 'Enter');
    await frames();
    expect($.trouble).to.equal(undefined);
    expect($.client.callsOf('sendText').at(-1)).to.deep.equal([ID, 'precious\nand more']);
  });

  it('keeps the words that could not be stored for when their conversation is opened again', async () => {
    await $.open();
    $.client.failures.set('sendText', new ImError('storage/quota-exceeded', 'full'));
    await $.write('precious');
    keyDown($.input, 'Enter');
    $.chat.conversationId = '';
    await frames();
    await $.open();
    expect($.input.value).to.equal('precious');
    expect($.trouble).to.contain('no space left');
  });

  it('says that drafts cannot be kept, and that a failed message cannot be sent again', async () => {
    await $.open();
    $.client.failures.set('setDraft', new ImError('storage/quota-exceeded', 'full'));
    $.client.failures.set('retry', new ImError('storage/unavailable', 'gone'));
    await $.write('half');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    await frames();
    expect($.trouble).to.equal('There’s no space left on this device.');
    deepOne($.chat.renderRoot, '[part=trouble] button').click();
    await frames();
    expect($.trouble).to.equal(undefined);
    expect(deepActive()).to.equal($.input);
    const list = deepOne($.chat.renderRoot, 'im-message-list');
    list.dispatchEvent(new ImRetryEvent('m1'));
    await frames();
    expect($.trouble).to.equal('This browser’s storage isn’t available.');
  });

  it('lets nothing escape to the page when reading cannot be noted', async () => {
    const escaped: unknown[] = [];
    const note = (event: PromiseRejectionEvent): void => void escaped.push(event.reason);
    const hasFocus = document.hasFocus.bind(document);
    document.hasFocus = () => true;
    window.addEventListener('unhandledrejection', note);
    $.client.failures.set('markRead', new ImError('storage/quota-exceeded', 'full'));
    $.client.conversation(ID).emit(conversation({ readSeq: 1, lastSeq: 30 }));
    $.chat.conversationId = ID;
    await frames(6);
    window.removeEventListener('unhandledrejection', note);
    document.hasFocus = hasFocus;
    expect($.client.callsOf('markRead')).to.not.deep.equal([]);
    expect(escaped).to.deep.equal([]);
  });

  it('returns to the newest messages after sending from far up in the history', async () => {
    await $.open();
    const history = $.client.lastHistory;
    await $.write('first');
    keyDown($.input, 'Enter');
    await frames();
    expect(history.calls).to.not.include('latest');
    history.show({ hasNewer: true });
    await $.write('second');
    keyDown($.input, 'Enter');
    await frames();
    expect(history.calls).to.include('latest');
  });

  it('takes up the draft of a conversation and keeps that of the one it leaves', async () => {
    await $.open('half a thou');
    expect($.input.value).to.equal('half a thou');
    await $.write('half a thought');
    const other = 'c2c:lin.jia:me';
    $.client.conversation(other).emit(conversation({ id: other, title: '林佳' }));
    $.chat.conversationId = other;
    await settled($.chat);
    expect($.client.callsOf('setDraft')).to.deep.equal([[ID, 'half a thought']]);
    expect($.input.value).to.equal('');
  });

  it('stores the draft when the page goes, and leaves it to the client to forget what is sent', async () => {
    await $.open();
    await $.write('later');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    keyDown($.input, 'Enter');
    await frames();
    expect(written()).to.deep.equal([
      ['setDraft', ID, 'later'],
      ['sendText', ID, 'later'],
    ]);
    await $.write('x');
    await $.write('');
    expect($.client.callsOf('setDraft').at(-1)).to.deep.equal([ID, '']);
  });

  it('forgets the beginning of a message that was stored as a draft, once the message is', async () => {
    await $.open();
    await $.write('lat');
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    await $.write('later');
    keyDown($.input, 'Enter');
    await frames();
    expect(written()).to.deep.equal([
      ['setDraft', ID, 'lat'],
      ['sendText', ID, 'later'],
      ['setDraft', ID, ''],
    ]);
  });

  it('ends typing with the conversation in which it began', async () => {
    await $.open();
    await $.write('h');
    const other = 'c2c:lin.jia:me';
    $.client.conversation(other).emit(conversation({ id: other, title: '林佳' }));
    $.chat.conversationId = other;
    await frames();
    expect($.client.callsOf('setTyping')).to.deep.equal([
      [ID, true],
      [ID, false],
    ]);
  });

  it('takes the cursor along to the composer of the next conversation', async () => {
    await $.open();
    $.input.focus();
    const other = 'c2c:lin.jia:me';
    $.chat.conversationId = other;
    await frames();
    expect(deepAll($.chat.renderRoot, 'textarea')).to.have.length(0);
    expect($.chat.matches(':focus-within')).to.equal(true);
    $.client.conversation(other).emit(conversation({ id: other, title: '林佳' }));
    await frames();
    expect(deepActive()).to.equal($.input);
  });

  it('puts the cursor into a composer that is not there yet, unless the user is elsewhere by then', async () => {
    $.chat.conversationId = ID;
    $.chat.focusComposer();
    await frames();
    await $.open();
    expect(deepActive()).to.equal($.input);
    const button = document.createElement('button');
    $.chat.parentElement!.append(button);
    $.chat.conversationId = 'c2c:lin.jia:me';
    $.chat.focusComposer();
    await frames();
    button.focus();
    $.client.conversation('c2c:lin.jia:me').emit(conversation({ id: 'c2c:lin.jia:me' }));
    await frames();
    expect(deepAll($.chat.renderRoot, 'textarea')).to.have.length(1);
    expect(deepActive()).to.equal(button);
    button.remove();
  });
});
