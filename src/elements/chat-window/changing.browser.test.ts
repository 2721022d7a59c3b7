import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Message } from '../../client/public.js';
import { message, ownMessage } from '../../../test/helpers/chat-samples.js';
import { ChatFixture, ID } from '../../../test/helpers/chat-fixture.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  keyDown,
  settled,
  still,
} from '../../../test/helpers/element-fixtures.js';
import { ImError } from '../../protocol/im-error.js';
import { ImMessageActionEvent } from '../events/message-action.js';
import '../dialogs/define.js';
import '../message-menu/define.js';

const MINE: Message = { ...ownMessage(31, 'See you at nine'), at: Date.now() - 1_000 };

describe('Changing messages in <im-chat-window>', () => {
  let $: ChatFixture;

  beforeEach(async () => {
    $ = new ChatFixture();
    await $.make();
    $.client.onHistory = (history) =>
      history.show({ messages: [message(29, 'Good morning'), message(30, 'Hello'), MINE] });
  });

  const strip = (): HTMLElement | undefined => deepAll($.chat.renderRoot, '.editing')[0];

  async function press(key: string): Promise<void> {
    keyDown($.input, key);
    await frames();
    await settled($.chat);
  }

  it('edits the last own message by arrow up in an empty composer, and saves with Enter', async () => {
    await $.open();
    await press('ArrowUp');
    expect(strip()!.textContent).to.contain('See you at nine');
    expect($.input.value).to.equal('See you at nine');
    await $.write('See you at ten');
    await press('Enter');
    expect($.client.callsOf('edit')).to.deep.equal([[ID, 'm31', 'See you at ten']]);
    expect($.client.callsOf('sendText')).to.deep.equal([]);
    expect(strip()).to.equal(undefined);
    expect($.input.value).to.equal('');
  });

  it('leaves arrow up alone where something is written, and what may not be edited', async () => {
    await $.open('draft');
    await press('ArrowUp');
    expect(strip()).to.equal(undefined);
    await $.write('');
    $.client.policy.emit({ recallMs: 1, editMs: 1, deletedMark: true, receiptMembers: 100 });
    await press('ArrowUp');
    expect(strip()).to.equal(undefined);
  });

  it('keeps the draft aside, and gives it back when editing ends', async () => {
    await $.open('half a thought');
    $.client.calls.splice(0);
    keyDown(deepAll($.chat.renderRoot, '.row').at(-1)!, 'ContextMenu');
    await frames();
    deepAll($.chat.renderRoot, '.item')
      .find((item) => item.textContent.trim() === 'Edit')!
      .click();
    await frames();
    expect($.input.value).to.equal('See you at nine');
    expect(deepActive() === $.input).to.equal(true);
    await $.write('See you at ten');
    await press('Escape');
    expect($.input.value).to.equal('half a thought');
    expect($.client.calls.map(([method]) => method)).to.not.include.members(['edit']);
    expect($.client.callsOf('setDraft')).to.deep.equal([]);
  });

  it('sends nothing when the words are the same, and keeps them when saving fails', async () => {
    await $.open();
    await press('ArrowUp');
    await press('Enter');
    expect($.client.callsOf('edit')).to.deep.equal([]);
    $.client.failures.set('edit', new ImError('storage/quota-exceeded', 'full'));
    await press('ArrowUp');
    await $.write('See you at ten');
    await press('Enter');
    expect($.trouble).to.contain('no space left');
    expect($.input.value).to.equal('See you at ten');
    expect(strip()).to.not.equal(undefined);
  });

  it('ends editing when another conversation opens', async () => {
    await $.open();
    await press('ArrowUp');
    $.chat.conversationId = 'c2c:lin.jia:me';
    await settled($.chat);
    $.chat.conversationId = ID;
    await settled($.chat);
    await frames();
    expect(strip()).to.equal(undefined);
    expect($.input.value).to.equal('');
  });

  it('tells what the server has refused', async () => {
    await $.open();
    const error = new ImError('message/recall-expired', 'too late');
    $.client.fire('action-failed', { conversationId: 'c2c:other:me', messageId: 'm1', error });
    await settled($.chat);
    expect($.trouble).to.equal(undefined);
    $.client.fire('action-failed', { conversationId: ID, messageId: 'm31', error });
    await settled($.chat);
    expect($.trouble).to.contain('too late to take this message back');
    $.chat.remove();
    expect($.client.listeners('action-failed')).to.equal(0);
  });

  it('shows the newest pinned message on top, and leads to it', async () => {
    await $.open();
    expect(deepAll($.chat.renderRoot, '[part=bar] .words')).to.have.length(0);
    $.client.pinnedMessages(ID).emit([MINE, message(30, 'Hello', { pinned: true })]);
    await settled($.chat);
    const bar = deepOne($.chat.renderRoot, 'im-pinned-bar').shadowRoot!;
    expect(deepOne(bar, '.words').textContent).to.equal('Pinned: Hello');
    deepOne(bar, '.main').click();
    await frames(4);
    expect((deepActive() as HTMLElement).dataset.id).to.equal('m30');
  });

  it('lists all pinned messages, and unpins them', async () => {
    await $.open();
    const old = message(3, 'Platform 3', { pinned: true });
    $.client.pinnedMessages(ID).emit([old]);
    await settled($.chat);
    const bar = deepOne($.chat.renderRoot, 'im-pinned-bar').shadowRoot!;
    // What is not found in the history is shown in the list.
    deepOne(bar, '.main').click();
    await frames(3);
    await still();
    const list = deepOne(bar, 'im-pinned');
    expect(deepOne(list.shadowRoot!, '.jump').textContent.trim()).to.equal('Platform 3');
    await expect(list).to.be.accessible();
    deepOne(list.shadowRoot!, '.entry-end button').click();
    await frames();
    expect($.client.callsOf('pinMessage')).to.deep.equal([[ID, 'm3', false]]);
    $.client.pinnedMessages(ID).emit([]);
    await settled($.chat);
    expect(deepOne(list.shadowRoot!, '[role=status]').textContent).to.contain('Nothing is pinned');
    await sendKeys({ press: 'Escape' });
  });

  it('has no accessibility finding while a message is edited and another is pinned', async () => {
    await $.open();
    $.client.pinnedMessages(ID).emit([message(30, 'Hello', { pinned: true })]);
    await press('ArrowUp');
    for (const scheme of ['light', 'dark']) {
      $.chat.style.setProperty('color-scheme', scheme);
      await still();
      await expect($.chat).to.be.accessible();
    }
  });

  it('puts the words of a message that was taken back before those in the composer', async () => {
    await $.open('and bring the maps');
    const again = (): HTMLElement | undefined =>
      deepAll($.chat.renderRoot, '[data-action="edit-again"]')[0];
    const action = new ImMessageActionEvent('recall', MINE);
    deepOne($.chat.renderRoot, 'im-message-menu').dispatchEvent(action);
    await frames();
    expect($.client.callsOf('recall')).to.deep.equal([[ID, 'm31']]);
    expect(again()).to.equal(undefined);
    const gone = { type: 'gone', how: 'recall', by: MINE.sender, byOwn: true } as const;
    const other: Message = { ...ownMessage(28, ''), content: gone };
    $.client.lastHistory.show({
      messages: [other, message(30, 'Hello'), { ...MINE, content: gone }],
    });
    await settled($.chat);
    expect(deepAll($.chat.renderRoot, '[data-action="edit-again"]')).to.have.length(1);
    expect(again()!.textContent.trim()).to.equal('Edit again');
    again()!.click();
    await frames();
    expect($.input.value).to.equal('See you at nine\nand bring the maps');
    expect(deepActive() === $.input).to.equal(true);
    expect(again()).to.equal(undefined);
  });
});
