import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent } from 'storybook/test';
import { find } from '../support/find.js';

type Args = { readonly value: string; readonly placeholder: string; readonly maxLength: number };

const meta: Meta<Args> = {
  title: 'Primitives/Composer',
  component: 'im-composer',
  args: { value: '', placeholder: 'Message Bob Tanaka', maxLength: 10_000 },
  parameters: { box: { width: '480px' } },
  render: ({ value, placeholder, maxLength }) =>
    html`<im-composer
      .value=${value}
      .placeholder=${placeholder}
      .maxLength=${maxLength}
    ></im-composer>`,
};

export default meta;

type Story = StoryObj<Args>;

export const Empty: Story = {};
export const Written: Story = { args: { value: 'See you there. 到时候见！' } };
export const ManyLines: Story = {
  args: { value: Array.from({ length: 12 }, (_, line) => `${line + 1}. Pack the cups`).join('\n') },
};
export const NearLimit: Story = {
  args: { value: 'The letter is nearly as long as it may be.', maxLength: 45 },
};
export const OverLimit: Story = {
  args: { value: 'This letter is longer than anybody will read.', maxLength: 20 },
};
export const Chinese: Story = {
  args: { placeholder: '发消息给林佳' },
  globals: { locale: 'zh-CN' },
};

export const SendsWithEnter: Story = {
  play: async ({ canvasElement }) => {
    const sent: string[] = [];
    canvasElement.addEventListener('im-send', (event) => sent.push(event.text));
    const field = await find<HTMLTextAreaElement>(canvasElement, 'textarea');
    await userEvent.type(field, 'One{Shift>}{Enter}{/Shift}two{Enter}');
    await expect(sent).toEqual(['One\ntwo']);
  },
};
