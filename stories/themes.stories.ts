import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './support/find.js';
import { until, world } from './support/world.js';

const PAPER = new URL('../src/themes/paper.css', import.meta.url).href;

const meta: Meta = {
  title: 'Chat/Themes',
  component: 'im-app',
  parameters: { layout: 'fullscreen', box: { height: '720px' } },
  render: () =>
    html`<link rel="stylesheet" href=${PAPER} />
      <im-app conversation-id="group:autumn-launch"></im-app>`,
};

export default meta;

type Story = StoryObj;

const arrives: Story['play'] = async ({ canvasElement }) => {
  const { documentElement: root } = document;
  await until(() => getComputedStyle(root).getPropertyValue('--im-accent') !== '', 'the theme');
  await find(canvasElement, '[part~="bubble"]');
};

export const Paper: Story = { loaders: [world()], play: arrives };

export const PaperChinese: Story = {
  loaders: [world()],
  globals: { locale: 'zh-CN' },
  play: arrives,
};
