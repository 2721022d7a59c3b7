import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { deepActive, deepText, settled } from '../../../test/helpers/element-fixtures.js';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import type { Device } from '../../client/public.js';
import { ImError } from '../../protocol/im-error.js';
import './define.js';
import type { ImDeviceList } from './device-list.js';

const device = (id: string, about: Partial<Device> = {}): Device => ({
  ...{ id, label: undefined, platform: 'web', createdAt: 0, seenAt: Date.now() },
  ...{ online: false, current: false, ...about },
});

const LAPTOP = device('laptop', { label: 'Chrome on macOS', online: true, current: true });
const PHONE = device('phone', { label: 'Safari on iPhone', online: true, platform: 'mobile' });

const offline = {
  status: 'offline',
  retryAt: 0,
  error: new ImError('connection/offline', 'no connection'),
} as const;

describe('<im-device-list>', () => {
  let client: FakeClient;
  let list: ImDeviceList;

  const make = async (): Promise<void> => {
    list = await fixture<ImDeviceList>(html`<im-device-list .client=${client}></im-device-list>`);
    await settled(list);
    await settled(list);
  };

  const read = (): string => deepText(list.renderRoot);

  beforeEach(() => {
    client = new FakeClient();
    client.deviceList = [PHONE, LAPTOP];
  });

  it('shows the devices, this one first and marked, and is accessible', async () => {
    await make();
    expect(read()).to.match(/Chrome on macOS +This device .*Safari on iPhone +Online +Sign out/);
    await expect(list).to.be.accessible();
  });

  it('signs a device out by keyboard, once it is sure', async () => {
    await make();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await settled(list);
    expect(deepActive()?.textContent.trim()).to.equal('Cancel');
    await expect(list).to.be.accessible();
    await sendKeys({ press: 'Escape' });
    await settled(list);
    expect(client.callsOf('signOutDevice')).to.deep.equal([]);
    expect(deepActive()?.getAttribute('aria-label')).to.equal('Sign out Safari on iPhone');
    await sendKeys({ press: 'Enter' });
    await settled(list);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await settled(list);
    await settled(list);
    expect(client.callsOf('signOutDevice')).to.deep.equal([['phone']]);
    expect(read()).to.contain('You aren’t signed in anywhere else.');
    expect(list.renderRoot.contains(deepActive())).to.equal(true);
  });

  it('says why a device could not be signed out, and keeps it', async () => {
    client.failures.set('signOutDevice', new ImError('device/not-found', 'gone'));
    await make();
    list.renderRoot.querySelector('button')?.click();
    await settled(list);
    list.renderRoot.querySelector<HTMLElement>('.danger')?.click();
    await settled(list);
    await settled(list);
    expect(read()).to.contain('This device isn’t signed in any more.');
    expect(read()).to.contain('Safari on iPhone');
  });

  it('says when the list cannot be had, and tries again on request', async () => {
    client.failures.set('devices', new ImError('connection/timeout', 'late'));
    await make();
    expect(read()).to.contain('The server took too long to answer.');
    client.failures.clear();
    list.renderRoot.querySelector('button')?.click();
    await settled(list);
    await settled(list);
    expect(read()).to.contain('Safari on iPhone');
  });

  it('waits for a connection, and reads again with every new one', async () => {
    client.connection.emit(offline);
    await make();
    expect(read()).to.contain('You’re offline.');
    client.connection.emit({ status: 'connected' });
    await settled(list);
    await settled(list);
    expect(read()).to.contain('Safari on iPhone');
    client.connection.emit(offline);
    await settled(list);
    expect(list.renderRoot.querySelector('button')?.disabled).to.equal(true);
    client.deviceList = [LAPTOP];
    client.connection.emit({ status: 'connected' });
    await settled(list);
    await settled(list);
    expect(read()).not.to.contain('Safari on iPhone');
  });
});
