import { expect, fixture, html } from '@open-wc/testing';
import { conversation, manyMessages, ownMessage } from '../../../test/helpers/chat-samples.js';
import { deepAll, deepText, frames, settled } from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import { pseudo } from '../../locales/pseudo.js';
import { ImError } from '../../protocol/im-error.js';
import { loadLocale, registerLocale } from './locale-registry.js';
import '../../all.js';

/** Everything that a person can read or hear, in every state that fits on one page. */
function allWords(root: ParentNode): string {
  const attributes = ['aria-label', 'placeholder', 'title', 'alt', 'heading', 'text', 'label'];
  const labels = deepAll(root, '*').flatMap((element) =>
    attributes.map((name) => element.getAttribute(name) ?? ''),
  );
  return `${deepText(root)} ${labels.join(' ')}`;
}

/** Days and months as the browser names them for a language that it does not know. */
const DATES = /\b(Tuesday|March|Mar)\b/g;

/** Names and texts of people in a script that no language of the kit uses. */
const THEIRS = /[\u0370-\u03ff]+/g;

async function page(locale: string): Promise<HTMLElementTagNameMap['im-client']> {
  const client = new FakeClient();
  const greek = conversation({
    title: 'Ελένη',
    unread: 2,
    readSeq: 1,
    draft: 'αβγ',
    last: ownMessage(3, 'γεια', { status: 'failed', code: 'message/too-large' }),
  });
  client.conversations.emit([greek, { ...greek, id: 'group:g', kind: 'group' }]);
  client.conversation(greek.id).emit(greek);
  client.onHistory = (history) =>
    history.show({
      messages: [
        ...manyMessages(3).map((one) => ({
          ...one,
          sender: { ...one.sender, name: 'Ελένη' },
          content: { type: 'text', text: 'γεια' } as const,
        })),
        ownMessage(4, 'ναι', { status: 'failed', code: 'message/too-large' }),
      ],
    });
  client.connection.emit({
    status: 'offline',
    retryAt: Date.now() + 60_000,
    error: new ImError('connection/offline', 'no connection'),
  });
  client.typing(greek.id).emit([{ id: 'eleni', name: 'Ελένη', avatarUrl: undefined }]);
  const element = await fixture<HTMLElementTagNameMap['im-client']>(
    html`<im-client .client=${client} locale=${locale}>
      <im-app conversation-id=${greek.id}></im-app>
      <im-chat-window></im-chat-window>
      <im-new-chat></im-new-chat>
    </im-client>`,
  );
  element.querySelector('im-app')!.style.setProperty('block-size', '600px');
  await frames(4);
  await settled(element.querySelector('im-app')!);
  return element;
}

describe('The language of the interface', () => {
  before(async () => {
    registerLocale('qps', pseudo);
    // These arrive late; what is tested here begins once they are there.
    const late = ['im-chat-window', 'im-message-menu', 'im-conversation-menu', 'im-new-chat'];
    await Promise.all(late.map((tag) => customElements.whenDefined(tag)));
  });

  it('comes from the words alone: nothing is hard-coded', async () => {
    const element = await page('qps');
    const words = allWords(element)
      .replace(/⟦[^⟧]*⟧/g, '')
      .replace(THEIRS, '')
      .replace(DATES, '');
    // What is left are ids, numbers, times, keys, and the brackets around words within words.
    const left = words.match(/[A-Za-z]{2,}/g)?.filter((word) => !KEPT.has(word)) ?? [];
    expect(left).to.deep.equal([]);
  });

  it('changes at run time and leaves no old word behind', async () => {
    const element = await page('en');
    expect(allWords(element)).to.contain('Search').and.to.contain('You’re offline');
    element.locale = 'zh-CN';
    await element.updateComplete;
    await loadLocale('zh-CN');
    await frames(4);
    const words = allWords(element).replace(THEIRS, '');
    expect(words).to.contain('搜索').and.to.contain('当前离线');
    expect(words.match(/[A-Za-z]{2,}/g)?.filter((word) => !KEPT.has(word)) ?? []).to.deep.equal([]);
    element.locale = 'en';
    await element.updateComplete;
    await frames(4);
    expect(allWords(element)).not.to.match(/[\u4e00-\u9fff]/);
  });

  it('follows the nearest lang attribute where no provider names one', async () => {
    const box = await fixture(html`<div lang="zh-CN"><im-composer></im-composer></div>`);
    await loadLocale('zh-CN');
    await frames(4);
    expect(allWords(box)).to.contain('输入消息');
  });
});

/** Names of keys, the word "ID", and what stands for a person without a name. */
const KEPT: ReadonlySet<string> = new Set([
  'Ctrl',
  'Alt',
  'Shift',
  'Enter',
  'Esc',
  'Home',
  'End',
  'ID',
]);
