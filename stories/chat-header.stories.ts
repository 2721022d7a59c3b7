import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find, see } from './support/find.js';
import { reached, until, world, type World } from './support/world.js';

const meta: Meta = {
  title: 'Chat/Header',
  component: 'im-chat-window',
  parameters: { box: { width: '560px', height: '360px' } },
  render: () => html`<im-chat-window conversation-id="c2c:alice:bob"></im-chat-window>`,
};

export default meta;

type Story = StoryObj;
type Loaded = { readonly world: World };

const HOUR_MS = 3_600_000;

/** Bob has a device, and it is not connected now. */
async function wasHere(here: World): Promise<void> {
  const seenAt = Date.now() - 50 * HOUR_MS;
  const about = { label: 'Firefox on Windows', platform: 'web', hidden: false };
  const device = { user: 'bob', id: 'desk', createdAt: seenAt, seenAt, ...about };
  await here.store.commit({ devices: [device] as never });
}

async function comes(here: World): Promise<void> {
  await reached(here.as('bob'), 'connected');
}

async function says(canvas: HTMLElement, words: RegExp): Promise<void> {
  const subtitle = await find(canvas, '[part="subtitle"]');
  await until(() => words.test(subtitle.textContent), `the words ${words}`);
}

export const Online: Story = {
  loaders: [world({ before: comes })],
  play: async ({ canvasElement }) => says(canvasElement, /^Online$/),
};

export const OnlineInChinese: Story = {
  ...Online,
  globals: { locale: 'zh-CN' },
  play: async ({ canvasElement }) => says(canvasElement, /^在线$/),
};

export const LastSeen: Story = {
  loaders: [world({ before: wasHere })],
  play: async ({ canvasElement }) => says(canvasElement, /^Last seen /),
};

export const LastSeenInChinese: Story = {
  ...LastSeen,
  globals: { locale: 'zh-CN' },
  play: async ({ canvasElement }) => {
    await find(canvasElement, '[part="subtitle"]');
  },
};

/** Who types is there; that they type stands where their words will be. */
export const Typing: Story = {
  loaders: [world({ before: comes })],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    here.as('bob').setTyping(here.with('bob'), true);
    await see(canvasElement, 'typing');
    await says(canvasElement, /^Online$/);
  },
};

export const TypingInChinese: Story = {
  ...Typing,
  globals: { locale: 'zh-CN' },
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    here.as('bob').setTyping(here.with('bob'), true);
    await see(canvasElement, '正在输入');
  },
};
