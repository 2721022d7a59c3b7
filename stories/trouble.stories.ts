import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { ImError } from '../src/protocol/im-error.js';
import { find } from './support/find.js';
import { reached, until, world, type World } from './support/world.js';
import { write } from './support/write.js';

type Args = { readonly conversationId: string };

const meta: Meta<Args> = {
  title: 'Chat/Trouble',
  component: 'im-chat-window',
  args: { conversationId: 'c2c:alice:bob' },
  parameters: { box: { width: '560px', height: '640px' } },
  render: ({ conversationId }) =>
    html`<im-chat-window .conversationId=${conversationId}></im-chat-window>`,
};

export default meta;

type Story = StoryObj<Args>;
type Loaded = { readonly world: World };

const fillsTheDisk: Story['play'] = async ({ canvasElement, loaded }) => {
  const { world: here } = loaded as Loaded;
  const { client } = here;
  await here.connected();
  await find(canvasElement, '[part~="bubble"]');
  const refuse = (): Promise<never> =>
    Promise.reject(new ImError('storage/quota-exceeded', 'The story lets the disk be full.'));
  client.sendText = refuse;
  client.setDraft = refuse;
  await write(canvasElement, 'Keep this one, please');
  await find(canvasElement, '[part~="trouble"]');
};

export const StorageFull: Story = { loaders: [world()], play: fillsTheDisk };

export const StorageFullChinese: Story = {
  loaders: [world()],
  args: { conversationId: 'c2c:alice:lin' },
  globals: { locale: 'zh-CN' },
  play: fillsTheDisk,
};

/** The conversation is known, but none of its messages has come before the connection was lost. */
const losesTheFirstPage: Story['loaders'] = [
  world({
    before: async (here) => {
      here.hold('events');
      let count = 0;
      const watching = here.client.conversations.subscribe({
        next: (known) => (count = known.length),
      });
      await until(() => count > 0, 'conversations');
      watching.unsubscribe();
      here.cutLink();
      await reached(here.client, 'offline');
    },
  }),
];

const seesThatItIsElsewhere: Story['play'] = async ({ canvasElement }) => {
  await find(canvasElement, 'im-message-list');
  await find(canvasElement, 'im-state[kind="offline"]');
};

export const NotOnThisDevice: Story = {
  loaders: losesTheFirstPage,
  play: seesThatItIsElsewhere,
};

export const NotOnThisDeviceChinese: Story = {
  loaders: losesTheFirstPage,
  args: { conversationId: 'c2c:alice:lin' },
  globals: { locale: 'zh-CN' },
  play: seesThatItIsElsewhere,
};

export const UnknownAndRefused: Story = {
  loaders: [world()],
  args: { conversationId: 'group:gone' },
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    here.refuseTokens();
    await find(canvasElement, '[part~="refused"]');
    await find(canvasElement, 'im-state[kind="offline"]');
  },
};
