import { expect } from '@open-wc/testing';
import {
  conversation,
  manyMessages,
  message,
  ownMessage,
} from '../../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  settled,
} from '../../../../test/helpers/element-fixtures.js';
import { ID, ListFixture } from '../../../../test/helpers/message-list-fixture.js';
import { ImError } from '../../../protocol/im-error.js';

describe('Reading in <im-message-list>', () => {
  let $: ListFixture;

  beforeEach(() => {
    $ = new ListFixture();
  });

  it('asks for older messages until the view is full, then no more', async () => {
    let oldest = 300;
    $.client.onHistory = (one) => {
      one.older = () => manyMessages(3, (oldest -= 3));
    };
    await $.open(manyMessages(3, 300), {}, true);
    await frames(40);
    expect($.history.calls.length).to.be.within(3, 30);
    const calls = $.history.calls.length;
    await frames(10);
    expect($.history.calls.length).to.equal(calls);
  });

  it('says when older messages cannot be had, and tries again on demand only', async () => {
    await $.open(manyMessages(100), {}, true);
    $.history.show({ error: new ImError('connection/offline', 'no connection') });
    $.scroller.scrollTop = 0;
    await $.rest();
    expect($.history.calls).to.deep.equal([]);
    deepOne($.list.renderRoot, '.top-note button').click();
    expect($.history.calls).to.deep.equal(['older']);
  });

  it('keeps the line above the new messages in place while they are read', async () => {
    await $.open(manyMessages(40), { readSeq: 36 });
    const line = (): HTMLElement => deepOne($.list.renderRoot, '[part=unread]');
    expect(line().textContent.trim()).to.equal('3 new messages');
    const top = line().getBoundingClientRect().top;
    $.client.conversation(ID).emit(conversation({ lastSeq: 40, readSeq: 40 }));
    await $.rest();
    expect(Math.abs(line().getBoundingClientRect().top - top)).to.be.at.most(1);
    await $.arrive(ownMessage(41, 'my answer', { status: 'queued' }));
    expect($.list.renderRoot.querySelector('[part=unread]')).to.equal(null);
  });

  it('speaks arriving messages of others, not own ones and not history', async () => {
    await $.open(manyMessages(60), {}, true);
    $.history.older = () => manyMessages(200, -200);
    $.history.show({ messages: [...manyMessages(200, -200), ...$.history.value.messages] });
    await $.rest();
    expect($.spoken).to.equal('');
    $.history.show({ messages: [...$.history.value.messages, ownMessage(61, 'mine')] });
    await $.rest();
    expect($.spoken).to.equal('');
    await $.arrive(message(62, 'hello'));
    expect($.spoken).to.equal('Mara Okafor: hello');
    expect($.scroller.getAttribute('aria-live')).to.equal('off');
  });

  it('speaks the same words again when they arrive again', async () => {
    await $.open(manyMessages(5));
    await $.arrive(message(6, 'ok'));
    let changes = 0;
    const region = [...$.list.renderRoot.querySelectorAll('.visually-hidden[role=status]')].at(-1)!;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await $.arrive(message(7, 'ok'));
    observer.disconnect();
    expect($.spoken).to.equal('Mara Okafor: ok');
    expect(changes).to.be.above(0);
  });

  it('marks as read what was shown to somebody who looks, and nothing else', async () => {
    const hasFocus = document.hasFocus.bind(document);
    document.hasFocus = () => false;
    try {
      await $.open(manyMessages(20), { readSeq: 17 });
      expect($.client.callsOf('markRead')).to.deep.equal([]);
      document.hasFocus = () => true;
      window.dispatchEvent(new FocusEvent('focus'));
      expect($.client.callsOf('markRead').at(-1)).to.deep.equal([ID, 20]);
      document.hasFocus = () => false;
      await $.arrive(message(21, 'unseen'));
      expect($.client.callsOf('markRead').at(-1)).to.deep.equal([ID, 20]);
    } finally {
      document.hasFocus = hasFocus;
    }
  });

  it('keeps a conversation read only while its end is shown to somebody who looks', async () => {
    const hasFocus = document.hasFocus.bind(document);
    let focused = true;
    document.hasFocus = () => focused;
    const look = async (isLooking: boolean): Promise<void> => {
      focused = isLooking;
      window.dispatchEvent(new FocusEvent(isLooking ? 'focus' : 'blur'));
      await $.rest();
    };
    try {
      await $.open(manyMessages(100));
      const { keptRead } = $.client;
      expect([...keptRead]).to.deep.equal([ID]);
      await look(false);
      expect([...keptRead]).to.deep.equal([]);
      await look(true);
      expect([...keptRead]).to.deep.equal([ID]);
      $.scroller.scrollTop = 0;
      await $.rest();
      expect([...keptRead]).to.deep.equal([]);
      $.scroller.scrollTop = $.scroller.scrollHeight;
      await $.rest();
      expect([...keptRead]).to.deep.equal([ID]);
      $.list.remove();
      expect([...keptRead]).to.deep.equal([]);
    } finally {
      document.hasFocus = hasFocus;
    }
  });

  it('does not mark what is still below the view', async () => {
    const hasFocus = document.hasFocus.bind(document);
    document.hasFocus = () => true;
    try {
      await $.open(manyMessages(100), { readSeq: 5 });
      const marked = $.client.callsOf('markRead').at(-1)![1] as number;
      expect(marked).to.be.within(6, 40);
    } finally {
      document.hasFocus = hasFocus;
    }
  });

  it('sends failed messages again and forgets them, unless the page cancels that', async () => {
    const failed = ownMessage(1, 'x', { status: 'failed', code: 'message/too-large' });
    await $.open([failed]);
    const [retry, discard] = deepAll($.list.renderRoot, '.failure button');
    retry!.click();
    discard!.click();
    await settled($.list);
    expect($.client.callsOf('retry')).to.deep.equal([[ID, 'm1']]);
    expect($.client.callsOf('discard')).to.deep.equal([[ID, 'm1']]);
    $.list.parentElement!.addEventListener('im-retry', (event) => event.preventDefault());
    retry!.click();
    await settled($.list);
    expect($.client.callsOf('retry')).to.have.length(1);
  });

  it('goes on downwards when older messages cannot be had', async () => {
    await $.open(manyMessages(100), {}, true);
    $.history.older = () => {
      $.history.show({ error: new ImError('connection/offline', 'no connection') });
      return [];
    };
    $.scroller.scrollTop = 0;
    await $.rest();
    expect($.history.calls).to.deep.equal(['older']);
    $.history.show({ hasNewer: true });
    $.scroller.scrollTop = $.scroller.scrollHeight;
    await $.rest();
    expect($.history.calls).to.deep.equal(['older', 'newer']);
  });

  it('neither greets nor stays empty where the messages are not on this device', async () => {
    await $.open([]);
    $.history.show({ error: new ImError('connection/offline', 'no connection') });
    await $.rest();
    const state = deepOne($.list.renderRoot, 'im-state');
    expect(state.getAttribute('heading')).to.equal('This conversation isn’t on this device yet');
    const button = state.querySelector('button')!;
    button.focus();
    button.click();
    expect($.history.calls).to.deep.equal(['latest']);
    $.history.show({ error: undefined, loading: 'first' });
    await $.rest();
    expect(deepActive()).to.equal($.scroller);
  });

  it('greets in an empty conversation and says when reading failed', async () => {
    await $.open([]);
    expect(deepOne($.list.renderRoot, 'im-state').getAttribute('heading')).to.equal(
      'Say hello to Mara Okafor',
    );
    $.history.state.fail(new Error('disk'));
    await settled($.list);
    expect(deepOne($.list.renderRoot, 'im-state').getAttribute('kind')).to.equal('error');
  });
});
