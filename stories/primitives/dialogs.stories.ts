import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import type { ImNewChat } from '../../src/elements/primitives/new-chat/new-chat.js';
import type { ImShortcuts } from '../../src/elements/primitives/shortcuts/shortcuts.js';
import { find, see } from '../support/find.js';

const meta: Meta = {
  title: 'Primitives/Dialogs',
  component: 'im-new-chat',
  subcomponents: { 'im-shortcuts': 'im-shortcuts' },
  // Open dialogs of many stories would cover the page of the docs.
  tags: ['!autodocs'],
};

export default meta;

const openNewChat: StoryObj['play'] = async ({ canvasElement }) => {
  await (await find<ImNewChat>(canvasElement, 'im-new-chat')).show();
};

const openShortcuts: StoryObj['play'] = async ({ canvasElement }) => {
  await (await find<ImShortcuts>(canvasElement, 'im-shortcuts')).show();
};

export const NewChat: StoryObj = {
  render: () => html`<im-new-chat user-id="alice"></im-new-chat>`,
  play: openNewChat,
};

export const NewChatWithOwnId: StoryObj = {
  ...NewChat,
  play: async (context) => {
    await openNewChat(context);
    const field = await find<HTMLInputElement>(context.canvasElement, 'input');
    await userEvent.type(field, 'alice{Enter}');
    await see(context.canvasElement, 'That’s your own ID.');
  },
};

export const Shortcuts: StoryObj = {
  render: () => html`<im-shortcuts></im-shortcuts>`,
  play: openShortcuts,
};

export const ShortcutsInChinese: StoryObj = { ...Shortcuts, globals: { locale: 'zh-CN' } };
