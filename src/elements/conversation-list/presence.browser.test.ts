import { expect, fixture, html } from '@open-wc/testing';
import { conversation } from '../../../test/helpers/chat-samples.js';
import { ChatFixture } from '../../../test/helpers/chat-fixture.js';
import { deepAll, settled } from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import type { Presence } from '../../client/public.js';
import type { ImConversationList } from './conversation-list.js';
import './define.js';

const told = (state: Presence['state'], seenAt?: number): Presence => ({ state, seenAt });

describe('whether somebody is there', () => {
  it('is a dot with a name in the list, for people alone', async () => {
    const client = new FakeClient();
    const list = await fixture<ImConversationList>(
      html`<im-conversation-list .client=${client}></im-conversation-list>`,
    );
    list.style.setProperty('block-size', '600px');
    const hikers = { id: 'group:hikers', kind: 'group', peerId: undefined } as const;
    client.conversations.emit([conversation(), conversation(hikers)]);
    await settled(list);
    const dots = (): (string | null)[] =>
      deepAll(list.renderRoot, '[part~=presence]').map((dot) => dot.getAttribute('aria-label'));
    expect(dots()).to.deep.equal([]);
    for (const [state, label] of [
      ['online', ['Online']],
      ['away', ['Away']],
      ['offline', []],
      ['unknown', []],
    ] as const) {
      client.presence('mara').emit(told(state));
      await settled(list);
      expect(dots()).to.deep.equal(label);
    }
    client.presence('mara').emit(told('online'));
    await settled(list);
    await expect(list).to.be.accessible();
  });

  it('is told in words above a conversation, with the time of a departure', async () => {
    const $ = new ChatFixture();
    await $.make();
    await $.open();
    const subtitle = (): string =>
      deepAll($.chat.renderRoot, '[part=subtitle]')[0]?.textContent.trim() ?? '';
    expect(subtitle()).to.equal('');
    const now = new Date();
    const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 0, 1).getTime();
    for (const [presence, words] of [
      [told('online'), /^Online$/],
      [told('away'), /^Away$/],
      [told('offline', today), /^Last seen (00:01|12:01\sAM)$/],
      [told('offline', today - 86_400_000), /^Last seen yesterday$/],
      [told('offline'), /^$/],
    ] as const) {
      $.client.presence('mara').emit(presence);
      await settled($.chat);
      expect(subtitle()).to.match(words);
    }
  });
});
