import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { ConnectionState } from '../../../client/public.js';
import { deepAll, deepOne } from '../../../../test/helpers/element-fixtures.js';
import { ImError } from '../../../protocol/im-error.js';
import type { ImConnectionBar } from './connection-bar.js';
import './define.js';

const error = new ImError('connection/offline', 'no connection');
const offline = (): ConnectionState => ({
  status: 'offline',
  retryAt: Date.now() + 5_000,
  error,
});
const behind = (done: number, total: number): ConnectionState => ({
  status: 'catching-up',
  remaining: 4,
  done,
  total,
});

describe('<im-connection-bar>', () => {
  let bar: ImConnectionBar;

  beforeEach(async () => {
    bar = await fixture<ImConnectionBar>(html`<im-connection-bar></im-connection-bar>`);
  });

  async function tell(connection: ConnectionState): Promise<void> {
    bar.connection = connection;
    await bar.updateComplete;
  }

  const shown = (): string | undefined =>
    deepAll(bar.renderRoot, '[part~=bar]')[0]?.textContent.trim().replace(/\s+/g, ' ');
  const spoken = (): string => deepOne(bar.renderRoot, '[role=status]').textContent.trim();

  it('reads out that the connection is lost, and not each attempt to get it back', async () => {
    const heard: string[] = [];
    const observer = new MutationObserver(() => heard.push(spoken()));
    observer.observe(deepOne(bar.renderRoot, '[role=status]'), {
      characterData: true,
      childList: true,
      subtree: true,
    });
    for (let attempt = 1; attempt < 20; attempt++) {
      await tell(offline());
      await tell({ status: 'connecting', attempt });
    }
    await tell(behind(0, 1_200));
    await tell(behind(700, 1_200));
    await tell({ status: 'connected' });
    await tell(offline());
    observer.takeRecords();
    observer.disconnect();
    const words = 'You’re offline. Messages will be sent when you’re back.';
    expect(heard).to.deep.equal([words, '', words]);
  });

  it('shows every attempt to those who look', async () => {
    await tell(offline());
    expect(shown()).to.contain('You’re offline').and.to.contain('Trying again in');
    await tell({ status: 'connecting', attempt: 2 });
    expect(shown()).to.equal('Reconnecting…');
    await tell(behind(4_345, 12_400));
    expect(shown()).to.equal('Getting 12,400 messages… 35%');
    await tell({ status: 'connected' });
    expect(shown()).to.equal(undefined);
  });

  const progress = (): HTMLElement => deepOne(bar.renderRoot, '[role=progressbar]');

  it('shows how far a long catch-up has come, from the side where reading begins', async () => {
    for (const direction of ['ltr', 'rtl'] as const) {
      bar.dir = direction;
      await tell(behind(300, 1_200));
      const [track, done] = [progress(), progress().firstElementChild!];
      await Promise.all(done.getAnimations().map(({ finished }) => finished));
      const [whole, part] = [track.getBoundingClientRect(), done.getBoundingClientRect()];
      expect(part.width / whole.width).to.be.closeTo(0.25, 0.01);
      if (direction === 'ltr') expect(part.left).to.equal(whole.left);
      else expect(part.right).to.equal(whole.right);
      await tell({ status: 'connected' });
    }
  });

  it('tells those who listen how far it has come, and is done when all is there', async () => {
    await tell(behind(1_199, 1_200));
    const { ariaValueNow, ariaValueMin, ariaValueMax, ariaLabel } = progress();
    expect([ariaValueNow, ariaValueMin, ariaValueMax]).to.deep.equal(['99', '0', '100']);
    expect(ariaLabel).to.equal('Getting 1,200 messages… 99%');
    await expect(bar).to.be.accessible();
    await tell({ status: 'connected' });
    expect(shown()).to.equal(undefined);
  });

  it('says nothing of a short catch-up unless it takes long', async () => {
    await tell(behind(0, 0));
    await tell(behind(1, 30));
    expect(shown()).to.equal(undefined);
    await waitUntil(() => shown() !== undefined, 'the bar', { timeout: 3_000 });
    expect(shown()).to.equal('Getting 30 messages… 3%');
    await tell({ status: 'connected' });
    await tell(behind(0, 30));
    expect(shown(), 'another one begins').to.equal(undefined);
  });

  it('counts in the language of the page', async () => {
    bar.lang = 'zh-CN';
    await tell(behind(4_345, 12_400));
    await waitUntil(() => shown() === '正在接收 12,400 条消息… 35%', shown());
  });

  it('says when the chat has been closed, and why a sign-in was refused', async () => {
    await tell({ status: 'stopped' });
    expect([shown(), spoken()]).to.deep.equal(Array(2).fill('The chat has been closed.'));
    await tell({ status: 'refused', error: new ImError('auth/token-expired', 'old') });
    expect(shown()).to.equal('Your session has expired. Please sign in again.');
    expect(spoken()).to.equal(shown());
  });

  it('lets somebody come back to a device whose place another one has taken, and no other', async () => {
    const asked: string[] = [];
    bar.addEventListener('im-reconnect', ({ type }) => asked.push(type));
    await tell({ status: 'refused', error: new ImError('device/signed-out', 'out') });
    expect(deepAll(bar.renderRoot, 'button')).to.have.length(0);
    await tell({ status: 'refused', error: new ImError('device/kicked', 'another') });
    expect(shown()).to.equal('You’re using the chat on another device. Use here');
    deepOne(bar.renderRoot, 'button').click();
    expect(asked).to.deep.equal(['im-reconnect']);
  });
});
