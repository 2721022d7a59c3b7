import { ContextProvider } from '@lit/context';
import { html } from 'lit';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { setupContext, type SetupProblem } from '../src/elements/context.js';
import { find, findAll } from './support/find.js';
import { until } from './support/world.js';

const meta: Meta = {
  title: 'Chat/Set-up',
  component: 'im-app',
  parameters: { layout: 'fullscreen', box: { height: '560px' } },
};

export default meta;

type Story = StoryObj;

const saysWhy: Story['play'] = async ({ canvasElement }) => {
  await find(canvasElement, 'im-state');
  await until(() => findAll(canvasElement, 'im-conversation-list').length === 0);
};

/** An app in a place that says what is wrong, as `<im-client>` would. */
function appWith(problem: SetupProblem): HTMLElement {
  const place = document.createElement('div');
  place.style.setProperty('block-size', '100%');
  new ContextProvider(place, { context: setupContext, initialValue: problem });
  place.append(document.createElement('im-app'));
  return place;
}

export const NoClient: Story = { render: () => html`<im-app></im-app>`, play: saysWhy };

export const NoClientChinese: Story = { ...NoClient, globals: { locale: 'zh-CN' } };

export const BadServer: Story = {
  render: () =>
    html`<im-client server="chat.example.com" token="token"><im-app></im-app></im-client>`,
  play: saysWhy,
};

export const BadServerChinese: Story = {
  ...BadServer,
  globals: { locale: 'zh-CN' },
};

export const UnsupportedBrowser: Story = {
  render: () => html`${appWith({ reason: 'unsupported', missing: ['light-dark()', 'WebSocket'] })}`,
  play: saysWhy,
};

export const UnsupportedBrowserChinese: Story = {
  ...UnsupportedBrowser,
  globals: { locale: 'zh-CN' },
};
