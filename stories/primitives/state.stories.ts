import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';

type Args = { readonly kind: string; readonly heading: string; readonly text: string };

const meta: Meta<Args> = {
  title: 'Primitives/State',
  component: 'im-state',
  args: { kind: 'chat', heading: 'Pick a conversation', text: 'Your messages show up here.' },
  argTypes: {
    kind: {
      control: 'select',
      options: ['chat', 'done', 'error', 'group', 'hello', 'offline', 'search'],
    },
  },
  parameters: { box: { width: '420px', height: '320px' } },
  render: ({ kind, heading, text }) =>
    html`<im-state kind=${kind} heading=${heading} text=${text}></im-state>`,
};

export default meta;

type Story = StoryObj<Args>;

export const Nothing: Story = {};
export const NotFound: Story = {
  args: { kind: 'search', heading: 'Nothing found', text: 'Nobody of this name wrote to you.' },
};
export const Failed: Story = {
  args: { kind: 'error', heading: 'The messages couldn’t be read', text: 'The disk is full.' },
};
export const WithAction: Story = {
  render: ({ kind, heading, text }) =>
    html`<im-state kind=${kind} heading=${heading} text=${text}>
      <button slot="action">Try again</button>
    </im-state>`,
};
