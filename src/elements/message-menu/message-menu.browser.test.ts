import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Conversation, Message } from '../../client/public.js';
import { LIN, MARA, ME, message, ownMessage } from '../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  keyDown,
  still,
} from '../../../test/helpers/element-fixtures.js';
import { ID, ListFixture } from '../../../test/helpers/message-list-fixture.js';
import { ImError } from '../../protocol/im-error.js';
import '../message-list/define.js';
import './define.js';

const GROUP = { kind: 'group', peerId: undefined, title: 'Hikers', memberCount: 3 } as const;

/** A message of mine that was written a moment ago. */
const fresh = (change: Partial<Message> = {}): Message => ({
  ...ownMessage(2, 'See you at nine', { status: 'read' }),
  at: Date.now() - 1_000,
  ...change,
});

describe('<im-message-menu>', () => {
  let $: ListFixture;

  beforeEach(() => {
    $ = new ListFixture();
  });

  const root = (): ParentNode => deepOne($.list.renderRoot, 'im-message-menu').shadowRoot!;
  const items = (): string[] => deepAll(root(), '.item').map((item) => item.textContent.trim());
  const isOpen = (): boolean => deepAll(root(), '.menu.open').length > 0;

  async function open(one: Message, change: Partial<Conversation> = {}): Promise<void> {
    await $.open([message(1, 'Good morning'), one], change);
    await openFor(one.id);
  }

  async function openFor(id: string): Promise<void> {
    deepOne($.list.renderRoot, `.row[data-id="${id}"] .more`).click();
    await frames();
  }

  async function choose(words: string): Promise<void> {
    deepAll(root(), '.item')
      .find((item) => item.textContent.trim() === words)!
      .click();
    await frames();
  }

  /** Presses a button of the dialog that is open. */
  async function press(words: string): Promise<void> {
    deepAll(root(), 'im-confirm')
      .flatMap((confirm) => deepAll(confirm.shadowRoot!, 'button'))
      .find((button) => button.textContent.trim() === words)!
      .click();
    await frames();
  }

  it('offers for an own fresh text all that can be done with it', async () => {
    await open(fresh(), GROUP);
    expect(items()).to.deep.equal([
      'Copy text',
      'Edit',
      'Pin',
      'Star',
      'Read by…',
      'Take back',
      'Delete for me',
      'Delete for everyone',
    ]);
    expect(deepAll(root(), '.glyph')).to.have.length(6);
  });

  it('offers no more than the server allows, and asks for readers in groups only', async () => {
    $.client.policy.emit({ recallMs: 500, editMs: 500, deletedMark: true, receiptMembers: 2 });
    await open(fresh(), GROUP);
    expect(items()).to.not.include.members(['Edit']);
    expect(items().filter((one) => ['Edit', 'Take back', 'Read by…'].includes(one))).to.deep.equal(
      [],
    );
  });

  it('offers of a message of others what does not change its words', async () => {
    await open(message(2, 'Hello', { pinned: true, starred: true }));
    expect(items()).to.deep.equal(['Copy text', 'Unpin', 'Remove star', 'Delete for me']);
  });

  it('offers only to remove what is gone, and nothing but to copy what is not sent', async () => {
    const gone = { type: 'gone', how: 'recall', by: MARA, byOwn: false } as const;
    const queued = { ...ownMessage(3, 'Soon', { status: 'sending' }), seq: undefined };
    await $.open([message(1, 'Good morning'), message(2, '', { content: gone }), queued]);
    // A notice has no button; the keys open its menu.
    keyDown(deepOne($.list.renderRoot, '.row[data-id="m2"]'), 'ContextMenu');
    await frames();
    expect(items()).to.deep.equal(['Delete for me']);
    await openFor('m3');
    expect(items()).to.deep.equal(['Copy text', 'Edit']);
  });

  it('opens by the keys for menus, and gives the focus back to the row', async () => {
    await $.open([message(1, 'Good morning'), fresh()]);
    const row = $.rows.at(-1)!;
    row.focus();
    for (const [key, init] of [
      ['ContextMenu', {}],
      ['F10', { shiftKey: true }],
    ] as const) {
      expect(keyDown(row, key, init).defaultPrevented).to.equal(true);
      await frames();
      expect(isOpen(), key).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await frames();
      expect(isOpen(), key).to.equal(false);
      expect(deepActive() === row, key).to.equal(true);
    }
  });

  it('opens under a finger that rests, and not under one that scrolls', async () => {
    await $.open([message(1, 'Good morning'), message(2, 'https://a.example/x')]);
    const bubble = deepAll($.list.renderRoot, '.bubble').at(-1)!;
    const touch = (type: string, clientY: number): boolean =>
      bubble.dispatchEvent(
        new PointerEvent(type, {
          pointerType: 'touch',
          isPrimary: true,
          bubbles: true,
          composed: true,
          clientX: 60,
          clientY,
        }),
      );
    touch('pointerdown', 100);
    touch('pointermove', 140);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(isOpen()).to.equal(false);
    touch('pointerdown', 100);
    touch('pointermove', 103);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(isOpen()).to.equal(true);
    touch('pointerup', 103);
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    bubble.querySelector('a')!.dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
  });

  it('reacts with one of six emoji, and takes the same away again', async () => {
    await open(message(2, 'Done!'));
    deepAll(root(), '.glyph')[3]!.click();
    await frames();
    const reactions = [{ emoji: '🎉', count: 2, own: true, people: [MARA, ME] }];
    $.history.show({ messages: [message(1, 'Good morning'), message(2, 'Done!', { reactions })] });
    await $.rest();
    const chip = deepOne($.list.renderRoot, '.reaction');
    expect(chip.ariaLabel).to.equal('🎉 2: You and Mara Okafor');
    chip.click();
    await frames();
    expect($.client.callsOf('react')).to.deep.equal([
      [ID, 'm2', '🎉', true],
      [ID, 'm2', '🎉', false],
    ]);
  });

  it('pins and stars at once, and asks before it unpins for everybody', async () => {
    await open(message(2, 'Platform 3'));
    await choose('Pin');
    await openFor('m2');
    await choose('Star');
    $.history.show({
      messages: [message(1, 'Hi'), message(2, 'P', { pinned: true, starred: true })],
    });
    await $.rest();
    await openFor('m2');
    await choose('Remove star');
    await openFor('m2');
    await choose('Unpin');
    expect($.client.callsOf('pinMessage')).to.deep.equal([[ID, 'm2', true]]);
    await press('Unpin');
    expect($.client.callsOf('pinMessage').at(-1)).to.deep.equal([ID, 'm2', false]);
    expect($.client.callsOf('star')).to.deep.equal([
      [ID, 'm2', true],
      [ID, 'm2', false],
    ]);
  });

  it('asks before anything is lost, and does nothing when the answer is no', async () => {
    for (const [words, method, args] of [
      ['Take back', 'recall', [ID, 'm2']],
      ['Delete for me', 'remove', [ID, 'm2', { for: 'me' }]],
      ['Delete for everyone', 'remove', [ID, 'm2', { for: 'all' }]],
    ] as const) {
      $ = new ListFixture();
      await open(fresh());
      await choose(words);
      expect((deepActive() as HTMLElement).textContent.trim(), words).to.equal('Cancel');
      await press('Cancel');
      expect($.client.callsOf(method), words).to.deep.equal([]);
      await openFor('m2');
      await choose(words);
      await press(words);
      expect($.client.callsOf(method), words).to.deep.equal([args]);
    }
  });

  it('lets the page do it in another way', async () => {
    await open(fresh());
    const asked: string[] = [];
    $.list.addEventListener('im-message-action', (event) => {
      asked.push(`${event.action} ${event.message.id}`);
      event.preventDefault();
    });
    await choose('Pin');
    expect(asked).to.deep.equal(['pin m2']);
    expect($.client.callsOf('pinMessage')).to.deep.equal([]);
  });

  it('tells what could not be done', async () => {
    await open(fresh());
    $.client.failures.set('pinMessage', new ImError('conversation/too-many-pins', 'full'));
    const failed: unknown[] = [];
    $.list.addEventListener('im-action-failed', ({ error }) => failed.push(error));
    await choose('Pin');
    expect(failed).to.have.length(1);
  });

  it('shows who has read a message and who has not, page by page', async () => {
    $.client.onReaders = ({ read, after }) => ({
      people: read ? (after ? [MARA] : [LIN]) : [ME],
      more: read && after === undefined,
      readCount: 2,
      unreadCount: 1,
    });
    await open(fresh(), GROUP);
    await choose('Read by…');
    const readers = deepOne(root(), 'im-readers').shadowRoot!;
    const people = (): string[] => deepAll(readers, '.person').map((one) => one.textContent.trim());
    const tabs = deepAll(readers, '[role=tab]');
    expect(tabs.map((tab) => tab.textContent.trim())).to.deep.equal(['Read 2', 'Not read 1']);
    expect(people().join()).to.contain('林佳');
    deepOne(readers, '.center button').click();
    await frames();
    expect(people()).to.have.length(2);
    tabs[0]!.focus();
    await sendKeys({ press: 'ArrowRight' });
    await frames();
    expect(people().join()).to.contain('Ken Tanaka');
    expect($.client.callsOf('readers')).to.deep.equal([
      [ID, 'm2', { read: true }],
      [ID, 'm2', { read: true, after: 'lin.jia' }],
      [ID, 'm2', { read: false }],
    ]);
    await still();
    await expect(deepOne(root(), 'im-readers')).to.be.accessible();
  });

  it('says that readers cannot be asked while offline, and tries again on demand', async () => {
    $.client.failures.set('readers', new ImError('connection/offline', 'no connection'));
    await open(fresh(), GROUP);
    await choose('Read by…');
    const readers = deepOne(root(), 'im-readers').shadowRoot!;
    expect(deepOne(readers, '[role=alert]').textContent).to.contain('You’re offline');
    $.client.failures.delete('readers');
    deepOne(readers, '[role=alert] button').click();
    await frames();
    expect(deepOne(readers, '[role=status]').textContent.trim()).to.equal(
      'Nobody has read it yet.',
    );
  });

  it('shows the earlier texts of an edited message, the newest first', async () => {
    $.client.versionList = [
      { text: 'At eight', at: 1 },
      { text: 'At nine', at: 2 },
    ];
    await $.open([message(1, 'Good morning'), fresh({ edited: true })]);
    deepOne($.list.renderRoot, '.edited').click();
    await frames();
    const versions = deepOne(root(), 'im-versions').shadowRoot!;
    expect(deepAll(versions, '.words').map((one) => one.textContent)).to.deep.equal([
      'At nine',
      'At eight',
    ]);
    await frames(4);
    await still();
    await expect(deepOne(root(), 'im-versions')).to.be.accessible();
  });
});
