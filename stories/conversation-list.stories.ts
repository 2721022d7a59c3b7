import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find, findAll, see } from './support/find.js';
import { reached, until, world, type World } from './support/world.js';

const meta: Meta = {
  title: 'Chat/Conversation list',
  component: 'im-conversation-list',
  parameters: { box: { width: '360px', height: '600px' } },
  render: () => html`<im-conversation-list></im-conversation-list>`,
};

export default meta;

type Story = StoryObj;

const LONG_NAME = 'Dr. Wilhelmina Featherstonehaugh-Montgomery von und zu Hohenstein-Sigmaringen';

/** As many conversations as somebody has after years, the newest last. */
async function manyConversations(here: World, count: number): Promise<void> {
  const names = [
    'Nora Lindqvist',
    '陈雨桐',
    'Tomás Herrera',
    'Aiko Mori',
    'Samir Haddad',
    '王思远',
  ];
  const texts = ['See you on Monday.', '好的，明天见！', 'Sent you the file.', '收到，谢谢 🙏'];
  for (let index = 0; index < count; index += 1) {
    const id = `person-${index}`;
    await here.core.putUser({ id, name: `${names[index % names.length]!} ${index + 1}` });
    await here.core.createPair(here.userId, id);
    const text = texts[index % texts.length]!;
    await here.says(id, here.with(id), text, (count - index) * 7);
  }
}

export const Populated: Story = { loaders: [world()] };

export const PeopleOnline: Story = {
  loaders: [
    world({
      before: async (here) => {
        await Promise.all(['lin', 'mara'].map((user) => reached(here.as(user), 'connected')));
      },
    }),
  ],
  play: async ({ canvasElement }) => {
    await find(canvasElement, '.presence.online');
  },
};

export const Chinese: Story = { loaders: [world()], globals: { locale: 'zh-CN' } };

export const LongWords: Story = { loaders: [world()], globals: { locale: 'pseudo' } };

export const RightToLeft: Story = { loaders: [world()], globals: { locale: 'ar' } };

export const Empty: Story = { loaders: [world({ seed: 'people' })] };

export const Loading: Story = {
  loaders: [world({ before: (here) => here.hold('heads') })],
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'im-skeleton');
  },
};

export const Offline: Story = {
  loaders: [world({ before: (here) => here.cutLink() })],
};

export const LongNames: Story = {
  loaders: [
    world({
      seed: 'people',
      before: async (here) => {
        await here.core.putUser({ id: 'wilhelmina', name: LONG_NAME });
        await here.core.createPair(here.userId, 'wilhelmina');
        await here.says('wilhelmina', here.with('wilhelmina'), `${LONG_NAME}. `.repeat(4));
        await here.core.createGroup({
          id: 'group:long',
          name: '全国少数民族传统手工艺保护与可持续发展研究项目协调工作组（第二期）',
          members: [here.userId, 'wilhelmina'],
        });
      },
    }),
  ],
};

export const ManyUnread: Story = {
  loaders: [
    world({
      before: async (here) => {
        for (let index = 1; index <= 120; index += 1) {
          await here.says('ken', here.with('ken'), `Photo ${index} of the hike`, 121 - index);
        }
      },
    }),
  ],
  play: async ({ canvasElement }) => see(canvasElement, '99+'),
};

export const ThousandRows: Story = {
  loaders: [world({ seed: 'people', before: (here) => manyConversations(here, 1_000) })],
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'See you on Monday.');
  },
};

export const PicksWithTheKeyboard: Story = {
  loaders: [world()],
  play: async ({ canvasElement }) => {
    const picked: string[] = [];
    canvasElement.addEventListener('im-conversation-select', (event) =>
      picked.push(event.conversationId),
    );
    await see(canvasElement, 'Bob Tanaka');
    const [row] = findAll(canvasElement, '[part~="row"]');
    row!.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await until(() => picked.length === 1);
  },
};

export const FindsByName: Story = {
  loaders: [world()],
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Bob Tanaka');
    const field = await find<HTMLInputElement>(canvasElement, 'input[type="search"]');
    await userEvent.type(field, 'hikers');
    await until(() => findAll(canvasElement, '[part~="row"]').length === 1);
  },
};

export const FindsNothing: Story = {
  loaders: [world()],
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'Bob Tanaka');
    const field = await find<HTMLInputElement>(canvasElement, 'input[type="search"]');
    await userEvent.type(field, 'zzz');
    await until(() => findAll(canvasElement, '[part~="row"]').length === 0);
  },
};
