import { expect, fixture, html } from '@open-wc/testing';
import type { Message } from '../../../client/public.js';
import { MARA, ME, message, ownMessage } from '../../../../test/helpers/chat-samples.js';
import { deepOne } from '../../../../test/helpers/element-fixtures.js';
import type { ImMessage } from './message.js';
import './define.js';

async function show(value: Message, group = false): Promise<ImMessage> {
  return fixture<ImMessage>(html`<im-message .message=${value} ?group=${group}></im-message>`);
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '<a href="javascript:alert(1)">click</a>',
  '[click](javascript:alert(1))',
  'https://a.example/"onmouseover="alert(1)',
  'https://a.example/<script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '<style>*{display:none}</style>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  'data:text/html;base64,PHNjcmlwdD4=',
];

describe('<im-message>', () => {
  it('shows hostile words as words: no element, no address of another scheme', async () => {
    for (const text of HOSTILE) {
      const element = await show(
        message(1, text, { sender: { ...message(1, '').sender, name: text } }),
        true,
      );
      const words = deepOne(element.renderRoot, '[part=text]');
      const own = [...words.querySelectorAll('*')].filter((one) => !one.closest('[part=meta]'));
      expect(
        own.every((one) => one.localName === 'a'),
        text,
      ).to.equal(true);
      for (const link of own) {
        expect((link as HTMLAnchorElement).protocol, text).to.match(/^(https?|mailto|tel):$/);
      }
      expect(deepOne(element.renderRoot, '[part=name]').children.length, text).to.equal(0);
      expect(words.textContent, text).to.contain(text);
    }
  });

  it('opens links apart, without telling where they were', async () => {
    const element = await show(message(1, 'See https://a.example/x.'));
    const link = deepOne(element.renderRoot, 'a');
    expect(link.textContent).to.equal('https://a.example/x');
    expect(link.rel).to.equal('noopener noreferrer nofollow');
    expect(link.target).to.equal('_blank');
  });

  it('looks through a text for links once, however often it is drawn', async () => {
    const one = await show(message(1, 'see https://a.example/once'));
    const matchAll = Reflect.get<typeof String.prototype, 'matchAll'>(String.prototype, 'matchAll');
    let searched = 0;
    String.prototype.matchAll = function (this: string, pattern: RegExp) {
      searched++;
      return matchAll.call(this, pattern);
    };
    one.group = true;
    await one.updateComplete;
    String.prototype.matchAll = matchAll;
    expect(searched).to.equal(0);
    expect(deepOne(one.renderRoot, 'a').textContent).to.equal('https://a.example/once');
  });

  it('lets the page open a link in its own way', async () => {
    const element = await show(message(1, 'https://a.example/x'));
    const urls: string[] = [];
    element.addEventListener('im-open-link', (event) => {
      urls.push(event.url);
      event.preventDefault();
    });
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    deepOne(element.renderRoot, 'a').dispatchEvent(click);
    expect(urls).to.deep.equal(['https://a.example/x']);
    expect(click.defaultPrevented).to.equal(true);
  });

  it('keeps line breaks and runs of spaces, and adds none', async () => {
    const text = 'one\n\n  two   three';
    const element = await show(message(1, text));
    const words = deepOne(element.renderRoot, '[part=text]');
    expect(words.textContent.startsWith(text)).to.equal(true);
    expect(getComputedStyle(words).whiteSpaceCollapse).to.equal('preserve');
  });

  it('says how far an own message has come', async () => {
    const labels = [];
    for (const status of ['queued', 'sending', 'sent', 'delivered', 'read'] as const) {
      const element = await show(ownMessage(1, 'hi', { status }));
      labels.push(deepOne(element.renderRoot, '[part=status]').getAttribute('aria-label'));
    }
    expect(labels).to.deep.equal(['Waiting to be sent', 'Sending', 'Sent', 'Delivered', 'Read']);
  });

  it('says why a message failed, and offers to send or to forget it', async () => {
    const element = await show(
      ownMessage(1, 'hi', { status: 'failed', code: 'message/too-large' }),
    );
    const asked: string[] = [];
    element.addEventListener('im-retry', ({ messageId }) => asked.push(`retry ${messageId}`));
    element.addEventListener('im-discard', ({ messageId }) => asked.push(`discard ${messageId}`));
    const [retry, discard] = element.renderRoot.querySelectorAll('button');
    expect(deepOne(element.renderRoot, '[part=failure]').textContent).to.contain('too long');
    retry!.click();
    discard!.click();
    expect(asked).to.deep.equal(['retry m1', 'discard m1']);
  });

  it('shows up to three emoji large, and anything more as text', async () => {
    for (const text of ['👍', '👩‍👩‍👧 🇨🇳', '❤️']) {
      expect((await show(message(1, text))).renderRoot.querySelector('.large'), text).to.not.equal(
        null,
      );
    }
    for (const text of ['👍 ok', '12', '👍👍👍👍', '']) {
      expect((await show(message(1, text))).renderRoot.querySelector('.large'), text).to.equal(
        null,
      );
    }
  });

  it('shows what it does not know by a sentence, and notices without a bubble', async () => {
    const unknown = await show(message(1, '', { content: { type: 'unknown', kind: 'poll' } }));
    expect(deepOne(unknown.renderRoot, '[part=text]').textContent).to.contain('newer version');
    const notice = await show(
      message(1, '', {
        content: {
          type: 'system',
          action: 'created',
          by: undefined,
          byOwn: false,
          name: 'Hikers',
        },
      }),
    );
    expect(deepOne(notice.renderRoot, '[part=notice]').textContent).to.contain('“Hikers”');
    expect(notice.renderRoot.querySelector('.bubble')).to.equal(null);
  });

  it('tells who created a group, and knows this user among them', async () => {
    for (const [byOwn, words] of [
      [false, 'Ken Tanaka created the group “Hikers”'],
      [true, 'You created the group “Hikers”'],
    ] as const) {
      const content = { type: 'system', action: 'created', by: ME, byOwn, name: 'Hikers' } as const;
      const notice = await show(message(1, '', { content }));
      expect(deepOne(notice.renderRoot, '[part=notice]').textContent.trim()).to.equal(words);
    }
  });

  it('says what was taken back or deleted as a quiet notice', async () => {
    for (const [how, byOwn, words] of [
      ['recall', true, 'You took back a message'],
      ['recall', false, 'Mara Okafor took back a message'],
      ['delete', false, 'This message was deleted'],
    ] as const) {
      const content = { type: 'gone', how, by: MARA, byOwn } as const;
      const notice = await show(message(1, '', { content }), true);
      expect(deepOne(notice.renderRoot, '[part=notice]').textContent.trim()).to.equal(words);
      expect(notice.renderRoot.querySelector('.bubble')).to.equal(null);
    }
  });

  it('marks what is edited, pinned and starred, and leads to the earlier texts', async () => {
    const element = await show(message(1, 'At ten', { edited: true, pinned: true, starred: true }));
    const marks = [...element.renderRoot.querySelectorAll('.meta [role=img]')];
    expect(marks.map((mark) => mark.ariaLabel)).to.deep.equal(['Pinned', 'Starred']);
    const asked: string[] = [];
    element.addEventListener('im-message-action', (event) =>
      asked.push(`${event.action} ${event.message.id}`),
    );
    deepOne(element.renderRoot, 'button.edited').click();
    expect(asked).to.deep.equal(['versions m1']);
  });

  it('shows who reacted with what, and lets a tap add to it', async () => {
    const reactions = [
      { emoji: '👍', count: 2, own: true, people: [MARA, ME] },
      { emoji: '🎉', count: 1, own: false, people: [MARA] },
    ];
    const element = await show(message(1, 'Done', { reactions }));
    element.userId = ME.id;
    await element.updateComplete;
    const chips = [...element.renderRoot.querySelectorAll<HTMLElement>('.reaction')];
    expect(chips.map((chip) => [chip.ariaPressed, chip.title])).to.deep.equal([
      ['true', 'You and Mara Okafor'],
      ['false', 'Mara Okafor'],
    ]);
    const asked: string[] = [];
    element.addEventListener('im-message-action', ({ action, emoji }) =>
      asked.push(`${action} ${emoji}`),
    );
    chips[1]!.click();
    expect(asked).to.deep.equal(['react 🎉']);
  });

  it('lets each text find its own direction', async () => {
    const element = await show(message(1, 'שלום, world'));
    expect(getComputedStyle(deepOne(element.renderRoot, '[part=text]')).direction).to.equal('rtl');
  });

  it('has no accessibility finding in light and in dark', async () => {
    for (const scheme of ['light', 'dark']) {
      for (const value of [
        message(1, 'See https://a.example'),
        ownMessage(2, 'See https://a.example', { status: 'read' }),
        ownMessage(3, 'hi', { status: 'failed', code: 'message/too-large' }),
        message(4, 'Done', {
          edited: true,
          pinned: true,
          reactions: [
            { emoji: '👍', count: 2, own: true, people: [MARA, ME] },
            { emoji: '🎉', count: 1, own: false, people: [MARA] },
          ],
        }),
      ]) {
        const box = await fixture(
          html`<div><im-message .message=${value} group></im-message></div>`,
        );
        (box as HTMLElement).style.setProperty('color-scheme', scheme);
        (box as HTMLElement).style.setProperty(
          'background',
          scheme === 'dark' ? '#15171c' : '#fff',
        );
        await (box.firstElementChild as ImMessage).updateComplete;
        await expect(box).to.be.accessible();
      }
    }
  });
});
