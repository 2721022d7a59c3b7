import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent } from 'storybook/test';
import type { ConnectionState, StorageState } from '../../src/client/public.js';
import { ImError } from '../../src/protocol/im-error.js';
import { find } from '../support/find.js';

type Args = { readonly connection: ConnectionState; readonly storage: StorageState };

const meta: Meta<Args> = {
  title: 'Primitives/Connection bar',
  component: 'im-connection-bar',
  args: { connection: { status: 'connected' }, storage: { status: 'persistent' } },
  parameters: { box: { width: '480px' } },
  render: ({ connection, storage }) =>
    html`<im-connection-bar .connection=${connection} .storage=${storage}></im-connection-bar>`,
};

export default meta;

type Story = StoryObj<Args>;

const LOST = new ImError('connection/offline', 'No connection.');

export const Offline: Story = {
  args: { connection: { status: 'offline', retryAt: Date.now() + 3_600_000, error: LOST } },
};
export const Reconnecting: Story = { args: { connection: { status: 'connecting', attempt: 3 } } };
const catchingUp = (done: number): Pick<Story, 'args'> => ({
  args: { connection: { status: 'catching-up', remaining: 12, done, total: 12_400 } },
});

export const CatchUpBegins: Story = catchingUp(90);
export const CatchingUp: Story = catchingUp(4_400);
export const CatchingUpInChinese: Story = { ...catchingUp(8_100), globals: { locale: 'zh-CN' } };
export const Refused: Story = {
  args: { connection: { status: 'refused', error: new ImError('auth/token-expired', 'Expired.') } },
};
export const MemoryOnly: Story = {
  args: { storage: { status: 'memory', error: new ImError('storage/unavailable', 'None.') } },
};
export const Stopped: Story = { args: { connection: { status: 'stopped' } } };
export const AllIsWell: Story = {};

export const TriesNow: Story = {
  ...Offline,
  play: async ({ canvasElement }) => {
    let asked = 0;
    canvasElement.addEventListener('im-reconnect', () => (asked += 1));
    await userEvent.click(await find(canvasElement, '[part~="button"]'));
    await expect(asked).toBe(1);
  },
};
