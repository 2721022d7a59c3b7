import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { deepOne, keyDown } from '../../../../test/helpers/element-fixtures.js';
import type { ImComposer } from './composer.js';
import './define.js';

describe('<im-composer>', () => {
  let composer: ImComposer;
  let input: HTMLTextAreaElement;
  let sent: string[];

  beforeEach(async () => {
    composer = await fixture<ImComposer>(html`<im-composer max-length="20"></im-composer>`);
    input = deepOne(composer.renderRoot, 'textarea');
    sent = [];
    composer.addEventListener('im-send', ({ text }) => sent.push(text));
  });

  async function write(text: string): Promise<void> {
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await composer.updateComplete;
  }

  const sendButton = (): HTMLButtonElement =>
    deepOne(composer.renderRoot, '[part=send]') as HTMLButtonElement;

  it('sends on Enter without the spaces around, and is empty afterwards', async () => {
    composer.focus();
    await sendKeys({ type: ' hello ' });
    await sendKeys({ press: 'Enter' });
    await composer.updateComplete;
    expect(sent).to.deep.equal(['hello']);
    expect(input.value).to.equal('');
  });

  it('breaks the line on Shift+Enter', async () => {
    composer.focus();
    await sendKeys({ type: 'a' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ type: 'b' });
    expect(composer.value).to.equal('a\nb');
    expect(sent).to.deep.equal([]);
  });

  it('keeps the text when the page cancels the event', async () => {
    composer.addEventListener('im-send', (event) => event.preventDefault());
    await write('kept');
    sendButton().click();
    await composer.updateComplete;
    expect(input.value).to.equal('kept');
  });

  it('sends nothing but spaces never', async () => {
    await write('  \n ');
    keyDown(input, 'Enter');
    expect(sent).to.deep.equal([]);
    expect(sendButton().disabled).to.equal(true);
  });

  it('counts down near the limit and refuses what is over it', async () => {
    await write('1234567890');
    expect(composer.renderRoot.querySelector('[part=count]')).to.equal(null);
    await write('1234567890123456789');
    expect(deepOne(composer.renderRoot, '[part=count]').textContent).to.equal('1');
    await write('123456789012345678901');
    expect(deepOne(composer.renderRoot, '[part=count]').textContent).to.equal('-1');
    expect(composer.matches(':state(over)')).to.equal(true);
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    keyDown(input, 'Enter');
    expect(sent).to.deep.equal([]);
  });

  it('grows with its lines, up to eight of them', async () => {
    const low = input.offsetHeight;
    await write('a\nb\nc');
    expect(input.offsetHeight).to.equal(low + 2 * 22);
    composer.maxLength = 1_000;
    await write('line\n'.repeat(30));
    expect(input.offsetHeight).to.equal(low + 7 * 22);
  });

  it('takes pasted text without its form', async () => {
    composer.focus();
    const data = new DataTransfer();
    data.setData('text/html', '<b>bold</b>');
    data.setData('text/plain', 'bold');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    expect(input.querySelector('*')).to.equal(null);
  });

  it('tells that the user types, and that it has ended with sending', async () => {
    const told: boolean[] = [];
    composer.addEventListener('im-typing-change', ({ active }) => told.push(active));
    await write('h');
    await write('hi');
    sendButton().click();
    expect(told).to.deep.equal([true, true, false]);
  });

  it('tells every change of the draft, and that sending has emptied it', async () => {
    const drafts: string[] = [];
    composer.addEventListener('im-draft-change', ({ text }) => drafts.push(text));
    await write('a');
    keyDown(input, 'Enter');
    expect(drafts).to.deep.equal(['a', '']);
  });

  it('has no accessibility finding, empty and over the limit', async () => {
    await expect(composer).to.be.accessible();
    await write('x'.repeat(30));
    await expect(composer).to.be.accessible();
  });
});
