import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent } from 'storybook/test';
import { find, findAll, notSee, see } from './support/find.js';
import { reached, until, world, type World } from './support/world.js';

const GROUP = 'group:autumn-launch';

const meta: Meta = {
  title: 'Chat/Changes',
  component: 'im-chat-window',
  parameters: { box: { width: '560px', height: '680px' } },
  render: () => html`<im-chat-window .conversationId=${GROUP}></im-chat-window>`,
};

export default meta;

type Story = StoryObj;
type Loaded = { readonly world: World };

/** What a day in a group leaves behind: edits, reactions, pins, and messages that are gone. */
async function aDay(here: World): Promise<void> {
  const hall = await here.says('lin', GROUP, 'The dress rehearsal moves to Thursday 14:00.', 58);
  const rehearsal = await here.says('mara', GROUP, 'We got the north hall! 北厅是我们的了。', 40);
  const slip = await here.says('mara', GROUP, 'Wrong chat', 30);
  const budget = await here.says('alice', GROUP, 'I put the budget below.', 20);
  const old = await here.says('ken', GROUP, 'Old plan', 12);
  const mine = await here.says('alice', GROUP, 'See you there at nine.', 1);
  await here.changes('lin', GROUP, 'pin', { target: hall, on: true });
  await here.changes('alice', GROUP, 'pin', { target: rehearsal, on: true });
  for (const sender of ['alice', 'lin', 'ken']) {
    await here.changes(sender, GROUP, 'react', { target: rehearsal, emoji: '🎉', on: true });
  }
  await here.changes('ken', GROUP, 'react', { target: rehearsal, emoji: '👍', on: true });
  await here.changes('lin', GROUP, 'react', { target: budget, emoji: '🙏', on: true });
  const text = 'I put the budget below, with the rent of the hall.';
  await here.changes('alice', GROUP, 'edit', { target: budget, version: 2, text });
  await here.changes('mara', GROUP, 'recall', { target: slip });
  await here.changes('ken', GROUP, 'delete', { target: old });
  await here.changes('mara', GROUP, 'react', { target: mine, emoji: '👍', on: true });
}

const loaders = [world({ before: aDay })];

/** Opens the menu of the newest message of a sender. */
async function openMenu(canvas: HTMLElement, selector = '.row.own'): Promise<void> {
  await see(canvas, 'See you there at nine.');
  await find(canvas, 'im-message-menu');
  await customElements.whenDefined('im-message-menu');
  await until(() => findAll(canvas, 'im-menu').length > 0, 'the menu');
  const row = findAll(canvas, selector).at(-1)!;
  row.querySelector<HTMLElement>('.more')!.click();
  await find(canvas, '.menu.open .item');
}

async function choose(canvas: HTMLElement, id: string): Promise<void> {
  (await find(canvas, `.menu.open [data-id="${id}"]`)).click();
}

export const Changed: Story = {
  loaders,
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await see(canvasElement, 'with the rent of the hall');
    await find(canvasElement, '.reaction');
    await see(canvasElement, 'Pinned: We got the north hall');
    await here.connected();
  },
};

export const ChangedInChinese: Story = {
  loaders,
  globals: { locale: 'zh-CN' },
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'with the rent of the hall');
    await see(canvasElement, '撤回了一条消息');
  },
};

export const ChangedRightToLeft: Story = {
  loaders,
  globals: { locale: 'ar' },
  play: async ({ canvasElement }) => see(canvasElement, 'with the rent of the hall'),
};

export const ChangedNarrow: Story = {
  loaders,
  parameters: { box: { width: '320px', height: '600px' } },
  play: async ({ canvasElement }) => openMenu(canvasElement),
};

export const Menu: Story = {
  loaders,
  play: async ({ canvasElement }) => openMenu(canvasElement),
};

export const MenuInChinese: Story = { ...Menu, globals: { locale: 'zh-CN' } };

export const MenuRightToLeft: Story = { ...Menu, globals: { locale: 'ar' } };

export const MenuOfOthers: Story = {
  loaders,
  play: async ({ canvasElement }) => openMenu(canvasElement, '.row:not(.own, .system)'),
};

export const AsksBeforeItTakesBack: Story = {
  loaders,
  play: async ({ canvasElement }) => {
    await openMenu(canvasElement);
    await choose(canvasElement, 'recall');
    await find(canvasElement, 'dialog[open]');
  },
};

