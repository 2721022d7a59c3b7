import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';

type Args = { readonly shape: string; readonly label: string };

const meta: Meta<Args> = {
  title: 'Primitives/Skeleton',
  component: 'im-skeleton',
  args: { shape: 'conversations', label: 'Loading conversations…' },
  argTypes: { shape: { control: 'inline-radio', options: ['conversations', 'messages'] } },
  parameters: { box: { width: '360px', height: '420px' } },
  render: ({ shape, label }) => html`<im-skeleton shape=${shape} label=${label}></im-skeleton>`,
};

export default meta;

type Story = StoryObj<Args>;

export const Conversations: Story = {};
export const Messages: Story = { args: { shape: 'messages', label: 'Loading messages…' } };
