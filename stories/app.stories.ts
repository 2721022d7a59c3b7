import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find, findAll, see } from './support/find.js';
import { failStorage, until, world } from './support/world.js';

type Args = { readonly conversationId: string };

const meta: Meta<Args> = {
  title: 'Chat/App',
  component: 'im-app',
  args: { conversationId: 'group:autumn-launch' },
  parameters: { layout: 'fullscreen', box: { height: '720px' } },
  render: ({ conversationId }) => html`<im-app .conversationId=${conversationId}></im-app>`,
};

export default meta;

type Story = StoryObj<Args>;

const seesMessages: Story['play'] = async ({ canvasElement }) => {
  await find(canvasElement, '[part~="bubble"]');
};

export const Desktop: Story = {
  loaders: [world()],
  parameters: { box: { width: '1280px', height: '720px' } },
  play: seesMessages,
};

export const Tablet: Story = {
  loaders: [world()],
  parameters: { box: { width: '820px', height: '720px' } },
  play: seesMessages,
};

export const Phone: Story = {
  loaders: [world()],
  parameters: { box: { width: '390px', height: '720px' } },
  play: seesMessages,
};

export const PhoneList: Story = {
  loaders: [world()],
  args: { conversationId: '' },
  parameters: { box: { width: '390px', height: '720px' } },
  play: async ({ canvasElement }) => see(canvasElement, 'Bob Tanaka'),
};

export const SmallBox: Story = {
  loaders: [world()],
  parameters: { box: { width: '300px', height: '400px' } },
  play: seesMessages,
};

export const NothingPicked: Story = { loaders: [world()], args: { conversationId: '' } };

export const FirstRun: Story = {
  loaders: [world({ seed: 'people' })],
  args: { conversationId: '' },
};

export const Chinese: Story = {
  loaders: [world()],
  args: { conversationId: 'c2c:alice:lin' },
  globals: { locale: 'zh-CN' },
  play: seesMessages,
};

export const LongWords: Story = {
  loaders: [world()],
  globals: { locale: 'pseudo' },
  play: seesMessages,
};

export const RightToLeft: Story = {
  loaders: [world()],
  globals: { locale: 'ar' },
  play: seesMessages,
};

export const StorageFails: Story = {
  loaders: [
    world({
      before: async (here) => {
        await failStorage(here);
      },
    }),
  ],
  play: async ({ canvasElement }) => {
    await find(canvasElement, '[part~="memory"]');
  },
};

export const OpensAConversation: Story = {
  loaders: [world()],
  args: { conversationId: '' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Sunday hikers');
    const rows = findAll(canvasElement, '[part~="row"]');
    const row = rows.find(({ textContent }) => textContent.includes('Sunday hikers'));
    await userEvent.click(row!);
    await until(() => findAll(canvasElement, '[part~="bubble"]').length > 3);
  },
};