export const AsksInChinese: Story = { ...AsksBeforeItTakesBack, globals: { locale: 'zh-CN' } };

export const TakesBack: Story = {
  loaders,
  play: async (context) => {
    const { canvasElement } = context;
    await openMenu(canvasElement);
    await choose(canvasElement, 'recall');
    await find(canvasElement, 'dialog[open]');
    const confirm = await find(canvasElement, 'im-confirm');
    confirm.shadowRoot!.querySelector<HTMLElement>('.filled-button')!.click();
    await notSee(canvasElement, 'See you there at nine.');
    await see(canvasElement, 'You took back a message');
    await see(canvasElement, 'Edit again');
    findAll(canvasElement, '[part~="log"]')[0]!.scrollTop = 1e6;
  },
};

/** Pressed, the button puts the words back into the composer. */
export const WritesAnew: Story = {
  loaders,
  play: async (context) => {
    const { canvasElement } = context;
    await TakesBack.play!(context);
    (await find(canvasElement, '[data-action="edit-again"]')).click();
    const field = await find<HTMLTextAreaElement>(canvasElement, 'textarea');
    await until(() => field.value === 'See you there at nine.', 'the words');
  },
};

export const TakesBackInChinese: Story = {
  loaders,
  globals: { locale: 'zh-CN' },
  play: async ({ canvasElement }) => {
    await openMenu(canvasElement);
    await choose(canvasElement, 'recall');
    await find(canvasElement, 'dialog[open]');
    const confirm = await find(canvasElement, 'im-confirm');
    confirm.shadowRoot!.querySelector<HTMLElement>('.filled-button')!.click();
    await see(canvasElement, '重新编辑');
    findAll(canvasElement, '[part~="log"]')[0]!.scrollTop = 1e6;
  },
};

export const Edits: Story = {
  loaders,
  play: async ({ canvasElement }) => {
    await openMenu(canvasElement);
    await choose(canvasElement, 'edit');
    await find(canvasElement, '.editing');
  },
};

export const EditsInChinese: Story = { ...Edits, globals: { locale: 'zh-CN' } };

export const EditsWithTheKeyboard: Story = {
  loaders,
  play: async ({ canvasElement }) => {
    await see(canvasElement, 'See you there at nine.');
    const field = await find<HTMLTextAreaElement>(canvasElement, 'textarea');
    field.focus();
    await userEvent.keyboard('{ArrowUp}');
    await find(canvasElement, '.editing');
    await userEvent.type(field, 'See you there at ten.{Enter}', {
      initialSelectionStart: 0,
      initialSelectionEnd: field.value.length,
    });
    await see(canvasElement, 'See you there at ten.');
    await expect(findAll(canvasElement, '.editing')).toHaveLength(0);
  },
};

export const Reacts: Story = {
  loaders,
  play: async ({ canvasElement }) => {
    await openMenu(canvasElement);
    await choose(canvasElement, '❤️');
    await find(canvasElement, '.reaction[data-emoji="❤️"][aria-pressed="true"]');
  },
};

export const PinnedMessages: Story = {
  loaders,
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'im-pinned-bar .all, .bar .all')).click();
    await find(canvasElement, 'dialog[open] .jump, .jump');
  },
};

export const PinnedMessagesInChinese: Story = { ...PinnedMessages, globals: { locale: 'zh-CN' } };

export const Versions: Story = {
  loaders,
  play: async ({ canvasElement }) => {
    (await find(canvasElement, '.edited')).click();
    await see(canvasElement, 'First version');
  },
};

export const Readers: Story = {
  loaders,
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    const lin = here.as('lin');
    await reached(lin, 'connected');
    await lin.markRead(GROUP, 1_000);
    await here.connected();
    await openMenu(canvasElement);
    await choose(canvasElement, 'readers');
    await until(() => findAll(canvasElement, '.tabs').length > 0);
    await until(() => findAll(canvasElement, '.person, .panel [role="status"]').length > 0);
  },
};

export const ReadersInChinese: Story = { ...Readers, globals: { locale: 'zh-CN' } };

export const ReadersOffline: Story = {
  loaders,
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.connected();
    await see(canvasElement, 'See you there at nine.');
    here.cutLink();
    await reached(here.client, 'offline');
    await openMenu(canvasElement);
    await choose(canvasElement, 'readers');
    await see(canvasElement, 'You’re offline. Who has read this');
  },
};
