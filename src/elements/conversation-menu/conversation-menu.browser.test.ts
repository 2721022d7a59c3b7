import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Conversation } from '../../client/public.js';
import { conversation } from '../../../test/helpers/chat-samples.js';
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
import type { ImConversationList } from '../conversation-list/conversation-list.js';
import '../conversation-list/define.js';
import './define.js';

const MARA = 'c2c:mara:me';
const WORK = { id: 'work', name: 'Work', position: 1 };

describe('<im-conversation-menu>', () => {
  let client: FakeClient;
  let list: ImConversationList;

  beforeEach(async () => {
    client = new FakeClient();
    client.folders.emit([WORK]);
    list = await fixture<ImConversationList>(
      html`<im-conversation-list .client=${client}></im-conversation-list>`,
    );
    list.style.setProperty('block-size', '600px');
    list.style.setProperty('inline-size', '360px');
  });

  const root = (): ParentNode => deepOne(list.renderRoot, 'im-conversation-menu').shadowRoot!;
  const items = (): string[] => deepAll(root(), '.item').map((one) => one.textContent.trim());
  const row = (): HTMLElement => deepOne(list.renderRoot, `.row[data-id="${MARA}"]`);

  async function show(change: Partial<Conversation> = {}): Promise<void> {
    client.conversations.emit([conversation(change)]);
    await settled(list);
  }

  async function openMenu(): Promise<void> {
    deepOne(list.renderRoot, '.more').click();
    await frames();
  }

  async function choose(...words: string[]): Promise<void> {
    for (const word of words) {
      deepAll(root(), '.item')
        .find((one) => one.textContent.trim() === word)!
        .click();
      await frames(3);
    }
  }

  async function press(words: string): Promise<void> {
    deepAll(root(), 'button')
      .find((one) => one.textContent.trim() === words && one.checkVisibility())!
      .click();
    await frames();
  }

  it('opens by its button, a secondary click and the keys for menus, and selects nothing', async () => {
    await show();
    const ways: (() => void)[] = [
      () => deepOne(list.renderRoot, '.more').click(),
      () => {
        const init = { bubbles: true, composed: true, cancelable: true, clientX: 20, clientY: 20 };
        row().dispatchEvent(new PointerEvent('contextmenu', init));
      },
      () => keyDown(row(), 'ContextMenu'),
      () => keyDown(row(), 'F10', { shiftKey: true }),
    ];
    for (const way of ways) {
      row().focus();
      way();
      await frames();
      expect(items()).to.deep.equal([
        'Pin to top',
        'Notifications',
        'Mark as unread',
        'Folders',
        'Hide until a new message',
      ]);
      await sendKeys({ press: 'Escape' });
      await frames();
      expect(deepActive() === row()).to.equal(true);
    }
    expect(list.selected).to.equal('');
  });

  it('pins, marks as unread and hides', async () => {
    await show();
    for (const words of ['Pin to top', 'Mark as unread', 'Hide until a new message']) {
      await openMenu();
      await choose(words);
    }
    expect(client.callsOf('pinConversation')).to.deep.equal([[MARA, true]]);
    expect(client.callsOf('markUnread')).to.deep.equal([[MARA]]);
    expect(client.callsOf('hideConversation')).to.deep.equal([[MARA]]);
  });

  it('takes each of that back', async () => {
    await show({ pinned: 1, markedUnread: true, lastSeq: 7 });
    await openMenu();
    await choose('Unpin from top');
    await openMenu();
    await choose('Mark as read');
    expect(client.callsOf('pinConversation')).to.deep.equal([[MARA, false]]);
    expect(client.callsOf('markRead')).to.deep.equal([[MARA, 7]]);
  });

  it('asks how much attention a conversation gets, with the present answer chosen', async () => {
    await show({ attention: 'mentions' });
    await openMenu();
    await choose('Notifications');
    expect((deepActive() as HTMLElement).textContent.trim()).to.equal('Mentions only');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await frames();
    expect(client.callsOf('setAttention')).to.deep.equal([[MARA, 'count']]);
    expect(deepActive() === row() || deepActive() === deepOne(list.renderRoot, '.more')).to.equal(
      true,
    );
  });

  it('puts a conversation into folders and takes it out', async () => {
    await show();
    await openMenu();
    await choose('Folders', 'Work');
    await show({ folders: ['work'] });
    await openMenu();
    await choose('Folders', 'Work');
    expect(client.callsOf('file')).to.deep.equal([
      ['work', MARA, true],
      ['work', MARA, false],
    ]);
  });

  it('makes a folder for a conversation, and wants a name for it', async () => {
    await show();
    await openMenu();
    await choose('Folders', 'New folder…');
    const folder = deepOne(root(), 'im-folder').shadowRoot!;
    const input = deepOne(folder, 'input');
    expect(deepActive() === input).to.equal(true);
    keyDown(input, 'Enter');
    await frames();
    expect(deepOne(folder, '[role=alert]').textContent.trim()).to.equal('A folder needs a name.');
    await still();
    await expect(deepOne(root(), 'im-folder')).to.be.accessible();
    input.value = ' Hiking ';
    keyDown(input, 'Enter');
    await frames();
    expect(client.callsOf('saveFolder')).to.deep.equal([[{ name: 'Hiking' }]]);
    const [[folderId, ...filed] = []] = client.callsOf('file');
    expect(folderId).to.match(/^folder-/);
    expect(filed).to.deep.equal([MARA, true]);
  });

  it('filters by a folder, renames it, and asks before it deletes it', async () => {
    await show({ folders: [] });
    const chip = deepAll(list.renderRoot, '[role=radio]').at(-1)!;
    chip.click();
    await settled(list);
    expect(deepAll(list.renderRoot, '.row')).to.have.length(0);
    keyDown(chip, 'ContextMenu');
    await frames();
    await choose('Edit folder');
    const input = deepOne(deepOne(root(), 'im-folder').shadowRoot!, 'input');
    expect(input.value).to.equal('Work');
    input.value = 'Office';
    keyDown(input, 'Enter');
    await frames();
    expect(client.callsOf('saveFolder')).to.deep.equal([[{ ...WORK, name: 'Office' }]]);
    keyDown(chip, 'ContextMenu');
    await frames();
    await choose('Delete folder');
    expect(client.callsOf('removeFolder')).to.deep.equal([]);
    await press('Delete folder');
    expect(client.callsOf('removeFolder')).to.deep.equal([['work']]);
  });

  it('lets the page do it in another way, and says what could not be done', async () => {
    await show();
    client.failures.set('hideConversation', new ImError('storage/quota-exceeded', 'full'));
    await openMenu();
    await choose('Hide until a new message');
    await settled(list);
    const problem = deepOne(root(), '[part=trouble]');
    expect(problem.textContent).to.contain('no space left');
    list.addEventListener('im-conversation-action', (event) => event.preventDefault());
    await openMenu();
    await choose('Pin to top');
    expect(client.callsOf('pinConversation')).to.deep.equal([]);
  });

  it('shows what is on top, muted, and marked as unread', async () => {
    await show({ pinned: 1, attention: 'count', unread: 3 });
    const labels = (): (string | null)[] =>
      deepAll(list.renderRoot, '[part=mark], [part=badge]').map((one) => one.ariaLabel);
    expect(labels()).to.deep.equal(['Muted', 'Pinned', '3 unread messages']);
    await show({ markedUnread: true });
    expect(labels()).to.deep.equal(['Marked as unread']);
    deepAll(list.renderRoot, '[role=radio]')[1]!.click();
    await settled(list);
    expect(deepAll(list.renderRoot, '.row')).to.have.length(1);
  });

  it('has no accessibility finding while it is open', async () => {
    for (const scheme of ['light', 'dark']) {
      list.style.setProperty('color-scheme', scheme);
      await show({ pinned: 1, attention: 'none', unread: 3 });
      await openMenu();
      await still();
      await expect(list).to.be.accessible();
      await sendKeys({ press: 'Escape' });
    }
  });

  describe('what the server refuses later', () => {
    const error = new ImError('conversation/not-found', 'gone');
    const trouble = (): string | undefined =>
      deepAll(root(), '[part=trouble][role=alert]')[0]?.textContent.trim();

    async function refuse(conversationId: string | undefined, messageId?: string): Promise<void> {
      client.fire('action-failed', { conversationId, messageId, error });
      await settled(list);
    }

    it('is told above the conversations until it is closed, and the focus goes on', async () => {
      await show();
      await refuse(MARA);
      expect(trouble()).to.equal(
        '“Mara Okafor” wasn’t changed. This conversation isn’t available.',
      );
      const line = deepOne(root(), '[part=trouble]').getBoundingClientRect();
      expect(line.bottom).to.be.at.most(row().getBoundingClientRect().top);
      deepOne(root(), '[part=trouble] button').click();
      await settled(list);
      expect(trouble()).to.equal(undefined);
      expect(deepActive() === row()).to.equal(true);
    });

    it('is told of folders, and of conversations that are not in the list', async () => {
      await show();
      await refuse(undefined);
      expect(trouble()).to.contain('The folders weren’t changed.');
      await refuse('c2c:me:nobody');
      expect(trouble()).to.equal('This conversation isn’t available.');
    });

    it('goes with the next try, and is told elsewhere where it was about a message', async () => {
      await show();
      await refuse(MARA, 'm1');
      expect(trouble()).to.equal(undefined);
      await refuse(MARA);
      await openMenu();
      await choose('Pin to top');
      expect(trouble()).to.equal(undefined);
      list.remove();
      expect(client.listeners('action-failed')).to.equal(0);
    });
  });
});
