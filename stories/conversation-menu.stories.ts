import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find, findAll, see } from './support/find.js';
import { reached, until, world, type World } from './support/world.js';

const meta: Meta = {
  title: 'Chat/Conversation menu',
  component: 'im-conversation-list',
  parameters: { box: { width: '360px', height: '600px' } },
  render: () => html`<im-conversation-list></im-conversation-list>`,
};

export default meta;

type Story = StoryObj;
type Loaded = { readonly world: World };

async function settle(canvas: HTMLElement, here: World): Promise<void> {
  await here.connected();
  await see(canvas, 'Bob Tanaka');
  await customElements.whenDefined('im-conversation-menu');
  await until(() => findAll(canvas, 'im-menu').length > 0, 'the menu');
}

async function openMenu(canvas: HTMLElement, here: World): Promise<void> {
  await settle(canvas, here);
  findAll(canvas, '.more')[1]!.click();
  await find(canvas, '.menu.open .item');
}

async function choose(canvas: HTMLElement, id: string): Promise<void> {
  (await find(canvas, `.menu.open [data-id="${id}"]`)).click();
}

export const Arranged: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await settle(canvasElement, here);
    const { client } = here;
    await client.pinConversation(here.with('lin'));
    await client.setAttention(here.with('mara'), 'count');
    await client.setAttention('group:sunday-hikers', 'none');
    await client.markUnread(here.with('bob'));
    const work = await client.saveFolder({ name: 'Work' });
    await client.saveFolder({ name: '家人' });
    await client.file(work, here.with('lin'));
    await see(canvasElement, '家人');
    await until(() => findAll(canvasElement, '[part="mark"]').length >= 3);
  },
};

export const ArrangedInChinese: Story = { ...Arranged, globals: { locale: 'zh-CN' } };

export const Menu: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => openMenu(canvasElement, (loaded as Loaded).world),
};

export const MenuInChinese: Story = { ...Menu, globals: { locale: 'zh-CN' } };

export const Notifications: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    await openMenu(canvasElement, (loaded as Loaded).world);
    await choose(canvasElement, 'attention');
    await find(canvasElement, '.menu.open [role="menuitemradio"]');
  },
};

export const Folders: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await settle(canvasElement, here);
    const work = await here.client.saveFolder({ name: 'Work' });
    await here.client.saveFolder({ name: '家人' });
    await see(canvasElement, '家人');
    const row = findAll(canvasElement, '.row')[1]!;
    await here.client.file(work, row.dataset.id!);
    await openMenu(canvasElement, here);
    await choose(canvasElement, 'folders');
    await find(canvasElement, '.menu.open [role="menuitemcheckbox"]');
  },
};

export const NewFolder: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    await openMenu(canvasElement, (loaded as Loaded).world);
    await choose(canvasElement, 'folders');
    await choose(canvasElement, 'new');
    await find(canvasElement, 'dialog[open]');
  },
};

export const EditsAFolder: Story = {
  loaders: [world()],
  globals: { locale: 'zh-CN' },
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await here.client.saveFolder({ name: '家人' });
    await settle(canvasElement, here);
    const chip = await find(canvasElement, '.filters [data-id^="folder"]');
    chip.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }),
    );
    await choose(canvasElement, 'rename');
    await find(canvasElement, 'dialog[open]');
  },
};

/** Put on top without a connection, before the server could tell that there is nobody of that name. */
export const Refused: Story = {
  loaders: [world()],
  play: async ({ canvasElement, loaded }) => {
    const { world: here } = loaded as Loaded;
    await settle(canvasElement, here);
    here.cutLink();
    await reached(here.client, 'offline');
    const id = await here.client.openPeer('gaston');
    await here.client.pinConversation(id);
    here.restoreLink();
    await find(canvasElement, '[part~="trouble"]');
  },
};

export const RefusedInChinese: Story = { ...Refused, globals: { locale: 'zh-CN' } };
