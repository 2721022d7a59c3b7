import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find, findAll, notSee, see } from './support/find.js';
import { reached, until, world, type World } from './support/world.js';
import { write } from './support/write.js';

type Args = { readonly conversationId: string; readonly peerId: string };

const meta: Meta<Args> = {
  title: 'Chat/Chat window',
  component: 'im-chat-window',
  args: { conversationId: 'c2c:alice:bob', peerId: '' },
  parameters: { box: { width: '560px', height: '640px' } },
  render: ({ conversationId, peerId }) =>
    html`<im-chat-window .conversationId=${conversationId} .peerId=${peerId}></im-chat-window>`,
};

export default meta;

type Story = StoryObj<Args>;
type Loaded = { readonly world: World };

const GROUP = 'group:autumn-launch';
const LINES = [
  'The train leaves at 9:24, platform 3.',
  '好的，我带早饭。',
  'Here is the page: https://example.com/museum/plan?room=north',
  'Great 🎉',
  'Could you look at the second chapter before Friday? I have marked the places where I am not sure, mostly in the part about glazes and firing temperatures.',
  '没问题，我今晚看。',
];

async function talk(here: World, conversation: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const sender = index % 3 === 1 ? here.userId : 'bob';
    const text = `${index + 1}. ${LINES[index % LINES.length]!}`;
    await here.says(sender, conversation, text, (count - index) * 9 + 20);
  }
}

const seesMessages: Story['play'] = async ({ canvasElement }) => {
  await find(canvasElement, '[part~="bubble"]');
};

export const Normal: Story = { loaders: [world()], play: seesMessages };

export const Group: Story = {
  loaders: [world()],
  args: { conversationId: GROUP },
  play: seesMessages,
};

export const Chinese: Story = {
  loaders: [world()],
  args: { conversationId: 'c2c:alice:lin' },
  globals: { locale: 'zh-CN' },
  play: seesMessages,
};

export const LongWords: Story = {
  loaders: [world()],
  args: { conversationId: GROUP },
  globals: { locale: 'pseudo' },
  play: seesMessages,
};

export const RightToLeft: Story = {
  loaders: [world()],
  args: { conversationId: GROUP },
  globals: { locale: 'ar' },
  play: seesMessages,
};

export const Narrow: Story = {
  loaders: [world()],
  args: { conversationId: GROUP },
  parameters: { box: { width: '300px', height: '400px' } },
  play: seesMessages,
};

export const NoSelection: Story = { loaders: [world()], args: { conversationId: '' } };

export const NotFound: Story = {
  loaders: [world()],
  args: { conversationId: 'group:gone' },
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'im-state');
  },
};

export const Empty: Story = {
  loaders: [
    world({
      seed: 'people',
      before: async (here) => {
        await here.core.putUser({ id: 'bob', name: 'Bob Tanaka' });
        await here.core.createPair('alice', 'bob');
      },
    }),
  ],
  play: async ({ canvasElement }) => see(canvasElement, 'Bob Tanaka'),
};

export const ByPeer: Story = {
  loaders: [world()],
  args: { conversationId: '', peerId: 'mara' },
  play: async ({ canvasElement }) => see(canvasElement, 'Mara Okafor'),
};

export const SendsAMessage: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    await write(canvasElement, 'On my way');
    await see(canvasElement, 'On my way');
    await find(canvasElement, '[part~="status"].delivered, [part~="status"].sent');
  },
};

export const IsAnswered: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    await write(canvasElement, 'Noodles at one?');
    await see(canvasElement, 'Noodles at one?');
    await here.says('bob', here.with('bob'), 'One is perfect.');
    await see(canvasElement, 'One is perfect.');
  },
};

export const SomebodyTypes: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    const bob = here.as('bob');
    await reached(bob, 'connected');
    bob.setTyping(here.with('bob'), true);
    await see(canvasElement, 'typing');
  },
};

export const OfflineThenOnline: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    await find(canvasElement, '[part~="bubble"]');
    here.cutLink();
    await reached(here.client, 'offline');
    await write(canvasElement, 'Written in a tunnel');
    await see(canvasElement, 'Written in a tunnel');
    here.restoreLink();
    await here.connected();
    await notSee(canvasElement, 'You’re offline');
  },
};

export const Offline: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    await find(canvasElement, '[part~="bubble"]');
    here.cutLink();
    await see(canvasElement, 'You’re offline');
  },
};

export const CatchingUp: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    const talks = [
      ['bob', here.with('bob')],
      ['lin', here.with('lin')],
      ['mara', here.with('mara')],
      ['ken', here.with('ken')],
      ['ken', GROUP],
    ] as const;
    await here.connected();
    for (const [, conversation] of talks) await here.reads(conversation);
    here.cutLink();
    await reached(here.client, 'offline');
    for (const [sender, conversation] of talks) {
      for (const line of LINES) await here.says(sender, conversation, line);
    }
    here.hold('events');
    here.restoreLink();
    await find(canvasElement, '[part~="catching-up"]');
  },
};

export const TokenRefused: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    here.refuseTokens();
    await find(canvasElement, '[part~="refused"]');
  },
};

export const MessageRefused: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    here.refuseNextMessage('message/too-large');
    await write(canvasElement, 'Not this one');
    await find(canvasElement, '[part~="failure"]');
  },
};

export const RetriesARefusedMessage: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    here.refuseNextMessage('message/too-large');
    await write(canvasElement, 'Second try');
    const failure = await find(canvasElement, '[part~="failure"]');
    await userEvent.click(failure.querySelector('button')!);
    await until(() => findAll(canvasElement, '[part~="failure"]').length === 0);
    await see(canvasElement, 'Second try');
  },
};

export const Unread: Story = {
  loaders: [
    world({
      before: async (here) => {
        for (const [index, line] of LINES.entries()) {
          await here.says('bob', here.with('bob'), line, 10 - index);
        }
      },
    }),
  ],
  play: async ({ canvasElement }) => {
    await find(canvasElement, '[part~="unread"]');
  },
};

export const LongHistory: Story = {
  loaders: [world({ before: (here) => talk(here, here.with('bob'), 400) })],
  play: seesMessages,
};
