import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';

type Args = { readonly count: number };

const meta: Meta<Args> = {
  title: 'Primitives/Badge',
  component: 'im-badge',
  args: { count: 3 },
  render: ({ count }) => html`<im-badge .count=${count}></im-badge>`,
};

export default meta;

type Story = StoryObj<Args>;

export const Few: Story = {};
export const Many: Story = { args: { count: 100 } };
export const None: Story = { args: { count: 0 } };
