import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Conversation } from '../../client/public.js';
import { conversation, LIN, message, ownMessage } from '../../../test/helpers/chat-samples.js';
import {
  deepActive,
  deepAll,
  deepOne,
  frames,
  keyDown,
  settled,
} from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import type { ImConversationList } from './conversation-list.js';
import './define.js';

const mara = conversation({ unread: 2 });
const lin = conversation({ id: 'c2c:lin.jia:me', peerId: 'lin.jia', title: '林佳' });
const hikers = conversation({
  id: 'group:hikers',
  kind: 'group',
  peerId: undefined,
  title: 'José’s hikers',
});

describe('<im-conversation-list>', () => {
  let client: FakeClient;
  let list: ImConversationList;

  beforeEach(async () => {
    client = new FakeClient();
    list = await fixture<ImConversationList>(
      html`<im-conversation-list .client=${client}></im-conversation-list>`,
    );
    list.style.setProperty('block-size', '600px');
  });

  async function show(...conversations: Conversation[]): Promise<readonly HTMLElement[]> {
    client.conversations.emit(conversations);
    await settled(list);
    return deepAll(list.renderRoot, '[part~=row]');
  }

  const titles = (): (string | null)[] =>
    deepAll(list.renderRoot, '[part=title]').map((title) => title.textContent);
  const heading = (): string => deepOne(list.renderRoot, 'im-state').getAttribute('heading') ?? '';

  it('shows outlines while it waits, also while the first connection still fills it', async () => {
    expect(list.renderRoot.querySelector('im-skeleton')).to.not.equal(null);
    client.connection.emit({ status: 'catching-up', remaining: 3, done: 0, total: 9 });
    await show();
    expect(list.renderRoot.querySelector('im-skeleton')).to.not.equal(null);
    client.connection.emit({ status: 'connected' });
    await settled(list);
    expect(heading()).to.equal('No conversations yet');
  });

  it('shows a row for each conversation', async () => {
    await show(mara, lin, hikers);
    expect(titles()).to.deep.equal(['Mara Okafor', '林佳', 'José’s hikers']);
  });

  it('says that reading failed', async () => {
    client.conversations.fail(new Error('disk'));
    await settled(list);
    expect(heading()).to.equal('Your conversations could not be read');
  });

  it('previews drafts, own words, senders in groups, failures and typing', async () => {
    await show(
      conversation({ id: 'c2c:a:me', draft: 'not yet' }),
      conversation({ id: 'c2c:b:me', last: ownMessage(1, 'done') }),
      { ...hikers, last: message(2, 'up!', { sender: LIN }) },
      conversation({
        id: 'c2c:d:me',
        last: ownMessage(3, 'x', { status: 'failed', code: 'message/too-large' }),
      }),
      conversation({ id: 'c2c:e:me' }),
    );
    client.typing('c2c:e:me').emit([LIN]);
    await settled(list);
    const previews = deepAll(list.renderRoot, '[part=preview]').map((one) =>
      one.textContent.trim(),
    );
    expect(previews).to.deep.equal([
      'Draft: not yet',
      'You: done',
      '林佳: up!',
      'You: x',
      'typing…',
    ]);
    expect(deepOne(list.renderRoot, '[part=preview] [aria-label]').ariaLabel).to.equal('Not sent');
  });

  it('counts unread messages up to 99 and names them for screen readers', async () => {
    const [first, second] = await show(mara, { ...lin, unread: 100 });
    expect(deepAll(list.renderRoot, '[part=badge]').map((one) => one.textContent)).to.deep.equal([
      '2',
      '99+',
    ]);
    expect(first!.querySelector('[part=badge]')!.ariaLabel).to.equal('2 unread messages');
    expect(second!.querySelector('[part=badge]')!.ariaLabel).to.equal('99+ unread messages');
  });

  it('selects what is clicked, unless the page cancels that', async () => {
    const [, second] = await show(mara, lin);
    list.addEventListener('im-conversation-select', (event) => event.preventDefault(), {
      once: true,
    });
    second!.click();
    expect(list.selected).to.equal('');
    second!.click();
    await settled(list);
    expect(list.selected).to.equal(lin.id);
    expect(second!.getAttribute('aria-current')).to.equal('true');
  });

  it('finds titles without regard to case and accents, and says when there are none', async () => {
    await show(mara, lin, hikers);
    const input = deepOne(list.renderRoot, 'input[type=search]') as HTMLInputElement;
    input.focus();
    await sendKeys({ type: 'JOSE' });
    await settled(list);
    expect(titles()).to.deep.equal(['José’s hikers']);
    await sendKeys({ type: 'x' });
    await settled(list);
    expect(heading()).to.equal('Nothing found');
    await sendKeys({ press: 'Escape' });
    await settled(list);
    expect(titles()).to.have.length(3);
    expect(input.value).to.equal('');
  });

  it('filters by chips that arrows move through', async () => {
    await show(mara, lin, hikers);
    const [all] = deepAll(list.renderRoot, '[role=radio]');
    all!.focus();
    await sendKeys({ press: 'ArrowRight' });
    await settled(list);
    expect(titles()).to.deep.equal(['Mara Okafor']);
    expect(deepActive()?.textContent.trim()).to.equal('Unread 1');
    await sendKeys({ press: 'ArrowRight' });
    await settled(list);
    expect(titles()).to.deep.equal(['José’s hikers']);
  });

  it('keeps the open conversation among the unread ones while it is being read', async () => {
    list.filter = 'unread';
    list.selected = mara.id;
    await show({ ...mara, unread: 0 }, lin);
    expect(titles()).to.deep.equal(['Mara Okafor']);
  });

  it('has one stop of the Tab key, and arrows, Home and End move within', async () => {
    const rows = await show(mara, lin, hikers);
    rows[0]!.focus();
    const visited = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End']) {
      await sendKeys({ press: key });
      await settled(list);
      visited.push((deepActive() as HTMLElement).dataset.id);
    }
    expect(visited).to.deep.equal([lin.id, hikers.id, hikers.id, lin.id, mara.id, hikers.id]);
    expect(deepAll(list.renderRoot, '.row[tabindex="0"]')).to.have.length(1);
  });

  it('keeps the focus on a conversation that moves to the top', async () => {
    await show(mara, lin, hikers);
    deepAll(list.renderRoot, '.row')[2]!.focus();
    await show(hikers, mara, lin);
    expect((deepActive() as HTMLElement).dataset.id).to.equal(hikers.id);
  });

  it('draws a few dozen of a thousand rows, and others where it is scrolled to', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      conversation({ id: `c2c:p${index}:me`, title: `Person ${index}` }),
    );
    const rows = await show(...many);
    await frames();
    expect(rows.length).to.be.below(40);
    const body = deepOne(list.renderRoot, '[part=list]');
    expect(body.scrollHeight).to.be.closeTo(64_000, 20);
    body.scrollTop = 32_000;
    await frames();
    await settled(list);
    expect(titles()).to.include('Person 503');
    expect(deepAll(list.renderRoot, '.row').length).to.be.below(40);
  });

  it('opens a conversation with a person whose id is well-formed, and explains one that is not', async () => {
    await show(mara);
    keyDown(deepOne(list.renderRoot, 'header .icon-button'), 'x');
    deepOne(list.renderRoot, 'header .icon-button').click();
    await frames();
    const dialog = deepOne(list.renderRoot, 'im-new-chat');
    const input = deepOne(dialog.shadowRoot!, 'input');
    const problem = deepOne(dialog.shadowRoot!, '[part=problem]');
    for (const [id, words] of [
      ['no spaces please', 'An ID has'],
      ['', 'An ID has'],
      ['me', 'your own'],
    ]) {
      input.value = id!;
      keyDown(input, 'Enter');
      await frames();
      expect(problem.textContent, id).to.contain(words);
    }
    input.value = 'lin.jia';
    keyDown(input, 'Enter');
    await frames();
    expect(client.callsOf('openPeer')).to.deep.equal([['lin.jia']]);
    expect(list.selected).to.equal('c2c:lin.jia:me');
  });

  it('listens only while connected, and shows its rows through a move', async () => {
    await show(mara);
    const live = [client.conversations, client.connection, client.typing(mara.id)];
    expect(live.map(({ observers }) => observers.size)).to.deep.equal([1, 1, 1]);
    const { parentNode } = list;
    list.remove();
    expect(live.map(({ observers }) => observers.size)).to.deep.equal([0, 0, 0]);
    parentNode!.append(list);
    await settled(list);
    expect(live.map(({ observers }) => observers.size)).to.deep.equal([1, 1, 1]);
    expect(titles()).to.deep.equal(['Mara Okafor']);
  });

  it('has no accessibility finding in any of its states', async () => {
    await expect(list).to.be.accessible();
    await show();
    await expect(list).to.be.accessible();
    list.selected = mara.id;
    await show(mara, { ...lin, draft: 'soon' }, hikers);
    await expect(list).to.be.accessible();
    list.style.setProperty('color-scheme', 'dark');
    await expect(list).to.be.accessible();
  });
});
