import { expect, fixture, html } from '@open-wc/testing';
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
    await tell({ status: 'catching-up', remaining: 12 });
    await tell({ status: 'catching-up', remaining: 7 });
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
    await tell({ status: 'catching-up', remaining: 12 });
    expect(shown()).to.equal('Updating 12 conversations…');
    await tell({ status: 'connected' });
    expect(shown()).to.equal(undefined);
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
