import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { Message } from '../../src/client/public.js';
import { ALICE, LIN, message, ownMessage } from '../support/messages.js';

type Args = { readonly message: Message; readonly group: boolean };

const meta: Meta<Args> = {
  title: 'Primitives/Message',
  component: 'im-message',
  args: { message: message('The 9:24, platform 3. Coffee first?'), group: false },
  argTypes: { message: { control: false } },
  parameters: { box: { width: '480px' } },
  render: (args) =>
    html`<im-message user-id="alice" .message=${args.message} .group=${args.group}></im-message>`,
};

export default meta;

type Story = StoryObj<Args>;

const own = (status: 'queued' | 'sending' | 'sent' | 'delivered' | 'read'): Story => ({
  args: { message: ownMessage('Coffee first. I am at the south entrance.', { status }) },
});

export const Received: Story = {};
export const InGroup: Story = { args: { group: true } };
export const Queued: Story = own('queued');
export const Sending: Story = own('sending');
export const Sent: Story = own('sent');
export const Delivered: Story = own('delivered');
export const Read: Story = own('read');
export const Failed: Story = {
  args: {
    message: ownMessage('This one is not liked.', { status: 'failed', code: 'message/too-large' }),
  },
};
export const Chinese: Story = {
  args: { message: message('对了，彩排改到周四下午两点了。到站以后我们直接去会场吧。') },
  globals: { locale: 'zh-CN' },
};
export const RightToLeft: Story = {
  args: { message: message('القطار في التاسعة والنصف، الرصيف 3.') },
  globals: { locale: 'ar' },
};
export const Link: Story = {
  args: { message: message('The plan is at https://example.com/museum/plan?room=north.') },
};
export const EmojiOnly: Story = { args: { message: message('🎉🎉🎉') } };
export const LongWord: Story = {
  args: { message: message(`Donau${'dampfschifffahrts'.repeat(12)}gesellschaft`) },
  parameters: { box: { width: '260px' } },
};
export const Edited: Story = {
  args: { message: { ...ownMessage('The 9:42, platform 3.', { status: 'read' }), edited: true } },
};
export const Marked: Story = {
  args: {
    message: message('The hall is ours from two to six.', {
      edited: true,
      pinned: true,
      starred: true,
    }),
    group: true,
  },
};
const bob = { id: 'bob', name: 'Bob Tanaka', avatarUrl: undefined };
const REACTIONS: Message['reactions'] = [
  { emoji: '👍', count: 4, own: true, people: [ALICE, LIN, bob] },
  { emoji: '😍', count: 2, own: false, people: [LIN, bob] },
  { emoji: '🎉', count: 1, own: false, people: [bob] },
];
export const Reactions: Story = {
  args: { message: message('We got the north hall!', { reactions: REACTIONS }), group: true },
};
export const OwnReactions: Story = {
  args: {
    message: { ...ownMessage('Lunch is on me.', { status: 'read' }), reactions: REACTIONS },
  },
};
export const Recalled: Story = {
  args: {
    message: message('', { content: { type: 'gone', how: 'recall', by: LIN, byOwn: false } }),
  },
};
export const RecalledByYou: Story = {
  args: {
    message: message('', { content: { type: 'gone', how: 'recall', by: ALICE, byOwn: true } }),
  },
  globals: { locale: 'zh-CN' },
};
export const Deleted: Story = {
  args: {
    message: message('', { content: { type: 'gone', how: 'delete', by: LIN, byOwn: false } }),
  },
};
export const GroupCreated: Story = {
  args: {
    message: message('', {
      content: { type: 'system', action: 'created', by: LIN, byOwn: false, name: 'Sunday hikers' },
    }),
  },
};
export const OfANewerVersion: Story = {
  args: { message: message('', { content: { type: 'unknown', kind: 'poll' } }) },
};
