import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { ImError } from '../src/protocol/im-error.js';
import { find, see } from './support/find.js';
import { world, type World } from './support/world.js';

const meta: Meta = {
  title: 'Chat/Device list',
  component: 'im-device-list',
  parameters: { box: { width: '360px', height: '360px' } },
  render: () => html`<im-device-list></im-device-list>`,
};

export default meta;

type Story = StoryObj;

const HOUR_MS = 3_600_000;

/** Devices that were here before, as the server remembers them. */
async function remember(here: World): Promise<void> {
  const device = (id: string, label: string | undefined, hoursAgo: number): object => {
    const seenAt = Date.now() - hoursAgo * HOUR_MS;
    return {
      user: here.userId,
      id,
      label,
      platform: 'web',
      createdAt: seenAt,
      seenAt,
      hidden: false,
    };
  };
  const devices = [
    device('phone', 'Safari on iPhone', 1),
    device('till', 'Firefox on Windows', 26),
    device('old', undefined, 24 * 40),
  ];
  await here.store.commit({ devices: devices as never });
}

export const Several: Story = { loaders: [world({ before: remember })] };

export const Chinese: Story = { ...Several, globals: { locale: 'zh-CN' } };

export const LongWords: Story = { ...Several, globals: { locale: 'pseudo' } };

export const RightToLeft: Story = { ...Several, globals: { locale: 'ar' } };

export const Confirming: Story = {
  ...Several,
  play: async ({ canvasElement }) => {
    const list = await find(canvasElement, 'im-device-list');
    await see(canvasElement, 'Safari on iPhone');
    await userEvent.click(list.shadowRoot!.querySelector('button')!);
    await see(canvasElement, 'It will be signed out');
  },
};

export const Alone: Story = {
  loaders: [world()],
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'You aren’t signed in anywhere else.');
  },
};

export const Loading: Story = { loaders: [world({ before: (here) => here.hold('devices') })] };

/** The server answers that it cannot tell; the list can be asked for again. */
export const Failed: Story = {
  loaders: [
    world({
      before: (here) => {
        here.client.devices = () =>
          Promise.reject(new ImError('connection/timeout', 'The story lets nobody answer.'));
      },
    }),
  ],
  play: async ({ canvasElement }) => {
    await find(canvasElement, '[role="alert"]');
    await find(canvasElement, '.text-button');
  },
};

export const FailedInChinese: Story = { ...Failed, globals: { locale: 'zh-CN' } };

export const Offline: Story = { loaders: [world({ before: (here) => here.cutLink() })] };
