import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';

type Args = { readonly avatarId: string; name: string; src: string; square: boolean; size: string };

const meta: Meta<Args> = {
  title: 'Primitives/Avatar',
  component: 'im-avatar',
  args: { avatarId: 'mara', name: 'Mara Okafor', src: '', square: false, size: 'm' },
  argTypes: { size: { control: 'inline-radio', options: ['s', 'm', 'l'] } },
  render: ({ avatarId, name, src, square, size }) =>
    html`<im-avatar
      avatar-id=${avatarId}
      name=${name}
      src=${src}
      ?square=${square}
      size=${size}
    ></im-avatar>`,
};

export default meta;

type Story = StoryObj<Args>;

const PICTURE =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'>" +
  "<path fill='%23b6c' d='M0 0h8v8H0z'/><circle cx='4' cy='3' r='1.6' fill='%23fff'/>" +
  "<path fill='%23fff' d='M1 8a3 3 0 0 1 6 0z'/></svg>";

export const Initials: Story = {};
export const Han: Story = { args: { avatarId: 'lin', name: '林佳' } };
export const Group: Story = { args: { avatarId: 'group:a', name: 'Autumn launch', square: true } };
export const Small: Story = { args: { size: 's' } };
export const Large: Story = { args: { size: 'l' } };
export const Picture: Story = { args: { src: PICTURE } };
export const BrokenPicture: Story = { args: { src: 'data:image/png;base64,AAAA' } };
