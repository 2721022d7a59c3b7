/** Where stories stand: a provider with the language and the colours of the toolbar. */
import { html } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { Decorator } from '@storybook/web-components-vite';
import { registerLocale } from '../../src/elements/shared/locale-registry.js';
import { pseudo } from '../../src/locales/pseudo.js';
import type { World } from './world.js';

registerLocale('pseudo', pseudo);

export type Box = { readonly width?: string; readonly height?: string };

/** Parameters of a story that the stage reads: `box` is the space that the element gets. */
export type StageParameters = { readonly box?: Box };

export const onStage: Decorator = (story, { globals, loaded, parameters }) => {
  const { locale = 'en', theme = '' } = globals as { locale?: string; theme?: string };
  const { world } = loaded as { world?: World };
  const { box = {} } = parameters as StageParameters;
  const root = document.documentElement;
  root.lang = locale;
  root.dir = locale === 'ar' ? 'rtl' : 'ltr';
  root.style.colorScheme = theme || 'light dark';
  const { width, height } = box;
  const size = {
    ...(width !== undefined && { 'inline-size': width }),
    ...(height !== undefined && { 'block-size': height }),
  };
  return html`<im-client .client=${world?.client} .locale=${locale} .theme=${theme}>
    <div style=${styleMap(size)}>${story()}</div>
  </im-client>`;
};
