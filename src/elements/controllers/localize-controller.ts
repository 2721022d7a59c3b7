import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import { en, type Strings } from '../../locales/en.js';
import { localeContext } from '../context.js';
import { findStrings, loadLocale, onLocaleAdded } from '../shared/locale-registry.js';

/**
 * Gives its host the words and the language to show: that of the nearest `<im-client locale>`, else of
 * the nearest `lang` attribute, else of the browser. A change renders the host again.
 */
export class LocalizeController implements ReactiveController {
  /** The words of the interface. */
  strings: Strings = en;
  /** The language tag for dates and numbers. */
  locale = 'en';

  readonly #host: ReactiveElement;
  readonly #wanted: ContextConsumer<typeof localeContext, ReactiveElement>;
  #stopListening: (() => void) | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    this.#wanted = new ContextConsumer(host, { context: localeContext, subscribe: true });
    host.addController(this);
  }

  hostConnected(): void {
    this.#stopListening = onLocaleAdded(() => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    const tag = this.#wanted.value ?? nearestLang(this.#host) ?? navigator.language;
    const strings = findStrings(tag);
    this.strings = strings ?? en;
    // Dates in a language whose words are missing would mix two languages in one sentence.
    this.locale = strings ? tag : 'en';
    if (!strings && this.#stopListening) void loadLocale(tag);
  }

  hostDisconnected(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
  }
}

function nearestLang(start: Element): string | undefined {
  let element: Element | null = start;
  while (element) {
    const lang = element.closest<HTMLElement>('[lang]')?.lang;
    if (lang) return lang;
    const root: Node = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : null;
  }
  return document.documentElement.lang || undefined;
}
