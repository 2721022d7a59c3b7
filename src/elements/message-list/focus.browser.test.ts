import { expect } from '@open-wc/testing';
import { manyMessages, ownMessage } from '../../../test/helpers/chat-samples.js';
import { deepActive, deepAll, deepOne, frames } from '../../../test/helpers/element-fixtures.js';
import { ListFixture } from '../../../test/helpers/message-list-fixture.js';
import { ImError } from '../../protocol/im-error.js';

describe('The focus in <im-message-list>', () => {
  let $: ListFixture;

  beforeEach(() => {
    $ = new ListFixture();
  });

  const failed = (seq: number) =>
    ownMessage(seq, `failed ${seq}`, { status: 'failed', code: 'message/too-large' });
  const focusedId = (): string | undefined => (deepActive() as HTMLElement).dataset.id;

  /** Uses a button as the keyboard does. */
  async function press(button: HTMLElement): Promise<void> {
    button.focus();
    expect(deepActive()).to.equal(button);
    button.click();
    await $.rest();
  }

  it('goes to the newest message from the button that leads there', async () => {
    await $.open(manyMessages(200));
    $.scroller.scrollTop = 300;
    await $.rest();
    await press(deepOne($.list.renderRoot, '[part=jump]'));
    await frames(40);
    expect(focusedId()).to.equal('m200');
    expect($.gap).to.be.at.most(1);
  });

  it('waits for the newest message where that has to be fetched', async () => {
    await $.open(manyMessages(100));
    $.history.show({ hasNewer: true });
    await $.rest();
    await press(deepOne($.list.renderRoot, '[part=jump]'));
    expect($.history.calls).to.include('latest');
    $.history.show({ messages: manyMessages(50, 400), hasNewer: false, hasOlder: true });
    await $.rest();
    expect(focusedId()).to.equal('m449');
  });

  it('goes to the neighbour of a message that was discarded', async () => {
    await $.open([...manyMessages(3), failed(4), failed(5)]);
    await press(deepAll($.list.renderRoot, '[data-action=discard]')[0]!);
    $.history.show({ messages: [...manyMessages(3), failed(5)] });
    await $.rest();
    expect(focusedId()).to.equal('m5');
    await press(deepAll($.list.renderRoot, '[data-action=discard]')[0]!);
    $.history.show({ messages: manyMessages(3) });
    await $.rest();
    expect(focusedId()).to.equal('m3');
  });

  it('stays with a message that is sent again', async () => {
    await $.open([...manyMessages(3), failed(4)]);
    await press(deepOne($.list.renderRoot, '[data-action=retry]'));
    $.history.show({ messages: [...manyMessages(3), ownMessage(4, 'x', { status: 'queued' })] });
    await $.rest();
    expect(focusedId()).to.equal('m4');
  });

  it('goes to the messages at the top when older ones are asked for again', async () => {
    await $.open(manyMessages(60), {}, true);
    $.history.show({ error: new ImError('connection/offline', 'no connection') });
    $.scroller.scrollTop = 0;
    await $.rest();
    const first = $.firstVisible().id;
    const button = deepOne($.list.renderRoot, '.top-note button');
    button.focus();
    button.click();
    $.history.show({ error: undefined, loading: 'older' });
    await $.rest();
    expect(focusedId()).to.equal(first);
    expect($.firstVisible().id).to.equal(first);
  });

  it('leads to a message that is shown, and through older history to one that is not', async () => {
    await $.open(manyMessages(60, 61), {}, true);
    expect(await $.list.showMessage('m70')).to.equal(true);
    await $.rest();
    expect(focusedId()).to.equal('m70');
    let first = 61;
    $.history.older = () => manyMessages(20, (first -= 20));
    expect(await $.list.showMessage('m30')).to.equal(true);
    await $.rest();
    expect(focusedId()).to.equal('m30');
    const box = deepAll($.list.renderRoot, '.row[data-id=m30]')[0]!.getBoundingClientRect();
    const view = $.scroller.getBoundingClientRect();
    expect(box.top).to.be.at.least(view.top);
    expect(box.bottom).to.be.at.most(view.bottom);
  });

  it('says that a message is not to be found', async () => {
    await $.open(manyMessages(20));
    expect(await $.list.showMessage('m99')).to.equal(false);
    const offline = new ImError('connection/offline', 'no connection');
    $.history.show({ hasOlder: true, error: offline });
    await $.rest();
    expect(await $.list.showMessage('m99')).to.equal(false);
  });
});
