import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  conversation,
  manyMessages,
  message,
  ownMessage,
} from '../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  settled,
} from '../../../test/helpers/element-fixtures.js';
import { ID, ListFixture } from '../../../test/helpers/message-list-fixture.js';

describe('<im-message-list>', () => {
  let $: ListFixture;

  beforeEach(() => {
    $ = new ListFixture();
  });

  it('opens at the newest message', async () => {
    await $.open(manyMessages(200));
    expect($.gap).to.be.at.most(1);
    expect($.rows.at(-1)!.dataset.id).to.equal('m200');
  });

  it('draws few of two thousand messages, with few elements each', async () => {
    await $.open(manyMessages(2_000));
    expect($.rows.length).to.be.below(60);
    expect(deepAll($.list.renderRoot, '.scroller *').length).to.be.below(600);
    for (const row of $.rows) expect(row.querySelectorAll('*').length).to.be.below(15);
  });

  it('puts few messages at the bottom', async () => {
    await $.open(manyMessages(2));
    const bottom = $.rows.at(-1)!.getBoundingClientRect().bottom;
    expect($.scroller.getBoundingClientRect().bottom - bottom).to.be.below(20);
    expect($.list.renderRoot.querySelector('[part=jump]')).to.equal(null);
  });

  it('follows the end while the reader is there', async () => {
    await $.open(manyMessages(100));
    for (let seq = 101; seq < 106; seq++)
      await $.arrive(message(seq, `${'word '.repeat(seq % 40)}end`));
    expect($.gap).to.be.at.most(1);
  });

  it('holds the place of a reader who is elsewhere, and counts what arrives below', async () => {
    await $.open(manyMessages(100));
    $.scroller.scrollTop -= 900;
    await $.rest();
    const before = $.firstVisible();
    for (let seq = 101; seq < 104; seq++) await $.arrive(message(seq, 'new '.repeat(seq % 30)));
    expect(Math.abs($.topOf(before.id) - before.top)).to.be.at.most(1);
    const jump = deepOne($.list.renderRoot, '[part=jump]');
    expect(jump.textContent.trim()).to.equal('3');
    expect(jump.getAttribute('aria-label')).to.contain('3 new messages');
    $.list.scrollToLatest();
    await frames(60);
    await $.rest();
    expect($.gap).to.be.at.most(1);
    expect($.list.renderRoot.querySelector('[part=jump]')).to.equal(null);
  });

  it('moves the first visible row by a pixel at most when 200 older ones arrive, six times', async () => {
    await $.open(manyMessages(200, 1_201), {}, true);
    let oldest = 1_201;
    const moved: number[] = [];
    for (let round = 0; round < 6; round++) {
      $.history.older = () => manyMessages(200, (oldest -= 200));
      $.scroller.scrollTop = 120;
      await frames(1);
      const before = $.firstVisible();
      await frames(3);
      moved.push(Math.abs($.topOf(before.id) - before.top));
      await $.rest();
      moved.push(Math.abs($.topOf(before.id) - before.top));
    }
    expect($.history.calls).to.deep.equal(Array(6).fill('older'));
    expect($.history.value.messages.length).to.equal(1_400);
    expect(Math.max(...moved)).to.be.at.most(1);
  });

  it('takes an own new message to the end, wherever the reader is', async () => {
    await $.open(manyMessages(100));
    $.scroller.scrollTop = 500;
    await $.rest();
    await $.arrive(ownMessage(101, 'mine', { status: 'queued' }));
    expect($.gap).to.be.at.most(1);
  });

  it('stays at the end when the box becomes lower', async () => {
    await $.open(manyMessages(100));
    $.list.parentElement!.style.setProperty('block-size', '300px');
    await $.rest();
    expect($.gap).to.be.at.most(1);
  });

  it('is walked through by keys from one stop, and keeps the focused row', async () => {
    await $.open(manyMessages(300));
    expect(
      deepAll($.list.renderRoot, '.row[tabindex="0"]').map((one) => one.dataset.id),
    ).to.deep.equal(['m300']);
    $.rows.at(-1)!.focus();
    await sendKeys({ press: 'ArrowUp' });
    await $.rest();
    expect((deepActive() as HTMLElement).dataset.id).to.equal('m299');
    $.scroller.scrollTop = 0;
    await $.rest();
    expect((deepActive() as HTMLElement).dataset.id).to.equal('m299');
    await sendKeys({ press: 'Home' });
    await $.rest();
    expect((deepActive() as HTMLElement).dataset.id).to.equal('m1');
    await sendKeys({ press: 'End' });
    await $.rest();
    expect((deepActive() as HTMLElement).dataset.id).to.equal('m300');
  });

  it('shows another conversation from its end, without the rows of the first', async () => {
    await $.open(manyMessages(100));
    const other = 'c2c:lin.jia:me';
    $.client.conversation(other).emit(conversation({ id: other, title: '林佳', readSeq: 999 }));
    $.list.conversationId = other;
    await settled($.list);
    expect($.history.closed).to.equal(true);
    $.client.lastHistory.show({ messages: manyMessages(80, 500) });
    await $.rest();
    expect($.rows.at(-1)!.dataset.id).to.equal('m579');
    expect($.gap).to.be.at.most(1);
  });

  it('keeps its history and its place when it is moved', async () => {
    await $.open(manyMessages(200));
    $.scroller.scrollTop = 2_000;
    await $.rest();
    const before = $.firstVisible();
    const box = $.list.parentElement!;
    const inner = document.createElement('div');
    inner.style.setProperty('block-size', '100%');
    box.append(inner);
    inner.append($.list);
    await $.rest();
    expect($.client.histories).to.have.length(1);
    expect($.history.closed).to.equal(false);
    expect($.firstVisible()).to.deep.equal(before);
  });

  it('listens only while connected', async () => {
    await $.open(manyMessages(5));
    expect($.client.listeners('message')).to.equal(1);
    $.list.remove();
    expect($.client.listeners('message')).to.equal(0);
    expect($.client.conversation(ID).observers.size).to.equal(0);
    await frames();
    expect($.history.closed).to.equal(true);
  });

  it('has no accessibility finding in light and in dark', async () => {
    await $.open(manyMessages(30), { readSeq: 25 });
    $.list.style.setProperty('background', '#fff');
    await expect($.list).to.be.accessible();
    $.list.style.setProperty('background', '#15171c');
    $.list.style.setProperty('color-scheme', 'dark');
    await expect($.list).to.be.accessible();
  });
});
